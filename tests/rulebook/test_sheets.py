"""An edition as a workbook: there and back, and every refusal with its sheet and cell."""

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from careerpath.policy.catalogue import RULES, shipped
from careerpath.policy.edition import Edition
from careerpath.rulebook.sheets import SheetFaults, edition_from_workbook, plain_from_workbook, write_workbook
from careerpath.words import Refused

EDITIONS = [edition for rule in RULES for edition in shipped(rule)]


def edition_of(rule: str, key: str) -> Edition:
    return next(edition for edition in shipped(rule) if edition.head.key == key)


def content_of(edition: Edition | None, rule: str = "appraisal") -> bytes:
    """The bytes of a workbook."""
    target = io.BytesIO()
    write_workbook(edition, edition.head.rule if edition else rule, target)
    return target.getvalue()


def book_of(rule: str, key: str) -> Workbook:
    """A filled workbook, to be changed."""
    return openpyxl.load_workbook(io.BytesIO(content_of(edition_of(rule, key))))


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def refusal(rule: str, key: str, *cells: tuple[str, str, Any]) -> str:
    """What is said of a workbook in which some cells were changed."""
    book = book_of(rule, key)
    for sheet, cell, value in cells:
        book[sheet][cell] = value
    with pytest.raises(SheetFaults) as caught:
        edition_from_workbook(saved(book), "办法.xlsx")
    return str(caught.value)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: f"{edition.head.rule}-{edition.head.key}")
def test_a_shipped_edition_comes_back_the_same(edition: Edition) -> None:
    assert edition_from_workbook(content_of(edition), "办法.xlsx") == edition


@pytest.mark.parametrize("rule", RULES)
def test_an_empty_form_says_which_cell_to_fill_first(rule: str) -> None:
    with pytest.raises(SheetFaults, match="工作表“基本信息”B3“版本编号”：缺少这一项"):
        edition_from_workbook(content_of(None, rule), "模板.xlsx")


def test_an_empty_form_has_all_sheets_with_words_to_choose_from() -> None:
    book = openpyxl.load_workbook(io.BytesIO(content_of(None)))
    assert book.sheetnames[:4] == ["基本信息", "等次名称", "考核指标", "等次分数线"]
    assert book["基本信息"]["B2"].value == "appraisal"
    lists = {rule.formula1 for sheet in book for rule in sheet.data_validations.dataValidation}
    assert '"已公布,惯例,本系统理解"' in lists
    assert '"舍去小数,四舍五入,进一"' in lists


def test_a_city_fills_in_its_own_level_table_row_by_row() -> None:
    book = book_of("pay", "dalian-3x38")
    sheet = book["等级表-各级"]
    assert [cell.value for cell in sheet[1]] == ["所属等级表", "档", "级", "金额或系数"]
    sheet["D2"] = 2999.5
    plain = plain_from_workbook(saved(book), "办法.xlsx")
    assert str(plain["tables"][0]["rows"][0]["value"]) == "2999.5"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([("考核指标", "C3", "很多")], "工作表“考核指标”C3“满分”：这里应填数字"),
        ([("考核指标", "C3", 5000)], "工作表“考核指标”C3“满分”：为 5000，应在 0.01 至 1000 之间"),
        ([("考核指标", "C3", None)], "工作表“考核指标”C3“满分”：缺少这一项"),
        ([("考核指标", "C1", "满分数")], "工作表“考核指标”C1：不认识列名“满分数”"),
        ([("优秀比例", "B4", "随便")], "工作表“优秀比例”B4“取整方式”：没有这个选项"),
        ([("优秀比例", "A4", "怎样取整")], "工作表“优秀比例”A4：不认识“怎样取整”"),
        ([("基本信息", "B6", "2024.13.5")], "工作表“基本信息”B6“施行日期”：没有 13 月"),
        ([("民主测评", "B3", "50%")], "工作表“民主测评”：合计应为 1"),
        ([("基本信息", "B2", "appraisals")], "没有名为“appraisals”的规则"),
    ],
)
def test_a_wrong_cell_is_named_with_its_sheet_and_the_remedy(cells: Any, told: str) -> None:
    book = book_of("appraisal", "dalian-2020")
    for sheet, cell, value in cells:
        book[sheet][cell] = value
    with pytest.raises(Refused) as caught:
        edition_from_workbook(saved(book), "办法.xlsx")
    assert told in str(caught.value)


def test_all_unreadable_cells_are_told_at_once() -> None:
    told = refusal("appraisal", "dalian-2020", ("考核指标", "C3", "很多"), ("等次分数线", "B2", "高"))
    assert "考核指标”C3" in told
    assert "等次分数线”B2" in told


def test_a_row_that_belongs_to_no_table_is_refused() -> None:
    told = refusal("pay", "dalian-3x38", ("等级表-各级", "A3", "没有这张表"))
    assert "工作表“等级表-各级”A3“所属等级表”：工作表“等级表”里没有“没有这张表”" in told


def test_a_level_that_stands_twice_is_refused_with_its_row() -> None:
    book = book_of("pay", "dalian-3x38")
    sheet = book["等级表-各级"]
    for column in "BC":
        sheet[f"{column}3"] = sheet[f"{column}2"].value
    with pytest.raises(SheetFaults, match=r"工作表“等级表-各级”第 3 行：.*重复"):
        edition_from_workbook(saved(book), "办法.xlsx")


def test_a_sheet_that_nobody_knows_is_refused_unless_it_is_hidden() -> None:
    book = book_of("appraisal", "dalian-2020")
    extra = book.create_sheet("我的备注")
    extra["A1"] = "待核对"
    with pytest.raises(SheetFaults, match="工作表“我的备注”：不认识这张工作表"):
        edition_from_workbook(saved(book), "办法.xlsx")
    extra.sheet_state = "hidden"
    assert edition_from_workbook(saved(book), "办法.xlsx") == edition_of("appraisal", "dalian-2020")


def test_a_workbook_of_something_else_is_refused() -> None:
    book = Workbook()
    book.create_sheet("花名册")["A1"] = "姓名"
    with pytest.raises(SheetFaults, match="没有名为“基本信息”的工作表"):
        edition_from_workbook(saved(book), "花名册.xlsx")
    with pytest.raises(Refused, match=r"损坏|无法识别"):
        edition_from_workbook(b"PK\x03\x04broken", "办法.xlsx")
