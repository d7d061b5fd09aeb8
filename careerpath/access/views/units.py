"""The tree of units and the page of each."""

from datetime import date

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.actor import Actor
from careerpath.access.forms.units import EndUnitForm, NewUnitForm, UnitForm
from careerpath.access.models import Unit
from careerpath.access.operations import units as operations
from careerpath.access.operations.unit_plan import BEFORE_RECORDS, KIND_NAMES, PARENT_KINDS
from careerpath.access.permissions import Permission
from careerpath.access.queries import units as queries
from careerpath.access.scope import fetch_unit
from careerpath.access.session import current_actor, needs
from careerpath.access.tabs import links_of
from careerpath.core.web.as_of import chosen_day, knows_day
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.policy.codes import UnitKind
from careerpath.words import Conflict, Refused, msg

blueprint = Blueprint("units", __name__, url_prefix="/units")

Crumb = tuple[str, str | None]


@blueprint.get("")
@needs(Permission.UNIT_VIEW)
@knows_day(ahead=True)
def tree() -> ResponseReturnValue:
    """The tree, one level open at a time, or what a search found."""
    actor, text, at = current_actor(), request.args.get("q", "").strip(), whole_number(request.args.get("at", ""))
    on = _day()
    found = queries.search_units(actor, text, limit=queries.MOST_FOUND, on=on) if text else []
    above: list[Crumb] = []
    lines: list[queries.UnitLine] = []
    if at is not None:
        unit = fetch_unit(actor, at, Permission.UNIT_VIEW)
        above, lines = _crumbs(actor, unit, tree=True), queries.children_of(unit, on)
    elif not text:
        lines = queries.tops_of(actor, on)
        if len(lines) == 1:
            top = lines[0].unit
            above, lines = [(top.short_name, url_for("units.show", unit_id=top.id))], queries.children_of(top, on)
    return render_template("units/tree.html", text=text, found=found, above=above, lines=lines, kind_names=KIND_NAMES)


@blueprint.get("/search")
@needs(Permission.UNIT_VIEW)
def search() -> ResponseReturnValue:
    """Suggestions while typing: ``q``, ``kinds`` (codes with commas) and ``limit``, as JSON."""
    codes = set(request.args.get("kinds", "").split(","))
    kinds = [kind for kind in UnitKind if kind.value in codes]
    limit = whole_number(request.args.get("limit", "")) or 10
    found = queries.search_units(current_actor(), request.args.get("q", ""), kinds, limit)
    return jsonify(
        [{"id": unit.id, "name": unit.name, "path_text": unit.path_text, "kind": unit.kind.value} for unit in found]
    )


@blueprint.get("/<int:unit_id>")
@needs(Permission.UNIT_VIEW)
@knows_day(ahead=True)
def show(unit_id: int) -> ResponseReturnValue:
    """One unit: its facts and what lies directly below it."""
    actor = current_actor()
    unit = fetch_unit(actor, unit_id, Permission.UNIT_VIEW)
    return render_template(
        "units/unit.html",
        unit=unit,
        line=queries.line_of(unit, _day()),
        lines=queries.children_of(unit, _day()),
        crumbs=_crumbs(actor, unit),
        kind_names=KIND_NAMES,
        since_ever=unit.starts_on <= BEFORE_RECORDS,
        links=links_of(actor, unit),
        may_edit=actor.can(Permission.UNIT_EDIT, unit.path),
        may_add=any(unit.kind in parents for parents in PARENT_KINDS.values()),
    )


@blueprint.route("/<int:unit_id>/edit", methods=["GET", "POST"])
@needs(Permission.UNIT_EDIT)
def edit(unit_id: int) -> ResponseReturnValue:
    """Change name, figures and dates."""
    actor = current_actor()
    unit = fetch_unit(actor, unit_id, Permission.UNIT_EDIT)
    form, status, current = UnitForm(obj=unit), 200, None
    if form.validate_on_submit():
        try:
            operations.change_unit(actor, unit_id, form.given())
        except Conflict as conflict:
            form.refuse(conflict)
            status, current = 409, conflict.current
            # What is typed may be saved over the other's change once it has been seen.
            form.version.data = str(fetch_unit(actor, unit_id, Permission.UNIT_EDIT).version)
        except Refused as refusal:
            form.refuse(refusal)
            status = 422
        else:
            flash(say(msg("“%(unit)s”的资料已保存。", unit=form.name.data)), "success")
            return redirect(url_for("units.show", unit_id=unit_id))
    elif request.method == "POST":
        status = 422
    crumbs = _crumbs(actor, unit, linked=True)
    return render_template("units/edit.html", form=form, unit=unit, current=current, crumbs=crumbs), status


@blueprint.route("/<int:unit_id>/new", methods=["GET", "POST"])
@needs(Permission.UNIT_EDIT)
def new(unit_id: int) -> ResponseReturnValue:
    """A new unit below this one."""
    actor = current_actor()
    parent = fetch_unit(actor, unit_id, Permission.UNIT_EDIT)
    form, status = NewUnitForm(parent), 200
    if form.validate_on_submit():
        try:
            made = operations.create_unit(actor, form.given(unit_id))
        except Refused as refusal:
            form.refuse(refusal)
            status = 422
        else:
            flash(say(msg("“%(unit)s”已加入。", unit=form.name.data)), "success")
            return redirect(url_for("units.show", unit_id=made))
    elif request.method == "POST":
        status = 422
    crumbs = _crumbs(actor, parent, linked=True)
    return render_template("units/new.html", form=form, parent=parent, crumbs=crumbs), status


@blueprint.route("/<int:unit_id>/end", methods=["GET", "POST"])
@needs(Permission.UNIT_EDIT)
def end(unit_id: int) -> ResponseReturnValue:
    """Close a unit with its last day."""
    actor = current_actor()
    unit = fetch_unit(actor, unit_id, Permission.UNIT_EDIT)
    form, status = EndUnitForm(), 200
    if form.validate_on_submit():
        try:
            operations.end_unit(actor, unit_id, form.ends_on.data)
        except Refused as refusal:
            form.refuse(refusal)
            status = 422
        else:
            flash(say(msg("“%(unit)s”已登记撤销。", unit=unit.short_name)), "success")
            return redirect(url_for("units.show", unit_id=unit_id))
    elif request.method == "POST":
        status = 422
    crumbs = _crumbs(actor, unit, linked=True)
    return render_template("units/end.html", form=form, unit=unit, crumbs=crumbs), status


def _day() -> date | None:
    """The day that the tree is shown as of; none for today."""
    chosen = chosen_day()
    return None if chosen is None else chosen.on


def _crumbs(actor: Actor, unit: Unit, *, linked: bool = False, tree: bool = False) -> list[Crumb]:
    """The way to a unit; what lies above the actor's units has a name and no link, nor has the last unless wanted.

    Links lead to the units' pages, or to their places in the ``tree``.
    """
    crumbs: list[Crumb] = []
    path = ""
    for unit_id, name in queries.trail_along(unit.path):
        path += f"{unit_id}/"
        reachable = actor.can(Permission.UNIT_VIEW, path) and (linked or unit_id != unit.id)
        url = url_for("units.tree", at=unit_id) if tree else url_for("units.show", unit_id=unit_id)
        crumbs.append((name, url if reachable else None))
    return crumbs
