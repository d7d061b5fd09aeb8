"""Which picture is drawn of a table: the same one for the page and for the paper."""

from collections.abc import Iterator
from decimal import Decimal

from careerpath.annual_reports.queries.section import ChartKind, Table, rounded
from careerpath.core.charts import BarChart, Chart, CompositionChart, LineChart, Series, ShareChart
from careerpath.core.web.language import say
from careerpath.words import msg

MOST_SERIES = 6
"""As many series as a chart has looks that differ without colour."""

MOST_ROWS = 24
"""More rows than these make a picture that nobody reads; the table has them all."""

OTHERS = msg("其他")


def chart_of(table: Table) -> Chart | None:
    """The picture of a table by its kind, in the language of the reader.

    None where the table has none, has a single row, too many rows or series to be read, or has no number but nought.
    Columns of words are left out; of a whole cut into more parts than there are looks, the last come together as 其他.
    """
    if table.chart is ChartKind.NONE or not 2 <= len(table.rows) <= MOST_ROWS:
        return None
    series = tuple(_series(table))
    values = [value for one in series for value in one.values if value is not None]
    if not any(values):
        return None
    kind = table.chart
    if kind is not ChartKind.LINES and kind is not ChartKind.BARS and min(values) < 0:
        return None
    title, unit = say(table.title), say(table.unit) if table.unit else ""
    names = tuple(say(row.words) for row in table.rows)
    if kind is ChartKind.SHARES:
        rows = tuple((name, value or Decimal(0)) for name, value in zip(names, series[0].values, strict=True))
        return ShareChart(title=title, rows=rows, whole=_whole(table, rows), unit=unit)
    if len(series) > MOST_SERIES:
        if kind not in (ChartKind.STACKED, ChartKind.COMPOSITION):
            return None
        series = (*series[: MOST_SERIES - 1], _together(series[MOST_SERIES - 1 :]))
    if kind is ChartKind.COMPOSITION:
        return CompositionChart(title=title, categories=names, series=series, unit=unit)
    if kind is ChartKind.LINES:
        return LineChart(title=title, categories=names, series=series, unit=unit)
    return BarChart(title=title, categories=names, series=series, unit=unit, stacked=kind is ChartKind.STACKED)


def _series(table: Table) -> Iterator[Series]:
    for place, head in enumerate(table.heads[: table.drawn]):
        cells = [row.cells[place] for row in table.rows]
        if any(isinstance(cell, Decimal) for cell in cells) and not any(isinstance(cell, str) for cell in cells):
            numbers = (cell if isinstance(cell, Decimal) else None for cell in cells)
            yield Series(say(head), tuple(rounded(number, table.places_at(place)) for number in numbers))


def _whole(table: Table, rows: tuple[tuple[str, Decimal], ...]) -> Decimal | None:
    """The sum as the table says it, since some may stand in more than one row; none where it is no whole of them."""
    if table.total is None:
        return None
    said = next((cell for cell in table.total.cells if isinstance(cell, Decimal)), None)
    return said if said is not None and said >= max(value for _, value in rows) else None


def _together(series: tuple[Series, ...]) -> Series:
    values = zip(*(one.values for one in series), strict=True)
    sums = tuple(sum((value for value in each if value is not None), Decimal(0)) for each in values)
    return Series(say(OTHERS), sums)
