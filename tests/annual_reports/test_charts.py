"""The picture of a table."""

from decimal import Decimal

import pytest
from flask import Flask

from careerpath.annual_reports.documents.charts import MOST_ROWS, chart_of
from careerpath.annual_reports.queries.section import ChartKind
from careerpath.core.charts import BarChart, CompositionChart, LineChart, ShareChart
from tests.annual_reports.samples import table_of

D = Decimal
pytestmark = pytest.mark.usefixtures("app")

TWO = (("费城街道", (D(30), D(50))), ("上冶镇", (D(12), D(18))))


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [
        (ChartKind.SHARES, ShareChart),
        (ChartKind.BARS, BarChart),
        (ChartKind.STACKED, BarChart),
        (ChartKind.COMPOSITION, CompositionChart),
        (ChartKind.LINES, LineChart),
    ],
)
def test_every_kind_of_table_has_its_picture(app: Flask, kind: ChartKind, drawn: type) -> None:
    chart = chart_of(table_of(kind, *TWO))
    assert chart is not None
    assert isinstance(chart, drawn)
    assert "费城街道" in chart.draw()
    assert "各街道人员情况" in chart.draw()


def test_a_table_without_a_kind_has_none() -> None:
    assert chart_of(table_of(ChartKind.NONE, *TWO)) is None


@pytest.mark.parametrize("kind", [kind for kind in ChartKind if kind])
def test_noughts_are_not_drawn(kind: ChartKind) -> None:
    assert chart_of(table_of(kind, ("费城街道", (D(0), None)), ("上冶镇", (None, D(0))))) is None
    assert chart_of(table_of(kind)) is None


def test_shares_are_of_the_whole_that_the_table_says() -> None:
    chart = chart_of(table_of(ChartKind.SHARES, *TWO, total=(D(60), D(68))))
    assert chart is not None
    assert "30人（50%）" in chart.draw()


def test_a_sum_that_is_no_whole_of_the_rows_is_not_taken_for_one() -> None:
    chart = chart_of(table_of(ChartKind.SHARES, *TWO, total=(D(7), None)))
    assert chart is not None
    assert "30人（71.4%）" in chart.draw()


def test_columns_of_words_are_left_out_of_the_picture() -> None:
    chart = chart_of(table_of(ChartKind.BARS, ("费城街道", (D(30), "第一批")), ("上冶镇", (D(3), None))))
    assert isinstance(chart, BarChart)
    assert [series.name for series in chart.series] == ["男"]


def test_of_many_parts_the_last_ones_come_together() -> None:
    heads = tuple(f"{number}级" for number in range(9))
    chart = chart_of(
        table_of(ChartKind.STACKED, ("费城街道", tuple(D(n) for n in range(9))), ("上冶镇", (D(1),) * 9), heads=heads)
    )
    assert isinstance(chart, BarChart)
    assert [series.name for series in chart.series] == ["0级", "1级", "2级", "3级", "4级", "其他"]
    assert chart.series[-1].values == (D(5 + 6 + 7 + 8), D(4))


def test_too_many_rows_or_lines_are_left_to_the_table() -> None:
    rows = tuple((f"第{number}街道", (D(number), D(1))) for number in range(MOST_ROWS + 1))
    assert chart_of(table_of(ChartKind.BARS, *rows)) is None
    assert chart_of(table_of(ChartKind.BARS, *rows[1:])) is not None
    heads = tuple(f"{number}级" for number in range(9))
    years = [(f"{year}年", (D(1),) * 9) for year in (2024, 2025)]
    assert chart_of(table_of(ChartKind.LINES, *years, heads=heads)) is None
    assert chart_of(table_of(ChartKind.BARS, TWO[0])) is None, "one row compares with nothing"


def test_numbers_are_drawn_with_the_places_of_the_table() -> None:
    chart = chart_of(table_of(ChartKind.BARS, ("费城街道", (D("36.4512"), None)), ("上冶镇", (D(40), None)), places=1))
    assert isinstance(chart, BarChart)
    assert chart.series[0].values == (D("36.5"), D("40.0"))
