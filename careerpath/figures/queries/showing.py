"""What stands in the cells of a table of counts, as text: for the page and for the workbook alike."""

from dataclasses import dataclass
from decimal import Decimal

from careerpath.core.charts import Chart, CompositionChart, Series, ShareChart
from careerpath.core.charts.shares import in_percent
from careerpath.core.web.language import say
from careerpath.figures.queries.dimensions import Head
from careerpath.figures.queries.tables import Count, CrossTable
from careerpath.words import Message, msg

MOST_SERIES = 6
"""As many series as a chart has looks that differ without colour."""

NONE = "—"


@dataclass(frozen=True, slots=True)
class Showing:
    """A table and what is shown of it: the number, the share of the row or column, the average age."""

    table: CrossTable
    shown: str

    def cell(self, row: Head | None = None, column: Head | None = None) -> str:
        """The text of a cell, a sum of a row or column, or of everybody."""
        count = self.table.of(row, column)
        match self.shown:
            case "age":
                age = self.table.average_age(count)
                return NONE if age is None else str(age)
            case "row":
                return _share(count, self.table.of(row))
            case "column":
                return _share(count, self.table.of(column=column))
        return str(count.people)

    def chart(self, title: Message) -> Chart | None:
        """The table as a picture; none where it has more columns than looks, or says ages."""
        table = self.table
        if self.shown == "age" or not table.rows:
            return None
        if table.column is None:
            rows = tuple((say(row.words), Decimal(table.of(row).people)) for row in table.rows)
            return ShareChart(title=say(title), rows=rows, unit=say(msg("人")))
        if len(table.columns) > MOST_SERIES:
            return None
        return CompositionChart(
            title=say(title),
            categories=tuple(say(row.words) for row in table.rows),
            series=tuple(
                Series(say(column.words), tuple(Decimal(table.of(row, column).people) for row in table.rows))
                for column in table.columns
            ),
            unit=say(msg("人")),
        )


def _share(count: Count, whole: Count) -> str:
    return in_percent(Decimal(count.people), Decimal(whole.people)) if whole.people else NONE
