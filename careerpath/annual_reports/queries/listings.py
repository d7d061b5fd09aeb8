"""What the figures of a report count: each a list of rows, so that a number and the list behind it cannot differ."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    distinct,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.scope import Part, Scope
from careerpath.annual_reports.queries.section import PEOPLE, Behind, Figure, Words
from careerpath.core.db import db
from careerpath.words import Message, NotFound, msg

LIST_PAGE = "annual_reports.listed"
"""The page with the rows of one listing; its address takes ``report_id`` beside the arguments made here."""


class Period(StrEnum):
    """Which rows of a listing are meant."""

    YEAR = "year"
    """Those of the year; of what is counted as of a day, those of the report's day."""
    LAST = "last"
    """Those of the year before; as of a day, of its last day."""
    TOTAL = "total"
    """All up to the report's day. What is counted as of a day has none."""


PERIODS: Mapping[Period, Message] = {
    Period.YEAR: msg("本年"),
    Period.LAST: msg("上年"),
    Period.TOTAL: msg("累计"),
}


DETAIL = msg("情况")
PERSON = msg("姓名")


@dataclass(frozen=True, slots=True)
class Listing:
    """What one figure counts.

    ``rows`` gives a select with the columns ``id`` (of the record), ``employee_id`` (or null), ``unit_id``, ``on``,
    ``name`` (of the person or thing) and ``detail`` (text). With ``dated`` they are everything that happened up to the
    day that it is given, each on its ``on``; otherwise what holds as of that day. With ``people`` each person counts
    once, however many rows: by ``employee_id``, or by a text column ``who`` where some have no file here. ``page`` and
    ``key`` are the page of the record and the name of its id in the address; a row without them leads to the person's
    file.
    """

    code: str
    name: Message
    permission: Permission
    rows: Callable[[Scope, date], Select[*tuple[Any, ...]]]
    unit: Message = PEOPLE
    dated: bool = True
    people: bool = False
    total: bool = True
    """Whether the sum since the beginning means something; only of what is dated."""
    page: str = ""
    key: str = ""
    detail: Message = DETAIL
    """The head of the column of details."""
    said: Callable[[str], Words] = str
    """How a detail is said, where the rows have a code or some numbers in it."""
    named: Message = PERSON
    """The head of the column of names."""
    of_units: bool = False
    """Whether the rows are units themselves; then the unit above each says where it lies."""
    groups: Mapping[str, Callable[[str], Words]] = field(default_factory=dict)
    """Further text columns of the rows by which tables divide them, and how their values are said."""

    @property
    def summed(self) -> bool:
        """Whether the sum since the beginning is told."""
        return self.dated and self.total

    def only_words(self, only: str) -> Words | None:
        """What a list is narrowed to, in words, by the same text as ``rows_in``; nothing for the whole list."""
        column, _, value = only.partition(":")
        return self.groups[column](value) if column in self.groups else None


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a listing; the sum since the beginning is told only where the listing is ``summed``."""

    year: int = 0
    last: int = 0
    total: int = 0

    @classmethod
    def of_all(cls, counts: Iterable["Counts"]) -> "Counts":
        """The sums of groups of which each thing falls under one alone."""
        some = tuple(counts)
        return cls(sum(one.year for one in some), sum(one.last for one in some), sum(one.total for one in some))


def rows_in(listing: Listing, scope: Scope, period: Period, only: str = "") -> Select[*tuple[Any, ...]]:
    """The rows of a listing in a period, not ordered.

    ``only`` narrows them to one group, as ``channel:by_election``; what names no group of the listing raises
    ``NotFound``.
    """
    found = _all(listing, scope, period).subquery()
    conditions = list(_within(listing, scope, found, period))
    if only:
        column, _, value = only.partition(":")
        if column not in listing.groups:
            raise NotFound
        conditions.append(found.c[column] == value)
    return select(found).where(*conditions)


def count_listings(scope: Scope, listings: Iterable[Listing]) -> dict[str, Counts]:
    """The numbers of listings by code, in one query for all of them."""
    wanted = tuple(listings)
    parts = [
        select(literal(listing.code).label("code"), *numbers).select_from(found)
        for listing in wanted
        for found, numbers in _counted(listing, scope)
    ]
    if not parts:
        return {}
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for code, *numbers_found in db.session.execute(union_all(*parts)):
        sums[code] = [one + more for one, more in zip(sums[code], numbers_found, strict=True)]
    return {one.code: Counts(*sums[one.code]) for one in wanted}


def count_grouped(scope: Scope, *wanted: tuple[Listing, str]) -> list[dict[str, Counts]]:
    """The numbers of listings by the values of a column of their groups, in the order asked. One query."""
    parts = [
        select(literal(place).label("place"), found.c[column].label("value"), *numbers).group_by(found.c[column])
        for place, (listing, column) in enumerate(wanted)
        for found, numbers in _counted(listing, scope)
    ]
    sums: list[dict[str, list[int]]] = [defaultdict(lambda: [0, 0, 0]) for _ in wanted]
    for place, value, *numbers in db.session.execute(union_all(*parts)):
        key = value or ""
        sums[place][key] = [one + more for one, more in zip(sums[place][key], numbers, strict=True)]
    return [{value: Counts(*one) for value, one in each.items()} for each in sums]


def sum_listing(scope: Scope, listing: Listing, column: str) -> Counts:
    """A column of whole numbers in the rows of something dated, added up by period. One query."""
    found = _all(listing, scope, Period.TOTAL).subquery()
    sums = [
        func.sum(case((and_(true(), *_within(listing, scope, found, period)), found.c[column]), else_=0))
        for period in Period
    ]
    return Counts(*(int(one or 0) for one in db.session.execute(select(*sums)).one()))


def figure_of(
    listing: Listing, counts: Counts, *, code: str = "", name: Message | None = None, only: str = ""
) -> Figure:
    """The figure of a listing, or of the one group that ``only`` names, with the lists behind its numbers."""
    return Figure(
        code=code or listing.code,
        name=name or listing.name,
        value=Decimal(counts.year),
        unit=listing.unit,
        last=Decimal(counts.last),
        total=Decimal(counts.total) if listing.summed else None,
        behind=list_behind(listing, only=only),
        last_behind=list_behind(listing, Period.LAST, only=only),
        total_behind=list_behind(listing, Period.TOTAL, only=only) if listing.summed else None,
    )


def list_behind(listing: Listing, period: Period = Period.YEAR, unit_id: int | None = None, only: str = "") -> Behind:
    """The page with the rows of a listing in a period, of one unit below or of one group where these are given."""
    args = {"code": listing.code, "period": period.value}
    if unit_id is not None:
        args["unit"] = str(unit_id)
    if only:
        args["only"] = only
    return Behind(LIST_PAGE, args)


@dataclass(frozen=True, slots=True)
class PartCounts:
    """The numbers of a listing in a period for each part by its id, for what lies in none, and for the whole.

    The whole of a listing of people is no sum: who stands in two parts is counted once.
    """

    parts: Mapping[int, int]
    beside: int
    whole: int

    def of(self, part: Part | None) -> int:
        """The number of a part, or of what lies in none."""
        return self.beside if part is None else self.parts[part.id]


def count_parts(
    scope: Scope, wanted: Sequence[tuple[Listing, Period] | tuple[Listing, Period, str]]
) -> list[PartCounts]:
    """The numbers of listings in periods, or of one group of them, by part and in the order asked for. One query."""
    units = _units_of_parts(scope)
    selects: list[Any] = []
    for place, (listing, period, *only) in enumerate(wanted):
        found = rows_in(listing, scope, period, *only).subquery()
        number = _number(listing, found)
        divided = select(literal(place).label("place"), literal(0).label("whole"), units.c.part_id, number)
        selects.append(
            divided.select_from(found).outerjoin(units, units.c.unit_id == found.c.unit_id).group_by(units.c.part_id)
        )
        selects.append(select(literal(place), literal(1), literal(0), number).select_from(found))
    sums = [{part.id: 0 for part in scope.parts} for _ in wanted]
    beside, whole = [0] * len(wanted), [0] * len(wanted)
    for place, is_whole, part_id, count in db.session.execute(union_all(*selects)) if selects else ():
        if is_whole:
            whole[place] = count
        elif part_id is None:
            beside[place] = count
        else:
            sums[place][part_id] = count
    return [PartCounts(*one) for one in zip(sums, beside, whole, strict=True)]


def _units_of_parts(scope: Scope) -> CTE:
    """Every unit below a part, beside the part's id."""
    top = aliased(Unit)
    return (
        select(Unit.id.label("unit_id"), top.id.label("part_id"))
        .join(top, Unit.path.like(top.path.concat("%")))
        .where(top.id.in_([part.id for part in scope.parts]), Unit.path.startswith(scope.path, autoescape=True))
        .cte("units_of_parts")
    )


