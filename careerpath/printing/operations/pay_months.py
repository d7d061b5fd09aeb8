"""Printing a month in bulk: the registers of a whole run, and the 工资条 of a street, as background work."""

import tempfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import IO, Any

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.core.media import PDF, XLSX
from careerpath.core.pdf.filling import merge
from careerpath.jobs.operations import order_job
from careerpath.jobs.runner import Result
from careerpath.pay.queries.registers import register_head
from careerpath.pay.queries.runs import register_lines, run_head
from careerpath.printing.queries.pay_months import fill_slips, register_pdf, register_xlsx, slip_ids, slips
from careerpath.words import Refused, msg

REGISTERS_KIND, SLIPS_KIND = "pay-registers", "pay-slips"
PIECE = 200
"""Slips in one piece of a job; an even number, so that only the last sheet may be half empty."""
NOBODY = msg("没有可以打印的人员。")


@operation(Permission.PAY_VIEW)
def order_registers(actor: Actor, run_id: int, as_workbook: bool = False) -> int:
    """Order the registers of a month in the actor's reach, as one PDF or one workbook; gives the id of the job."""
    head = run_head(actor, run_id)
    if not _with_people(actor, run_id):
        raise Refused(NOBODY)
    name = f"{head.unit_name}{head.month.year}年{head.month.month}月工资发放登记表"
    title = msg("打印 %(unit)s %(month)s 工资发放登记表", unit=head.unit_name, month=f"{head.month:%Y-%m}")
    request = {"run_id": run_id, "workbook": as_workbook, "file_name": name}
    return order_job(actor, REGISTERS_KIND, title, request)


@operation(Permission.PAY_VIEW)
def order_slips(actor: Actor, register_id: int) -> int:
    """Order the slips of a street; gives the id of the job."""
    _, head, unit_name = register_head(actor, register_id)
    if not slip_ids(actor, register_id):
        raise Refused(NOBODY)
    name = f"{unit_name}{head.month.year}年{head.month.month}月工资条"
    title = msg("打印 %(unit)s %(month)s 工资条", unit=unit_name, month=f"{head.month:%Y-%m}")
    return order_job(actor, SLIPS_KIND, title, {"register_id": register_id, "file_name": name})


class RegistersJob:
    """Makes the registers of a month, a street at a time."""

    permission = Permission.PAY_VIEW

    def chunks(self, actor: Actor, request: Mapping[str, Any]) -> Sequence[Any]:
        """The streets; a workbook is written in one go."""
        ids = _with_people(actor, request["run_id"])
        return [{"ids": ids, "workbook": True}] if request["workbook"] else [{"ids": [one]} for one in ids]

    def make(self, actor: Actor, part: Any) -> bytes:
        """One street as PDF, or all of them as a workbook."""
        if part.get("workbook"):
            return register_xlsx(actor, part["ids"])[1]
        return register_pdf(actor, part["ids"][0])[1]

    def finish(self, actor: Actor, request: Mapping[str, Any], chunk_files: Sequence[IO[bytes]]) -> Result:
        """Everything in one file."""
        if request["workbook"]:
            return Result(f"{request['file_name']}.xlsx", XLSX, BytesIO(chunk_files[0].read()))
        return _merged(request["file_name"], chunk_files)


class SlipsJob:
    """Makes the slips of a street, two on each sheet."""

    permission = Permission.PAY_VIEW

    def chunks(self, actor: Actor, request: Mapping[str, Any]) -> Sequence[Any]:
        """So many people in roster order."""
        ids = slip_ids(actor, request["register_id"])
        return [{"ids": ids[start : start + PIECE]} for start in range(0, len(ids), PIECE)]

    def make(self, actor: Actor, part: Any) -> bytes:
        """One piece as PDF."""
        found = slips(actor, part["ids"])
        if not found:
            raise Refused(msg("名单中的人员已不在您的管辖范围内，请重新打印。"))
        target = BytesIO()
        fill_slips(found, target)
        return target.getvalue()

    def finish(self, actor: Actor, request: Mapping[str, Any], chunk_files: Sequence[IO[bytes]]) -> Result:
        """Everything in one file."""
        return _merged(request["file_name"], chunk_files)


def _with_people(actor: Actor, run_id: int) -> list[int]:
    return [one.id for one in register_lines(actor, run_id) if one.sums.people]


def _merged(name: str, parts: Sequence[IO[bytes]]) -> Result:
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the runner reads and closes it
    merge(parts, target, title=name)
    target.seek(0)
    return Result(f"{name}.pdf", PDF, target)


REGISTERS_JOB, SLIPS_JOB = RegistersJob(), SlipsJob()
