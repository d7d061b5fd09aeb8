"""Quota, people and vacancies of communities as of a day, with the reasons of each figure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from sqlalchemy import ColumnElement, and_, literal, or_, select, true
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import COMMUNITY_KINDS, ids_of
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.as_of import AsOf, known
from careerpath.policy.codes import UnitKind
from careerpath.policy.headcount import (
    Headcount,
    HeadcountEdition,
    HeadcountFacts,
    Staffing,
    Vacancy,
    headcount,
    vacancy,
)
from careerpath.recruitment.models import Appointment, BatchState, RecruitmentBatch, RecruitmentPosition
from careerpath.recruitment.queries.rules import norms_on
from careerpath.words import Message, NotFound

NOTHING = Staffing(0)


@dataclass(frozen=True, slots=True)
class StaffingLine:
    """One community on a day. ``quota``, ``vacant`` and ``excess`` are ``None`` while a figure is ``missing``."""

    unit_id: int
    code: str
    name: str
    initials: str
    kind: UnitKind
    street_id: int | None
    street_name: str
    households: int | None
    residents: int | None
    quota: int | None
    actual: int
    vacant: int | None
    excess: int | None
    recruiting: int
    """Places of batches under way that nobody has been appointed to yet."""
    missing: tuple[Message, ...]

    @property
    def to_plan(self) -> int:
        """Vacancies that no batch under way is to fill."""
        return max((self.vacant or 0) - self.recruiting, 0)


@dataclass(frozen=True, slots=True)
class StaffingReasons:
    """One community with the grounds of each of its figures."""

    line: StaffingLine
    people: Staffing
    quota: Headcount
    vacancy: Vacancy
    edition: HeadcountEdition


def staffing_lines(
    actor: Actor,
    on: date,
    unit_id: int | None = None,
    permission: Permission = Permission.RECRUITMENT_VIEW,
    *,
    path: str | None = None,
    without_batch: int | None = None,
    edition: HeadcountEdition | None = None,
    known_on: date | None = None,
) -> list[StaffingLine]:
    """Quota, people and vacancies of the communities that the actor meets, in order of their codes.

    ``unit_id``, or the ``path`` of a unit that has been looked up already, narrows it to what lies at or below one
    unit; ``without_batch`` leaves the places of one batch out of those under way; ``edition`` is the norm in force
    where it is known; ``known_on`` counts people as they were known at the end of that day. Whoever holds a second
    posting elsewhere on the day is seconded, and counts where the norm says.
    Raises ``Refused`` where no norm is in force on the day. Five queries at most, however many communities.
    """
    edition = edition or norms_on(on)
    if unit_id is not None:
        path = fetch_unit(actor, unit_id, permission).path
    units = _units(actor, permission, edition, on, path)
    people = _people(list(units), AsOf(on, known_on))
    recruiting = _recruiting(without_batch) if units else Counter()
    return [
        _line(edition, unit, people.get(unit.id, NOTHING), street, recruiting[unit.id])[0]
        for unit, street in units.items()
    ]


def staffing_reasons(
    actor: Actor,
    on: date,
    unit_id: int,
    permission: Permission = Permission.RECRUITMENT_VIEW,
    known_on: date | None = None,
) -> StaffingReasons:
    """One community with its grounds; ``NotFound`` for a unit that had no quota of its own on the day."""
    edition = norms_on(on)
    unit = fetch_unit(actor, unit_id, permission)
    units = _units(actor, permission, edition, on, unit.path)
    if unit not in units:
        raise NotFound
    people = _people([unit], AsOf(on, known_on)).get(unit.id, NOTHING)
    line, quota, found = _line(edition, unit, people, units[unit], _recruiting(None)[unit.id])
    return StaffingReasons(line, people, quota, found, edition)


def _line(
    edition: HeadcountEdition, unit: Unit, people: Staffing, street: Unit | None, recruiting: int
) -> tuple[StaffingLine, Headcount, Vacancy]:
    quota = headcount(edition, HeadcountFacts(unit.kind, unit.households, unit.residents))
    found = vacancy(edition, quota.quota, people)
    line = StaffingLine(
        unit_id=unit.id,
        code=unit.code,
        name=unit.short_name,
        initials=unit.initials,
        kind=unit.kind,
        street_id=street.id if street else None,
        street_name=street.short_name if street else "",
        households=unit.households,
        residents=unit.residents,
        quota=quota.quota,
        actual=found.actual,
        vacant=found.vacant,
        excess=found.excess,
        recruiting=recruiting,
        missing=quota.missing,
    )
    return line, quota, found


def _units(
    actor: Actor, permission: Permission, edition: HeadcountEdition, on: date, path: str | None
) -> dict[Unit, Unit | None]:
    """The units that the norm gives a quota to, as they were on the day, each with the street above it."""
    street = aliased(Unit)
    kinds = set(edition.units.kinds) & (COMMUNITY_KINDS | STREET_KINDS)
    query = (
        select(Unit, street)
        .outerjoin(street, and_(street.id == Unit.parent_id, street.kind.in_(STREET_KINDS)))
        .where(
            within(actor, Unit.id, permission),
            Unit.kind.in_(kinds),
            Unit.starts_on <= on,
            or_(Unit.ends_on.is_(None), Unit.ends_on >= on),
        )
    )
    if path is not None:
        query = query.where(Unit.path.startswith(path, autoescape=True))
    return {unit: above for unit, above in db.session.execute(query.order_by(Unit.code))}


def _people(units: Sequence[Unit], as_of: AsOf) -> dict[int, Staffing]:
    """The people of each unit and of what lies below it, such as its compounds."""
    if not units:
        return {}
    on = as_of.on
    posting, other = aliased(Posting), aliased(Posting)
    wanted = {unit.id for unit in units}
    # The last day is no dated fact. As known then, the postings say it: leaving ends them.
    left = true() if as_of.known_on is not None else or_(Employee.left_on.is_(None), Employee.left_on >= on)
    in_service = (Employee.joined_community_on <= on, left)
    top = _common(unit.path for unit in units)
    here = select(other.employee_id).where(*_held(other, as_of), below(other.unit_id, top))
    rows = db.session.execute(
        select(posting.employee_id, posting.main, Unit.path)
        .join(Employee, Employee.id == posting.employee_id)
        .join(Unit, Unit.id == posting.unit_id)
        .where(*_held(posting, as_of), *in_service, posting.employee_id.in_(here))
    )
    homes: dict[int, int | None] = {}
    places: dict[int, set[int | None]] = defaultdict(set)
    for employee_id, main, path in rows:
        unit_id = next((step for step in reversed(ids_of(path)) if step in wanted), None)
        if main:
            homes[employee_id] = unit_id
        else:
            places[employee_id].add(unit_id)
    return _counted(homes, places)


def _counted(homes: dict[int, int | None], places: dict[int, set[int | None]]) -> dict[int, Staffing]:
    serving: Counter[int | None] = Counter()
    away: Counter[int | None] = Counter()
    here: Counter[int | None] = Counter()
    for employee_id, home in homes.items():
        elsewhere = places.get(employee_id, set()) - {home}
        if elsewhere:
            away[home] += 1
        else:
            serving[home] += 1
        here.update(elsewhere)
    known = {unit_id for unit_id in (*serving, *away, *here) if unit_id is not None}
    return {unit_id: Staffing(serving[unit_id], away[unit_id], here[unit_id]) for unit_id in known}


def _held(posting: type[Posting], as_of: AsOf) -> tuple[ColumnElement[bool], ...]:
    return (
        known(posting, as_of),
        posting.starts_on <= as_of.on,
        or_(posting.ends_on.is_(None), posting.ends_on >= as_of.on),
    )


def _common(paths: Iterable[str]) -> str:
    """The longest path that all begin with; "" where they have no unit in common."""
    steps = zip(*(path.rstrip("/").split("/") for path in paths), strict=False)
    return "".join(f"{same[0]}/" for same in takewhile(lambda step: len(set(step)) == 1, steps))


def _recruiting(without_batch: int | None) -> Counter[int]:
    """Places of batches under way by unit, less those who have been appointed to them. One query."""
    position = RecruitmentPosition
    under_way = select(RecruitmentBatch.id).where(
        RecruitmentBatch.state.not_in((BatchState.CONCLUDED, BatchState.CANCELLED))
    )
    if without_batch is not None:
        under_way = under_way.where(RecruitmentBatch.id != without_batch)
    places = select(position.unit_id, position.places).where(position.batch_id.in_(under_way))
    filled = select(Appointment.unit_id, literal(-1)).where(Appointment.batch_id.in_(under_way))
    found: Counter[int] = Counter()
    for unit_id, count in db.session.execute(places.union_all(filled)):
        found[unit_id] += count
    return Counter({unit_id: max(count, 0) for unit_id, count in found.items()})
