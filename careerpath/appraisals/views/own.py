"""The worker's own appraisal, on a phone as well: write the summary, see the result, sign it."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.appraisals.forms.texts import ConfirmForm, SummaryForm
from careerpath.appraisals.operations import writing as operations
from careerpath.appraisals.operations.writing import Draft
from careerpath.appraisals.queries.records import own_lines, own_record_page
from careerpath.appraisals.views.room import blueprint
from careerpath.core import clock
from careerpath.core.web.forms import sent_object
from careerpath.core.web.language import say
from careerpath.words import Conflict, Refused, msg


@blueprint.get("/my-appraisals")
@needs(Permission.OWN_FILE_VIEW)
def own_years() -> ResponseReturnValue:
    """One's own years."""
    return render_template("appraisals/own-years.html", lines=own_lines(current_actor()))


@blueprint.route("/my-appraisals/<int:appraisal_id>", methods=["GET", "POST"])
@needs(Permission.OWN_FILE_VIEW)
def own(appraisal_id: int) -> ResponseReturnValue:
    """One year of one's own."""
    actor = current_actor()
    page = own_record_page(actor, appraisal_id)
    form = SummaryForm(version=page.version, text=page.self_summary)
    status, other = 200, None
    if form.validate_on_submit():
        try:
            operations.write_summary(actor, appraisal_id, form.given())
            flash(say(msg("个人总结已保存，截止前可以继续修改。")), "success")
            return redirect(url_for("appraisals.own", appraisal_id=appraisal_id))
        except Conflict as conflict:
            form.refuse(conflict)
            status, other = 409, conflict.current
            form.version.data = page.version
        except Refused as refusal:
            form.refuse(refusal)
            status = 422
    elif request.method == "POST":
        status = 422
    sign = ConfirmForm(formdata=None)
    return render_template("appraisals/own.html", page=page, form=form, other=other, sign=sign), status


@blueprint.patch("/my-appraisals/<int:appraisal_id>/draft")
@needs(Permission.OWN_SUMMARY_WRITE)
def save_draft(appraisal_id: int) -> ResponseReturnValue:
    """Keep the summary while it is being typed."""
    sent = sent_object()
    values, version = sent.get("values"), sent.get("version")
    if not isinstance(version, int) or not isinstance(values, dict) or not isinstance(values.get("text"), str):
        return jsonify({"faults": {"": say(msg("浏览器发来的内容不完整，请刷新页面后重试。"))}}), 422
    actor = current_actor()
    try:
        new = operations.write_summary(actor, appraisal_id, Draft(values["text"], version))
    except Conflict as conflict:
        standing = conflict.current
        current = {
            "version": int(str(standing["version"])),
            "values": {"text": standing["self_summary"]},
            "by": standing["by"],
            "at": standing["at"],
        }
        return jsonify({"message": say(conflict.message), "current": current}), 409
    except Refused as refusal:
        return jsonify({"faults": {"text": say(refusal.message)}}), 422
    return jsonify({"version": new, "saved_at": clock.office_time(clock.now()).strftime("%H:%M")})


@blueprint.post("/my-appraisals/<int:appraisal_id>/confirm")
@needs(Permission.OWN_SUMMARY_WRITE)
def confirm(appraisal_id: int) -> ResponseReturnValue:
    """Sign the result."""
    form = ConfirmForm()
    if form.validate():
        try:
            operations.confirm_result(current_actor(), appraisal_id, form.opinion.data or "")
            flash(say(msg("本人意见已签署。")), "success")
        except Refused as refusal:
            flash(say(refusal.message), "danger")
    return redirect(url_for("appraisals.own", appraisal_id=appraisal_id))
