"""Printing many: ordered as background work, made in pieces, put together as one PDF or one file per community."""

import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.appraisals.models import AppraisalYear, StreetAppraisal
from careerpath.appraisals.queries.papers import papers, places, roster
from careerpath.core.media import PDF, ZIP
from careerpath.core.pdf.filling import merge
from careerpath.jobs.operations import order_job
from careerpath.jobs.runner import Result
from careerpath.printing.queries.appraisals import printer
from careerpath.words import Message, Refused, msg

KIND = "appraisal-forms"
PIECE = 200
"""Forms in one piece of a job: a second or so of work, lost at most when a worker dies."""


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What is to be printed: a street's forms or, without a street, the whole year's; one PDF, or one per community."""

    title: Message
    file_name: str
    street_id: int | None = None
    year_id: int | None = None
    by_community: bool = False


@operation(Permission.APPRAISAL_PRINT)
def order_forms(actor: Actor, given: PrintOrder) -> int:
    """Order the forms of a street or a year; gives the id of the job."""
    if given.street_id is not None:
        fetch(actor, StreetAppraisal, given.street_id, Permission.APPRAISAL_PRINT)
    elif given.year_id is not None:
        fetch(actor, AppraisalYear, given.year_id, Permission.APPRAISAL_PRINT)
    if not roster(actor, street_id=given.street_id, year_id=given.year_id):
        raise Refused(msg("没有可以打印的人员。"))
    request = {
        "street_id": given.street_id,
        "year_id": given.year_id,
        "by_community": given.by_community,
        "file_name": given.file_name,
    }
    return order_job(actor, KIND, given.title, request)


class FormsJob:
    """Makes 年度考核登记表 of many people."""

    permission = Permission.APPRAISAL_PRINT

    def chunks(self, actor: Actor, request: Mapping[str, Any]) -> Sequence[Any]:
        """The pieces: so many people in roster order, or one community each."""
        ids = roster(actor, street_id=request["street_id"], year_id=request["year_id"])
        if request["by_community"]:
            return places(ids)
        return [{"name": "", "ids": ids[start : start + PIECE]} for start in range(0, len(ids), PIECE)]

    def make(self, actor: Actor, part: Any) -> bytes:
        """One piece as a PDF."""
        target = BytesIO()
        found = papers(actor, part["ids"])
        if not found:
            raise Refused(msg("名单中的人员已不在您的管辖范围内，请重新打印。"))
        printer().fill_many((paper.form for paper in found), target)
        return target.getvalue()

    def finish(self, actor: Actor, request: Mapping[str, Any], chunk_files: Sequence[IO[bytes]]) -> Result:
        """All pieces as one PDF in roster order, or as a zip with one file per community."""
        target = tempfile.TemporaryFile()  # noqa: SIM115 - the runner reads and closes it
        if not request["by_community"]:
            merge(chunk_files, target, title=request["file_name"])
            target.seek(0)
            return Result(f"{request['file_name']}.pdf", PDF, target)
        ids = roster(actor, street_id=request["street_id"], year_id=request["year_id"])
        names = [part["name"] for part in places(ids)]
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for number, (name, file) in enumerate(zip(names, chunk_files, strict=True), start=1):
                archive.writestr(f"{number:03d} {name}.pdf", file.read())
        target.seek(0)
        return Result(f"{request['file_name']}.zip", ZIP, target)


FORMS_JOB = FormsJob()
