"""The tree of units: loaded from a file, made, changed and ended one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import String, cast, func, select, update
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.operations.unit_names import initials, short_name
from careerpath.access.operations.unit_plan import (
    BEFORE_RECORDS,
    PARENT_KINDS,
    Plan,
    RowFault,
    Standing,
    UnitRow,
    WrongRows,
    make_plan,
    place_faults,
)
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.words import Conflict, Refused, msg

__all__ = [
    "PARENT_KINDS",
    "NewUnit",
    "PutResult",
    "RowFault",
    "UnitChange",
    "UnitRow",
    "WrongRows",
    "change_unit",
    "create_unit",
    "end_unit",
    "put_units",
]


@dataclass(frozen=True, slots=True)
class PutResult:
    """How many units a file brought, changed, and left as they were."""

    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What is needed for a unit below another."""

    code: str
    name: str
    kind: UnitKind
    parent_id: int
    households: int | None = None
    residents: int | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What may be changed of a unit in its place; ``version`` is the one that was shown."""

    name: str
    households: int | None
    residents: int | None
    starts_on: date
    ends_on: date | None
    version: int


@operation(Permission.UNIT_EDIT)
def put_units(actor: Actor, rows: Sequence[UnitRow]) -> PutResult:
    """Bring the tree to what a file says; units that the file does not name stay.

    Parents may come after children. Moving a unit takes everything below it along. Raises ``WrongRows`` with all
    faults by row; then nothing is written. A new root needs the permission for the whole installation.
    """
    # The whole tree is read: circles and open units below can be seen in nothing less.
    units = {unit.code: unit for unit in db.session.scalars(select(Unit).with_for_update())}
    code_of = {unit.id: unit.code for unit in units.values()}
    standing = {code: _standing(unit, code_of.get(unit.parent_id or 0, "")) for code, unit in units.items()}
    plan = make_plan(rows, standing)
    _check_rights(actor, rows, plan, standing)
    for level in plan.new:
        made = [_unit(place, units.get(place.parent_code)) for place in level]
        session_add(*made)
        _set_paths(made, {unit.id: unit for unit in units.values()})
        units.update((unit.code, unit) for unit in made)
    for place in plan.changed:
        _change(units[place.code], place)
        _move(units[place.code], units.get(place.parent_code), units)
    return PutResult(sum(map(len, plan.new)), len(plan.changed), plan.unchanged)


@operation(Permission.UNIT_EDIT)
def create_unit(actor: Actor, given: NewUnit) -> int:
    """Make one unit below another; gives its id. Refuses a code that is taken and a kind that does not belong there."""
    parent = fetch_unit(actor, given.parent_id, Permission.UNIT_EDIT, lock=True)
    if db.session.scalar(select(Unit.id).where(Unit.code == given.code)) is not None:
        raise Refused(msg("单位编码 %(code)s 已被使用，请核对。", code=given.code), field="code")
    place = Standing(
        code=given.code,
        name=given.name,
        kind=given.kind,
        parent_code=parent.code,
        households=given.households,
        residents=given.residents,
        starts_on=given.starts_on or BEFORE_RECORDS,
        ends_on=None,
    )
    _refuse_first(place, _standing(parent, ""))
    unit = _unit(place, parent)
    session_add(unit)
    unit.path = f"{parent.path}{unit.id}/"
    return unit.id


@operation(Permission.UNIT_EDIT)
def change_unit(actor: Actor, unit_id: int, given: UnitChange) -> None:
    """Change a unit's name, figures and dates in its place.

    Raises ``Conflict`` when somebody changed it after it was shown, ``Refused`` for dates that do not fit its
    surroundings.
    """
    unit = fetch_unit(actor, unit_id, Permission.UNIT_EDIT, lock=True)
    if unit.version != given.version:
        current = {name: getattr(unit, name) for name in ("name", "households", "residents", "starts_on", "ends_on")}
        raise Conflict(
            msg("其他人刚刚修改了“%(unit)s”，请核对后再保存。", unit=unit.short_name),
            typed={name: getattr(given, name) for name in current},
            current=current,
        )
    parent = db.session.get(Unit, unit.parent_id) if unit.parent_id else None
    place = replace(
        _standing(unit, parent.code if parent else ""),
        name=given.name,
        households=given.households,
        residents=given.residents,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
    )
    _refuse_first(place, _standing(parent, "") if parent else None)
    _refuse_open_below(unit, place.ends_on)
    _change(unit, place)


@operation(Permission.UNIT_EDIT)
def end_unit(actor: Actor, unit_id: int, ends_on: date) -> None:
    """Close a unit with its last day. Refuses while units below it go on longer."""
    unit = fetch_unit(actor, unit_id, Permission.UNIT_EDIT, lock=True)
    if ends_on < unit.starts_on:
        raise Refused(msg("撤销日期早于设立日期，请核对。"), field="ends_on")
    _refuse_open_below(unit, ends_on)
    unit.ends_on = ends_on


def _standing(unit: Unit, parent_code: str) -> Standing:
    return Standing(
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        parent_code=parent_code,
        households=unit.households,
        residents=unit.residents,
        starts_on=unit.starts_on,
        ends_on=unit.ends_on,
        path=unit.path,
    )


def _unit(place: Standing, parent: Unit | None) -> Unit:
    unit = Unit(code=place.code, parent_id=parent.id if parent else None, path="")
    _change(unit, place)
    return unit


def _change(unit: Unit, place: Standing) -> None:
    if unit.name != place.name:
        unit.name = place.name
        unit.short_name = short_name(place.name)
        unit.initials = initials(unit.short_name)
    unit.kind = place.kind
    unit.households = place.households
    unit.residents = place.residents
    unit.starts_on = place.starts_on
    unit.ends_on = place.ends_on


def _set_paths(made: Sequence[Unit], known: dict[int, Unit]) -> None:
    """Write the paths of a whole new level with one statement; the records in memory learn what it wrote."""
    parent = aliased(Unit)
    above = select(parent.path).where(parent.id == Unit.parent_id).scalar_subquery()
    path = func.coalesce(above, "", type_=String) + cast(Unit.id, String) + "/"
    db.session.execute(
        update(Unit).where(Unit.path == "").values(path=path),
        execution_options={"synchronize_session": False},
    )
    for unit in made:
        set_committed_value(unit, "path", f"{known[unit.parent_id].path if unit.parent_id else ''}{unit.id}/")


def _move(unit: Unit, parent: Unit | None, units: dict[str, Unit]) -> None:
    if unit.parent_id == (parent.id if parent else None):
        return
    old, new = unit.path, f"{parent.path if parent else ''}{unit.id}/"
    unit.parent_id = parent.id if parent else None
    db.session.flush()
    db.session.execute(
        update(Unit)
        .where(Unit.path.startswith(old, autoescape=True))
        .values(path=new + func.substr(Unit.path, len(old) + 1, type_=String)),
        execution_options={"synchronize_session": False},
    )
    for below in units.values():
        if below.path.startswith(old):
            set_committed_value(below, "path", new + below.path[len(old) :])


def _check_rights(actor: Actor, rows: Sequence[UnitRow], plan: Plan, standing: dict[str, Standing]) -> None:
    brought = {place.code: place for level in plan.new for place in level}
    number = {row.code: row.row or place + 2 for place, row in enumerate(rows)}
    faults = []
    for place in (*brought.values(), *plan.changed):
        above = place.parent_code
        while above in brought:
            above = brought[above].parent_code
        paths = [standing[above].path if above else ""]
        if place.code in standing:
            moved = standing[place.code].parent_code != place.parent_code
            paths = [place.path, *(paths if moved else ())]
        if not all(actor.can(Permission.UNIT_EDIT, path) for path in paths):
            message = msg("单位 %(code)s 不在您的管辖范围内，请删去这一行或联系上级。", code=place.code)
            faults.append(RowFault(number[place.code], "code", message))
    if faults:
        raise WrongRows(faults)


def _refuse_first(place: Standing, parent: Standing | None) -> None:
    for column, message in place_faults(place, parent):
        raise Refused(message, field=column)


def _refuse_open_below(unit: Unit, ends_on: date | None) -> None:
    if ends_on is None:
        return
    longer = (Unit.ends_on.is_(None)) | (Unit.ends_on > ends_on)
    found = db.session.execute(
        select(func.count(), func.min(Unit.short_name)).where(Unit.parent_id == unit.id, longer)
    ).one()
    if found[0]:
        raise Refused(
            msg("还有 %(count)s 个下级单位（如“%(first)s”）没有撤销，请先办理它们。", count=found[0], first=found[1]),
            field="ends_on",
        )
