from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.printing.documents.pay_slip import PaySlipPrinter, render_pay_slip
from tests.core.pdf.pages import text_of
from tests.printing.slips import AWKWARD_SLIPS, SLIP


@pytest.fixture(scope="module")
def printer(templates: Environment) -> PaySlipPrinter:
    return PaySlipPrinter(templates, Fonts())


def test_a_slip_says_every_amount_with_its_ground(printer: PaySlipPrinter, tmp_path: Path) -> None:
    data = printer.fill(SLIP)
    text = text_of(data, tmp_path)
    for words in (
        *("林一诺", "SQ100007", "二档8级", "第七条：社会工作师，2026-09-12登记", "第九条：二档8级"),
        *("2026年9月职业水平补贴+100.00（证书11月录入）", "2026年10月职业水平补贴-1,100.50"),
        *("1,549.90", "壹仟伍佰肆拾玖元玖角", "2,555.18"),
    ):
        assert words in text
    with pikepdf.open(BytesIO(data)) as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox[2:]] == [595.28, 419.53]
    assert "草稿" not in text
    assert "示例" not in text


def test_every_value_of_a_slip_has_its_cell(printer: PaySlipPrinter) -> None:
    on_paper = {box.name for layout in (printer.form.page, printer.form.attached) for box in layout.fields}
    assert set(SLIP.cells()) - on_paper == set()


def test_many_late_months_continue_on_an_attached_page_that_is_marked_too(
    printer: PaySlipPrinter, tmp_path: Path
) -> None:
    data = printer.fill(AWKWARD_SLIPS["many late months"])
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 2
        assert pdf.pages[0].mediabox == pdf.pages[1].mediabox
    text = text_of(data, tmp_path)
    assert "2025年12月职业水平补贴-100.00" in text
    assert text.count("示例数据／非官方") == 2


def test_slips_come_two_on_a_sheet_in_order(printer: PaySlipPrinter, tmp_path: Path) -> None:
    target = tmp_path / "slips.pdf"
    slips = [replace(SLIP, name=f"第{number}人") for number in range(1, 8)]
    assert printer.fill_two_on_each(slips, target, title="工资条") == 4
    with pikepdf.open(target) as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox] == [0, 0, 595.28, 841.89]
        assert str(pdf.docinfo.Title) == "工资条"
    text = text_of(target.read_bytes(), tmp_path)
    places = [text.index(f"第{number}人") for number in range(1, 8)]
    assert places == sorted(places)
    again = BytesIO()
    printer.fill_two_on_each(slips, again, title="工资条")
    assert again.getvalue() == target.read_bytes()


def test_a_slip_of_a_month_that_is_not_confirmed_says_draft(templates: Environment, tmp_path: Path) -> None:
    data = render_pay_slip(templates, Fonts(), replace(SLIP, confirmed=False))
    assert "草稿" in text_of(data, tmp_path)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)


def test_what_has_no_line_on_the_slip_is_refused_not_cut(templates: Environment, printer: PaySlipPrinter) -> None:
    with pytest.raises(ValueError, match="no room for 12 components"):
        printer.fill(AWKWARD_SLIPS["ten digits everywhere"])
    with pytest.raises(ValueError, match="15 components and 2 items"):
        PaySlipPrinter(templates, Fonts(), lines=15, items=2)
    widest = PaySlipPrinter(templates, Fonts(), lines=14, items=8)
    assert widest.preflight(AWKWARD_SLIPS["ten digits everywhere"]) == []
