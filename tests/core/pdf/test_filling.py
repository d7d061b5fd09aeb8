from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from careerpath.core.pdf.filling import Form, fill, fill_many, merge, preflight, preflight_many
from careerpath.core.pdf.fitting import CONTINUED
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.layout import lay_out
from tests.core.pdf.pages import PAGE, fonts_of, run, small_form, text_of

LONG = "\n".join(f"第{number}项：走访群众1286户，解决“停车秩序”等问题73件。" * 3 for number in range(12))


@pytest.fixture(scope="module")
def form(fonts: Fonts) -> Form:
    return small_form(fonts)


def people(count: int) -> Iterator[dict[str, str]]:
    return ({"name": f"林一诺{number}", "text": "一年来认真工作。", "day": ""} for number in range(count))


def test_the_cells_are_read_off_the_laid_out_page(form: Form) -> None:
    name, text, day = form.page.fields
    assert (name.width, name.height, name.align, name.lines) == (60, 26, "center", 2)
    assert (text.size, text.align, text.long, text.valign) == (12, "justify", True, "top")
    assert (day.face, day.empty, day.align) == ("song", "年　　月　　日", "right")
    assert form.page.height == pytest.approx(841.89, abs=0.1)


def test_a_form_of_two_pages_or_with_twin_cells_is_no_form(fonts: Fonts) -> None:
    with pytest.raises(ValueError, match="one page"):
        lay_out(PAGE.replace("height: 66pt", "height: 900pt"), fonts, title="表")
    with pytest.raises(ValueError, match="same name"):
        lay_out(PAGE.replace('data-field="day"', 'data-field="name"'), fonts, title="表")


def test_rare_characters_come_out_with_embedded_fonts_only(form: Form, tmp_path: Path) -> None:
    data = fill(form, {"name": "镕喆堃赟䶮㛃", "text": "㛃䶮 ABC 12.5%"})
    text = text_of(data, tmp_path)
    assert "镕喆堃赟䶮㛃" in text
    assert "ABC12.5%" in text
    listed = fonts_of(data, tmp_path)
    assert listed
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in listed)


def test_a_character_outside_the_usual_font_is_drawn_by_another(form: Form, tmp_path: Path) -> None:
    data = fill(form, {"name": "甲●€Ωж", "text": "\U0002b300\U00030edd"})
    assert "甲●€Ωж" in text_of(data, tmp_path)
    assert all("yes yes yes" in line for line in fonts_of(data, tmp_path))


def test_a_character_that_no_font_has_is_shown_as_missing(form: Form, tmp_path: Path) -> None:
    assert "林〓" in text_of(fill(form, {"name": "林\U0010fffd"}), tmp_path)
    assert preflight(form, {"name": "林\U0010fffd"})[0].missing == "\U0010fffd"


def test_every_drawn_character_stands_inside_its_box(form: Form) -> None:
    values = {"name": "阿卜杜热合曼·买买提", "text": LONG, "day": "2025年12月18日"}
    with pdfplumber.open(BytesIO(fill(form, values))) as pdf:
        page = pdf.pages[0]
        assert page.chars
        for char in page.chars:
            assert any(
                field.x - 0.5 <= char["x0"]
                and char["x1"] <= field.x + field.width + 0.5
                and field.y - 0.5 <= page.height - char["bottom"]
                and page.height - char["top"] <= field.y + field.height + 0.5
                for field in form.page.fields
            ), char["text"]


def test_a_long_text_continues_on_attached_pages_with_the_name(form: Form, tmp_path: Path) -> None:
    data = fill(form, {"name": "林一诺", "text": LONG})
    with pikepdf.open(BytesIO(data)) as pdf:
        count = len(pdf.pages)
    text = text_of(data, tmp_path)
    assert count > 2
    assert text.count("林一诺") == count
    assert f"附页第1页共{count - 1}页" in text
    assert CONTINUED in text
    assert "【总结（续）】" in text
    for number in range(12):
        assert f"第{number}项" in text
    assert not Counter("".join(LONG.split())) - Counter(text)


def test_the_preflight_names_the_places_of_those_who_overflow(form: Form) -> None:
    found = list(preflight_many(form, [{"text": "短。"}, {"text": LONG}, {"name": "长名" * 30}]))
    assert [(place, [one.label for one in cells]) for place, cells in found] == [(1, ["总结"]), (2, ["姓名"])]


def test_the_same_values_give_the_same_bytes(form: Form, fonts: Fonts) -> None:
    day = datetime(2025, 12, 18, 2, 42, tzinfo=UTC)
    one = fill(form, {"name": "林一诺", "text": LONG}, created_at=day)
    two = fill(small_form(Fonts()), {"name": "林一诺", "text": LONG}, created_at=day)
    assert one == two
    assert fill(form, {"name": "林一诺"}) != fill(form, {"name": "林二诺"})
    with pikepdf.open(BytesIO(one)) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20251218024200+0000"
        assert str(pdf.Root.Lang) == "zh-CN"


def test_many_forms_come_in_order_and_share_one_page_and_one_font(form: Form, tmp_path: Path) -> None:
    target = tmp_path / "forms.pdf"
    assert fill_many(form, people(40), target) == 40
    assert target.stat().st_size < len(fill(form, next(people(1)))) + 40 * 1500
    text = text_of(target.read_bytes(), tmp_path)
    assert [text.index(f"林一诺{number}一") for number in range(40)] == sorted(
        text.index(f"林一诺{number}一") for number in range(40)
    )
    assert len(fonts_of(target.read_bytes(), tmp_path)) <= 4
    run("qpdf", "--check", str(target))


def test_people_are_read_in_pieces_and_nobody_is_missed(form: Form, tmp_path: Path) -> None:
    target = BytesIO()
    assert fill_many(form, people(7), target, chunk=3) == 7
    text = text_of(target.getvalue(), tmp_path)
    assert all(f"林一诺{number}" in text for number in range(7))


def test_finished_pieces_are_put_together_in_order(form: Form, tmp_path: Path) -> None:
    parts = [tmp_path / "1.pdf", tmp_path / "2.pdf"]
    for part, name in zip(parts, ("甲", "乙"), strict=True):
        part.write_bytes(fill(form, {"name": name}))
    whole = BytesIO()
    with parts[1].open("rb") as second:
        assert merge([parts[0], second], whole, title="合订") == 2
    text = text_of(whole.getvalue(), tmp_path)
    assert text.index("甲") < text.index("乙")
    with pikepdf.open(whole) as pdf:
        assert str(pdf.docinfo.Title) == "合订"


def test_printing_nobody_is_an_error(form: Form) -> None:
    with pytest.raises(ValueError, match="nobody"):
        fill_many(form, [], BytesIO())
