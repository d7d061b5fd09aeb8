from collections.abc import Mapping
from datetime import date, datetime, timezone
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from careerpath.core.sheets import (
    Column,
    SheetSpec,
    month,
    open_workbook,
    read_rows,
    text,
    write_csv,
    write_table,
    write_template,
)
from careerpath.core.sheets.writing import Table, write_tables
from careerpath.words import Message, Refused
from tests.core.sheets.workbooks import ROSTER, number, read

PERSON: dict[str, object] = {
    "name": "张三",
    "number": number(1),
    "sex": "2",
    "born": date(1992, 10, 1),
    "since": date(2020, 3, 1),
    "score": Decimal("85.50"),
    "remote": True,
    "remark": '=HYPERLINK("http://example.invalid")',
}


def written(*rows: Mapping[str, object], **options: object) -> bytes:
    out = BytesIO()
    assert write_table(out, ROSTER, rows, **options) == len(rows)  # type: ignore[arg-type]
    return out.getvalue()


def test_what_is_written_reads_back_the_same() -> None:
    result = read(written(PERSON, {"name": "李四", "number": number(2)}))
    assert dict(result.rows[0].values) == PERSON
    assert result.rows[1].values["score"] is None
    assert not list(result.faults())


def test_titles_and_notes_stand_above_the_headings() -> None:
    content = written(PERSON, title="某街道花名册", notes=("截至 2025-12-31", "内部资料"))
    result = read(content)
    assert (result.header_row, result.rows[0].number) == (4, 5)
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert sheet["A1"].value == "某街道花名册"
    assert sheet["A3"].value == "内部资料"


