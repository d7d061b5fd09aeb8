"""The district's desk for one street: decide, return, record an approval document."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.appraisals.forms.decisions import decision, ticked
from careerpath.appraisals.operations import district as operations
from careerpath.appraisals.queries import street as queries
from careerpath.appraisals.queries.filters import row_filter
from careerpath.appraisals.views.room import blueprint
from careerpath.core.web.language import say
from careerpath.words import Refused, msg


@blueprint.route("/appraisals/streets/<int:street_id>/decide", methods=["GET", "POST"])
@needs(Permission.APPRAISAL_DECIDE)
def decide(street_id: int) -> ResponseReturnValue:
    """All submitted records of a street, to tick and decide or return."""
    actor = current_actor()
    problem: Refused | None = None
    if request.method == "POST":
        try:
            flash(say(_act(street_id)), "success")
            return redirect(url_for("appraisals.decide", street_id=street_id))
        except Refused as refusal:
            problem = refusal
    page = queries.street_page(actor, street_id, Permission.APPRAISAL_DECIDE)
    wanted = row_filter(request.args)
    rows = queries.grid_rows(actor, street_id, Permission.APPRAISAL_DECIDE, wanted, size=1000)
    template = render_template(
        "appraisals/decide.html",
        page=page,
        rows=rows,
        wanted=wanted,
        problem=problem,
        typed=request.form,
        choices=queries.grade_choices(page.edition),
        grades=queries.grade_filter(page.edition),
    )
    return template, 422 if problem else 200


@blueprint.post("/appraisals/streets/<int:street_id>/quota")
@needs(Permission.APPRAISAL_DECIDE)
def quota(street_id: int) -> ResponseReturnValue:
    """Record the document that approves the larger share of 优秀."""
    try:
        operations.approve_larger_quota(current_actor(), street_id, request.form.get("document", ""))
        flash(say(msg("批准文件已登记，优秀名额已重新计算。")), "success")
    except Refused as refusal:
        flash(say(refusal.message), "danger")
    return redirect(url_for("appraisals.decide", street_id=street_id))


@blueprint.post("/appraisals/records/<int:appraisal_id>/revoke")
@needs(Permission.APPRAISAL_DECIDE)
def revoke(appraisal_id: int) -> ResponseReturnValue:
    """Take a decision back."""
    try:
        operations.revoke_decision(current_actor(), appraisal_id, request.form.get("comment", ""))
        flash(say(msg("审定已撤销，等待重新审定。")), "success")
    except Refused as refusal:
        flash(say(refusal.message), "danger")
    return redirect(url_for("appraisals.record", appraisal_id=appraisal_id))


def _act(street_id: int) -> object:
    if request.form.get("act") == "return":
        comment = request.form.get("comment", "")
        count = operations.return_records(current_actor(), street_id, ticked(request.form), comment)
        return msg("已退回 %(count)s 人。", count=count)
    count = operations.decide_records(current_actor(), street_id, decision(request.form))
    return msg("已审定 %(count)s 人。", count=count)
