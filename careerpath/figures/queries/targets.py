"""The targets of a place beside what was counted: for every community, or for the whole and each street."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import ids_of
from careerpath.access.scope import fetch_unit, within
from careerpath.core.db import db
from careerpath.employees.queries.as_of import GRADES, AsOf, standing
from careerpath.policy.codes import Education, UnitKind
from careerpath.policy.employment import add_months
from careerpath.policy.targets import RULE, Each, Figure, Judged, Measure, Target, TargetsEdition, judge
from careerpath.rulebook.queries.shelf import Shelf
from careerpath.talent_pool.models import PoolEntry
from careerpath.talent_pool.queries.reserves import in_pool_on
from careerpath.training.queries.rules import rules_or_none as training_rules
from careerpath.training.queries.trained import trained_in

TARGETS = Shelf(RULE, TargetsEdition.from_plain)

ASKS: Mapping[Measure, Permission] = {
    Measure.RESERVES: Permission.POOL_VIEW,
    Measure.TRAINING_SHARE: Permission.TRAINING_VIEW,
}
"""What one must be allowed to see beside the people themselves."""


@dataclass(frozen=True, slots=True)
class UnitJudged:
    """A community or a street, and how it stands to a target."""

    unit_id: int
    name: str
    street: str
    judged: Judged


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target. ``total`` judges the whole, where it is for the whole; ``units`` are communities or streets.

    Those that miss it come first, the farthest away first.
    """

    target: Target
    total: Judged | None
    units: tuple[UnitJudged, ...]

    @property
    def met(self) -> int:
        """How many units reach it."""
        return sum(one.judged.met is True for one in self.units)

    @property
    def missed(self) -> tuple[UnitJudged, ...]:
        """Those that miss it."""
        return tuple(one for one in self.units if one.judged.met is False)

    @property
    def unknown(self) -> int:
        """How many have nobody in service, so that nothing can be said."""
        return sum(one.judged.met is None for one in self.units)