def test_nothing_that_is_written_is_a_formula() -> None:
    starts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "=cmd|' /C calc'!A0", "{=1}", "http://example.invalid"]
    content = written(*({"name": each, "number": number(at)} for at, each in enumerate(starts)))
    with ZipFile(BytesIO(content)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in part
    assert b"hyperlink" not in part
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert all(sheet.cell(row, 1).data_type != "f" for row in range(2, 11))
    assert sheet["A2"].quotePrefix
    assert [row.values["name"] for row in read(content).rows] == [each.strip() for each in starts]


def test_a_sheet_is_ready_to_be_read_and_printed() -> None:
    sheet = openpyxl.load_workbook(BytesIO(written(PERSON, title="标题"))).worksheets[0]
    assert sheet.title == "花名册"
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:H3"
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == "9"
    assert sheet.print_title_rows == "$2:$2"
    assert "&P" in str(sheet.oddFooter)
    assert sheet["B3"].number_format == "@"
    assert sheet["B3"].data_type == "s"
    assert sheet["E3"].number_format == "yyyy-mm-dd"


def test_amounts_longer_than_excel_can_hold_are_written_as_text() -> None:
    columns = (Column("a", "金额", text()),)
    out = BytesIO()
    write_table(out, columns, [{"a": Decimal("12345678901234567.89")}, {"a": 12345678901234567890}])
    rows = read_rows(open_workbook(out.getvalue(), "a.xlsx"), SheetSpec("s", "表", columns)).rows
    assert [row.values["a"] for row in rows] == ["12345678901234567.89", "12345678901234567890"]


def test_a_text_longer_than_a_cell_is_refused_with_its_place() -> None:
    with pytest.raises(Refused, match=r"第 2 行“备注”有 40000 字"):
        written({"remark": "长" * 40_000})


def test_days_before_excels_calendar_and_instants_are_written_as_text() -> None:
    columns = (Column("a", "日期", text()), Column("m", "年月", month(earliest=1800)))
    out = BytesIO()
    instant = datetime(2025, 12, 31, 20, 0, tzinfo=timezone.utc)  # noqa: UP017
    write_table(out, columns, [{"a": date(1899, 5, 1), "m": date(1899, 5, 1)}, {"a": instant}])
    rows = read_rows(open_workbook(out.getvalue(), "a.xlsx"), SheetSpec("s", "表", columns)).rows
    assert rows[0].values == {"a": "1899-05-01", "m": date(1899, 5, 1)}
    assert rows[1].values["a"] == "2026-01-01 04:00"


def test_csv_reads_back_the_same_and_is_neutral(tmp_path: Path) -> None:
    path = tmp_path / "花名册.csv"
    assert write_csv(path, ROSTER, [PERSON]) == 1
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b",=HYPER" not in content
    assert b',"=HYPER' not in content
    assert dict(read(content, "花名册.csv").rows[0].values) == PERSON
    out = BytesIO()
    write_csv(out, ROSTER, [PERSON])
    assert out.getvalue() == content


UNITS = tuple(f"某街道第{at}社区" for at in range(120))


def template() -> bytes:
    out = BytesIO()
    spec = SheetSpec("roster", "花名册", (*ROSTER.columns, Column("unit", "单位", text(), required=True)))
    write_template(out, spec, {"unit": UNITS})
    return out.getvalue()


def test_a_template_offers_choices_and_explains_its_columns() -> None:
    book = openpyxl.load_workbook(BytesIO(template()))
    sheet, explained, shelf = book.worksheets
    assert [cell.value for cell in sheet[1]][:3] == ["姓名*", "证件号码*", "性别"]
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists["C2:C100001"] == '"男,女"'
    assert lists["I2:I100001"] == "choices_1"
    assert book.defined_names["choices_1"].value == f"'选项'!$A$1:$A${len(UNITS)}"
    assert shelf.sheet_state == "hidden"
    assert shelf["A120"].value == UNITS[-1]
    assert "必填" in sheet["A1"].comment.text
    assert "18 位" in sheet["B1"].comment.text
    assert "与证件号码一致" in sheet["D1"].comment.text
    assert [cell.value for cell in explained[2]][:4] == ["姓名", "必填", "文字，最多 50 字", "张三"]


def test_a_template_keeps_what_is_typed_as_text() -> None:
    sheet = openpyxl.load_workbook(BytesIO(template())).worksheets[0]
    formats = {letter: sheet.column_dimensions[letter] for letter in "BDEF"}
    assert [formats[letter].number_format for letter in "BDEF"] == ["@", "@", "@", "0.00"]


def test_an_empty_template_is_refused_and_a_filled_one_is_read() -> None:
    content = template()
    with pytest.raises(Refused, match="没有数据"):
        read_rows(open_workbook(content, "模板.xlsx"), SheetSpec("r", "花名册", (*ROSTER.columns, unit_column())))
    book = openpyxl.load_workbook(BytesIO(content))
    book.worksheets[0]["A2"] = "张三"
    book.worksheets[0]["B2"] = number(1)
    book.worksheets[0]["I2"] = UNITS[3]
    out = BytesIO()
    book.save(out)
    spec = SheetSpec("r", "花名册", (*ROSTER.columns, unit_column()))
    assert read_rows(open_workbook(out.getvalue(), "模板.xlsx"), spec).rows[0].values["unit"] == UNITS[3]


def unit_column() -> Column:
    return Column("unit", "单位", text(), required=True)


def test_a_template_speaks_the_readers_language_where_a_translator_is_given() -> None:
    out = BytesIO()
    write_template(out, ROSTER, say=lambda message: "required" if message == Message("必填") else str(message))
    assert openpyxl.load_workbook(out).worksheets[0]["A1"].comment.text.startswith("required")


def test_several_tables_are_sheets_of_one_workbook() -> None:
    out = BytesIO()
    columns = (Column("name", "姓名", text()),)
    tables = (Table("甲表", columns, [{"name": "张三"}], ("说明",)), Table("乙/表", columns, [{"name": "李四"}] * 2))
    assert write_tables(out, tables) == 3
    book = openpyxl.load_workbook(BytesIO(out.getvalue()))
    assert book.sheetnames == ["甲表", "乙表"]
    assert [[cell.value for cell in row] for row in book["甲表"].rows] == [["甲表"], ["说明"], ["姓名"], ["张三"]]
    assert book["乙表"].max_row == 4
