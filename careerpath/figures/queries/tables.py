"""People counted by one or two dimensions, as of a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import func, literal, select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.employees.queries.as_of import AsOf, standing
from careerpath.employees.queries.people import PeopleFilters
from careerpath.employees.queries.people_as_of import narrowed
from careerpath.figures.queries.bands import YEAR, months_of
from careerpath.figures.queries.dimensions import Dimension, Head

TENTH = Decimal("0.1")
UNIT = "unit_id"


@dataclass(frozen=True, slots=True)
class Count:
    """Some people: how many, and their months of birth added up (for the average age)."""

    people: int = 0
    months: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.people + other.people, self.months + other.months)


NOBODY = Count()


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Counts of people by rows and, where there is a second dimension, by columns."""

    as_of: AsOf
    row: Dimension
    column: Dimension | None
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    counts: Mapping[tuple[object, object], Count]
    """By the keys of row and column; the column's is ``None`` without a second dimension."""

    def of(self, row: Head | None = None, column: Head | None = None) -> Count:
        """The people of a cell, of a whole row or column, or all of them."""
        found = NOBODY
        for (row_key, column_key), count in self.counts.items():
            if (row is None or row_key == row.key) and (column is None or column_key == column.key):
                found += count
        return found

    @property
    def total(self) -> Count:
        """Everybody."""
        return self.of()

    def average_age(self, count: Count) -> Decimal | None:
        """The average age in years with one decimal, by months of birth; none of nobody."""
        if not count.people:
            return None
        on = self.as_of.on
        months = on.year * YEAR + on.month - Decimal(count.months) / count.people
        return (months / YEAR).quantize(TENTH, ROUND_HALF_UP)

    def behind(self, row: Head | None = None, column: Head | None = None) -> dict[str, str] | None:
        """The filters of the list of just these people; none where no list shows them."""
        chosen = [head for head in (row, column) if head is not None]
        found: dict[str, str] = {}
        for head in chosen:
            if head.filters is None:
                return None
            # A street and its community together: the community says it all, and it is the narrower one.
            wider = UNIT in found and UNIT in head.filters and self.column is not None and self.column.code == "street"
            found |= {name: value for name, value in head.filters.items() if not (wider and name == UNIT)}
        return found


def count_people(
    actor: Actor, as_of: AsOf, row: Dimension, column: Dimension | None = None, filters: PeopleFilters | None = None
) -> CrossTable:
    """The table of those in service on a day whom the actor may see. One query, and the words of the heads."""
    people = standing(as_of)
    row_key = row.key(people.c, as_of).label("row_key")
    column_key = (column.key(people.c, as_of) if column else literal(None)).label("column_key")
    months = func.sum(months_of(people.c.born_on))
    query = (
        select(row_key, column_key, func.count(), months)
        .where(*narrowed(actor, people, filters or PeopleFilters(), as_of))
        .group_by(*((row_key, column_key) if column else (row_key,)))
    )
    found = db.session.execute(query).all()
    rows = row.heads({one[0] for one in found}) if found else {}
    columns = column.heads({one[1] for one in found}) if column and found else {}
    counts: dict[tuple[object, object], Count] = defaultdict(Count)
    for row_value, column_value, people_count, month_sum in found:
        place = rows[row_value].key, columns[column_value].key if column else None
        counts[place] += Count(people_count, int(month_sum))
    return CrossTable(as_of, row, column, _in_order(rows.values()), _in_order(columns.values()), dict(counts))


def _in_order(heads: Iterable[Head]) -> tuple[Head, ...]:
    once: dict[Any, Head] = {head.key: head for head in heads}
    return tuple(sorted(once.values(), key=lambda head: head.place))
