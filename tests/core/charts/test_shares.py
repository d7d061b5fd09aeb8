"""Parts of a whole: lying bars, full bars cut into parts, and areas like a map."""

import re
from decimal import Decimal
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from careerpath.core.charts import NARROW, WIDE, Area, Chart, CompositionChart, Series, ShareChart, TreeMap, for_screen
from careerpath.core.charts.drawing import Box, text_width
from careerpath.core.charts.treemap import squares

D = Decimal
SVG = "{http://www.w3.org/2000/svg}"
AGES = ShareChart(
    title="年龄结构",
    rows=(("30岁及以下", D(60)), ("31—40岁", D(30)), ("41岁以上", D(10))),
    unit="人",
    wanted=D("0.7"),
    wanted_words="目标 70%",
)
GRADES = CompositionChart(
    title="考核等次",
    categories=("费城街道", "上冶镇", "空镇"),
    series=(
        Series("优秀", (D(2), D(1), None)),
        Series("称职", (D(7), D(9), None)),
        Series("基本称职", (D(1), D(0), None)),
    ),
    unit="人",
)
STREETS = TreeMap(
    title="各街道人数",
    areas=(
        Area("费城街道", D(120), 0, "满员"),
        Area("上冶镇", D(60), 1, "空编 3"),
        Area("探沂镇", D(20), 1),
        Area("无人镇", D(0)),
    ),
    looks=("满员", "空编"),
    unit="人",
)
ALL: tuple[Chart, ...] = (AGES, GRADES, STREETS)


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


def words(drawn: Element) -> list[str]:
    return [str(element.text) for element in drawn.iter(f"{SVG}text")]


def test_a_part_is_as_long_as_its_share_and_says_it() -> None:
    drawn = bars(picture(AGES))
    young, old = drawn["30岁及以下 60人（60%）"], drawn["41岁以上 10人（10%）"]
    assert number(young, "width") / number(old, "width") == pytest.approx(6, abs=0.02)
    assert {"60人（60%）", "目标 70%"} <= set(words(picture(AGES)))


def test_people_of_more_than_one_part_are_shares_of_all() -> None:
    chart = ShareChart(title="证书", rows=(("初级", D(30)), ("中级", D(15))), whole=D(200))
    assert {"30（15%）", "15（7.5%）"} <= set(words(picture(chart)))


def test_each_category_is_a_full_bar() -> None:
    drawn = bars(picture(GRADES))
    lengths = {
        name: sum(number(bar, "width") for told, bar in drawn.items() if told.startswith(name))
        for name in ("费城街道", "上冶镇")
    }
    assert lengths["费城街道"] == pytest.approx(lengths["上冶镇"], abs=0.3)
    assert "费城街道 优秀 2人，20%" in drawn
    assert not any(told.startswith("空镇") for told in drawn), "nothing is known of it"
    assert "0人" in words(picture(GRADES))


def test_the_areas_of_a_map_are_as_large_as_their_numbers() -> None:
    drawn = bars(picture(STREETS))
    sizes = {name: number(bar, "width") * number(bar, "height") for name, bar in drawn.items()}
    assert sizes["费城街道 120人 满员"] / sizes["上冶镇 60人 空编 3"] == pytest.approx(2, abs=0.06)
    assert len(sizes) == 3, "who has nobody has no area"


@given(st.lists(st.floats(1, 500), min_size=1, max_size=40), st.sampled_from([(720, 320), (344, 420)]))
def test_boxes_fill_their_frame_and_lie_within_it(sizes: list[float], frame: tuple[int, int]) -> None:
    width, height = frame
    boxes = squares(sorted(sizes, reverse=True), Box(0, 0, width, height))
    assert sum(box.width * box.height for box in boxes) == pytest.approx(width * height, rel=1e-6)
    for box, size in zip(boxes, sorted(sizes, reverse=True), strict=True):
        assert -1e-6 <= box.x <= box.right <= width + 1e-3
        assert -1e-6 <= box.y <= box.bottom <= height + 1e-3
        assert box.width * box.height == pytest.approx(size * width * height / sum(sizes), rel=1e-6)


@pytest.mark.parametrize("chart", ALL)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_stands_outside_the_picture(chart: Chart, width: int) -> None:
    drawn = picture(chart, width)
    height = number(drawn, "height")
    for element in drawn.iter(f"{SVG}text"):
        size = float(element.get("font-size", "12"))
        x, room = number(element, "x"), text_width(str(element.text), size)
        start = x - {"middle": room / 2, "end": room}.get(element.get("text-anchor", "start"), 0)
        assert start >= -1
        assert start + room <= width + 8
        assert 0 < number(element, "y") <= height
    for element in drawn.iter(f"{SVG}rect"):
        assert 0 <= number(element, "x") <= number(element, "x") + number(element, "width") <= width + 0.1
        assert number(element, "y") + number(element, "height") <= height


@pytest.mark.parametrize("chart", ALL)
def test_no_content_policy_would_stop_it_and_who_hears_it_hears_all_numbers(chart: Chart) -> None:
    page = str(for_screen(chart))
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|href=|url\(", page)
    told = picture(chart).find(f"{SVG}desc")
    assert told is not None
    assert re.search(r"30岁及以下 60人|优秀：费城街道 2人|费城街道 120人", str(told.text))


@pytest.mark.parametrize(
    "chart",
    [
        ShareChart(title="空", rows=()),
        ShareChart(title="空", rows=(("甲", D(0)),)),
        CompositionChart(title="空", categories=("一",), series=(Series("甲", (None,)),)),
        TreeMap(title="空", areas=(Area("甲", D(0)),)),
    ],
)
def test_a_chart_without_numbers_says_so(chart: Chart) -> None:
    assert words(picture(chart)) == ["无数据"]


@pytest.mark.parametrize(
    "chart", [ShareChart(title="错", rows=(("甲", D(-1)),)), TreeMap(title="错", areas=(Area("甲", D(-1)),))]
)
def test_a_part_below_zero_is_a_mistake(chart: Chart) -> None:
    with pytest.raises(ValueError, match="below zero"):
        chart.draw()
