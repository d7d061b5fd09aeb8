"""Printing forms of many applicants as background work, and forms with full identity numbers for a reason."""

import tempfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import IO, Any

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.access.scope import visible
from careerpath.core.db import db
from careerpath.core.media import PDF
from careerpath.core.pdf.filling import merge
from careerpath.employees.operations.papers import read_reason
from careerpath.jobs.operations import order_job
from careerpath.jobs.runner import Result
from careerpath.printing.queries.recruitment.filling import FORMS, TICKET, fill_forms, form_ids
from careerpath.printing.queries.recruitment.titles import base_title
from careerpath.recruitment.models import Application
from careerpath.recruitment.operations.notes import impersonal
from careerpath.recruitment.queries.nearby import near_batch
from careerpath.words import NotFound, Refused, msg

KIND = "recruitment-forms"
PIECE = 200
"""Forms in one piece of a job; an even number, so that only the last sheet of tickets may be half empty."""

AT_ONCE = 20
"""So many people are printed while one waits; and so many at the most with their full identity numbers."""

NOBODY = msg("没有可以打印的人员。")


@operation(Permission.RECRUITMENT_VIEW)
def order_recruitment_forms(actor: Actor, batch_id: int, form: str) -> int:
    """Order a form for everybody of a batch in the actor's reach; gives the id of the job."""
    if form not in FORMS:
        raise NotFound
    batch = near_batch(actor, batch_id, Permission.RECRUITMENT_VIEW)
    if not form_ids(actor, form, batch_id):
        raise Refused(NOBODY)
    name = f"{base_title(batch)}{FORMS[form].name}"
    title = msg("打印 %(batch)s %(form)s", batch=batch.name, form=str(FORMS[form].name))
    return order_job(actor, KIND, title, {"batch_id": batch_id, "form": form, "file_name": name})


@operation(Permission.IDENTITY_REVEAL)
def permit_full_forms(actor: Actor, batch_id: int, application_ids: Sequence[int], form: str, reason: str) -> None:
    """Let forms be printed with full identity numbers; who, whose and why stays in the trail by number.

    Raises ``NotFound`` where one of them is not in reach, and ``Refused`` without a reason or for too many at once.
    """
    if form not in FORMS or form == TICKET:
        raise NotFound
    if not application_ids:
        raise Refused(NOBODY)
    if len(application_ids) > AT_ONCE:
        raise Refused(
            msg(
                "含完整证件号码的表一次最多打印 %(most)s 人，现有 %(count)s 人，请分次打印。",
                most=AT_ONCE,
                count=len(application_ids),
            )
        )
    batch = near_batch(actor, batch_id, Permission.IDENTITY_REVEAL)
    query = visible(actor, Application, Permission.IDENTITY_REVEAL)
    query = query.where(Application.batch_id == batch.id, Application.id.in_(application_ids))
    found = list(db.session.scalars(query.order_by(Application.number)))
    if len(found) < len(set(application_ids)):
        raise NotFound
    said = read_reason(reason)
    for one in found:
        said = impersonal(one, said).removeprefix(f"{one.number}：")
    audit.note(f"{form}：{said}（{'、'.join(one.number for one in found)}）")


class RecruitmentFormsJob:
    """Makes one form of many applicants."""

    permission = Permission.RECRUITMENT_VIEW

    def chunks(self, actor: Actor, request: Mapping[str, Any]) -> Sequence[Any]:
        """The pieces: so many people in the order of the form."""
        ids = form_ids(actor, request["form"], request["batch_id"])
        starts = range(0, len(ids), PIECE)
        return [{"form": request["form"], "ids": ids[start : start + PIECE]} for start in starts]

    def make(self, actor: Actor, part: Any) -> bytes:
        """One piece as PDF."""
        target = BytesIO()
        fill_forms(actor, part["form"], part["ids"], target)
        return target.getvalue()

    def finish(self, actor: Actor, request: Mapping[str, Any], chunk_files: Sequence[IO[bytes]]) -> Result:
        """All pieces as one PDF."""
        target = tempfile.TemporaryFile()  # noqa: SIM115 - the runner reads and closes it
        merge(chunk_files, target, title=request["file_name"])
        target.seek(0)
        return Result(f"{request['file_name']}.pdf", PDF, target)


RECRUITMENT_FORMS_JOB = RecruitmentFormsJob()
