"""Tables that divide what a listing counts: by a group of its rows, or by the units below. Each cell has its list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

from sqlalchemy import Integer, cast, null

from careerpath.access.models import STREET_KINDS
from careerpath.annual_reports.queries.listings import PERIODS, Counts, Listing, Period, count_parts, list_behind
from careerpath.annual_reports.queries.scope import Scope
from careerpath.annual_reports.queries.section import PEOPLE, Behind, ChartKind, Figure, Table, TableRow, Words
from careerpath.annual_reports.queries.sections.reckoning import OWN, TOTAL
from careerpath.policy.codes import UnitKind
from careerpath.words import Message, msg

AS_OF: Mapping[Period, Message] = {Period.YEAR: msg("截止日"), Period.LAST: msg("上年末")}
"""The heads of the columns of what is counted as of a day."""

NOBODY = cast(null(), Integer).label("employee_id")
"""The column of the person in the rows of a listing of things."""

Cells = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table by part: what is counted, in which period, and its head where it has not the listing's."""

    listing: Listing
    period: Period = Period.YEAR
    head: Message | None = None
    only: str = ""
    """The group that is counted, where it is not all of the listing."""

    @property
    def words(self) -> Message:
        """Its head."""
        return self.head or self.listing.name


def group_table(
    code: str,
    title: Message,
    first: Message,
    listing: Listing,
    group: str,
    counts: Mapping[str, Counts],
    values: Iterable[str],
    total: Counts | None = None,
    *,
    chart: ChartKind = ChartKind.NONE,
    whole: bool = False,
    words: Mapping[str, Words] | None = None,
) -> Table:
    """A table of a listing by one of its groups: year, year before and, where it has one, the sum of all time.

    ``values`` are in order; those that nothing falls under are left out unless ``whole``. What was found beside them
    comes last. ``words`` are what values are called, where looking each up by itself would take a query.
    """
    periods = _periods(listing)
    known = tuple(values)
    order = [*known, *sorted(set(counts) - set(known))]
    rows = [
        TableRow(
            words=words[value] if words and value in words else listing.groups[group](value),
            cells=_cells(counts.get(value, Counts(0, 0, 0)), periods),
            links=tuple(list_behind(listing, period, only=f"{group}:{value}") for period in periods),
        )
        for value in order
        if whole or value in counts
    ]
    heads = PERIODS if listing.dated else AS_OF
    return Table(
        code=code,
        title=title,
        first=first,
        heads=tuple(heads[period] for period in periods),
        rows=tuple(rows),
        total=None
        if total is None
        else TableRow(
            words=TOTAL, cells=_cells(total, periods), links=tuple(list_behind(listing, one) for one in periods)
        ),
        unit=listing.unit,
        chart=chart,
        drawn=1 if chart is ChartKind.SHARES else None,
    )


class Lists(TypedDict):
    """The lists behind the three numbers of a figure."""

    behind: Behind
    last_behind: Behind
    total_behind: Behind


def behind_all(listing: Listing) -> Lists:
    """The lists of the whole behind a share or an average of something dated."""
    return Lists(
        behind=list_behind(listing),
        last_behind=list_behind(listing, Period.LAST),
        total_behind=list_behind(listing, Period.TOTAL),
    )


def group_figure(listing: Listing, group: str, value: str, name: Message, counts: Mapping[str, Counts]) -> Figure:
    """The figure of one group of a listing; its code is made of those of listing, group and value."""
    periods, only = _periods(listing), f"{group}:{value}"
    numbers = counts.get(value, Counts(0, 0, 0))
    summed = Period.TOTAL in periods
    return Figure(
        code=f"{listing.code}_{group}_{value}",
        name=name,
        value=Decimal(numbers.year),
        unit=listing.unit,
        last=Decimal(numbers.last),
        total=Decimal(numbers.total or 0) if summed else None,
        behind=list_behind(listing, only=only),
        last_behind=list_behind(listing, Period.LAST, only=only),
        total_behind=list_behind(listing, Period.TOTAL, only=only) if summed else None,
    )


def part_table(
    scope: Scope, code: str, title: Message, columns: Sequence[Column], unit: Message | None = PEOPLE
) -> Table:
    """A table of listings by the units below, with what belongs to none of them and the whole. One query."""
    counted = count_parts(scope, [(column.listing, column.period, column.only) for column in columns])
    rows = [
        TableRow(
            words=part.name,
            cells=tuple(Decimal(one.parts[part.id]) for one in counted),
            links=tuple(list_behind(column.listing, column.period, part.id, column.only) for column in columns),
        )
        for part in scope.parts
    ]
    if any(one.beside for one in counted):
        rows.append(TableRow(words=OWN, cells=tuple(Decimal(one.beside) for one in counted)))
    return Table(
        code=code,
        title=title,
        first=first_of(scope),
        heads=tuple(column.words for column in columns),
        rows=tuple(rows),
        total=TableRow(
            words=TOTAL,
            cells=tuple(Decimal(one.whole) for one in counted),
            links=tuple(list_behind(column.listing, column.period, only=column.only) for column in columns),
        ),
        unit=unit,
    )


def first_of(scope: Scope) -> Words:
    """The head of the column of the units below: 区县, 街道（镇）or 社区."""
    if scope.kind is UnitKind.CITY:
        return msg("区县")
    return msg("社区") if scope.kind in STREET_KINDS else msg("街道（镇）")


def _periods(listing: Listing) -> tuple[Period, ...]:
    if not listing.dated:
        return Period.YEAR, Period.LAST
    return (Period.YEAR, Period.LAST, Period.TOTAL) if listing.total else (Period.YEAR, Period.LAST)


def _cells(counts: Counts, periods: Sequence[Period]) -> Cells:
    numbers = {Period.YEAR: counts.year, Period.LAST: counts.last, Period.TOTAL: counts.total}
    return tuple(None if (number := numbers[period]) is None else Decimal(number) for period in periods)
