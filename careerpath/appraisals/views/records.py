"""One person's record, and the community's opinion on it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.appraisals.forms.texts import OpinionForm
from careerpath.appraisals.operations import writing as operations
from careerpath.appraisals.queries.records import record_page
from careerpath.appraisals.views.room import blueprint
from careerpath.core.web.language import say
from careerpath.words import Conflict, Refused, msg


@blueprint.get("/appraisals/records/<int:appraisal_id>")
@needs(Permission.APPRAISAL_VIEW)
def record(appraisal_id: int) -> ResponseReturnValue:
    """Everything of one record: steps, texts, scores, reasons."""
    return render_template("appraisals/record.html", page=record_page(current_actor(), appraisal_id))


@blueprint.route("/appraisals/records/<int:appraisal_id>/opinion", methods=["GET", "POST"])
@needs(Permission.APPRAISAL_OPINION)
def opinion(appraisal_id: int) -> ResponseReturnValue:
    """Write the community's opinion, training and ballots."""
    actor = current_actor()
    page = record_page(actor, appraisal_id)
    form = OpinionForm(version=page.version, text=page.community_opinion, training=page.training)
    status, other = 200, None
    if form.validate_on_submit():
        try:
            operations.write_opinion(actor, appraisal_id, form.given(request.form.to_dict()))
            flash(say(msg("%(name)s 的社区意见已保存。", name=page.name)), "success")
            return redirect(url_for("appraisals.opinions", year_id=page.year_id))
        except Conflict as conflict:
            form.refuse(conflict)
            status, other = 409, conflict.current
            form.version.data = page.version
        except Refused as refusal:
            form.refuse(refusal)
            status = 422
    elif request.method == "POST":
        status = 422
    return render_template("appraisals/opinion.html", page=page, form=form, other=other), status
