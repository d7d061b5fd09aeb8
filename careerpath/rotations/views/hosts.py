"""Hosts: the list, one of them with who is there, keeping them, and looking one up while typing."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.fields import read_day
from careerpath.core.web.language import say
from careerpath.employees.views.room import attempt, status_of
from careerpath.policy.codes import UnitKind
from careerpath.rotations.forms.hosts import HostFields, NamedHostForm, NewHostForm
from careerpath.rotations.operations import hosts as operations
from careerpath.rotations.queries import hosts as queries
from careerpath.rotations.queries.names import kind_choices
from careerpath.rotations.queries.standing import COLOURS, STANDINGS
from careerpath.rotations.queries.words import HOST_KINDS
from careerpath.rotations.views.room import blueprint
from careerpath.skills.queries.lines import line_choices, lines_met
from careerpath.words import NotFound, Refused, msg

HOST = "/hosts/<int:host_id>"
KEEPING = frozenset({UnitKind.CITY, UnitKind.DISTRICT, *STREET_KINDS})


@blueprint.get("/hosts", endpoint="hosts")
@needs(Permission.ROTATION_VIEW)
@knows_day(ahead=True)
def show_hosts() -> ResponseReturnValue:
    """Who takes people, and how many places are left on a day."""
    actor, filters = current_actor(), queries.host_filters_of(request.args)
    page = queries.host_lines(actor, filters, after=request.args.get("after"), before=request.args.get("before"))
    return render_template(
        "rotations/hosts.html",
        page=page,
        filters=filters,
        kind_choices=[(kind.value, word) for kind, word in HOST_KINDS.items()],
        lines=lines_met(actor, Permission.ROTATION_VIEW),
        state_choices=[("free", msg("有空位")), ("full", msg("已满")), ("retired", msg("已停用"))],
    )


@blueprint.get("/hosts/search")
@needs(Permission.ROTATION_VIEW)
def search_hosts() -> ResponseReturnValue:
    """Suggestions while typing, as JSON: hosts of the list and units of the district."""
    found = queries.find_hosts(current_actor(), request.args.get("q", "")[:64], Permission.ROTATION_VIEW)
    return jsonify([{"id": one.key, "name": one.name, "unit": one.where} for one in found])


@blueprint.route("/hosts/new", methods=["GET", "POST"])
@needs(Permission.ROTATION_PROPOSE)
def new_host() -> ResponseReturnValue:
    """Put a host on a list."""
    actor, form = current_actor(), NewHostForm()
    keepers = queries.keepers(actor, KEEPING)
    form.offer_keepers(keepers)
    keeper = db.session.get(Unit, form.keeper() or (keepers[0][0] if keepers else 0))
    form.offer(kind_choices(clock.today()), line_choices(keeper) if keeper is not None else ())
    made: list[int] = []
    if attempt(form, lambda: made.append(operations.keep_host(actor, form.keeper(), form.given()))):
        flash(say(msg("已登记。")), "success")
        return redirect(url_for("rotations.host", host_id=made[0]))
    return render_template("rotations/host-form.html", form=form, page=None), status_of(form)


@blueprint.get(HOST)
@needs(Permission.ROTATION_VIEW)
@knows_day(ahead=True)
def host(host_id: int) -> ResponseReturnValue:
    """One host: who is there on a day, and who was."""
    on = read_day(request.args.get("on", "")) or clock.today()
    return render_template(
        "rotations/host.html",
        page=queries.host_page(current_actor(), host_id, on),
        on=on,
        standings=STANDINGS,
        colours=COLOURS,
    )


@blueprint.route(f"{HOST}/edit", methods=["GET", "POST"])
@needs(Permission.ROTATION_PROPOSE)
def edit_host(host_id: int) -> ResponseReturnValue:
    """Change what stands of a host."""
    actor = current_actor()
    page = queries.host_page(actor, host_id, clock.today(), Permission.ROTATION_PROPOSE)
    if not page.may_keep:
        raise NotFound
    record = page.record
    form: HostFields = NamedHostForm() if record.at_unit_id is None else HostFields()
    form.offer(kind_choices(clock.today()), line_choices(db.session.get_one(Unit, record.unit_id)))
    if request.method == "GET":
        form.show(record)

    def deed() -> None:
        given = form.given() if isinstance(form, NamedHostForm) else form.given_for(record.kind, record.name)
        operations.change_host(actor, host_id, given, form.seen())

    if attempt(form, deed):
        flash(say(msg("已保存。")), "success")
        return redirect(url_for("rotations.host", host_id=host_id))
    page = queries.host_page(actor, host_id, clock.today(), Permission.ROTATION_PROPOSE)
    return render_template("rotations/host-form.html", form=form, page=page), status_of(form)


@blueprint.post(f"{HOST}/retire")
@needs(Permission.ROTATION_PROPOSE)
def retire_host(host_id: int) -> ResponseReturnValue:
    """Take it off the list."""
    try:
        operations.retire_host(current_actor(), host_id)
    except Refused as refusal:
        flash(say(refusal.message), "danger")
    else:
        flash(say(msg("已停用，不再安排新的人员。")), "success")
    return redirect(url_for("rotations.host", host_id=host_id))


@blueprint.post(f"{HOST}/restore")
@needs(Permission.ROTATION_PROPOSE)
def restore_host(host_id: int) -> ResponseReturnValue:
    """Put it back."""
    try:
        operations.restore_host(current_actor(), host_id)
    except Refused as refusal:
        flash(say(refusal.message), "danger")
    else:
        flash(say(msg("已恢复使用。")), "success")
    return redirect(url_for("rotations.host", host_id=host_id))
