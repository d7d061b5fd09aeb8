"""Years: the list, the opening, one year by street, the filing."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.appraisals.forms.texts import NewYearForm
from careerpath.appraisals.operations import years as operations
from careerpath.appraisals.queries import years as queries
from careerpath.appraisals.queries.editions import edition_in_force, known_editions
from careerpath.appraisals.queries.records import community_lines
from careerpath.appraisals.views.room import blueprint
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.words import Refused, msg


@blueprint.get("/appraisals")
@needs(Permission.APPRAISAL_VIEW)
def years() -> ResponseReturnValue:
    """The years."""
    return render_template("appraisals/years.html", lines=queries.year_lines(current_actor()))


@blueprint.route("/appraisals/new", methods=["GET", "POST"])
@needs(Permission.APPRAISAL_PLAN)
def new_year() -> ResponseReturnValue:
    """Open a year; dates are proposed by the edition in force."""
    actor = current_actor()
    form = NewYearForm()
    form.unit_id.choices = queries.districts(actor)
    form.edition.choices = [(e.head.key, f"{e.head.title}（{e.head.effective_from}）") for e in known_editions()]
    if form.validate_on_submit():
        try:
            year_id = operations.open_year(actor, form.given())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(say(msg("年度考核已开展，人员名单已按基准日生成。")), "success")
            return redirect(url_for("appraisals.year", year_id=year_id))
    elif request.method == "GET":
        _propose(form, whole_number(request.args.get("year", "")) or clock.today().year)
    return render_template("appraisals/new-year.html", form=form), 422 if form.errors else 200


@blueprint.get("/appraisals/<int:year_id>")
@needs(Permission.APPRAISAL_VIEW)
def year(year_id: int) -> ResponseReturnValue:
    """One year by street: who is missing."""
    return render_template("appraisals/year.html", page=queries.year_page(current_actor(), year_id))


@blueprint.get("/appraisals/<int:year_id>/opinions")
@needs(Permission.APPRAISAL_OPINION)
def opinions(year_id: int) -> ResponseReturnValue:
    """The people whose opinion the community writes."""
    actor = current_actor()
    page = queries.year_page(actor, year_id)
    return render_template("appraisals/opinions.html", page=page, lines=community_lines(actor, year_id))


@blueprint.post("/appraisals/<int:year_id>/enrol")
@needs(Permission.APPRAISAL_PLAN)
def enrol(year_id: int) -> ResponseReturnValue:
    """Make records for people whose files came late."""
    count = operations.enrol_missing(current_actor(), year_id)
    flash(say(msg("已补录 %(count)s 人。", count=count)), "success")
    return redirect(url_for("appraisals.year", year_id=year_id))


@blueprint.post("/appraisals/<int:year_id>/close")
@needs(Permission.APPRAISAL_PLAN)
def close(year_id: int) -> ResponseReturnValue:
    """File the year."""
    try:
        operations.close_year(current_actor(), year_id)
        flash(say(msg("本年度考核已归档。")), "success")
    except Refused as refusal:
        flash(say(refusal.message), "danger")
    return redirect(url_for("appraisals.year", year_id=year_id))


def _propose(form: NewYearForm, year: int) -> None:
    """Fill the form with the edition in force and the dates it sets."""
    form.year.data = year
    place = form.unit_id.choices[0][1] if form.unit_id.choices else ""
    try:
        edition = edition_in_force(date(year, 12, 31), place)
    except (Refused, ValueError):
        # No edition, or no such year: nothing is proposed, and the form says what is wrong.
        return
    calendar = edition.calendar
    form.edition.data = edition.head.key
    form.reference_on.data = edition.reference_on(year)
    form.self_summary_due_on.data = calendar.self_summary_due.on(year)
    form.community_due_on.data = calendar.community_due.on(year)
    form.street_due_on.data = calendar.street_due.on(year)
    form.district_due_on.data = calendar.district_due.on(year)
