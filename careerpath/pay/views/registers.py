"""One street's register, one person's line, what earlier months are owed, and who changed since the last month."""

from io import BytesIO
from urllib.parse import quote

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.media import XLSX
from careerpath.core.sheets import write_table
from careerpath.pay.queries import lines, owed, registers
from careerpath.pay.queries.runs import SIDE_NAMES, run_head
from careerpath.pay.sheets.months import OWED_COLUMNS, owed_sheet_rows, run_notes
from careerpath.pay.views.room import blueprint

SHOWN = frozenset({"lacking", "back_pay"})


@blueprint.get("/registers/<int:register_id>")
@needs(Permission.PAY_VIEW)
def register(register_id: int) -> ResponseReturnValue:
    """One street's register."""
    show = request.args.get("show", "")
    wanted = registers.LineFilter(request.args.get("q", "").strip()[:60], show if show in SHOWN else "")
    page = registers.register_page(
        current_actor(), register_id, wanted, request.args.get("after"), request.args.get("before")
    )
    return render_template("pay/runs/register.html", page=page, wanted=wanted)


@blueprint.get("/lines/<int:pay_line_id>")
@needs(Permission.PAY_VIEW)
def line(pay_line_id: int) -> ResponseReturnValue:
    """One person's month with every reason."""
    return render_template("pay/runs/line.html", page=lines.line_page(current_actor(), pay_line_id), sides=SIDE_NAMES)


@blueprint.get("/runs/<int:run_id>/differences")
@needs(Permission.PAY_VIEW)
def differences(run_id: int) -> ResponseReturnValue:
    """What a month pays and takes back for earlier ones."""
    actor = current_actor()
    side = request.args.get("side", "")
    side = side if side in SIDE_NAMES else ""
    shown = {
        "head": run_head(actor, run_id),
        "sums": owed.owed_sums(actor, run_id),
        "page": owed.owed_rows(actor, run_id, side, request.args.get("after"), request.args.get("before")),
        "side": side,
        "sides": SIDE_NAMES,
    }
    return render_template("pay/runs/differences.html", **shown)


@blueprint.get("/runs/<int:run_id>/differences.xlsx")
@needs(Permission.PAY_VIEW)
def differences_xlsx(run_id: int) -> ResponseReturnValue:
    """The same as a workbook."""
    actor = current_actor()
    head = run_head(actor, run_id)
    title = f"{head.unit_name}{head.month:%Y年%m月}补发扣回清单"
    target = BytesIO()
    rows = owed_sheet_rows(owed.all_owed(actor, run_id))
    write_table(target, OWED_COLUMNS, rows, title=title, notes=run_notes(head))
    answer = Response(target.getvalue(), mimetype=XLSX)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}.xlsx"
    return answer


@blueprint.get("/runs/<int:run_id>/compared")
@needs(Permission.PAY_VIEW)
def compared(run_id: int) -> ResponseReturnValue:
    """A month beside the one before."""
    actor = current_actor()
    head = run_head(actor, run_id)
    found = owed.compared(actor, run_id, head.month, head.path, request.args.get("after"), request.args.get("before"))
    return render_template("pay/runs/compared.html", head=head, found=found)
