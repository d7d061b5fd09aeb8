"""The papers of a round of levels: one form at once, all as background work, the list."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.media import PDF, XLSX
from careerpath.core.web.language import say
from careerpath.pay.queries.rounds import round_page
from careerpath.printing.operations.pay_changes import ChangesOrder, order_pay_changes
from careerpath.printing.queries import pay_changes as queries
from careerpath.printing.views.room import blueprint, file_answer
from careerpath.words import Refused, msg


@blueprint.get("/pay-changes/<int:proposal_id>/form.pdf")
@needs(Permission.PAY_VIEW)
def pay_change_pdf(proposal_id: int) -> ResponseReturnValue:
    """One person's 工资变动审批表."""
    name, content = queries.one_change(current_actor(), proposal_id)
    return file_answer(content, name, PDF)


@blueprint.get("/pay-rounds/<int:round_id>")
@needs(Permission.PAY_VIEW)
def pay_changes(round_id: int) -> ResponseReturnValue:
    """What of a round can be printed."""
    return render_template("printing/pay-changes.html", page=round_page(current_actor(), round_id))


@blueprint.post("/pay-rounds/<int:round_id>/forms")
@needs(Permission.PAY_VIEW)
def order_round(round_id: int) -> ResponseReturnValue:
    """Order all forms of a round."""
    actor = current_actor()
    page = round_page(actor, round_id)
    order = ChangesOrder(
        title=msg("打印 %(unit)s %(on)s 工资变动审批表", unit=page.unit_name, on=page.on),
        file_name=f"{page.unit_name}{page.on}工资变动审批表",
        by_community=request.form.get("each") == "community",
    )
    try:
        return redirect(url_for("jobs.job", job_id=order_pay_changes(actor, round_id, order)))
    except Refused as refusal:
        return _back(round_id, refusal)


@blueprint.get("/pay-rounds/<int:round_id>/list.pdf")
@needs(Permission.PAY_VIEW)
def pay_changes_pdf(round_id: int) -> ResponseReturnValue:
    """The 审批名册 of a round."""
    try:
        name, content = queries.changes_pdf(current_actor(), round_id)
    except Refused as refusal:
        return _back(round_id, refusal)
    return file_answer(content, name, PDF)


@blueprint.get("/pay-rounds/<int:round_id>/list.xlsx")
@needs(Permission.PAY_VIEW)
def pay_changes_xlsx(round_id: int) -> ResponseReturnValue:
    """The same in Excel."""
    try:
        name, content = queries.changes_xlsx(current_actor(), round_id)
    except Refused as refusal:
        return _back(round_id, refusal)
    return file_answer(content, name, XLSX, inline=False)


def _back(round_id: int, refusal: Refused) -> ResponseReturnValue:
    flash(say(refusal.message), "danger")
    return redirect(url_for("printing.pay_changes", round_id=round_id))
