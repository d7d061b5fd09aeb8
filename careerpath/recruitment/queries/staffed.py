"""Quota, people and vacancies of communities as one query, for sums and lists over very many of them."""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    Subquery,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.queries.units import COMMUNITY_KINDS
from careerpath.access.scope import below
from careerpath.employees.models import Employee, Posting
from careerpath.policy.headcount import HeadcountEdition
from careerpath.policy.headcount.parts import Bands, Combination, Figure, Fixed, Part, Per, Place, RoundingRule, Stage
from careerpath.policy.rounding import Rounding

STEPS_UP = 3
"""From a grid over its compound and community to the street: no post stands deeper below a unit with a quota."""

Number = ColumnElement[Any]


def staffed(edition: HeadcountEdition | None, on: date, path: str) -> Subquery:
    """One row for each unit at or below a path that the norm gives a quota to, as it was on the day.

    Columns: ``unit_id``, ``name``, ``households``, ``residents``, ``quota``, ``actual``, ``vacant`` and ``excess``; the
    quota and what follows from it are null while a figure is missing. The same numbers as ``staffing_lines``, reckoned
    by the database. Without an edition there are no rows.
    """
    quota, wanted = (null(), false()) if edition is None else (quota_of(edition, Unit), _wanted(edition, Unit, on))
    inside = (wanted, Unit.path.startswith(path, autoescape=True))
    people = _actual(edition, on, path)
    # A unit is looked up for each number, never a number for each unit: a database may know no short way for that.
    numbers = union_all(
        select(people.c.unit_id, people.c.actual), select(Unit.id, literal(0, Integer)).where(*inside)
    ).subquery()
    actual = (
        select(numbers.c.unit_id, cast(func.sum(numbers.c.actual), Integer).label("actual"))
        .group_by(numbers.c.unit_id)
        .subquery()
    )
    units = (
        select(
            Unit.id.label("unit_id"),
            Unit.short_name.label("name"),
            Unit.households,
            Unit.residents,
            cast(quota, Integer).label("quota"),
            actual.c.actual,
        )
        .join(actual, actual.c.unit_id == Unit.id)
        .where(*inside)
        .subquery()
    )
    lacking = units.c.quota - units.c.actual
    return select(
        units,
        case((lacking.is_(None), None), (lacking > 0, lacking), else_=0).label("vacant"),
        case((lacking.is_(None), None), (lacking < 0, -lacking), else_=0).label("excess"),
    ).subquery("staffed")


def quota_of(edition: HeadcountEdition, unit: Any) -> Number:
    """The quota of whatever has ``kind``, ``households`` and ``residents``: ``policy.headcount`` in whole numbers.

    Null where the edition does not apply, and while a figure is missing.
    """
    quotas = [(unit.kind == kind, _quota(edition, edition.parts_for(kind), kind, unit)) for kind in edition.units.kinds]
    return case(*quotas, else_=None)


def _quota(edition: HeadcountEdition, parts: tuple[Part, ...], kind: Any, unit: Any) -> Number:
    """The parts over one denominator, so that nothing is rounded before the edition says so."""
    rounding = edition.rounding
    at_once = rounding is not None and rounding.stage is Stage.PART
    rates = [Fraction(part.count) / part.per for part in parts if isinstance(part, Per)]
    base = 1 if at_once else lcm(*(rate.denominator for rate in rates)) if rates else 1
    numbers = [_number(part, unit, base, rounding if at_once else None) for part in parts]
    number = numbers[0]
    for other in numbers[1:]:
        if edition.combination is not None and edition.combination.way is Combination.GREATEST:
            number = case((other > number, other), else_=number)
        else:
            number = number + other
    if rounding is not None and not at_once:
        number = _whole(rounding.mode, number, base)
    limits = edition.limits_for(kind)
    if limits is not None and limits.cap is not None:
        number = case((number > limits.cap, limits.cap), else_=number)
    if limits is not None and limits.floor is not None:
        number = case((number < limits.floor, limits.floor), else_=number)
    missing = [_figure(part.of, unit).is_(None) for part in parts if not isinstance(part, Fixed)]
    return case((or_(*missing), None), else_=number) if missing else number


