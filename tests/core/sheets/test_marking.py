from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook as OwnBook
from openpyxl.worksheet.worksheet import Worksheet as OwnSheet
from xlsxwriter.workbook import Workbook as Book
from xlsxwriter.worksheet import Worksheet

from careerpath.core.sheets import Fault, mark_faults, marked_name, marking
from careerpath.words import Message, msg
from tests.core.sheets.workbooks import HEADINGS, OLD_ROSTER, ROSTER, change_parts, make_xlsx, number, people, read

RED = "FFFFC7CE"
BIRTH = msg("出生年月与证件号码不一致。")


def mark(content: bytes, faults: list[Fault], filename: str = "花名册.xlsx") -> OwnBook:
    return openpyxl.load_workbook(BytesIO(mark_faults(content, filename, faults, ROSTER)))


def is_red(sheet: OwnSheet, place: str) -> bool:
    return bool(sheet[place].fill.fill_type == "solid" and sheet[place].fill.fgColor.rgb == RED)


def comment(sheet: OwnSheet, place: str) -> str:
    found = sheet[place].comment
    return found.text if found else ""


def listed(book: OwnBook) -> list[tuple[object, ...]]:
    return [row[:4] for row in book["错误清单"].iter_rows(min_row=2, values_only=True)]


def own_workbook() -> bytes:
    def more(book: Book, sheet: Worksheet) -> None:
        bold = book.add_format({"bold": True, "num_format": "0.0"})
        sheet.write_number("C2", 88, bold)
        sheet.write_formula("C3", "=C2+1", None, 89)
        sheet.write_string("D2", "=not a formula")
        sheet.set_column("A:A", 33)
        sheet.freeze_panes(1, 1)
        other = book.add_worksheet("其他")
        other.write("A1", "不要动")
        other.write_formula("A2", "=1+1", None, 2)

    return make_xlsx([[*HEADINGS, "得分", "备注"], *people(3)[1:]], more=more)


def test_wrong_cells_are_red_with_a_comment_and_all_else_stays() -> None:
    book = mark(own_workbook(), [(2, "得分", BIRTH), (4, "name", "必填。"), (4, "name", msg("第二个问题。"))])
    sheet = book["花名册"]
    assert is_red(sheet, "C2")
    assert comment(sheet, "C2") == str(BIRTH)
    assert comment(sheet, "A4") == "必填。\n第二个问题。"
    assert not is_red(sheet, "C3")
    assert sheet["C2"].font.bold
    assert sheet["C3"].value == "=C2+1"
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=not a formula", "s")
    assert sheet.column_dimensions["A"].width == pytest.approx(33, abs=1)
    assert sheet.freeze_panes == "B2"
    assert book.active is sheet
    assert book["其他"]["A2"].value == "=1+1"


def test_the_list_names_row_column_value_and_message_in_the_order_of_the_sheet() -> None:
    book = mark(
        own_workbook(), [(4, "name", BIRTH), (2, "number", BIRTH), (2, "name", BIRTH), (0, None, "整个文件的问题")]
    )
    assert listed(book) == [
        (None, None, None, "整个文件的问题"),
        (2, "姓名", "张三0", str(BIRTH)),
        (2, "证件号码", None, str(BIRTH)),
        (4, "姓名", "张三2", str(BIRTH)),
    ]
    assert book.sheetnames == ["花名册", "其他", "错误清单"]


