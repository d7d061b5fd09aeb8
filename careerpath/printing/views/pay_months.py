"""The papers of a month: registers and slips, for the office and for oneself."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.media import PDF, XLSX
from careerpath.printing.operations import pay_months as operations
from careerpath.printing.queries import pay_months as queries
from careerpath.printing.views.room import blueprint, file_answer


@blueprint.get("/registers/<int:register_id>/register.pdf")
@needs(Permission.PAY_VIEW)
def pay_register_pdf(register_id: int) -> ResponseReturnValue:
    """The register of a street."""
    name, content = queries.register_pdf(current_actor(), register_id)
    return file_answer(content, name, PDF)


@blueprint.get("/registers/<int:register_id>/register.xlsx")
@needs(Permission.PAY_VIEW)
def pay_register_xlsx(register_id: int) -> ResponseReturnValue:
    """The same in Excel."""
    name, content = queries.register_xlsx(current_actor(), [register_id])
    return file_answer(content, name, XLSX, inline=False)


@blueprint.post("/registers/<int:register_id>/slips")
@needs(Permission.PAY_VIEW)
def order_slips(register_id: int) -> ResponseReturnValue:
    """Order the slips of a street."""
    return redirect(url_for("jobs.job", job_id=operations.order_slips(current_actor(), register_id)))


@blueprint.post("/runs/<int:run_id>/registers")
@needs(Permission.PAY_VIEW)
def order_registers(run_id: int) -> ResponseReturnValue:
    """Order the registers of a month, as PDF or Excel."""
    as_workbook = request.form.get("as") == "xlsx"
    return redirect(url_for("jobs.job", job_id=operations.order_registers(current_actor(), run_id, as_workbook)))


@blueprint.get("/lines/<int:pay_line_id>/slip.pdf")
@needs(Permission.PAY_VIEW)
def pay_slip(pay_line_id: int) -> ResponseReturnValue:
    """One person's slip."""
    name, content = queries.slip_pdf(current_actor(), pay_line_id, own=False)
    return file_answer(content, name, PDF)


@blueprint.get("/own-slips/<int:pay_line_id>/slip.pdf")
@needs(Permission.OWN_FILE_VIEW)
def own_slip(pay_line_id: int) -> ResponseReturnValue:
    """One's own slip of a confirmed month."""
    name, content = queries.slip_pdf(current_actor(), pay_line_id, own=True)
    return file_answer(content, name, PDF)
