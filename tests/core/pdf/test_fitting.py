from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careerpath.core.pdf.fitting import CONTINUED, ON_ATTACHED_PAGE, Field, Fitted, Fitter, clean, overflows
from careerpath.core.pdf.fonts import Fonts

NAME = Field("name", "姓名", 100, 700, 58, 26, min_size=7, leading=1.15, align="center", lines=2)
TEXT = Field("text", "总结", 100, 400, 300, 80, size=12, leading=1.5, align="justify", valign="top", long=True)
SENTENCE = "全年入户走访1286户次，协调解决“楼道照明”等问题73件（含停车秩序），满意度96.4%。"


@pytest.fixture(scope="module")
def fitter(fonts: Fonts) -> Fitter:
    return Fitter(fonts)


def words(fit: Fitted) -> str:
    return "".join(line.text for line in fit.lines)


def test_a_short_name_stands_in_the_middle_in_full_size(fitter: Fitter) -> None:
    fit = fitter.fit(NAME, "林一诺")
    assert fit.size == 10.5
    assert [line.text for line in fit.lines] == ["林一诺"]
    assert fit.lines[0].offset == pytest.approx((58 - 3 * 10.5) / 2, abs=0.1)
    assert fit.top == pytest.approx((26 - 10.5 * 1.15) / 2)


def test_a_long_minority_name_is_broken_behind_its_dot(fitter: Fitter) -> None:
    fit = fitter.fit(NAME, "阿卜杜热合曼·买买提")
    assert [line.text for line in fit.lines] == ["阿卜杜热合曼·", "买买提"]
    assert not fit.rest


def test_a_date_is_never_torn_but_shrinks(fitter: Fitter) -> None:
    fit = fitter.fit(replace(NAME, width=46, lines=2), "1995.03.02")
    assert [line.text for line in fit.lines] == ["1995.03.02"]
    assert fit.size < 10.5


def test_a_name_that_fits_nowhere_goes_whole_to_the_attached_page(fitter: Fitter) -> None:
    value = "极其冗长的名称" * 9
    fit = fitter.fit(NAME, value)
    assert words(fit) == ON_ATTACHED_PAGE
    assert "".join(part.text for part in fit.rest) == value
    found = overflows([fit])
    assert [(one.field, one.label, one.over) for one in found] == [("name", "姓名", 63)]


def test_a_text_shrinks_by_half_points_before_it_continues(fitter: Fitter) -> None:
    sizes = {fitter.fit(TEXT, SENTENCE * count).size for count in range(1, 9)}
    assert 12 in sizes
    assert min(sizes) == 8
    assert all(size * 2 == int(size * 2) for size in sizes)


def test_paragraphs_begin_two_characters_in(fitter: Fitter) -> None:
    fit = fitter.fit(TEXT, "第一段。\r\n\r\n\n　第二段。  ")
    assert [line.offset for line in fit.lines] == [24, 24]


def test_full_lines_reach_the_margin_and_the_last_one_does_not(fitter: Fitter) -> None:
    fit = fitter.fit(TEXT, SENTENCE * 2)
    *full, last = fit.lines
    assert all(line.stretch >= 0 for line in full)
    assert any(line.stretch > 0 for line in full)
    assert last.stretch == 0


def test_a_text_too_long_says_so_and_loses_nothing(fitter: Fitter) -> None:
    value = "\n".join([SENTENCE * 2] * 6)
    fit = fitter.fit(TEXT, value)
    assert fit.lines[-1].text.endswith(CONTINUED)
    shown = words(fit).removesuffix(CONTINUED)
    assert shown + "".join(part.text for part in fit.rest) == value.replace("\n", "")
    assert fit.rest[0].text[0] not in "，。）”"


def test_an_empty_cell_stays_empty_and_an_empty_date_waits_for_the_pen(fitter: Fitter) -> None:
    assert fitter.fit(NAME, "").lines == ()
    assert fitter.fit(TEXT, " \n　\n").lines == ()
    assert words(fitter.fit(replace(NAME, width=90, empty="年　　月　　日"), "")) == "年　　月　　日"


def test_invisible_characters_are_not_printed() -> None:
    assert clean("林\u200b一\ufeff诺\x00\ud800葛\U000e0100") == ("林一诺葛",)
    assert clean("a\t b\u00a0c") == ("a b c",)


def test_a_character_that_no_font_has_is_reported(fitter: Fitter) -> None:
    fit = fitter.fit(NAME, "林\U0010fffd")
    assert fit.missing == "\U0010fffd"
    assert overflows([fit])[0].missing == "\U0010fffd"


ANY = st.text(alphabet="社区工作，。；“”（）《》、12.%aBc \n　镕䶮", max_size=400)


@settings(max_examples=150, deadline=None)
@given(value=ANY, width=st.floats(50, 400), height=st.floats(20, 120))
def test_no_text_is_lost_or_leaves_its_box(value: str, width: float, height: float, fonts: Fonts) -> None:
    fitter = Fitter(fonts)
    for field in (replace(TEXT, width=width, height=height), replace(NAME, width=width, height=height)):
        fit = fitter.fit(field, value)
        printed = words(fit).replace(CONTINUED, "").replace(ON_ATTACHED_PAGE, "")
        left = "".join(part.text for part in fit.rest)
        assert "".join((printed + left).split()) == "".join(value.split())
        assert fit.top + len(fit.lines) * fit.leading <= height + 0.05
        for line in fit.lines:
            measure = fitter._measure(field.face)
            gaps = line.stretch * (len(line.text) - 1)
            assert line.offset + sum(map(measure.__getitem__, line.text)) * fit.size + gaps <= width + 0.05
