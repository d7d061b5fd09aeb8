"""What the figures of a report count: each a list of rows, so that a number and the list behind it cannot differ."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, distinct, func, literal, select, union_all

from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import PEOPLE, Behind, Figure, Words
from careerpath.core.db import db
from careerpath.words import Message, msg

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


@dataclass(frozen=True, slots=True)
class Listing:
    """What one figure counts.

    ``rows`` gives a select with the columns ``id`` (of the record), ``employee_id`` (or null), ``unit_id``, ``on``,
    ``name`` (of the person or thing) and ``detail`` (text). With ``dated`` they are everything that happened up to the
    day that it is given, each on its ``on``; otherwise what holds as of that day. With ``people`` each person counts
    once, however many rows. ``page`` and ``key`` are the page of the record and the name of its id in the address; a
    row without them leads to the person's file.
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


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a listing."""

    year: int
    last: int
    total: int | None


def rows_in(listing: Listing, scope: Scope, period: Period) -> Select[*tuple[Any, ...]]:
    """The rows of a listing in a period, not ordered."""
    found = _all(listing, scope, period).subquery()
    return select(found).where(*_within(listing, scope, found, period))


def count_listings(scope: Scope, listings: Iterable[Listing]) -> dict[str, Counts]:
    """The numbers of listings by code, in one query for all of them."""
    parts = []
    for listing in listings:
        periods = (Period.YEAR, Period.LAST, Period.TOTAL) if listing.dated else (Period.YEAR,)
        found = _all(listing, scope, Period.TOTAL if listing.dated else Period.YEAR).subquery()
        numbers = [_number(listing, found, _within(listing, scope, found, one)).label(one.value) for one in periods]
        if not listing.dated:
            numbers += [literal(0).label("last"), literal(0).label("total")]
        parts.append(select(literal(listing.code).label("code"), *numbers))
        if not listing.dated:
            before = _all(listing, scope, Period.LAST).subquery()
            numbers = [literal(0).label("year"), _number(listing, before, ()).label("last"), literal(0).label("total")]
            parts.append(select(literal(listing.code).label("code"), *numbers))
    if not parts:
        return {}
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for code, *numbers_found in db.session.execute(union_all(*parts)):
        sums[code] = [one + (more or 0) for one, more in zip(sums[code], numbers_found, strict=True)]
    return {
        one.code: Counts(sums[one.code][0], sums[one.code][1], sums[one.code][2] if one.dated and one.total else None)
        for one in listings
    }


def figure_of(listing: Listing, counts: Counts) -> Figure:
    """The figure of a listing, with the lists behind its numbers."""
    return Figure(
        code=listing.code,
        name=listing.name,
        value=Decimal(counts.year),
        unit=listing.unit,
        last=Decimal(counts.last),
        total=None if counts.total is None else Decimal(counts.total),
        behind=list_behind(listing),
        last_behind=list_behind(listing, Period.LAST),
        total_behind=None if counts.total is None else list_behind(listing, Period.TOTAL),
    )


def list_behind(listing: Listing, period: Period = Period.YEAR, unit_id: int | None = None) -> Behind:
    """The page with the rows of a listing in a period, of one unit below where it is given."""
    args = {"code": listing.code, "period": period.value}
    return Behind(LIST_PAGE, args if unit_id is None else {**args, "unit": str(unit_id)})


def count_by_part(scope: Scope, listing: Listing, period: Period = Period.YEAR) -> dict[int, int]:
    """The number of a listing for each part of the unit by its id, noughts included. One query."""
    found = rows_in(listing, scope, period).subquery()
    number = func.count(distinct(found.c.employee_id)) if listing.people else func.count()
    query = select(Unit.path, number).join(Unit, Unit.id == found.c.unit_id).group_by(Unit.path)
    sums = {part.id: 0 for part in scope.parts}
    for path, count in db.session.execute(query):
        part = scope.part_of(path)
        if part is not None:
            sums[part.id] += count
    return sums


def _all(listing: Listing, scope: Scope, period: Period) -> Select[*tuple[Any, ...]]:
    until = scope.last_on if period is Period.LAST and not listing.dated else scope.on
    return listing.rows(scope, until)


def _within(listing: Listing, scope: Scope, found: Subquery, period: Period) -> tuple[ColumnElement[bool], ...]:
    if not listing.dated or period is Period.TOTAL:
        return ()
    if period is Period.LAST:
        return (found.c.on.between(scope.last_first, scope.last_on),)
    return (found.c.on.between(scope.first, scope.on),)


def _number(listing: Listing, found: Subquery, conditions: Iterable[ColumnElement[bool]]) -> Any:
    counted: Any = found.c.employee_id if listing.people else found.c.id
    for condition in conditions:
        counted = case((condition, counted))
    number = func.count(distinct(counted)) if listing.people else func.count(counted)
    return select(number).select_from(found).scalar_subquery()
