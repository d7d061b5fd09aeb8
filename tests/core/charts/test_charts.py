import re
from decimal import Decimal
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from careerpath.core.charts import (
    NARROW,
    WIDE,
    BarChart,
    Chart,
    DifferenceChart,
    LineChart,
    Series,
    for_paper,
    for_screen,
)
from careerpath.core.charts.drawing import text_width

D = Decimal
SVG = "{http://www.w3.org/2000/svg}"
STREETS = ("费城街道", "上冶镇", "薛庄镇", "探沂镇", "朱田镇", "梁邱镇", "费县经济开发区管委会")


def amounts(*values: str | None) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else D(value) for value in values)


COSTS = BarChart(
    title="各街道月成本",
    categories=STREETS,
    series=(
        Series("现行", amounts("451000", "820000", "771000", "337000", "588000", "833000", "697000")),
        Series("草案", amounts("214000", "692000", "472000", "778000", "446000", "401000", None)),
    ),
    unit="元",
)
PARTS = BarChart(
    title="构成",
    categories=("1月", "2月"),
    series=(Series("甲", amounts("100", "-20")), Series("乙", amounts("50", "30")), Series("丙", amounts("0", "-5"))),
    stacked=True,
)
YEARS = LineChart(
    title="五年",
    categories=("2027年", "2028年", "2029年"),
    series=(Series("现行", amounts("10", None, "12")),),
    unit="万元",
)
CHANGES = DifferenceChart(
    title="增减", rows=(("费城街道", D("125000.50")), ("上冶镇", D("-80000")), ("平", D(0))), unit="元"
)
ALL: tuple[Chart, ...] = (COSTS, PARTS, YEARS, CHANGES)


def picture(chart: Chart, width: int = WIDE) -> Element:
    return fromstring(str(chart.draw(width)))


def number(element: Element, name: str) -> float:
    return float(element.get(name, ""))


def bars(drawn: Element) -> dict[str, Element]:
    """The bars by the words that come up under the pointer."""
    found = {}
    for group in drawn.iter(f"{SVG}g"):
        told, bar = group.find(f"{SVG}title"), group.find(f"{SVG}rect")
        if told is not None and bar is not None:
            found[str(told.text)] = bar
    return found


def bottom(bar: Element) -> float:
    return number(bar, "y") + number(bar, "height")


def words(drawn: Element) -> list[str]:
    return [str(element.text) for element in drawn.iter(f"{SVG}text")]


def test_the_height_of_a_bar_is_its_amount() -> None:
    drawn = bars(picture(COSTS))
    first, second = drawn["现行 费城街道 451,000元"], drawn["现行 梁邱镇 833,000元"]
    assert number(first, "height") / number(second, "height") == pytest.approx(451 / 833, abs=0.002)
    assert bottom(first) == pytest.approx(bottom(second), abs=0.11)
    assert len(drawn) == 13, "no bar where there is no value"


def test_stacked_bars_stand_upon_each_other_and_losses_hang_below_zero() -> None:
    drawn = bars(picture(PARTS))
    one, two = drawn["甲 1月 100"], drawn["乙 1月 50"]
    assert bottom(two) == pytest.approx(number(one, "y"), abs=0.11)
    down, up, more = drawn["甲 2月 −20"], drawn["乙 2月 30"], drawn["丙 2月 −5"]
    zero = pytest.approx(bottom(one), abs=0.21)
    assert number(down, "y") == zero == bottom(up)
    assert number(more, "y") == pytest.approx(bottom(down), abs=0.11)
    assert {"150", "30", "−25"} <= set(words(picture(PARTS))), "each heap says its sum"


def test_a_missing_point_breaks_its_line() -> None:
    drawn = picture(YEARS)
    assert len(list(drawn.iter(f"{SVG}polyline"))) == 0, "two lone points make no line"
    assert len(list(drawn.iter(f"{SVG}circle"))) == 2


def test_gains_go_right_and_losses_left_from_a_common_zero() -> None:
    drawn = bars(picture(CHANGES))
    gain, loss, none = drawn["费城街道 +125,000.5元"], drawn["上冶镇 −80,000元"], drawn["平 0元"]
    zero = number(gain, "x")
    assert number(loss, "x") + number(loss, "width") == pytest.approx(zero, abs=0.11)
    assert number(gain, "width") / number(loss, "width") == pytest.approx(125000.5 / 80000, abs=0.01)
    assert number(none, "width") == 0
    assert gain.get("fill") != loss.get("fill") == "#fff", "a loss is hatched, not only red"
    assert {"+12.5万", "−8万", "0"} <= set(words(picture(CHANGES)))