def _number(part: Part, unit: Any, base: int, rounding: RoundingRule | None) -> Number:
    """What one part gives, times the denominator."""
    if isinstance(part, Fixed):
        return literal(int(part.count) * base)
    figure = _figure(part.of, unit)
    if isinstance(part, Bands):
        bands = [(figure <= band.range.high, band.count * base) for band in part.bands if band.range.high is not None]
        last = part.bands[-1].count * base
        return case(*bands, else_=last) if bands else literal(last)
    rate = Fraction(part.count) / part.per
    if rounding is not None:
        return _whole(rounding.mode, figure * rate.numerator, rate.denominator)
    return figure * (rate.numerator * (base // rate.denominator))


def _figure(figure: Figure, unit: Any) -> Number:
    return cast({Figure.HOUSEHOLDS: unit.households, Figure.RESIDENTS: unit.residents}[figure], BigInteger)


def _whole(mode: Rounding, number: Number, base: int) -> Number:
    """A number over a denominator as a whole one; all of them are nought or more, so that ``//`` cuts off."""
    match mode:
        case Rounding.DOWN:
            return number // base
        case Rounding.UP:
            return (number + (base - 1)) // base
        case Rounding.HALF_UP:
            return (number * 2 + base) // (base * 2)


def _wanted(edition: HeadcountEdition, unit: Any, on: date) -> ColumnElement[bool]:
    kinds = set(edition.units.kinds) & (COMMUNITY_KINDS | STREET_KINDS)
    return and_(unit.kind.in_(sorted(kinds)), unit.starts_on <= on, or_(unit.ends_on.is_(None), unit.ends_on >= on))


def _actual(edition: HeadcountEdition | None, on: date, path: str) -> Subquery:
    """The people that each unit counts, where it counts any: who is seconded counts at home or with the host."""
    held = _held(edition, on, path)
    main = held.alias("main_post")
    if edition is None or edition.secondment.counted_at is Place.HOME:
        counted = select(main.c.place, main.c.employee_id).where(main.c.main.is_(True)).subquery()
    else:
        other, away = held.alias("other_post"), held.alias("away_post")
        elsewhere = and_(
            other.c.employee_id == main.c.employee_id,
            other.c.main.is_(False),
            other.c.place.is_distinct_from(main.c.place),
        )
        serving = select(main.c.place, main.c.employee_id).where(main.c.main.is_(True), ~exists().where(elsewhere))
        here = (
            select(away.c.place, away.c.employee_id)
            .join(main, and_(main.c.employee_id == away.c.employee_id, main.c.main.is_(True)))
            .where(away.c.main.is_(False), away.c.place.is_distinct_from(main.c.place))
        )
        counted = union_all(serving, here).subquery()
    return (
        select(counted.c.place.label("unit_id"), func.count(counted.c.employee_id.distinct()).label("actual"))
        .where(counted.c.place.is_not(None))
        .group_by(counted.c.place)
        .subquery()
    )


def _held(edition: HeadcountEdition | None, on: date, path: str) -> CTE:
    """Posts held on the day by people in service, each at the nearest unit with a quota at or above it.

    Of people with a post at or below the path: all of their posts, so that it shows who is seconded.
    """
    above = [aliased(Unit) for _ in range(STEPS_UP + 1)]
    wanted = [false() if edition is None else _wanted(edition, unit, on) for unit in above]
    place = case(*((condition, unit.id) for condition, unit in zip(wanted, above, strict=True)), else_=None)
    query = (
        select(Posting.employee_id, Posting.main, place.label("place"))
        .join(Employee, Employee.id == Posting.employee_id)
        .join(above[0], above[0].id == Posting.unit_id)
    )
    for lower, upper in pairwise(above):
        query = query.outerjoin(upper, upper.id == lower.parent_id)
    other = aliased(Posting)
    return query.where(
        Posting.employee_id.in_(select(other.employee_id).where(below(other.unit_id, path))),
        Posting.superseded_at.is_(None),
        Posting.starts_on <= on,
        or_(Posting.ends_on.is_(None), Posting.ends_on >= on),
        Employee.joined_community_on <= on,
        or_(Employee.left_on.is_(None), Employee.left_on >= on),
    ).cte("held")
