"""What a plan is reckoned from: people with wishes, turns and gaps, and hosts with places on its days."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select

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
    Weight,
    Wish,
    check_stay,
    turn_of,
)
from careerpath.rotations.models import Host, Rotation, RotationWish
from careerpath.rotations.queries.findings import STANDING, stay_of, taken_at
from careerpath.rotations.queries.reach import host_met
from careerpath.skills.queries.gaps import gaps_of, lines_lacking
from careerpath.skills.queries.lines import lines_of


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


def names_of_lines(path: str) -> dict[str, str]:
    """The names of all lines of work at a unit by code, retired ones too. One query."""
    return {line.code: line.name for line in lines_of(path, retired=True)}


def people_for(
    filters: Iterable[ColumnElement[bool]], edition: RotationEdition, stay: Stay, names: Mapping[str, str], on: date
) -> dict[int, PersonFact]:
    """The people whom some filters over ``Employee`` leave, by id, in the order of unit and number. Nine queries.

    ``stay`` is what is planned; ``on`` the day on which gaps are looked at.
    """
    query = (
        select(Employee.id, Employee.unit_id, Employee.joined_community_on)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(*filters)
        .order_by(Unit.code, Employee.number)
    )
    rows = db.session.execute(query).all()
    ids = {employee_id for employee_id, _, _ in rows}
    stays, wishes = _stays(ids), _wishes(ids, stay.kind, names)
    gaps, lacking = gaps_of({unit_id for _, unit_id, _ in rows}, on), lines_lacking(ids, on)
    found = {}
    for employee_id, unit_id, joined_on in rows:
        own, lines = stays.get(employee_id, []), {line.code for line in lacking.get(employee_id, ())}
        found[employee_id] = PersonFact(
            employee_id=employee_id,
            unit_id=unit_id,
            wishes=wishes.get(employee_id, {}),
            turn=turn_of(edition, joined_on, own, stay.starts_on),
            gaps=frozenset(cover.name for cover in gaps.get(unit_id, ()) if cover.code in lines),
            blocked=next((one.reason for one in check_stay(edition, stay, own) if one.weight is Weight.REFUSES), None),
        )
    return found


def hosts_for(actor: Actor, stay: Stay, names: Mapping[str, str], ids: Collection[int] = ()) -> dict[int, HostFact]:
    """The hosts in use that the actor meets, by id: all, or those with these ids. Three queries."""
    query = select(Host).where(Host.active.is_(True), host_met(actor, Permission.ROTATION_PROPOSE)).order_by(Host.id)
    if ids:
        query = query.where(Host.id.in_(set(ids)))
    hosts = db.session.scalars(query).all()
    taken = taken_at([host.id for host in hosts], stay.starts_on, stay.ends_on)
    return {
        host.id: HostFact(
            id=host.id,
            name=host.name,
            at_unit_id=host.at_unit_id,
            places=host.places,
            free=host.places - taken.get(host.id, 0),
            opening=Opening(host.id, frozenset(host.kinds), frozenset(names.get(code, code) for code in host.lines)),
        )
        for host in hosts
    }


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
