"""Printing 工资变动审批表 of a round: as background work, one PDF or one for each community."""

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
from careerpath.core.media import PDF, ZIP
from careerpath.core.pdf.filling import merge
from careerpath.jobs.operations import order_job
from careerpath.jobs.runner import Result
from careerpath.pay.models import PlacementRound
from careerpath.pay.queries.papers import change_papers, paper_ids, paper_places
from careerpath.printing.queries.pay_changes import fill_changes
from careerpath.words import Message, Refused, msg

KIND = "pay-change-forms"
PIECE = 200
"""Forms in one piece of a job."""


@dataclass(frozen=True, slots=True)
class ChangesOrder:
    """How the forms of a round are printed: one PDF, or one per community."""

    title: Message
    file_name: str
    by_community: bool = False


@operation(Permission.PAY_VIEW)
def order_pay_changes(actor: Actor, round_id: int, given: ChangesOrder) -> int:
    """Order the forms of everybody of a round who is not withheld; gives the id of the job."""
    fetch(actor, PlacementRound, round_id, Permission.PAY_VIEW)
    if not paper_ids(actor, round_id=round_id):
        raise Refused(msg("没有可以打印的人员。"))
    request = {"round_id": round_id, "by_community": given.by_community, "file_name": given.file_name}
    return order_job(actor, KIND, given.title, request)


class ChangesJob:
    """Makes 工资变动审批表 of many people."""

    permission = Permission.PAY_VIEW

    def chunks(self, actor: Actor, request: Mapping[str, Any]) -> Sequence[Any]:
        """The pieces: so many people in roster order, or one community each."""
        ids = paper_ids(actor, round_id=request["round_id"])
        if request["by_community"]:
            return paper_places(ids)
        return [{"name": "", "ids": ids[start : start + PIECE]} for start in range(0, len(ids), PIECE)]

    def make(self, actor: Actor, part: Any) -> bytes:
        """One piece as a PDF."""
        found = change_papers(actor, part["ids"])
        if not found:
            raise Refused(msg("名单中的人员已不在您的管辖范围内，请重新打印。"))
        target = BytesIO()
        fill_changes(actor, found, target)
        return target.getvalue()

    def finish(self, actor: Actor, request: Mapping[str, Any], chunk_files: Sequence[IO[bytes]]) -> Result:
        """All pieces as one PDF in roster order, or as a zip with one file per community."""
        target = tempfile.TemporaryFile()  # noqa: SIM115 - the runner reads and closes it
        if not request["by_community"]:
            merge(chunk_files, target, title=request["file_name"])
            target.seek(0)
            return Result(f"{request['file_name']}.pdf", PDF, target)
        names = [part["name"] for part in paper_places(paper_ids(actor, round_id=request["round_id"]))]
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for number, (name, file) in enumerate(zip(names, chunk_files, strict=True), start=1):
                archive.writestr(f"{number:03d} {name}.pdf", file.read())
        target.seek(0)
        return Result(f"{request['file_name']}.zip", ZIP, target)


CHANGES_JOB = ChangesJob()
