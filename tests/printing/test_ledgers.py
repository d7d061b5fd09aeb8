from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import amount
from careerpath.printing.documents.ledger import Kind, Ledger, LedgerColumn
from careerpath.printing.documents.ledger_printing import PAPERS, LedgerPrinter, shape_of
from careerpath.printing.documents.pay_changes_list import render_pay_changes_list
from careerpath.printing.documents.pay_register import PayRegisterTable, render_pay_register
from tests.core.pdf.pages import fonts_of, text_of
from tests.printing.registers import changes, register

D = Decimal
TWELVE = tuple(f"第{number}项特殊岗位津贴" for number in range(1, 13))


def sizes(data: bytes) -> list[tuple[float, float]]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return [(float(page.mediabox[2]), float(page.mediabox[3])) for page in pdf.pages]


@pytest.fixture(scope="module")
def month(templates: Environment, tmp_path_factory: pytest.TempPathFactory) -> tuple[PayRegisterTable, str, int]:
    """A confirmed month of sixty people: what it says, its text on paper, its pages."""
    table = register(60, example=True)
    data = render_pay_register(templates, Fonts(), table)
    assert all("yes yes yes" in line for line in fonts_of(data, tmp_path_factory.mktemp("month"))), "embedded fonts"
    return table, text_of(data, tmp_path_factory.mktemp("month")), len(sizes(data))


def test_everybody_is_in_the_register_on_both_sides(month: tuple[PayRegisterTable, str, int]) -> None:
    table, text, _ = month
    for row in table.rows:
        assert text.count(row.number) == 2
        assert amount(row.payable) in text
        assert amount(row.cost) in text


def test_every_page_has_head_sums_signatures_and_the_mark_of_example_amounts(
    month: tuple[PayRegisterTable, str, int],
) -> None:
    _, text, pages = month
    assert pages > 3
    for words in (
        "应发合计",
        "本页小计",
        "制表人：",
        "审核人：",
        "单位负责人（盖章）：",
        "示例数据／非官方",
        "核验码7F3A-91C2",
    ):
        assert text.count(words) == pages, words
    assert "草" not in text


def test_the_sums_of_the_pages_add_up_and_the_last_stands_in_capitals(
    month: tuple[PayRegisterTable, str, int],
) -> None:
    table, text, _ = month
    ledger = table.pay()
    pages = list(ledger.pages(shape_of(ledger).rows))
    payable = len(ledger.columns)
    each = [D(page.cells()[f"sumc{payable}"].replace(",", "")) for page in pages]
    upto = [D(page.cells()[f"totalc{payable}"].replace(",", "")) for page in pages]
    assert sum(each) == upto[-1] == sum(row.payable for row in table.rows)
    assert upto[0] == each[0]
    assert [page.cells()["total_word"][0] for page in pages] == ["累"] * (len(pages) - 1) + ["合"]
    assert pages[0].cells()["in_words"] == "（见末页）"
    assert pages[-1].cells()["in_words"] in text
    assert "以下空白" in text
    assert "资料不全、本月未列入发放的1人：张三（缺学历证明）。" in text


def test_what_only_the_employer_pays_has_no_column_on_the_persons_side() -> None:
    table = register(3)
    assert "工伤保险" not in [column.heading for column in table.pay().columns]
    assert [column.heading for column in table.employer().columns].count("工伤保险") == 2
    row = table.rows[2]
    assert row.payable == row.gross + 300 - row.deducted
    assert row.cost == row.gross + 300 + row.employer


def test_a_month_that_is_not_confirmed_says_draft_on_every_page(templates: Environment, tmp_path: Path) -> None:
    data = render_pay_register(templates, Fonts(), register(30, confirmed=False), employer=False)
    assert text_of(data, tmp_path).count("草稿") == len(sizes(data)) == 2


@pytest.mark.parametrize(
    ("people", "headings", "scale"),
    [
        (0, TWELVE[:1], D(1)),
        (1, TWELVE[:1], D(1)),
        (40, TWELVE, D(1)),
        (40, TWELVE, D(1_000_000)),
        (3, tuple(heading * 3 for heading in TWELVE), D("0.01")),
    ],
)
def test_any_register_stands_whole_on_its_paper(
    templates: Environment, people: int, headings: tuple[str, ...], scale: Decimal
) -> None:
    table = register(people, headings=headings, scale=scale)
    for ledger in (table.pay(), table.employer()):
        printer = LedgerPrinter(templates, Fonts(), ledger)
        assert list(printer.preflight_many(ledger.pages(printer.shape.rows))) == []
        page = printer.form.page
        lowest = min(field.y for field in page.fields)
        assert 20 < lowest < 90, "the page is used to its foot"
        assert sum(printer.shape.widths) == pytest.approx(printer.shape.paper.width, abs=1)


def test_a_small_table_is_printed_large_on_a4_and_a_wide_one_on_a3(templates: Environment) -> None:
    assert shape_of(changes(5).ledger()).paper is PAPERS[0]
    assert shape_of(register(5, headings=TWELVE).pay()).paper is PAPERS[1]
    assert sizes(render_pay_changes_list(templates, Fonts(), changes(2))) == [(841.89, 595.28)]
    wide = register(2, headings=TWELVE)
    assert sizes(render_pay_register(templates, Fonts(), wide, employer=False)) == [(1190.55, 841.89)]


def test_a_list_of_changes_says_what_they_add_a_month(templates: Environment, tmp_path: Path) -> None:
    listed = changes(31, example=True)
    data = render_pay_changes_list(templates, Fonts(), listed)
    text, pages = text_of(data, tmp_path), len(sizes(data))
    assert pages == 3
    for words in ("月增资额合计（大写）", "变动原因", "街道负责人（盖章）：", "示例数据／非官方"):
        assert text.count(words) == pages
    assert amount(sum((row.increase for row in listed.rows), D(0))) in text
    assert listed.rows[0].increase == D("3180.50"), "who had no pay before gains all of it"
    assert f"第{pages}页共{pages}页" in text


def test_a_ledger_without_anybody_is_one_empty_page(templates: Environment, tmp_path: Path) -> None:
    data = render_pay_changes_list(templates, Fonts(), changes(0))
    assert len(sizes(data)) == 1
    assert "以下空白" in text_of(data, tmp_path)


def test_a_text_that_no_row_holds_continues_on_an_attached_page(templates: Environment, tmp_path: Path) -> None:
    long = "事由说明" * 120
    ledger = Ledger(
        title="册", columns=(LedgerColumn("姓名", Kind.NAME), LedgerColumn("原因", Kind.NOTE)), rows=(("林一诺", long),)
    )
    printer = LedgerPrinter(templates, Fonts(), ledger)
    found = list(printer.preflight_many(ledger.pages(printer.shape.rows)))
    assert [overflow.label for _, cells in found for overflow in cells] == ["第1行原因"]
    target = BytesIO()
    assert printer.fill_many(ledger.pages(printer.shape.rows), target) == 2
    assert long in text_of(target.getvalue(), tmp_path)


def test_a_row_with_another_number_of_cells_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"rows \[2\] do not have 1 cells"):
        Ledger(title="册", columns=(LedgerColumn("姓名", Kind.NAME),), rows=(("甲",), ("乙", "丙")))
