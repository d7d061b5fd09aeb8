"""The street's grid: as quick as a spreadsheet with script, a plain form without."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.appraisals.forms.rows import row_entries, row_entry
from careerpath.appraisals.operations import street as operations
from careerpath.appraisals.queries import street as queries
from careerpath.appraisals.queries.filters import row_filter
from careerpath.appraisals.queries.saved import lacking_rows, row_as_saved
from careerpath.appraisals.views.room import blueprint
from careerpath.core import clock
from careerpath.core.web.cells import CellFaults
from careerpath.core.web.forms import sent_object
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.words import Conflict, Refused, msg


@blueprint.get("/appraisals/streets/<int:street_id>")
@needs(Permission.APPRAISAL_VIEW)
def street(street_id: int) -> ResponseReturnValue:
    """All people of a street with their cells."""
    actor = current_actor()
    page = queries.street_page(actor, street_id, Permission.APPRAISAL_VIEW)
    wanted = row_filter(request.args)
    after = whole_number(request.args.get("after", "")) or 0
    rows = queries.grid_rows(actor, street_id, Permission.APPRAISAL_VIEW, wanted, after=after)
    communities = queries.communities(actor, street_id, Permission.APPRAISAL_VIEW)
    editing = actor.has(Permission.APPRAISAL_FILL) and not page.closed
    to_mend = [row for row in lacking_rows(actor, street_id) if row.begun] if editing else []
    return render_template(
        "appraisals/street.html",
        page=page,
        rows=rows,
        wanted=wanted,
        communities=communities,
        to_mend=to_mend,
        choices=queries.grade_choices(page.edition),
        grades=queries.grade_filter(page.edition),
    )


@blueprint.post("/appraisals/streets/<int:street_id>")
@needs(Permission.APPRAISAL_FILL)
def save_street(street_id: int) -> ResponseReturnValue:
    """Keep all rows of the page at once: the way without script."""
    try:
        changed = operations.fill_rows(current_actor(), street_id, row_entries(request.form))
        flash(say(msg("已保存 %(count)s 人。", count=changed)), "success")
    except Refused as refusal:
        flash(say(msg("没有保存：%(why)s", why=refusal.message)), "danger")
    return redirect(url_for("appraisals.street", street_id=street_id))


@blueprint.patch("/appraisals/records/<int:appraisal_id>/row")
@needs(Permission.APPRAISAL_FILL)
def save_row(appraisal_id: int) -> ResponseReturnValue:
    """Keep the typed cells of one row: the way with script."""
    actor = current_actor()
    sent = sent_object()
    try:
        entry = row_entry(sent.get("version"), sent.get("values"))
        operations.fill_row(actor, appraisal_id, entry)
    except CellFaults as faults:
        return jsonify({"faults": {name: say(why) for name, why in faults.faults.items()}}), 422
    except Conflict as conflict:
        current = row_as_saved(actor, appraisal_id)
        return jsonify({"message": say(conflict.message), "current": current.as_conflict()}), 409
    except Refused as refusal:
        return jsonify({"faults": {refusal.field or "": say(refusal.message)}}), 422
    saved = row_as_saved(actor, appraisal_id)
    return jsonify(saved.as_json(clock.office_time(clock.now()).strftime("%H:%M")))


@blueprint.route("/appraisals/streets/<int:street_id>/submit", methods=["GET", "POST"])
@needs(Permission.APPRAISAL_FILL)
def submit_street(street_id: int) -> ResponseReturnValue:
    """Look once more, then hand in."""
    actor = current_actor()
    problem: Refused | None = None
    if request.method == "POST":
        try:
            count = operations.submit_street(actor, street_id)
            done = msg("已提交 %(count)s 人，等待区级审定。", count=count)
            flash(say(done if count else msg("本街道此前已经提交，没有新的内容。")), "success")
            return redirect(url_for("appraisals.street", street_id=street_id))
        except Refused as refusal:
            problem = refusal
    page = queries.street_page(actor, street_id, Permission.APPRAISAL_FILL)
    lacking = lacking_rows(actor, street_id)
    status = 422 if problem else 200
    return render_template("appraisals/submit.html", page=page, lacking=lacking, problem=problem), status
