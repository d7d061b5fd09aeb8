from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.core.pdf.breaking import NEVER_FIRST, NEVER_LAST, SPACES, breakable


class Widths(defaultdict[str, float]):
    def __missing__(self, character: str) -> float:
        return 0.5 if character < "\u2000" else 1.0


WIDTHS = Widths()


def broken(text: str, width: float, indent: float = 0.0) -> list[str]:
    return [text[start:end] for start, end in breakable(text, WIDTHS).lines(width, indent)]


def test_a_full_stop_never_begins_a_line() -> None:
    assert broken("走访群众三户。", 6) == ["走访群众三", "户。"]


def test_several_closing_marks_stay_with_their_word() -> None:
    assert broken("他说“同意。”）其余", 6) == ["他说“同", "意。”）其余"]


def test_an_opening_mark_never_ends_a_line() -> None:
    assert broken("参加学习（区级）", 5) == ["参加学习", "（区级）"]


@pytest.mark.parametrize("word", ["96.4%", "1,286", "1 286", "2025-12-18", "GB/T", "37.5/40", "4.8％"])
def test_numbers_and_words_stay_whole(word: str) -> None:
    assert any(line.startswith(word) for line in broken(f"全年满意度为{word}", 7))


def test_a_word_longer_than_the_line_is_split_and_kept() -> None:
    assert broken("abcdefghij", 2) == ["abcd", "efgh", "ij"]


def test_a_dash_of_two_signs_is_not_torn() -> None:
    assert broken("目标就是——服务", 5) == ["目标就", "是——服务"]


def test_the_first_line_is_indented_by_two_characters() -> None:
    assert broken("一二三四五六七八", 5, indent=2) == ["一二三", "四五六七八"]


def test_spaces_at_a_line_end_take_no_room() -> None:
    assert broken("一二三四 五六", 4) == ["一二三四 ", "五六"]


@given(
    st.text(alphabet="一二三四，。；“”（）《》—…·、12%.aB ￥　", max_size=60),
    st.floats(2, 12),
    st.sampled_from([0.0, 2.0]),
)
def test_breaking_loses_nothing_and_stays_inside(text: str, width: float, indent: float) -> None:
    paragraph = breakable(text, WIDTHS)
    lines = paragraph.lines(width, indent if width > 3 else 0.0)
    assert "".join(text[start:end] for start, end in lines) == text
    for number, (start, end) in enumerate(lines):
        room = width - (indent if number == 0 and width > 3 else 0.0)
        assert paragraph.width(start, end) <= room + 1e-5 or end - start == 1


@given(st.text(alphabet="一二三四，。；“”（）《》12%.aB ", max_size=60), st.floats(4, 12))
def test_where_a_good_break_exists_no_bad_one_is_taken(text: str, width: float) -> None:
    paragraph = breakable(text, WIDTHS)
    for start, end in paragraph.lines(width)[:-1]:
        if any(paragraph.ends_well(place) for place in range(start + 1, end + 1)):
            assert text[end] not in NEVER_FIRST
            assert text[start:end].rstrip(SPACES)[-1:] not in NEVER_LAST or text[end - 1] in SPACES