def test_series_differ_by_more_than_their_colour() -> None:
    six = BarChart(title="六", categories=("一",), series=tuple(Series(str(n), amounts("5")) for n in range(6)))
    looks = []
    for group in picture(six).iter(f"{SVG}g"):
        bar, lines = group.find(f"{SVG}rect"), group.find(f"{SVG}path")
        if bar is not None and group.find(f"{SVG}title") is not None:
            steps = re.findall(r"M([\d.]+) ([\d.]+)(H|L)", lines.get("d", "")) if lines is not None else []
            looks.append((bar.get("fill") == "#fff", len(steps), steps[:1] and steps[0][2]))
    assert len(set(map(str, looks))) >= 5
    lines = LineChart(
        title="六", categories=("一", "二"), series=tuple(Series(str(n), amounts("5", str(n))) for n in range(6))
    )
    dashes = [
        line.get("stroke-dasharray")
        for line in picture(lines).iter(f"{SVG}polyline")
        if len(line.get("points", "").split()) == 2
    ]
    assert len(set(dashes)) == 6


@pytest.mark.parametrize("chart", ALL)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_stands_outside_the_picture_on_paper_or_on_a_telephone(chart: Chart, width: int) -> None:
    drawn = picture(chart, width)
    height = number(drawn, "height")
    assert number(drawn, "width") == width
    for element in drawn.iter(f"{SVG}text"):
        size = float(element.get("font-size", "12"))
        assert size >= 11
        x, room = number(element, "x"), text_width(str(element.text), size)
        start = x - {"middle": room / 2, "end": room}.get(element.get("text-anchor", "start"), 0)
        assert start >= -7
        assert start + room <= width + 8
        assert 0 < number(element, "y") <= height
    for element in drawn.iter(f"{SVG}rect"):
        assert 0 <= number(element, "x") <= number(element, "x") + number(element, "width") <= width + 0.1


def test_street_names_stand_upright_on_a_telephone() -> None:
    shown = words(picture(COSTS, NARROW))
    assert [letter for letter in "费城街道" if letter in shown] == list("费城街道")
    assert "费城街道" in words(picture(COSTS))


def test_dates_that_would_touch_are_left_out_evenly() -> None:
    points = tuple(f"2026-{month:02d}" for month in range(1, 13))
    chart = LineChart(title="月", categories=points, series=(Series("", tuple(D(month) for month in range(12))),))
    shown = [word for word in words(picture(chart, NARROW)) if word.startswith("2026")]
    assert 2 < len(shown) < 12
    assert shown == list(points[:: 12 // len(shown)])


@pytest.mark.parametrize("chart", ALL)
def test_a_chart_has_a_name_and_all_its_numbers_for_those_who_hear_it(chart: Chart) -> None:
    drawn = picture(chart)
    assert drawn.get("role") == "img"
    name, told = drawn.find(f"{SVG}title"), drawn.find(f"{SVG}desc")
    assert name is not None
    assert told is not None
    assert drawn.get("aria-labelledby") == name.get("id")
    assert drawn.get("aria-describedby") == told.get("id")
    assert name.text in {"各街道月成本", "构成", "五年", "增减"}
    assert re.search(r"费城街道 (451,000|125,000\.5)元|1月 100|2027年 10万元", str(told.text))


@pytest.mark.parametrize("chart", ALL)
def test_no_content_policy_would_stop_a_chart(chart: Chart) -> None:
    page = str(for_screen(chart))
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|href=|url\(", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 4


def test_markup_in_a_name_stays_text() -> None:
    evil = '<script>alert("x")</script>&'
    charts: tuple[Chart, ...] = (
        BarChart(
            title=evil, categories=(evil,), series=(Series(evil, amounts("1")), Series("乙", amounts("2"))), unit=evil
        ),
        LineChart(
            title=evil, categories=(evil,), series=(Series(evil, amounts("1")), Series("乙", amounts("2"))), unit=evil
        ),
        DifferenceChart(title=evil, rows=((evil, D(1)),), unit=evil),
        BarChart(title="空", categories=(), series=(), empty=evil),
    )
    for chart in charts:
        assert "<script" not in str(chart.draw())
        assert any(evil in str(element.text) for element in picture(chart).iter())


@pytest.mark.parametrize(
    "chart",
    [
        BarChart(title="空", categories=(), series=()),
        BarChart(title="空", categories=("一",), series=(Series("甲", (None,)),)),
        LineChart(title="空", categories=("一",), series=()),
        DifferenceChart(title="空", rows=()),
    ],
)
def test_a_chart_without_numbers_says_so(chart: Chart) -> None:
    assert words(picture(chart)) == ["无数据"]


@pytest.mark.parametrize(
    "chart",
    [
        BarChart(title="一", categories=("只有一个",), series=(Series("", amounts("1234567890.12")),), unit="元"),
        LineChart(title="一", categories=("2026年",), series=(Series("", amounts("7")),)),
        DifferenceChart(title="一", rows=(("甲", D("-0.01")),)),
    ],
)
def test_a_single_value_is_drawn_like_any_other(chart: Chart) -> None:
    drawn = picture(chart)
    assert any(word for word in words(drawn) if word in {"12.3", "7", "−0.01"})


def test_a_series_of_another_length_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="2 values expected"):
        BarChart(title="错", categories=("一", "二"), series=(Series("甲", amounts("1")),)).draw()


def test_for_paper_a_chart_is_a_picture_without_outside_parts() -> None:
    assert for_paper(COSTS).startswith("data:image/svg+xml;base64,")
