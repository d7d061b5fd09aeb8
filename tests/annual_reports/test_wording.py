"""Figures in the sentences of a report: numbers as an office writes them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.annual_reports.queries.section import PEOPLE, Figure
from careerpath.annual_reports.queries.wording import change_words, fill, paragraphs, places_of, shown, unknown_places
from careerpath.words import msg

D = Decimal


def figure(
    value: str | None, last: str | None = None, total: str | None = None, unit: str = "人", places: int = 0
) -> Figure:
    def number(text: str | None) -> Decimal | None:
        return None if text is None else D(text)

    return Figure(
        code="recruited",
        name=msg("招聘人数"),
        value=number(value),
        last=number(last),
        total=number(total),
        unit=PEOPLE if unit == "人" else msg(unit),
        places=places,
    )


@pytest.mark.parametrize(
    ("one", "text", "said"),
    [
        (figure("62", "50", "212"), "招聘{招聘人数}人，上年{招聘人数·上年}人", "招聘62人，上年50人"),
        (figure("62", "50", "212"), "累计{ 招聘人数 · 累计 }人", "累计212人"),
        (figure("62", "50"), "比上年{招聘人数·增减}。", "比上年增加12人。"),
        (figure("50", "62"), "较上年{招聘人数·增减}。", "较上年减少12人。"),
        (figure("50", "50"), "比上年{招聘人数·增减}。", "与上年持平。"),
        (figure("50", "50"), "（{招聘人数·增减}）", "（持平）"),
        (figure("50"), "比上年{招聘人数·增减}。", "上年无可比数据。"),
        (figure(None, "50"), "{招聘人数}，{招聘人数·增减}", "—，—"),
        (figure("36.45", "36.9", unit="岁", places=1), "平均{招聘人数}岁", "平均36.5岁"),
        (figure("39.42", "36.1", unit="%", places=1), "比上年{招聘人数·增减}", "比上年增加3.3个百分点"),
        (figure("1"), "{别的}{招聘人数·去年}", "{别的}{招聘人数·去年}"),
    ],
)
def test_a_place_is_filled_as_an_office_writes(one: Figure, text: str, said: str) -> None:
    assert fill(text, [one]) == said


def test_a_change_is_that_of_the_numbers_as_they_are_shown() -> None:
    # 36.45 and 36.44 are shown as 36.5 and 36.4: a reader who subtracts finds 0.1.
    assert change_words(figure("36.45", "36.44", unit="岁", places=1)) == "增加0.1岁"
    assert change_words(figure("36.44", "36.41", unit="岁", places=1)) == "持平"
    assert figure("36.45", "36.44", places=1).change == D("0.1")


def test_who_may_not_see_a_figure_reads_no_name_in_its_place() -> None:
    assert paragraphs("招聘{招聘人数}人。\n\n 工资{工资总额}万元。", [figure("62")]) == ("招聘62人。", "工资—万元。")


def test_what_no_figure_fills_is_named_with_its_braces() -> None:
    one = figure("62", "50")
    assert unknown_places("{招聘人数}{招聘人数·上年}{招聘人数·增减}", [one]) == ()
    assert unknown_places("{招聘人数·累计}", [one]) == ("{招聘人数·累计}",)
    assert unknown_places("{人数}和{人数}，{招聘人数", [one]) == ("{人数}", "{")


def test_the_places_of_a_figure_leave_out_a_sum_that_it_has_not() -> None:
    assert [place.text for place in places_of([figure("62", "50")])] == [
        "{招聘人数}",
        "{招聘人数·上年}",
        "{招聘人数·增减}",
    ]
    assert [place.now for place in places_of([figure("62", "50", "212")])] == ["62", "50", "212", "增加12人"]


@given(
    st.decimals(min_value=-(10**6), max_value=10**6, places=3),
    st.decimals(min_value=-(10**6), max_value=10**6, places=3),
    st.integers(min_value=0, max_value=2),
)
def test_every_place_offered_is_known_and_filled(value: Decimal, last: Decimal, places: int) -> None:
    one = Figure(code="one", name=msg("指标"), value=value, last=last, total=value, places=places)
    offered = places_of([one])
    text = "，".join(place.text for place in offered)
    assert unknown_places(text, [one]) == ()
    assert fill(text, [one]) == "，".join(place.now for place in offered)
    change = Decimal(shown(value, places)) - Decimal(shown(last, places))
    assert change_words(one) == ("持平" if not change else f"{'增加' if change > 0 else '减少'}{abs(change)}人")
