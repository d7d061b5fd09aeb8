"""The share of people trained in a year and of those with the national certificate, by unit: people, never 人次."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import COMMUNITY_KINDS, ids_of
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.employees.models import Certificate as CertificateFact
from careerpath.policy.codes import Certificate, UnitKind
from careerpath.policy.training import Attended, Rate, TrainingEdition, is_trained, rate_of
from careerpath.training.queries.attendance import attended_of
from careerpath.training.queries.rules import rules_or_none
from careerpath.training.queries.trainees import ServingPerson, serving_people
from careerpath.words import NotFound

GRADES = (Certificate.JUNIOR, Certificate.INTERMEDIATE, Certificate.SENIOR)
"""Lowest first."""

PLACES = frozenset({UnitKind.CITY, UnitKind.DISTRICT, *STREET_KINDS, *COMMUNITY_KINDS})
"""The kinds that are shown even without anybody in service."""

SHARE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class RateLine:
    """A unit on a day of a year: people in service, those trained, 人次, and holders of certificates by highest grade.

    ``rate`` is ``None`` where no edition names a target, ``unit_id`` for people who serve at the upper unit itself.
    """

    unit_id: int | None
    unit_name: str
    opens: bool
    """Whether there are units below it to look at."""
    serving: int
    trained: int
    attendances: int
    rate: Rate | None
    holders: dict[Certificate, int] = field(default_factory=dict)

    @property
    def certified(self) -> int:
        """How many hold any national certificate."""
        return sum(self.holders.values())

    @property
    def certified_share(self) -> Decimal | None:
        """持证率, cut off to four decimals; ``None`` without people."""
        return (Decimal(self.certified) / self.serving).quantize(SHARE, "ROUND_DOWN") if self.serving else None

    @property
    def share(self) -> Decimal | None:
        """培训率, cut off to four decimals; ``None`` without people."""
        return (Decimal(self.trained) / self.serving).quantize(SHARE, "ROUND_DOWN") if self.serving else None


@dataclass(frozen=True, slots=True)
class RatePage:
    """A unit with the units below it; ``way`` are the units above that the actor may open, from the top."""

    unit: Unit | None
    total: RateLine
    lines: tuple[RateLine, ...]
    edition: TrainingEdition | None
    way: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Person:
    path: str
    trained: bool
    attendances: int
    grade: Certificate | None


def rate_page(actor: Actor, year: int, on: date, unit_id: int | None = None) -> RatePage:
    """A unit of the actor's (the top one where none is named) with the units directly below. Seven queries at most.

    People count where their main post is on the day. Raises ``NotFound`` for a unit that is not the actor's.
    """
    named = _named(actor, unit_id)
    tops = [unit for unit in named if unit.id != unit_id or _is_top(actor, unit)]
    unit = next((one for one in named if one.id == unit_id), None)
    if unit is None and len(tops) == 1:
        unit = tops[0]
    edition = rules_or_none(on)
    around = [] if unit is None else _around(unit)
    lines = tops if unit is None else [one for one in around if one.parent_id == unit.id]
    conditions = () if unit is None else (Unit.path.startswith(unit.path, autoescape=True),)
    people = _people(serving_people(actor, on, *conditions), edition, year, on)
    found = []
    for one in lines:
        here = [each for each in people if each.path.startswith(one.path)]
        if here or (one.kind in PLACES and (one.ends_on is None or one.ends_on >= on)):
            found.append(_line(one, here, edition))
    own = [] if unit is None else [each for each in people if each.path == unit.path]
    if found and own:
        found.insert(0, replace(_line(unit, own, edition), unit_id=None, opens=False))
    top = _line(unit, people, edition)
    return RatePage(unit, top, tuple(found), edition, _way(actor, unit, around))


def rate_lines(actor: Actor, year: int, on: date, unit_id: int | None = None) -> list[RateLine]:
    """The lines of ``rate_page`` with the total last."""
    page = rate_page(actor, year, on, unit_id)
    return [*page.lines, page.total]


def _named(actor: Actor, unit_id: int | None) -> Sequence[Unit]:
    """The units where the actor's part of the tree begins, and the one that is asked for."""
    prefixes = actor.prefixes(Permission.TRAINING_VIEW)
    begins = Unit.parent_id.is_(None) if "" in prefixes else Unit.path.in_(prefixes)
    wanted = and_(Unit.id == unit_id, within(actor, Unit.id, Permission.TRAINING_VIEW))
    found = db.session.scalars(select(Unit).where(or_(begins, wanted)).order_by(Unit.code)).all()
    if unit_id is not None and all(unit.id != unit_id for unit in found):
        raise NotFound
    return found


def _is_top(actor: Actor, unit: Unit) -> bool:
    prefixes = actor.prefixes(Permission.TRAINING_VIEW)
    return unit.parent_id is None if "" in prefixes else unit.path in prefixes


def _around(unit: Unit) -> Sequence[Unit]:
    """The units above and directly below one, in the order of their codes."""
    above = ids_of(unit.path)[:-1]
    query = select(Unit).where(or_(Unit.parent_id == unit.id, Unit.id.in_(above)))
    return db.session.scalars(query.order_by(Unit.code)).all()


def _way(actor: Actor, unit: Unit | None, around: Sequence[Unit]) -> tuple[tuple[int, str], ...]:
    if unit is None:
        return ()
    above = [one for one in around if unit.path.startswith(one.path) and actor.can(Permission.TRAINING_VIEW, one.path)]
    return tuple((one.id, one.short_name) for one in sorted(above, key=lambda one: len(one.path)))


def _people(serving: Sequence[ServingPerson], edition: TrainingEdition | None, year: int, on: date) -> list[_Person]:
    ids = [person.employee_id for person in serving]
    attended = attended_of(ids, year, on) if ids else {}
    grades = highest_grades(ids, on) if ids else {}
    return [
        _Person(
            person.unit_path,
            _trained(edition, attended.get(person.employee_id, ()), year),
            len(attended.get(person.employee_id, ())),
            grades.get(person.employee_id),
        )
        for person in serving
    ]


def _trained(edition: TrainingEdition | None, attended: Sequence[Attended], year: int) -> bool:
    # Without a target whoever took part in anything counts as trained.
    if edition is None or edition.target is None:
        return bool(attended)
    return is_trained(edition, attended, year)


def highest_grades(employee_ids: Iterable[int], on: date) -> dict[int, Certificate]:
    """The highest national certificate that people held on a day, as known now. One query."""
    query = select(CertificateFact.employee_id, CertificateFact.grade).where(
        CertificateFact.employee_id.in_(set(employee_ids)),
        CertificateFact.superseded_at.is_(None),
        CertificateFact.obtained_on <= on,
    )
    found: dict[int, Certificate] = {}
    for employee_id, grade in db.session.execute(query):
        held = found.get(employee_id)
        if grade in set(GRADES) and (held is None or GRADES.index(Certificate(grade)) > GRADES.index(held)):
            found[employee_id] = Certificate(grade)
    return found


def _line(unit: Unit | None, people: Sequence[_Person], edition: TrainingEdition | None) -> RateLine:
    trained = sum(person.trained for person in people)
    grades = Counter(person.grade for person in people if person.grade is not None)
    return RateLine(
        None if unit is None else unit.id,
        "" if unit is None else unit.short_name,
        unit is not None and unit.kind in PLACES and unit.kind not in COMMUNITY_KINDS,
        len(people),
        trained,
        sum(person.attendances for person in people),
        rate_of(edition, trained, len(people)) if edition is not None else None,
        {grade: grades[grade] for grade in GRADES},
    )
