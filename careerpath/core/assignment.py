"""Rows shared out among columns that take only so many: as many as possible first, then as well as possible."""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import Any, Protocol, TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

HUNDREDTHS = 2


class Ordered(Hashable, Protocol):
    """What rows and columns are named by: numbers, texts, or tuples of them."""

    def __lt__(self, other: Any, /) -> bool:
        """Whether it comes before another of its kind."""


Row = TypeVar("Row", bound=Ordered)
Column = TypeVar("Column", bound=Ordered)


def assign(points: Mapping[tuple[Row, Column], Decimal], capacity: Mapping[Column, int]) -> dict[Row, Column]:
    """The column of each row that gets one: as many rows as can be, and of all such ways one with most points in all.

    ``points`` are counted to the hundredth; a pair that it does not name is forbidden. A column that ``capacity`` does
    not name takes nobody. The same points give the same answer however they are ordered, because rows and columns are
    laid out by their names; where several ways are equally good, that layout decides.
    """
    allowed = {pair: value for pair, value in points.items() if capacity.get(pair[1], 0) > 0}
    if not allowed:
        return {}
    rows = sorted({row for row, _ in allowed})
    columns = sorted({column for _, column in allowed})
    places = [
        (number, column) for number, column in enumerate(columns) for _ in range(min(capacity[column], len(rows)))
    ]
    costs = _costs(allowed, rows, columns)
    forbidden = costs < 0
    # One pair that is forbidden costs more than everything that can be lost or won in points.
    costs[forbidden] = costs.max(initial=0.0) * min(len(rows), len(places)) + 1
    of_places = [number for number, _ in places]
    chosen = zip(*linear_sum_assignment(costs[:, of_places]), strict=True)
    return {rows[row]: places[place][1] for row, place in chosen if not forbidden[row, of_places[place]]}


def _costs(
    allowed: Mapping[tuple[Row, Column], Decimal], rows: list[Row], columns: list[Column]
) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """What each pair falls short of the best one, in whole hundredths, which doubles hold exactly; -1 if forbidden."""
    row_at = {row: number for number, row in enumerate(rows)}
    column_at = {column: number for number, column in enumerate(columns)}
    whole = {pair: int(value.scaleb(HUNDREDTHS).to_integral_value()) for pair, value in allowed.items()}
    best = max(whole.values())
    costs = np.full((len(rows), len(columns)), -1.0)
    for (row, column), value in whole.items():
        costs[row_at[row], column_at[column]] = best - value
    return costs
