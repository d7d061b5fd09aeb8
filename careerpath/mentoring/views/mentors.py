"""The register of mentors: the list, appointing, one mentor, renewing and ending."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import ids_of
from careerpath.access.scope import fetch, fetch_unit
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import find_people
from careerpath.employees.views.room import attempt, fill_unit, status_of
from careerpath.mentoring.forms.fields import EndForm
from careerpath.mentoring.forms.mentors import GuestForm, MentorForm, NewGuestForm
from careerpath.mentoring.operations import mentors as operations
from careerpath.mentoring.queries import mentors as queries
from careerpath.mentoring.queries.mentor import mentor_head, mentor_page, next_number
from careerpath.mentoring.queries.rules import rules_or_none
from careerpath.mentoring.queries.standing import STANDING_KINDS, STANDINGS
from careerpath.mentoring.views.room import act, blueprint, finish
from careerpath.skills.queries.lines import line_choices, lines_met, lines_of
from careerpath.words import msg

MENTOR = "/mentors/<int:mentor_id>"


@blueprint.get("/")
@needs(Permission.MENTORING_VIEW)
@knows_day(ahead=True)
def mentors() -> ResponseReturnValue:
    """The mentors of the district with their load on a day."""
    actor, filters = current_actor(), queries.filters_of(request.args)
    page = queries.mentor_lines(actor, filters, after=request.args.get("after"), before=request.args.get("before"))
    return render_template(
        "mentoring/mentors.html",
        page=page,
        filters=filters,
        kinds=list(queries.kind_names(rules_or_none(filters.on)).items()),
        lines=lines_met(actor, Permission.MENTORING_VIEW),
        terms=[(one.value, word) for one, word in queries.IN_TERM_WORDS.items() if one is not queries.InTerm.YES],
        usual=queries.IN_TERM_WORDS[queries.InTerm.YES],
    )


@blueprint.route("/mentors/new", methods=["GET", "POST"])
@needs(Permission.MENTORING_KEEP)
def new_mentor() -> ResponseReturnValue:
    """Look somebody up and appoint them; or appoint somebody from outside."""
    if request.args.get("outside") == "yes":
        return _new_guest()
    actor, form = current_actor(), MentorForm()
    q = request.args.get("q", "").strip()[:64]
    chosen = whole_number(request.args.get("q_id", ""))
    found = find_people(actor, q) if q and chosen is None else []
    if chosen is None and len(found) == 1:
        chosen = found[0].id
    if chosen is None:
        return render_template("mentoring/mentor-new.html", form=None, q=q, found=found, employee=None, guest=False)
    employee = fetch(actor, Employee, chosen, Permission.MENTORING_KEEP)
    unit = db.session.get_one(Unit, employee.unit_id)
    _begin(form, unit, outside=False)
    made: list[int] = []
    if attempt(form, lambda: made.append(operations.register_mentor(actor, unit.id, form.given(employee.id)))):
        return finish(_url(made[0]), msg("已聘任%(name)s为导师。", name=employee.name))
    shown = render_template("mentoring/mentor-new.html", form=form, q=q, found=found, employee=employee, guest=False)
    return shown, status_of(form)


def _new_guest() -> ResponseReturnValue:
    actor, form = current_actor(), NewGuestForm()
    if not form.is_submitted():
        form.unit_id.data = next((ids_of(one)[-1] for one in actor.prefixes(Permission.MENTORING_KEEP) if one), None)
    fill_unit(form, actor)
    unit = None if form.unit_id.data is None else db.session.get(Unit, form.unit_id.data)
    if unit is not None:
        unit = fetch_unit(actor, unit.id, Permission.MENTORING_KEEP)
    _begin(form, unit, outside=True)
    made: list[int] = []
    if attempt(form, lambda: made.append(operations.register_mentor(actor, form.unit_id.data, form.given()))):
        return finish(_url(made[0]), msg("已聘任%(name)s为导师。", name=form.name.data))
    shown = render_template("mentoring/mentor-new.html", form=form, q="", found=[], employee=None, guest=True)
    return shown, status_of(form)


@blueprint.get(MENTOR)
@needs(Permission.MENTORING_VIEW)
def mentor(mentor_id: int) -> ResponseReturnValue:
    """One mentor with their mentees."""
    return render_template(
        "mentoring/mentor.html",
        page=mentor_page(current_actor(), mentor_id),
        today=clock.today(),
        standings=STANDINGS,
        colours=STANDING_KINDS,
    )


@blueprint.route(f"{MENTOR}/edit", methods=["GET", "POST"])
@needs(Permission.MENTORING_KEEP)
def edit_mentor(mentor_id: int) -> ResponseReturnValue:
    """Set right or renew an appointment."""
    actor = current_actor()
    head = mentor_head(actor, mentor_id)
    form = GuestForm() if head.record.employee_id is None else MentorForm()
    if not form.is_submitted():
        form.show(head.record)
    outside = head.record.employee_id is None
    lines = [(line.code, line.name) for line in lines_of(head.unit_path)]
    form.offer(queries.kinds_for(head.record.starts_on, outside=outside), lines)
    if attempt(form, lambda: operations.change_mentor(actor, mentor_id, form.given(), form.seen())):
        return finish(_url(mentor_id), msg("聘任信息已修改。"))
    title = msg("修改聘任信息")
    return render_template("mentoring/mentor-form.html", head=head, form=form, title=title), status_of(form)


@blueprint.route(f"{MENTOR}/end", methods=["GET", "POST"])
@needs(Permission.MENTORING_KEEP)
def end_mentor(mentor_id: int) -> ResponseReturnValue:
    """End an appointment."""
    actor, form = current_actor(), EndForm()
    head = mentor_head(actor, mentor_id)
    if not form.is_submitted():
        form.ends_on.data = clock.today()
    if attempt(form, lambda: operations.end_mentor(actor, mentor_id, form.ends_on.data, form.reason.data)):
        return finish(_url(mentor_id), msg("已办理解聘。"))
    hint = msg("仍在帮带的结对须先办结或提前结束。办理有误的可以撤销。")
    shown = render_template("mentoring/mentor-form.html", head=head, form=form, title=msg("解聘导师"), hint=hint)
    return shown, status_of(form)


@blueprint.post(f"{MENTOR}/reopen")
@needs(Permission.MENTORING_KEEP)
def reopen_mentor(mentor_id: int) -> ResponseReturnValue:
    """Take an end back."""
    actor = current_actor()
    return act(_url(mentor_id), lambda: operations.reopen_mentor(actor, mentor_id), msg("解聘已撤销，聘期没有期限。"))


def _url(mentor_id: int) -> str:
    return url_for("mentoring.mentor", mentor_id=mentor_id)


def _begin(form: MentorForm, unit: Unit | None, *, outside: bool) -> None:
    """Offer what there is, and what usually stands in an appointment."""
    today = clock.today()
    if not form.is_submitted():
        form.starts_on.data = today
        form.number.data = next_number(unit.id, today.year) if unit is not None else ""
    form.offer(queries.kinds_for(today, outside=outside), line_choices(unit) if unit is not None else [])
