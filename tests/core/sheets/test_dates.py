from datetime import date, datetime

import pytest

from careerpath.core.sheets import CellFault, CellValue, Column, Origin, day, month
from tests.core.sheets.workbooks import make_xlsx, number, read, read_cell

EXCEL = Origin()
MAC = Origin(date1904=True)
CSV = Origin(typed=False)


@pytest.mark.parametrize(
    "written",
    [
        "1992-05-03", "1992-5-3", "1992/5/3", "1992.5.3", "1992.05.03", "19920503", 19920503, 19920503.0,
        "1992年5月3日", "1992 年 5 月 3 号", "１９９２－０５－０３", " 1992-05-03\u00a0", "1992-05-03 00:00:00",
        33727, 33727.0, 33727.5, "33727", date(1992, 5, 3), datetime(1992, 5, 3, 10, 20),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_a_day_is_understood_however_an_office_writes_it(written: CellValue) -> None:
    assert day().read(written, EXCEL) == date(1992, 5, 3)


@pytest.mark.parametrize(
    "written",
    [
        "1992.5", "1992.05", 1992.5, 1992.05, "199205", 199205, "1992-05", "1992/5", "1992年5月", "1992年05月",
        "１９９２．５", "1992.5.3", date(1992, 5, 31),
    ],
)  # fmt: skip
def test_a_month_is_understood_however_an_office_writes_it(written: CellValue) -> None:
    assert month().read(written, EXCEL) == date(1992, 5, 1)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (1992.1, "10 月"),
        ("1992", "只有年份"),
        (1992, "只有年份"),
        ("92.5", "四位数字"),
        ("92年5月", "四位数字"),
        ("1992.13", "没有 13 月"),
        ("1992.0", "没有 0 月"),
        ("1880-01-01", "1900 至 2100"),
        ("五月", "无法识别"),
        ("1992-05/03", "无法识别"),
        (19925, "无法识别"),
        (True, "无法识别"),
        (0, "无法识别"),
        (-1.5, "无法识别"),
        (datetime(1905, 6, 14, 12), "1905"),  # noqa: DTZ001
    ],
)
def test_a_month_that_may_mean_something_else_is_refused_with_advice(written: CellValue, told: str) -> None:
    with pytest.raises(CellFault, match=told):
        month().read(written, EXCEL)


@pytest.mark.parametrize(
    ("written", "told"), [("1992-02-30", "没有 30 日"), ("19920431", "没有 31 日"), ("1992.5", "填到日")]
)
def test_a_day_that_does_not_exist_or_lacks_is_refused(written: str, told: str) -> None:
    with pytest.raises(CellFault, match=told):
        day().read(written, EXCEL)


def test_a_month_is_enough_only_where_the_column_says_so() -> None:
    assert day(month_is_enough=True).read("1992.5", EXCEL) == date(1992, 5, 1)


def test_october_as_text_is_october_and_january_is_january() -> None:
    assert month().read("1992.10", EXCEL) == date(1992, 10, 1)
    assert month().read("1992.1", EXCEL) == date(1992, 1, 1)


def test_a_csv_file_cannot_tell_january_from_october() -> None:
    with pytest.raises(CellFault, match="1992-10"):
        month().read("1992.1", CSV)
    result = read(f"姓名,证件号码,出生年月\n张三,{number(1)},1992.1\n".encode(), "花名册.csv")
    assert "1 月" in str(result.rows[0].faults["born"])


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    assert day().read(33727 - 1462, MAC) == date(1992, 5, 3)
    column = Column("day", "日期", day())
    for value in (date(1992, 5, 3), 33727 - 1462):
        assert read_cell(column, value, options={"date_1904": True}) == (date(1992, 5, 3), None)


def test_a_real_date_cell_and_a_bare_serial_give_the_same_day() -> None:
    column = Column("day", "日期", day())
    assert read_cell(column, date(1992, 5, 3)) == (date(1992, 5, 3), None)
    assert read_cell(column, 33727) == (date(1992, 5, 3), None)


def test_typing_1992_point_5_into_a_date_cell_is_noticed() -> None:
    def more(book: object, sheet: object) -> None:
        sheet.write_number(1, 2, 1992.5, book.add_format({"num_format": "yyyy-mm-dd"}))  # type: ignore[attr-defined]

    content = make_xlsx([["姓名", "证件号码", "出生年月"], ["张三", number(1)]], more=more)
    assert "1905" in str(read(content).rows[0].faults["born"])


def test_eight_digits_in_a_date_cell_are_either_read_or_refused() -> None:
    def more(book: object, sheet: object) -> None:
        sheet.write_number(1, 2, 19920503, book.add_format({"num_format": "yyyy-mm-dd"}))  # type: ignore[attr-defined]

    content = make_xlsx([["姓名", "证件号码", "出生年月"], ["张三", number(1)]], more=more)
    row = read(content).rows[0]
    assert row.values["born"] == date(1992, 5, 1) or "born" in row.faults
