"""What sections reckon alike: shares, averages, the line of a part, and links to the list of people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from careerpath.annual_reports.queries.listings import Counts, Listing, Period, list_behind
from careerpath.annual_reports.queries.scope import Part, Scope
from careerpath.annual_reports.queries.section import Behind, Figure
from careerpath.figures.queries.bands import YEAR
from careerpath.words import Message, msg

PEOPLE_PAGE = "employees.people"

PERCENT = msg("%")
YEARS = msg("年")
YEARS_OLD = msg("岁")

TOTAL = msg("合计")
OWN = msg("本级")
"""What belongs to the report's own unit and to none of its parts."""

TENTH, CENT = Decimal("0.1"), Decimal("0.01")


def ratio(number: Decimal | int | None, by: Decimal | int | None, step: Decimal = TENTH) -> Decimal | None:
    """A number divided, rounded half up; none of nothing."""
    if number is None or not by:
        return None
    return (Decimal(number) / Decimal(by)).quantize(step, ROUND_HALF_UP)


def share(part: int, whole: int) -> Decimal | None:
    """A part of a whole in per cent with one decimal; none of nothing."""
    return ratio(part * 100, whole)


def average_years(months: int, people: int, on: date) -> Decimal | None:
    """The average number of years until a day, of people whose months of a beginning were added up."""
    return ratio((on.year * YEAR + on.month) * people - months, people * YEAR)


def people_behind(scope: Scope, filters: Mapping[str, str], on: date, unit_id: int | None = None) -> Behind:
    """The list of people in service on a day, narrowed; of the report's unit or of one below it."""
    unit = {"unit_id": str(scope.unit_id if unit_id is None else unit_id)}
    return Behind(PEOPLE_PAGE, {**filters, **unit, "on": on.isoformat()})


def share_figure(
    code: str, name: Message, whole: Listing, value: Decimal | None, last: Decimal | None, unit: Message = PERCENT
) -> Figure:
    """A share or average with one decimal; the list behind it is that of its whole."""
    return Figure(
        code=code,
        name=name,
        value=value,
        unit=unit,
        last=last,
        places=1,
        behind=list_behind(whole),
        last_behind=list_behind(whole, Period.LAST),
    )


def part_figure(code: str, name: Message, whole: Listing, part: Counts, of: Counts, *, summed: bool = False) -> Figure:
    """What share of a listing's people or things some of them are; with ``summed`` also of all time."""
    figure = share_figure(code, name, whole, share(part.year, of.year), share(part.last, of.last))
    if not summed:
        return figure
    return replace(figure, total=share(part.total, of.total), total_behind=list_behind(whole, Period.TOTAL))


def by_part(scope: Scope, rows: Iterable[Sequence[Any]]) -> dict[Part | None, list[int]]:
    """Rows of a unit's path and its numbers, added up for each part and, where there is any, for none of them."""
    sums: dict[Part | None, list[int]] = {}
    for path, *numbers in rows:
        part = scope.part_of(path)
        so_far = sums.get(part, [0] * len(numbers))
        sums[part] = [before + int(one) for before, one in zip(so_far, numbers, strict=True)]
    order: list[Part | None] = [*scope.parts, None]
    return {part: sums[part] for part in order if part in sums}


def added(rows: Iterable[Sequence[int]], width: int) -> list[int]:
    """The sums of columns; noughts of no rows."""
    found = [0] * width
    for row in rows:
        found = [so_far + one for so_far, one in zip(found, row, strict=True)]
    return found
