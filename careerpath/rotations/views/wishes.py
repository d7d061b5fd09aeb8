"""Wishes as the office keeps them, and whose turn it is."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import PersonFound, find_people
from careerpath.employees.views.room import attempt, status_of
from careerpath.rotations.forms.rotations import WishForm
from careerpath.rotations.operations import wishes as operations
from careerpath.rotations.queries.names import kind_choices
from careerpath.rotations.queries.turns import turn_filters_of, turn_page
from careerpath.rotations.queries.wishes import wish_filters_of, wish_lines
from careerpath.rotations.views.proposals import host_named
from careerpath.rotations.views.room import blueprint
from careerpath.skills.queries.lines import line_choices
from careerpath.words import Refused, msg

ANY_KIND = msg("都可以")


@blueprint.get("/wishes", endpoint="wishes")
@needs(Permission.ROTATION_VIEW)
@knows_day(ahead=True)
def show_wishes() -> ResponseReturnValue:
    """Who would like what, those who have waited longest first."""
    filters = wish_filters_of(request.args)
    page = wish_lines(current_actor(), filters, after=request.args.get("after"), before=request.args.get("before"))
    return render_template(
        "rotations/wishes.html",
        page=page,
        filters=filters,
        kind_choices=kind_choices(filters.on),
        state_choices=[("closed", msg("已办结")), ("all", msg("全部"))],
    )


@blueprint.route("/wishes/new", methods=["GET", "POST"])
@needs(Permission.ROTATION_PROPOSE)
def new_wish() -> ResponseReturnValue:
    """Enter what somebody would like."""
    actor = current_actor()
    q = request.args.get("q", "").strip()[:64]
    employee_id = whole_number(request.values.get("employee", "") or request.values.get("q_id", ""))
    found: list[PersonFound] = find_people(actor, q) if q and employee_id is None else []
    if len(found) == 1:
        employee_id = found[0].id
    if employee_id is None:
        return render_template("rotations/new-wish.html", person=None, form=None, q=q, found=found)
    person = fetch(actor, Employee, employee_id, Permission.ROTATION_PROPOSE)
    form = WishForm()
    form.offer(say(ANY_KIND), kind_choices(clock.today()), line_choices(db.session.get_one(Unit, person.unit_id)))

    def deed() -> None:
        host_id = host_named(actor, form) if form.host.data else None
        operations.wish_rotation(actor, employee_id, form.given(host_id))

    if attempt(form, deed):
        flash(say(msg("意愿已登记。")), "success")
        return redirect(url_for("rotations.wishes"))
    person = fetch(actor, Employee, employee_id, Permission.ROTATION_PROPOSE)
    return render_template("rotations/new-wish.html", person=person, form=form, q=q, found=found), status_of(form)


@blueprint.post("/wishes/<int:wish_id>/withdraw")
@needs(Permission.ROTATION_PROPOSE)
def withdraw_wish(wish_id: int) -> ResponseReturnValue:
    """Close a wish."""
    try:
        operations.withdraw_wish(current_actor(), wish_id)
    except Refused as refusal:
        flash(say(refusal.message), "danger")
    else:
        flash(say(msg("意愿已撤回，可在“已办结”中恢复。")), "success")
    return redirect(url_for("rotations.wishes"))


@blueprint.post("/wishes/<int:wish_id>/restore")
@needs(Permission.ROTATION_PROPOSE)
def restore_wish(wish_id: int) -> ResponseReturnValue:
    """Open a wish again."""
    try:
        operations.restore_wish(current_actor(), wish_id)
    except Refused as refusal:
        flash(say(refusal.message), "danger")
    else:
        flash(say(msg("意愿已恢复。")), "success")
    return redirect(url_for("rotations.wishes"))


@blueprint.get("/turns")
@needs(Permission.ROTATION_VIEW)
@knows_day(ahead=True)
def turns() -> ResponseReturnValue:
    """Who has been on no rotation for so many years."""
    filters = turn_filters_of(request.args)
    found = turn_page(current_actor(), filters, after=request.args.get("after"), before=request.args.get("before"))
    return render_template("rotations/turns.html", found=found, page=found.page, filters=filters)