def _all(listing: Listing, scope: Scope, period: Period) -> Select[*tuple[Any, ...]]:
    until = scope.last_on if period is Period.LAST and not listing.dated else scope.on
    return listing.rows(scope, until)


def _within(listing: Listing, scope: Scope, found: Subquery, period: Period) -> tuple[ColumnElement[bool], ...]:
    if not listing.dated or period is Period.TOTAL:
        return ()
    if period is Period.LAST:
        return (found.c.on.between(scope.last_first, scope.last_on),)
    # What was decided by the report's day and begins later in the year may be among the rows.
    return (found.c.on.between(scope.first, date(scope.year, 12, 31)),)


def _counted(listing: Listing, scope: Scope) -> list[tuple[Subquery, list[ColumnElement[int]]]]:
    """What is counted, with the numbers of the year, of the year before and of all time over it; they are added up."""
    if listing.dated:
        found = _all(listing, scope, Period.TOTAL).subquery()
        return [(found, _named([_number(listing, found, _within(listing, scope, found, one)) for one in Period]))]
    nothing = literal(0)
    now, before = (_all(listing, scope, one).subquery() for one in (Period.YEAR, Period.LAST))
    return [
        (now, _named([_number(listing, now), nothing, nothing])),
        (before, _named([nothing, _number(listing, before), nothing])),
    ]


def _named(numbers: Sequence[ColumnElement[int]]) -> list[ColumnElement[int]]:
    return [number.label(period.value) for number, period in zip(numbers, Period, strict=True)]


def _number(listing: Listing, found: Subquery, conditions: Iterable[ColumnElement[bool]] = ()) -> ColumnElement[int]:
    counted: Any = found.c.get("who", found.c.employee_id) if listing.people else found.c.id
    for condition in conditions:
        counted = case((condition, counted))
    return func.count(distinct(counted)) if listing.people else func.count(counted)
