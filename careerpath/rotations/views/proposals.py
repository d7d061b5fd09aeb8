"""Proposing a rotation: the person, the host, the days; what stands against it is shown before it is saved."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.queries.people import PersonFound, find_people
from careerpath.employees.views.room import attempt, fill_unit, status_of
from careerpath.policy.rotation import Direction
from careerpath.rotations.forms.fields import NO_HOST, HostForm
from careerpath.rotations.forms.rotations import CadreForm, RotationForm
from careerpath.rotations.operations import hosts as host_operations
from careerpath.rotations.operations import rotations as operations
from careerpath.rotations.queries.findings import Remark
from careerpath.rotations.queries.hosts import find_hosts
from careerpath.rotations.queries.names import kind_choices
from careerpath.rotations.queries.proposal import Proposed, proposed_person, remarks_on
from careerpath.rotations.queries.rotation import RotationAct, rotation_page
from careerpath.rotations.queries.rules import frozen_rules, rules_or_none
from careerpath.rotations.queries.standing import STANDINGS
from careerpath.rotations.views.room import blueprint
from careerpath.words import Refused, msg

CHECK = "check"
"""The button that only shows what stands against it."""


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Permission.ROTATION_PROPOSE)
def new_rotation() -> ResponseReturnValue:
    """Look somebody up, choose host and days, see what the rule says, propose."""
    actor = current_actor()
    q = request.args.get("q", "").strip()[:64]
    wish_id = whole_number(request.values.get("wish", ""))
    employee_id = whole_number(request.values.get("employee", "") or request.values.get("q_id", ""))
    found: list[PersonFound] = find_people(actor, q) if q and employee_id is None else []
    if len(found) == 1:
        employee_id = found[0].id
    told: dict[str, Any] = {"q": q, "found": found, "edition": rules_or_none(clock.today()), "standings": STANDINGS}
    if employee_id is None or told["edition"] is None:
        return render_template("rotations/new-rotation.html", person=None, form=None, remarks=(), **told)
    person = proposed_person(actor, employee_id, wish_id)
    form = RotationForm()
    form.offer(kind_choices(clock.today()))
    if request.method == "GET":
        _begin(form, person)
    made: list[int] = []
    own_wish = person.wish.id if person.wish is not None else None
    if CHECK not in request.form and attempt(
        form,
        lambda: made.append(
            operations.propose_rotation(actor, form.given(host_named(actor, form), person.employee_id, own_wish))
        ),
    ):
        flash(say(msg("已提出，等待区级批准。")), "success")
        return redirect(url_for("rotations.rotation", rotation_id=made[0]))
    remarks = _remarks(actor, form, person.employee_id)
    shown = render_template("rotations/new-rotation.html", person=person, form=form, remarks=remarks, **told)
    return shown, status_of(form) if CHECK not in request.form else 200


@blueprint.route("/new/cadre", methods=["GET", "POST"])
@needs(Permission.ROTATION_PROPOSE)
def new_cadre() -> ResponseReturnValue:
    """A cadre without a file who is sent down to a community."""
    actor, form, edition = current_actor(), CadreForm(), rules_or_none(clock.today())
    down = [] if edition is None else [one for one in edition.kinds if one.direction is Direction.DOWN]
    form.offer([(one.code, one.name) for one in down])
    fill_unit(form, actor)
    made: list[int] = []
    if CHECK not in request.form and attempt(
        form, lambda: made.append(operations.propose_rotation(actor, form.given(host_named(actor, form))))
    ):
        flash(say(msg("已提出，等待区级批准。")), "success")
        return redirect(url_for("rotations.rotation", rotation_id=made[0]))
    remarks = _remarks(actor, form, None)
    shown = render_template("rotations/new-cadre.html", form=form, edition=edition, kinds=down, remarks=remarks)
    return shown, status_of(form) if CHECK not in request.form else 200


@blueprint.route("/<int:rotation_id>/edit", methods=["GET", "POST"])
@needs(Permission.ROTATION_PROPOSE)
def edit_rotation(rotation_id: int) -> ResponseReturnValue:
    """Change what is proposed."""
    actor = current_actor()
    page = rotation_page(actor, rotation_id, Permission.ROTATION_PROPOSE)
    form = RotationForm()
    form.offer([(one.code, one.name) for one in frozen_rules(page.record.edition).kinds])
    if request.method == "GET":
        if RotationAct.EDIT not in page.may:
            flash(say(msg("这项锻炼现在不能修改，请在本页办理延长、返回或取消。")), "danger")
            return redirect(url_for("rotations.rotation", rotation_id=rotation_id))
        form.show(page.record, page.host.name)
    if CHECK not in request.form and attempt(
        form,
        lambda: operations.change_rotation(actor, rotation_id, form.given(host_named(actor, form)), form.seen()),
    ):
        flash(say(msg("已保存。")), "success")
        return redirect(url_for("rotations.rotation", rotation_id=rotation_id))
    page = rotation_page(actor, rotation_id, Permission.ROTATION_PROPOSE)
    remarks = _remarks(actor, form, page.record.employee_id, rotation_id)
    shown = render_template("rotations/edit-rotation.html", page=page, form=form, remarks=remarks)
    return shown, status_of(form) if CHECK not in request.form else 200


def host_named(actor: Actor, form: HostForm, permission: Permission = Permission.ROTATION_PROPOSE) -> int:
    """The host that a form means; a unit of the tree is entered as one. Raises ``Refused`` for none."""
    key = form.chosen()
    if not key and form.host.data:
        named = [one for one in find_hosts(actor, form.host.data, permission) if one.name == form.host.data.strip()]
        key = named[0].key if len(named) == 1 else ""
    number = whole_number(key.removeprefix("u"))
    if number is None:
        raise Refused(NO_HOST, field="host")
    return host_operations.host_of_unit(actor, number) if key.startswith("u") else number


def _begin(form: RotationForm, person: Proposed) -> None:
    """What the wish says, to begin with."""
    if person.wish is None:
        return
    if person.wish.kind:
        form.kind.data = person.wish.kind
    if person.wish.host_id is not None:
        form.host.data, form.host_id.data = person.wish_host, str(person.wish.host_id)
    form.starts_on.data = person.wish.earliest_on


def _remarks(actor: Actor, form: RotationForm, employee_id: int | None, *but: int) -> list[Remark]:
    """What stands against what was typed so far; nothing before kind and days are there."""
    if request.method != "POST" or not (form.kind.data and form.starts_on.data and form.ends_on.data):
        return []
    host_id = whole_number(form.chosen())
    try:
        return remarks_on(actor, form.kind.data, form.starts_on.data, form.ends_on.data, host_id, employee_id, but)
    except Refused as refusal:
        if CHECK in request.form:
            form.refuse(refusal)
        return []
