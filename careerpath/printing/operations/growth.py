"""Printing forms of mentoring, rotations, training and honours for many as background work."""

import tempfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import IO, Any

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit
from careerpath.core import clock
from careerpath.core.media import PDF
from careerpath.core.pdf.filling import merge
from careerpath.honours.queries.reach import near_call
from careerpath.jobs.operations import order_job
from careerpath.jobs.runner import Result
from careerpath.printing.queries.growth.classes import certified_ids
from careerpath.printing.queries.growth.filling import (
    CERTIFICATE,
    FORMS,
    HONOUR,
    NOBODY,
    OF_MENTORING,
    ROTATION,
    fill_forms,
    unit_ids,
)
from careerpath.printing.queries.growth.honours import nominee_ids
from careerpath.training.queries.reach import near_class
from careerpath.words import NotFound, Refused, msg

PIECE = 200
"""Forms in one piece of a job."""

AT_ONCE = 20
"""So many people are printed while one waits."""


@operation(Permission.MENTORING_VIEW)
def order_mentoring_papers(actor: Actor, unit_id: int, form: str, year: int | None = None) -> int:
    """Order agreements, evaluations or letters of a unit and below for a year; gives the id of the job."""
    if form not in OF_MENTORING:
        raise NotFound
    return _of_unit(actor, unit_id, form, year, Permission.MENTORING_VIEW)


@operation(Permission.ROTATION_VIEW)
def order_rotation_papers(actor: Actor, unit_id: int, year: int | None = None) -> int:
    """Order the forms of the rotations of a unit and below that end in a year; gives the id of the job."""
    return _of_unit(actor, unit_id, ROTATION, year, Permission.ROTATION_VIEW)


@operation(Permission.TRAINING_VIEW)
def order_class_certificates(actor: Actor, class_id: int) -> int:
    """Order the certificates of everybody of a class in the actor's reach; gives the id of the job."""
    found = near_class(actor, class_id, Permission.TRAINING_VIEW)
    return _order(actor, CERTIFICATE, found.name, certified_ids(actor, found.id))


@operation(Permission.HONOUR_VIEW)
def order_honour_forms(actor: Actor, call_id: int) -> int:
    """Order the forms of everybody nominated in a call in the actor's reach; gives the id of the job."""
    call = near_call(actor, call_id, Permission.HONOUR_VIEW)
    return _order(actor, HONOUR, call.name, nominee_ids(actor, call.id))


class GrowthFormsJob:
    """Makes one form of many records; ``permission`` is that of the form's room."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    def chunks(self, actor: Actor, request: Mapping[str, Any]) -> Sequence[Any]:
        """The pieces: so many records in the order of printing."""
        ids = request["ids"]
        return [{"form": request["form"], "ids": ids[start : start + PIECE]} for start in range(0, len(ids), PIECE)]

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


KINDS: Mapping[str, str] = {
    **dict.fromkeys(OF_MENTORING, "mentoring-papers"),
    ROTATION: "rotation-papers",
    CERTIFICATE: "class-certificates",
    HONOUR: "honour-forms",
}
"""The kind of job that prints a form."""

GROWTH_JOBS: Mapping[str, GrowthFormsJob] = {
    "mentoring-papers": GrowthFormsJob(Permission.MENTORING_VIEW),
    "rotation-papers": GrowthFormsJob(Permission.ROTATION_VIEW),
    "class-certificates": GrowthFormsJob(Permission.TRAINING_VIEW),
    "honour-forms": GrowthFormsJob(Permission.HONOUR_VIEW),
}


def _of_unit(actor: Actor, unit_id: int, form: str, year: int | None, permission: Permission) -> int:
    unit = fetch_unit(actor, unit_id, permission)
    wanted = year or clock.today().year
    return _order(actor, form, f"{unit.short_name}{wanted}年", unit_ids(actor, form, unit.path, wanted))


def _order(actor: Actor, form: str, subject: str, ids: Sequence[int]) -> int:
    if not ids:
        raise Refused(NOBODY)
    title = msg("打印 %(subject)s %(form)s", subject=subject, form=str(FORMS[form].name))
    request = {"form": form, "ids": list(ids), "file_name": f"{subject}{FORMS[form].name}"}
    return order_job(actor, KINDS[form], title, request)
