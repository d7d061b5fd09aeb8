"""The background work of this room: a month reckoned street by street, whoever kills a worker meanwhile."""

import tempfile
from collections.abc import Mapping, Sequence
from typing import IO, Any

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.core.media import XLSX
from careerpath.core.sheets import write_table
from careerpath.jobs.operations import order_job
from careerpath.jobs.runner import Result
from careerpath.pay.operations.runs import finish_reckoning, prepare_run, reckon_register
from careerpath.pay.queries.runs import RUN_JOB, register_lines, run_head
from careerpath.pay.sheets.months import RUN_COLUMNS, run_notes, run_rows
from careerpath.words import msg


@operation(Permission.PAY_RUN)
def order_reckoning(actor: Actor, run_id: int) -> int:
    """Order a draft to be reckoned anew; gives the id of the job. Until it is done nothing can be confirmed."""
    head = run_head(actor, run_id, Permission.PAY_RUN)
    prepare_run(actor, run_id)
    title = msg("核算 %(unit)s %(month)s 工资", unit=head.unit_name, month=f"{head.month:%Y-%m}")
    return order_job(actor, RUN_JOB, title, {"run_id": run_id})


class RunWork:
    """Reckons a month: a register is a piece, and done twice it is the same."""

    permission = Permission.PAY_RUN

    def chunks(self, actor: Actor, request: Mapping[str, Any]) -> Sequence[Any]:
        """The streets of the month."""
        return [{"register_id": one} for one in prepare_run(actor, request["run_id"])]

    def make(self, actor: Actor, part: Any) -> bytes:
        """One street."""
        return str(reckon_register(actor, part["register_id"])).encode()

    def finish(self, actor: Actor, request: Mapping[str, Any], chunk_files: Sequence[IO[bytes]]) -> Result:
        """The month is reckoned; the sums by street as a workbook."""
        run_id = request["run_id"]
        finish_reckoning(actor, run_id)
        head = run_head(actor, run_id)
        target = tempfile.TemporaryFile()  # noqa: SIM115 - the runner reads and closes it
        rows = run_rows(register_lines(actor, run_id))
        title = f"{head.unit_name}{head.month:%Y年%m月}工资核算汇总"
        write_table(target, RUN_COLUMNS, rows, title=title, notes=run_notes(head))
        target.seek(0)
        return Result(f"{title}.xlsx", XLSX, target)
