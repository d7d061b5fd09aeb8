"""Tables that divide what a listing counts: by a group of its rows, or by the units below. Each cell has its list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypedDict, TypeVar

from careerpath.access.models import STREET_KINDS
from careerpath.annual_reports.queries.listings import (
    PERIODS,
    Counts,
    Listing,
    Period,
    count_parts,
    figure_of,
    list_behind,
)
from careerpath.annual_reports.queries.scope import Part, Scope
from careerpath.annual_reports.queries.section import PEOPLE, Behind, ChartKind, Figure, Table, TableRow, Words
from careerpath.annual_reports.queries.sections.reckoning import OWN, TOTAL
from careerpath.policy.codes import UnitKind
from careerpath.words import Message, msg

AS_OF: Mapping[Period, Message] = {Period.YEAR: msg("截止日"), Period.LAST: msg("上年末")}
"""The heads of the columns of what is counted as of a day."""

S = TypeVar("S")


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
            cells=_cells(counts.get(value, Counts()), periods),
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
    numbers = counts.get(value, Counts())
    return figure_of(listing, numbers, code=f"{listing.code}_{group}_{value}", name=name, only=f"{group}:{value}")


def part_table(
    scope: Scope, code: str, title: Message, columns: Sequence[Column], unit: Message | None = PEOPLE
) -> Table:
    """A table of listings by the units below, with what belongs to none of them and the whole. One query."""
    counted = count_parts(scope, [(column.listing, column.period, column.only) for column in columns])
    numbers = {part: [one.of(part) for one in counted] for part in (*scope.parts, None)}

    def line(words: Words, numbers: Sequence[int], unit_id: int | None) -> TableRow:
        links = tuple(list_behind(column.listing, column.period, unit_id, column.only) for column in columns)
        return TableRow(words=words, cells=tuple(map(Decimal, numbers)), links=links)

    return Table(
        code=code,
        title=title,
        first=first_of(scope),
        heads=tuple(column.words for column in columns),
        rows=part_rows(scope, line, numbers, ()),
        total=line(TOTAL, [one.whole for one in counted], None),
        unit=unit,
    )


def part_rows(
    scope: Scope, line: Callable[[Words, S, int | None], TableRow], sums: Mapping[Part | None, S], nothing: S
) -> tuple[TableRow, ...]:
    """A row for each of the units below, made by ``line`` of its name, its sums and its id.

    What belongs to none of them comes last, and no list shows it. It and units that are not there on the day have a
    row only where something was counted.
    """
    rows = [(part.there, line(part.name, sums.get(part, nothing), part.id)) for part in scope.parts]
    rows.append((False, replace(line(OWN, sums.get(None, nothing), None), links=())))
    return tuple(row for there, row in rows if there or any(row.cells))


def first_of(scope: Scope) -> Words:
    """The head of the column of the units below: 区县, 街道（镇）or 社区."""
    if scope.kind is UnitKind.CITY:
        return msg("区县")
    return msg("社区") if scope.kind in STREET_KINDS else msg("街道（镇）")


def _periods(listing: Listing) -> tuple[Period, ...]:
    return (Period.YEAR, Period.LAST, Period.TOTAL) if listing.summed else (Period.YEAR, Period.LAST)


def _cells(counts: Counts, periods: Sequence[Period]) -> tuple[Decimal, ...]:
    numbers = {Period.YEAR: counts.year, Period.LAST: counts.last, Period.TOTAL: counts.total}
    return tuple(Decimal(numbers[period]) for period in periods)
