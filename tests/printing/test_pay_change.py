from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.printing.documents.pay_change import PayChangeForm, PayChangePrinter, render_pay_change
from tests.core.pdf.pages import text_of
from tests.printing.changes import AWKWARD_CHANGES, STEP


@pytest.fixture(scope="module")
def printer(templates: Environment) -> PayChangePrinter:
    return PayChangePrinter(templates, Fonts(), title=STEP.title)


def test_every_value_of_a_change_has_its_cell(printer: PayChangePrinter) -> None:
    given = set(STEP.cells())
    on_paper = {box.name for layout in (printer.form.page, printer.form.attached) for box in layout.fields}
    assert given - on_paper == set()
    rows = {f"{side}_{number}" for number in (6, 7, 8) for side in (
        "component", "before_level", "before_amount", "before_since", "after_level", "after_amount", "after_since"
    )}  # fmt: skip
    assert on_paper - given == {"continued_text", "continued_page", *rows}


def test_the_form_is_one_page_that_says_what_changes_from_when(printer: PayChangePrinter, tmp_path: Path) -> None:
    data = printer.fill(STEP)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.docinfo.Title) == "大连市社区工作者工资变动审批表　林一诺"
    text = text_of(data, tmp_path)
    for words in (
        "职务补贴",
        "三档7级",
        "二档8级",
        "2027.01.01",
        "270.00元（大写：贰佰柒拾元整）",
        "上报人：",
        "审核人：",
    ):
        assert words in text
    assert text.count("（盖章）") == 3
    assert text.count("年月日") == 1, "the district's day waits for the pen"


def test_a_cut_says_minus_and_an_open_total_says_nothing() -> None:
    assert AWKWARD_CHANGES["a cut"].cells()["increase"] == "-100.05 元（大写：负壹佰元零伍分）"
    assert replace(STEP, total_before=None).increase == Decimal(3330)
    assert "increase" not in PayChangeForm().cells()


def test_example_amounts_are_marked_on_every_page(printer: PayChangePrinter, tmp_path: Path) -> None:
    data = printer.fill(AWKWARD_CHANGES["example amounts"])
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 2
    assert text_of(data, tmp_path).count("示例数据／非官方") == 2
    assert "示例" not in text_of(printer.fill(STEP), tmp_path)


def test_a_scheme_of_many_components_still_fills_one_page(templates: Environment) -> None:
    many = AWKWARD_CHANGES["twelve components of ten digits"]
    printer = PayChangePrinter(templates, Fonts(), rows=14)
    assert printer.preflight(many) == []
    with pytest.raises(ValueError, match="12 components, 8 lines"):
        PayChangePrinter(templates, Fonts()).fill(many)
    with pytest.raises(ValueError, match="15 components"):
        PayChangePrinter(templates, Fonts(), rows=15)


def test_a_single_change_can_be_read_aloud(templates: Environment) -> None:
    data = render_pay_change(templates, Fonts(), STEP)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "zh-CN"


def test_many_changes_come_out_in_order(printer: PayChangePrinter, tmp_path: Path) -> None:
    forms = (replace(STEP, name=f"第{number}人") for number in range(1, 21))
    target = tmp_path / "changes.pdf"
    assert printer.fill_many(forms, target) == 20
    text = text_of(target.read_bytes(), tmp_path)
    places = [text.index(f"第{number}人") for number in range(1, 21)]
    assert places == sorted(places)