def test_a_value_that_begins_like_a_formula_is_text_in_the_list() -> None:
    content = make_xlsx([HEADINGS, ["=1+1", number(1)]])
    cell = mark(content, [(2, "name", BIRTH)])["错误清单"]["C2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_a_fault_of_a_whole_row_or_of_an_absent_column_marks_the_first_cell() -> None:
    sheet = mark(own_workbook(), [(3, None, BIRTH), (4, "born", BIRTH)])["花名册"]
    assert is_red(sheet, "A3")
    assert is_red(sheet, "A4")


def test_a_mended_workbook_loses_the_old_marks() -> None:
    first = mark_faults(own_workbook(), "a.xlsx", [(2, "name", BIRTH), (3, "name", BIRTH)], ROSTER)
    book = mark(first, [(3, "name", msg("仍然不对。"))])
    sheet = book["花名册"]
    assert not is_red(sheet, "A2")
    assert comment(sheet, "A2") == ""
    assert comment(sheet, "A3") == "仍然不对。"
    assert len(listed(book)) == 1
    assert book.sheetnames.count("错误清单") == 1


def test_the_persons_own_comment_is_kept_below_the_mark_and_alone_afterwards() -> None:
    own = openpyxl.load_workbook(BytesIO(own_workbook()))
    own["花名册"]["A2"].comment = Comment("已电话核实", "小李")
    out = BytesIO()
    own.save(out)
    first = mark_faults(out.getvalue(), "a.xlsx", [(2, "name", BIRTH)], ROSTER)
    text = comment(openpyxl.load_workbook(BytesIO(first))["花名册"], "A2")
    assert text.startswith(str(BIRTH))
    assert text.endswith("已电话核实")
    assert comment(mark(first, [])["花名册"], "A2") == "已电话核实"


def test_a_fault_within_a_merged_cell_marks_its_upper_left() -> None:
    def more(_: Book, sheet: Worksheet) -> None:
        sheet.merge_range("C2:C3", "男")

    content = make_xlsx([[*HEADINGS, "性别"], *people(2)[1:]], more=more)
    book = mark(content, list(read(content).faults()))
    assert is_red(book["花名册"], "C2")
    assert len(listed(book)) == 2


def test_the_marked_workbook_is_still_the_same_table() -> None:
    content = make_xlsx([[*HEADINGS, "任职日期", "备注"], ["张三", number(1), date(2020, 3, 1), "=1"]])
    before = read(content)
    after = read(mark_faults(content, "a.xlsx", [(2, "name", BIRTH)], ROSTER))
    assert [dict(row.values) for row in before.rows] == [dict(row.values) for row in after.rows]


def test_an_old_workbook_comes_back_as_a_new_one_with_the_same_values() -> None:
    faults = list(read(OLD_ROSTER, "a.xls").faults())
    book = mark(OLD_ROSTER, list(faults), "a.xls")
    assert book.sheetnames == ["名单", "说明", "藏", "错误清单"]
    assert book["藏"].sheet_state == "hidden"
    sheet = book["名单"]
    assert sheet["A1"].value == "街道花名册"
    assert sheet["E3"].is_date
    assert is_red(sheet, "B4")
    assert is_red(sheet, "F5")
    assert "丢失" in comment(sheet, "B4")
    assert len(listed(book)) == len(faults)


def test_a_csv_file_comes_back_as_a_workbook_with_marks_beyond_its_last_cell_too() -> None:
    content = f"姓名,证件号码,备注\n=1+1,{number(1)}\n李四,\n".encode()
    book = mark(content, list(read(content, "名单.csv").faults()), "名单.csv")
    sheet = book["名单"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["B2"].value == number(1)
    assert is_red(sheet, "B3")
    assert comment(sheet, "B3") == "必填，不能为空。"
    later = mark(content, [(3, "remark", BIRTH), (9, "name", BIRTH)], "名单.csv")["名单"]
    assert is_red(later, "C3")
    assert is_red(later, "A9")


def test_a_very_large_workbook_is_written_anew_with_its_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "_LARGE", 3)
    book = mark(own_workbook(), [(2, "score", BIRTH)])
    assert is_red(book["花名册"], "C2")
    assert book["花名册"]["C3"].value == 89
    assert book.sheetnames == ["花名册", "其他", "错误清单"]


def test_a_workbook_that_only_one_reader_understands_is_written_anew() -> None:
    def spoil(part: bytes) -> bytes:
        return part.replace(b"<cellXfs", b"<unheardOf/><cellXfs").replace(b'patternType="none"', b'patternType="wps"')

    content = change_parts(own_workbook(), {"xl/styles.xml": spoil})
    with pytest.raises(Exception, match="could not read stylesheet"):
        openpyxl.load_workbook(BytesIO(content))
    assert is_red(mark(content, [(2, "score", BIRTH)])["花名册"], "C2")


def test_macros_do_not_come_back() -> None:
    with_macro = change_parts(own_workbook(), {"xl/vbaProject.bin": b"not read"})
    assert b"vbaProject" not in mark_faults(with_macro, "a.xlsm", [(2, "name", BIRTH)], ROSTER)
    assert marked_name("某街道/花名册.xlsm") == "花名册-错误清单.xlsx"


def test_marks_speak_the_readers_language() -> None:
    def say(message: Message) -> str:
        return "birth differs" if message == BIRTH else str(message)

    marked = mark_faults(own_workbook(), "a.xlsx", [(2, "name", BIRTH)], ROSTER, say=say)
    assert comment(openpyxl.load_workbook(BytesIO(marked))["花名册"], "A2") == "birth differs"