@dataclass(frozen=True, slots=True)
class TargetPage:
    """All targets in force on a day; none where this place has no edition."""

    edition: TargetsEdition | None
    unit_name: str
    lines: tuple[TargetLine, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as it stood on the day."""

    id: int
    name: str
    path: str
    kind: UnitKind
    households: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What the targets of a day are judged by: the units, the people in service in each, and those who are meant."""

    edition: TargetsEdition | None
    targets: tuple[Target, ...]
    """Those in force whose figures the actor may see."""
    places: Mapping[int, Place]
    serving: Mapping[int, int]
    meant: Mapping[str, Mapping[int, int]]
    """By the code of a target: people by unit."""

    def figures(self, target: Target) -> dict[int, Figure]:
        """By unit: what is held against a target; without units of which nothing can be said."""
        found: dict[int, Figure] = {}
        meant = self.meant.get(target.code, {})
        for unit_id, place in self.places.items():
            figure = _figure(target, place, self.serving.get(unit_id, 0), meant.get(unit_id, 0))
            if figure is not None:
                found[unit_id] = figure
        return found


def target_page(actor: Actor, on: date, unit_id: int | None = None, known_on: date | None = None) -> TargetPage:
    """The targets over the people that the actor may see, or over a unit of theirs. Five queries at most.

    ``known_on`` judges files as they were known at the end of that day.
    """
    top = None if unit_id is None else fetch_unit(actor, unit_id, Permission.EMPLOYEE_VIEW)
    name = "" if top is None else top.short_name
    counted = count_targets(actor, AsOf(on, known_on), "" if top is None else top.path)
    if counted.edition is None:
        return TargetPage(None, name, ())
    return TargetPage(counted.edition, name, judged_lines(counted))


def judged_lines(counted: Counted) -> tuple[TargetLine, ...]:
    """Every target that was counted, judged; none where the place has no edition."""
    edition = counted.edition
    return () if edition is None else tuple(_line(edition, one, counted) for one in counted.targets)


def count_targets(actor: Actor, as_of: AsOf, path: str = "") -> Counted:
    """The figures of every target in force, over the actor's units at or below a path. Four queries at most.

    As it was known then, of what files say; reserves and training are kept without their past.
    """
    edition, on = TARGETS.on_or_none(as_of.on), as_of.on
    every = () if edition is None else edition.targets
    shown = tuple(one for one in every if actor.has(ASKS.get(one.measure, Permission.EMPLOYEE_VIEW)))
    meant = _counted(actor, as_of, shown, path)
    if any(one.measure is Measure.RESERVES for one in shown):
        reserves = _reserves(actor, on, path)
        meant |= {one.code: reserves for one in shown if one.measure is Measure.RESERVES}
    serving = meant.pop("")
    return Counted(edition, shown, _places(actor, on, path), serving, meant)


def _line(edition: TargetsEdition, target: Target, counted: Counted) -> TargetLine:
    places, figures = counted.places, counted.figures(target)
    streets = _streets(places)
    if target.each is Each.COMMUNITY:
        communities = [one for one in places.values() if one.kind is UnitKind.COMMUNITY and one.id in figures]
        units = [
            UnitJudged(one.id, one.name, streets.get(one.id, _NOWHERE).name, judge(edition, target, figures[one.id]))
            for one in communities
        ]
        return TargetLine(target, None, _missed_first(units))
    by_street: dict[int, list[Figure]] = {}
    for unit_id, figure in figures.items():
        street = streets.get(unit_id)
        if street is not None:
            by_street.setdefault(street.id, []).append(figure)
    units = [
        UnitJudged(street, places[street].name, "", judge(edition, target, add_figures(each)))
        for street, each in by_street.items()
        if any(figure.count or figure.whole for figure in each)
    ]
    total = judge(edition, target, add_figures(figures.values()) if figures else _nothing(target))
    return TargetLine(target, total, _missed_first(units))


def _figure(target: Target, place: Place, serving: int, count: int) -> Figure | None:
    if target.measure is Measure.HOUSEHOLDS_PER_WORKER:
        return None if place.households is None else Figure(place.households, serving)
    return Figure(count, serving if target.measure.is_share else None)


def _nothing(target: Target) -> Figure:
    divided = target.measure.is_share or target.measure is Measure.HOUSEHOLDS_PER_WORKER
    return Figure(0, 0 if divided else None)


def add_figures(figures: Iterable[Figure]) -> Figure:
    """The figure of several units, of which there is at least one, taken together."""
    known = list(figures)
    whole = None if known[0].whole is None else sum(one.whole or 0 for one in known)
    return Figure(sum(one.count for one in known), whole)


def _missed_first(units: list[UnitJudged]) -> tuple[UnitJudged, ...]:
    def order(one: UnitJudged) -> tuple[bool, int, int, str, str]:
        return (one.judged.met is not False, -one.judged.lacking, -one.judged.over, one.street, one.name)

    return tuple(sorted(units, key=order))


_NOWHERE = Place(0, "", "", UnitKind.CITY, None)


def _streets(places: Mapping[int, Place]) -> dict[int, Place]:
    """The street of each unit, by the ids in its path."""
    found = {}
    for unit_id, place in places.items():
        above = (places[one] for one in ids_of(place.path) if one in places and places[one].kind in STREET_KINDS)
        street = next(above, None)
        if street is not None:
            found[unit_id] = street
    return found


def _places(actor: Actor, on: date, path: str) -> dict[int, Place]:
    query = select(Unit.id, Unit.short_name, Unit.path, Unit.kind, Unit.households).where(
        within(actor, Unit.id, Permission.EMPLOYEE_VIEW),
        Unit.path.startswith(path, autoescape=True),
        Unit.starts_on <= on,
        or_(Unit.ends_on.is_(None), Unit.ends_on >= on),
    )
    return {row[0]: Place(*row) for row in db.session.execute(query.order_by(Unit.code))}


def _counted(actor: Actor, as_of: AsOf, targets: tuple[Target, ...], path: str) -> dict[str, dict[int, int]]:
    """By the code of each target: people by unit. Under the empty code: everybody in service. One query."""
    people, on = standing(as_of), as_of.on
    conditions = {"": literal(1) == literal(1)}
    for target in targets:
        condition = _condition(target, people.c, on)
        if condition is not None:
            conditions[target.code] = condition
    sums = [func.sum(case((condition, 1), else_=0)) for condition in conditions.values()]
    column: Any = people.c.unit_id
    query = (
        select(people.c.unit_id, *sums)
        .where(within(actor, column, Permission.EMPLOYEE_VIEW), people.c.path.startswith(path, autoescape=True))
        .group_by(people.c.unit_id)
    )
    found: dict[str, dict[int, int]] = {code: {} for code in conditions}
    for unit_id, *numbers in db.session.execute(query):
        for code, number in zip(conditions, numbers, strict=True):
            found[code][unit_id] = int(number)
    return found


def _condition(target: Target, people: Any, on: date) -> ColumnElement[bool] | None:
    ask: Callable[[Target, Any, date], ColumnElement[bool]] | None = CONDITIONS.get(target.measure)
    return None if ask is None else ask(target, people, on)


def _young(target: Target, people: Any, on: date) -> ColumnElement[bool]:
    young = people.born_on > add_months(on, -12 * ((target.age or 0) + 1))
    return and_(young, people.post.in_([post.value for post in target.posts])) if target.posts else young


def _certified(target: Target, people: Any, on: date) -> ColumnElement[bool]:
    lowest = GRADES.index(target.certificate) if target.certificate else 0
    certificate: ColumnElement[str] = people.certificate
    return certificate.in_([grade.value for grade in GRADES[lowest:]])


def _educated(target: Target, people: Any, on: date) -> ColumnElement[bool]:
    wanted = (target.education or Education.OTHER).rank
    education: ColumnElement[str] = people.education
    return education.in_([one.value for one in Education if one.rank >= wanted])


def _trained(target: Target, people: Any, on: date) -> ColumnElement[bool]:
    rules = training_rules(on)
    # Without rules of training nobody can be said to be trained.
    return literal(1) == literal(0) if rules is None else people.id.in_(trained_in(rules, on.year, on))


CONDITIONS: Mapping[Measure, Callable[[Target, Any, date], ColumnElement[bool]]] = {
    Measure.YOUNG_CADRES: _young,
    Measure.CERTIFICATE_SHARE: _certified,
    Measure.EDUCATION_SHARE: _educated,
    Measure.TRAINING_SHARE: _trained,
}


def _reserves(actor: Actor, on: date, path: str) -> dict[int, int]:
    """People in the pool by the community whose reserves they are. One query."""
    query = (
        select(PoolEntry.unit_id, func.count(PoolEntry.employee_id.distinct()))
        .join(Unit, Unit.id == PoolEntry.unit_id)
        .where(
            within(actor, PoolEntry.unit_id, Permission.POOL_VIEW),
            Unit.path.startswith(path, autoescape=True),
            *in_pool_on(on),
        )
        .group_by(PoolEntry.unit_id)
    )
    return {unit_id: int(number) for unit_id, number in db.session.execute(query)}
