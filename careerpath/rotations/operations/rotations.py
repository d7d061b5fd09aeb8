"""Proposing rotations, one or many, and changing what is proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import Home, homes_of
from careerpath.policy.edition import to_plain
from careerpath.policy.rotation import Direction, RotationEdition, RotationKind, Stay, kind_named
from careerpath.rotations.models import Host, Rotation, RotationState, RotationWish
from careerpath.rotations.operations.steps import LONGEST_DOCUMENT, LONGEST_NOTE, judge, rotation_in, step_of
from careerpath.rotations.operations.texts import read_line, read_text
from careerpath.rotations.queries.findings import (
    COMING,
    host_remarks,
    stay_of,
    stay_remarks,
    stays_of,
    stays_of_cadres,
)
from careerpath.rotations.queries.reach import host_met
from careerpath.rotations.queries.rules import frozen_rules, rules_on
from careerpath.words import Conflict, NotFound, Refused, msg

LONGEST_NAME = 64
LONGEST_HOME = 120
LONGEST_POST = 60
LONGEST_TASKS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationGiven:
    """Who goes where, as what, for how long; both days included.

    Somebody of the register by ``employee_id``; a cadre without a file (kinds that lead down only) by ``person_name``,
    ``home_name`` (派出单位及职务) and the unit that sends them. ``wish_id`` is the wish that it answers; ``reason`` is
    asked for where the rule warns.
    """

    kind: str
    host_id: int
    host_post: str
    starts_on: date
    ends_on: date
    tasks: str = ""
    employee_id: int | None = None
    person_name: str = ""
    home_name: str = ""
    unit_id: int | None = None
    wish_id: int | None = None
    document: str = ""
    reason: str = ""


class RotationRefused(Refused):
    """A refusal within many: ``row`` counts from 0 in what was given. ``why`` is what the row alone would have met."""

    def __init__(self, row: int, name: str, why: Refused) -> None:
        super().__init__(msg("%(name)s：%(why)s", name=name, why=why.message), field=why.field)
        self.row = row
        self.why = why


@dataclass(slots=True)
class _Known:
    """Everything that some proposals name, read together; the lists of stays grow with each proposal."""

    people: Mapping[int, Employee]
    homes: Mapping[int, Home]
    units: Mapping[int, Unit]
    hosts: Mapping[int, Host]
    wishes: Mapping[int, RotationWish]
    stays: dict[int, list[Rotation]]
    cadres: dict[tuple[int, str], list[Rotation]]
    at_hosts: dict[int, list[Rotation]]


@operation(Permission.ROTATION_PROPOSE)
def propose_rotation(actor: Actor, given: RotationGiven) -> int:
    """Propose a rotation of one of one's people, now or for days to come; gives its id.

    Refuses an overlap with another full-time one of the same person, and an unusual length or a host that does not
    offer it without a reason. The wish that it answers is closed.
    """
    edition = rules_on(clock.today())
    rotation = _propose(edition, _known(actor, [given]), given)
    session_add(rotation)
    session_add(step_of(actor, rotation.id, RotationState.PROPOSED, given.reason.strip()))
    return rotation.id


@operation(Permission.ROTATION_PROPOSE)
def propose_rotations(actor: Actor, rows: Sequence[RotationGiven]) -> list[int]:
    """Propose many, all or none; gives their ids in the order given. Nine queries for any number.

    Raises ``RotationRefused`` for the first that cannot be, ``NotFound`` for a person or host that is not the actor's.
    """
    edition, known = rules_on(clock.today()), _known(actor, rows)
    made = []
    for number, given in enumerate(rows):
        try:
            made.append(_propose(edition, known, given))
        except Refused as refused:
            raise RotationRefused(number, _name(known, given), refused) from refused
    session_add(*made)
    reasons = [given.reason.strip() for given in rows]
    session_add(
        *(step_of(actor, one.id, RotationState.PROPOSED, reason) for one, reason in zip(made, reasons, strict=True))
    )
    return [one.id for one in made]


@operation(Permission.ROTATION_PROPOSE)
def change_rotation(actor: Actor, rotation_id: int, given: RotationGiven, version: int) -> None:
    """Change what is proposed, before it is approved. The person stays: another one is another proposal.

    Raises ``Conflict`` when ``version`` is no longer the present one.
    """
    rotation = rotation_in(actor, rotation_id, Permission.ROTATION_PROPOSE, RotationState.PROPOSED)
    if rotation.version != version:
        raise Conflict(
            msg("这项锻炼刚刚被其他人修改，请核对两份内容后再保存。"),
            typed=_texts(given),
            current=_texts(given_of(rotation)),
        )
    own = replace(
        given,
        employee_id=rotation.employee_id,
        person_name=rotation.person_name,
        home_name=rotation.home_name,
        unit_id=rotation.unit_id,
        wish_id=None,
    )
    known = _known(actor, [own])
    for places in (*known.stays.values(), *known.cadres.values(), *known.at_hosts.values()):
        places[:] = [one for one in places if one.id != rotation.id]
    edition = frozen_rules(rotation.edition)
    kind = kind_named(edition, own.kind)
    values = _values(edition, kind, known, own, _stays(known, own))
    for name, value in values.items():
        setattr(rotation, name, value)
    if given.reason.strip():
        session_add(step_of(actor, rotation.id, RotationState.PROPOSED, given.reason.strip()))


def given_of(rotation: Rotation) -> RotationGiven:
    """What a rotation says now, for a form."""
    return RotationGiven(
        kind=rotation.kind,
        host_id=rotation.host_id,
        host_post=rotation.host_post,
        starts_on=rotation.starts_on,
        ends_on=rotation.ends_on,
        tasks=rotation.tasks,
        employee_id=rotation.employee_id,
        person_name=rotation.person_name,
        home_name=rotation.home_name,
        unit_id=rotation.unit_id,
        wish_id=rotation.wish_id,
        document=rotation.document,
    )


def _known(actor: Actor, rows: Sequence[RotationGiven]) -> _Known:
    people_ids = {one.employee_id for one in rows if one.employee_id is not None}
    people = {
        one.id: one
        for one in db.session.scalars(
            select(Employee)
            .where(Employee.id.in_(people_ids), within(actor, Employee.unit_id, Permission.ROTATION_PROPOSE))
            .order_by(Employee.id)
            .with_for_update()
        )
    }
    unit_ids = {one.unit_id for one in rows if one.employee_id is None and one.unit_id is not None}
    units = {
        one.id: one
        for one in db.session.scalars(
            select(Unit).where(Unit.id.in_(unit_ids), within(actor, Unit.id, Permission.ROTATION_PROPOSE))
        )
    }
    hosts = {
        one.id: one
        for one in db.session.scalars(
            select(Host).where(Host.id.in_({one.host_id for one in rows}), host_met(actor, Permission.ROTATION_PROPOSE))
        )
    }
    wish_ids = {one.wish_id for one in rows if one.wish_id is not None}
    wishes = {
        one.id: one
        for one in db.session.scalars(
            select(RotationWish)
            .where(RotationWish.id.in_(wish_ids), within(actor, RotationWish.unit_id, Permission.ROTATION_PROPOSE))
            .with_for_update()
        )
    }
    at_hosts: dict[int, list[Rotation]] = {one: [] for one in hosts}
    for rotation in db.session.scalars(select(Rotation).where(Rotation.host_id.in_(hosts), Rotation.state.in_(COMING))):
        at_hosts[rotation.host_id].append(rotation)
    cadres = [(one.unit_id, _named(one)) for one in rows if one.employee_id is None and one.unit_id is not None]
    return _Known(
        people=people,
        homes=homes_of(people, clock.today()) if people else {},
        units=units,
        hosts=hosts,
        wishes=wishes,
        stays=stays_of(people) if people else {},
        cadres=stays_of_cadres(cadres),
        at_hosts=at_hosts,
    )


def _propose(edition: RotationEdition, known: _Known, given: RotationGiven) -> Rotation:
    kind = kind_named(edition, given.kind)
    who = _own_person(known, given) if given.employee_id is not None else _cadre(known, kind, given)
    stays = _stays(known, given)
    wish = _wish(known, given)
    rotation = Rotation(
        state=RotationState.PROPOSED,
        edition=to_plain(edition),
        wish_id=wish.id if wish is not None else None,
        **who,
        **_values(edition, kind, known, given, stays),
    )
    stays.append(rotation)
    known.at_hosts[given.host_id].append(rotation)
    if wish is not None:
        wish.closed_on = clock.today()
    return rotation


def _values(
    edition: RotationEdition, kind: RotationKind, known: _Known, given: RotationGiven, stays: Sequence[Rotation]
) -> dict[str, object]:
    host = known.hosts.get(given.host_id)
    if host is None:
        raise NotFound
    if not host.active:
        raise Refused(msg("接收单位“%(name)s”已停用，请改选其他单位。", name=host.name), field="host")
    own = known.people.get(given.employee_id or 0)
    if own is not None and own.unit_id == host.at_unit_id:
        raise Refused(msg("“%(name)s”就是本人所在单位，请改选其他单位。", name=host.name), field="host")
    _check_service(known, given)
    stay = Stay(kind.code, given.starts_on, given.ends_on)
    found = stay_remarks(edition, stay, [stay_of(one) for one in stays])
    beside = [one for one in known.at_hosts[host.id] if one.starts_on <= stay.ends_on and one.ends_on >= stay.starts_on]
    judge([*found, *host_remarks(edition, host, kind.code, len(beside))], given.reason, "starts_on")
    read_line(given.reason, LONGEST_NOTE, "reason")
    return {
        "kind": kind.code,
        "direction": kind.direction,
        "full_time": kind.full_time,
        "host_id": host.id,
        "host_post": read_line(given.host_post, LONGEST_POST, "host_post", msg("请填写挂职（锻炼）岗位。")),
        "starts_on": given.starts_on,
        "ends_on": given.ends_on,
        "tasks": read_text(given.tasks, LONGEST_TASKS, "tasks"),
        "document": read_line(given.document, LONGEST_DOCUMENT, "document"),
    }


def _own_person(known: _Known, given: RotationGiven) -> dict[str, object]:
    employee = known.people.get(given.employee_id or 0)
    if employee is None:
        raise NotFound
    home = known.homes[employee.id]
    return {"employee_id": employee.id, "person_name": "", "home_name": home.name, "unit_id": home.unit_id}


def _cadre(known: _Known, kind: RotationKind, given: RotationGiven) -> dict[str, object]:
    if given.unit_id is None:
        raise Refused(msg("请选择派出人员，或填写派出单位。"), field="person")
    unit = known.units.get(given.unit_id)
    if unit is None:
        raise NotFound
    if kind.direction is not Direction.DOWN:
        raise Refused(
            msg("没有人员档案的干部只能办理下派，“%(kind)s”请从在册人员中选择。", kind=kind.name), field="person_name"
        )
    return {
        "employee_id": None,
        "person_name": read_line(given.person_name, LONGEST_NAME, "person_name", msg("请填写下派干部姓名。")),
        "home_name": read_line(given.home_name, LONGEST_HOME, "home_name", msg("请填写派出单位及职务。")),
        "unit_id": unit.id,
    }


def _check_service(known: _Known, given: RotationGiven) -> None:
    if given.employee_id is None:
        return
    employee = known.people[given.employee_id]
    if given.starts_on < employee.joined_community_on:
        raise Refused(
            msg("开始日期早于进社区日期 %(joined)s，请核对。", joined=employee.joined_community_on), field="starts_on"
        )
    if employee.left_on is not None and employee.left_on < given.ends_on:
        raise Refused(
            msg("%(name)s已定于 %(left)s 离职，不能安排到这一天以后。", name=employee.name, left=employee.left_on),
            field="ends_on",
        )


def _stays(known: _Known, given: RotationGiven) -> list[Rotation]:
    if given.employee_id is not None:
        return known.stays[given.employee_id]
    return known.cadres[given.unit_id or 0, _named(given)]


def _wish(known: _Known, given: RotationGiven) -> RotationWish | None:
    if given.wish_id is None:
        return None
    wish = known.wishes.get(given.wish_id)
    if wish is None or wish.employee_id != given.employee_id:
        raise NotFound
    if wish.closed_on is not None:
        raise Refused(msg("这条轮岗意愿已于 %(on)s 办结，请刷新页面。", on=wish.closed_on))
    return wish


def _named(given: RotationGiven) -> str:
    return " ".join(given.person_name.split())


def _name(known: _Known, given: RotationGiven) -> str:
    if given.employee_id is not None and given.employee_id in known.people:
        return known.people[given.employee_id].name
    return _named(given)


def _texts(given: RotationGiven) -> Mapping[str, object]:
    shown = ("kind", "host_id", "host_post", "starts_on", "ends_on", "tasks", "document")
    return {name: value for name, value in asdict(given).items() if name in shown}
