"""What a plan is reckoned from: people with wishes, turns and gaps, and hosts with places on its days."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.reason import Reason
from careerpath.policy.rotation import (
    Candidate,
    Due,
    Opening,
    RotationEdition,
    Stay,
    Suit,
    Weight,
    Wish,
    check_stay,
    suit,
    turn_of,
)
from careerpath.rotations.models import Host, PlanLine, Rotation, RotationWish
from careerpath.rotations.queries.findings import STANDING, stay_of, taken_at
from careerpath.rotations.queries.reach import host_met
from careerpath.skills.models import WorkLine
from careerpath.skills.queries.cover import Serving, serving_at
from careerpath.skills.queries.lines import lines_of_many


@dataclass(frozen=True, slots=True)
class PersonFact:
    """Somebody who may be sent: open wishes of the kind by id, the turn, gaps by name, and what stands against it."""

    employee_id: int
    unit_id: int
    wishes: Mapping[int, Wish]
    turn: Due | None
    gaps: frozenset[str]
    blocked: Reason | None

    @property
    def called(self) -> bool:
        """Whether a wish or the turn speaks for sending this person."""
        return bool(self.wishes) or (self.turn is not None and self.turn.is_due)

    def candidates(self) -> list[tuple[int | None, Candidate]]:
        """The person once with each wish, or once without any."""
        asked: list[tuple[int | None, Wish | None]] = [*self.wishes.items()] or [(None, None)]
        return [(wish_id, Candidate(self.employee_id, wish, self.turn, self.gaps)) for wish_id, wish in asked]


@dataclass(frozen=True, slots=True)
class People:
    """Some people by id, and the names of the lines of work of their districts by code."""

    found: Mapping[int, PersonFact]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HostFact:
    """A host in use with the places free on all days of a plan; below 0 where more people are there than it offers."""

    id: int
    name: str
    at_unit_id: int | None
    places: int
    free: int
    opening: Opening


def serving_on(on: date) -> tuple[ColumnElement[bool], ...]:
    """The filters over ``Employee`` "is in service on a day"."""
    return Employee.joined_community_on <= on, or_(Employee.left_on.is_(None), Employee.left_on >= on)


def people_for(filters: Iterable[ColumnElement[bool]], edition: RotationEdition, stay: Stay, on: date) -> People:
    """The people whom some filters over ``Employee`` leave, in the order of unit and number. Five queries.

    ``stay`` is what is planned; ``on`` the day on which gaps are looked at.
    """
    query = (
        select(Employee.id, Employee.unit_id, Employee.joined_community_on, Unit.path)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(*filters)
        .order_by(Unit.code, Employee.number)
    )
    return facts_of([(*row,) for row in db.session.execute(query)], edition, stay, on)


def facts_of(rows: Sequence[tuple[int, int, date, str]], edition: RotationEdition, stay: Stay, on: date) -> People:
    """What a plan asks of some people, given with unit, first day of service and path. Four queries."""
    ids, paths = [row[0] for row in rows], {row[3] for row in rows}
    lines = lines_of_many(paths, retired=True)
    names = {line.code: line.name for found in lines.values() for line in found}
    stays, wishes = _stays(ids), _wishes(ids, stay.kind, names)
    serving = serving_at(paths, on) if paths else []
    levels = {one.employee_id: one for one in serving}
    gaps = {path: _gaps(path, lines[path], serving) for path in paths}
    people = {}
    for employee_id, unit_id, joined_on, path in rows:
        own, known = stays.get(employee_id, []), levels.get(employee_id)
        people[employee_id] = PersonFact(
            employee_id=employee_id,
            unit_id=unit_id,
            wishes=wishes.get(employee_id, {}),
            turn=turn_of(edition, joined_on, own, stay.starts_on),
            gaps=frozenset(line.name for line in gaps[path] if known is None or not known.able([line.code])),
            blocked=next((one.reason for one in check_stay(edition, stay, own) if one.weight is Weight.REFUSES), None),
        )
    return People(people, names)


def hosts_for(
    actor: Actor,
    stay: Stay,
    names: Mapping[str, str],
    ids: Collection[int] = (),
    *,
    plan_id: int = 0,
    but: int = 0,
) -> dict[int, HostFact]:
    """The hosts in use that the actor meets, by id: all, or those with these ids. Three queries.

    With ``plan_id`` whom that plan sends there takes a place too, but for the line ``but``.
    """
    sent = select(func.count()).where(PlanLine.plan_id == plan_id, PlanLine.host_id == Host.id, PlanLine.id != but)
    query = (
        select(Host, sent.correlate(Host).scalar_subquery())
        .where(Host.active.is_(True), host_met(actor, Permission.ROTATION_PROPOSE))
        .order_by(Host.id)
    )
    if ids:
        query = query.where(Host.id.in_(set(ids)))
    rows = db.session.execute(query).all()
    taken = taken_at([host.id for host, _ in rows], stay.starts_on, stay.ends_on)
    return {
        host.id: HostFact(
            id=host.id,
            name=host.name,
            at_unit_id=host.at_unit_id,
            places=host.places,
            free=host.places - taken.get(host.id, 0) - proposed,
            opening=Opening(host.id, frozenset(host.kinds), frozenset(names.get(code, code) for code in host.lines)),
        )
        for host, proposed in rows
    }


def best_suit(
    edition: RotationEdition, kind: str, starts_on: date, person: PersonFact, host: HostFact
) -> tuple[int | None, Suit] | None:
    """How well a host suits somebody by the wish that it answers best; the wish's id only where it answers one."""
    if host.at_unit_id == person.unit_id:
        return None
    found = [
        (wish_id, one)
        for wish_id, candidate in person.candidates()
        if (one := suit(edition, kind, starts_on, candidate, host.opening)) is not None
    ]
    if not found:
        return None
    wish_id, best = max(found, key=lambda pair: pair[1].points)
    return (wish_id if best.reasons[0].value else None), best


def _gaps(path: str, lines: Sequence[WorkLine], serving: Sequence[Serving]) -> list[WorkLine]:
    """The lines in use that too few people at or below a unit can do."""
    there = [one for one in serving if one.path.startswith(path)]
    return [line for line in lines if line.active and sum(one.able([line.code]) for one in there) < line.wanted]


def _stays(employee_ids: Collection[int]) -> dict[int, list[Stay]]:
    query = select(Rotation).where(Rotation.employee_id.in_(employee_ids), Rotation.state.in_(STANDING))
    found: dict[int, list[Stay]] = {}
    for rotation in db.session.scalars(query):
        if rotation.employee_id is not None:
            found.setdefault(rotation.employee_id, []).append(stay_of(rotation))
    return found


def _wishes(employee_ids: Collection[int], kind: str, names: Mapping[str, str]) -> dict[int, dict[int, Wish]]:
    query = select(RotationWish).where(
        RotationWish.employee_id.in_(employee_ids), RotationWish.closed_on.is_(None), RotationWish.kind.in_(["", kind])
    )
    found: dict[int, dict[int, Wish]] = {}
    for one in db.session.scalars(query.order_by(RotationWish.id)):
        lines = frozenset(names.get(code, code) for code in one.lines)
        found.setdefault(one.employee_id, {})[one.id] = Wish(one.kind, one.host_id, lines, one.earliest_on)
    return found
