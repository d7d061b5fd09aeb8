from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from xlsxwriter.workbook import Workbook as Book
from xlsxwriter.worksheet import Worksheet

from careerpath.core.sheets import Column, SheetSpec, open_workbook, read_rows, text, whole
from careerpath.words import Refused
from tests.core.sheets.workbooks import HEADINGS, OLD_ROSTER, ROSTER, change_parts, make_xlsx, number, people, read

SHEET = "xl/worksheets/sheet1.xml"


def refusal(content: bytes, filename: str = "花名册.xlsx") -> str:
    with pytest.raises(Refused) as caught:
        read(content, filename)
    return str(caught.value)


def test_rows_carry_values_what_was_typed_and_excels_row_numbers() -> None:
    result = read(
        make_xlsx(
            [
                ["姓名", "证件号码", "性别", "出生年月", "任职日期", "得分", "是否借调", "备注"],
                [],
                ["张　三", number(1), "男", "1992.5", date(2020, 3, 1), 85.5, "√", "一\n二"],
                ["\u3000", " ", None],
                ["李四", number(2), "01", 199210, 43831, None, None, None],
            ]
        )
    )
    assert [row.number for row in result.rows] == [3, 5]
    assert dict(result.rows[0].values) == {
        "name": "张三",
        "number": number(1),
        "sex": "1",
        "born": date(1992, 5, 1),
        "since": date(2020, 3, 1),
        "score": Decimal("85.50"),
        "remote": True,
        "remark": "一\n二",
    }
    assert result.rows[0].raw["name"] == "张　三"
    assert result.rows[1].values["remote"] is False
    assert result.rows[1].values["score"] is None
    assert list(result.faults()) == []


def test_columns_stand_in_any_order_under_titles_typed_in_any_way() -> None:
    result = read(make_xlsx([["说 明：", "证件号码（必填）", " 姓\u3000名＊"], ["甲", number(1), "张三"]]))
    assert dict(result.rows[0].values) == {"name": "张三", "number": number(1), "remark": "甲"}


def test_titles_above_the_headings_and_an_empty_margin_are_passed_over() -> None:
    def more(_: Book, sheet: Worksheet) -> None:
        sheet.merge_range("B2:D2", "某街道社区工作者花名册")

    rows = [[], [], [None, "填报单位：", "某街道"], [None, *HEADINGS], [None, "张三", number(1)]]
    result = read(make_xlsx(rows, more=more))
    assert result.header_row == 4
    assert result.rows[0].number == 5
    assert result.columns == {"name": 2, "number": 3}


def test_headings_over_two_rows_are_read_as_one() -> None:
    def more(_: Book, sheet: Worksheet) -> None:
        sheet.merge_range("A1:A2", "姓名")
        sheet.merge_range("B1:C1", "基本情况")

    content = make_xlsx([[], [None, "证件号码", "性别"], ["张三", number(1), "男"]], more=more)
    assert read(content).rows[0].values["name"] == "张三"


def test_headings_below_the_tenth_row_are_not_found() -> None:
    assert "没有找到表头" in refusal(make_xlsx([*[["x"]] * 10, *people(1)]))


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        (["姓名", "性别"], ["缺少必填列：“证件号码”"]),
        ([*HEADINGS, "手机"], ["“手机”（C）"]),
        ([*HEADINGS, "任职曰期"], ["“任职曰期”（C → “任职日期”？）"]),
        (["姓名", "证件号"], ["缺少必填列：“证件号码”", "“证件号”（B → “证件号码”？）"]),
        ([*HEADINGS, "姓 名"], ["重复", "（C）"]),
    ],
)
def test_wrong_headings_are_refused_by_name(headings: list[str], told: list[str]) -> None:
    message = refusal(make_xlsx([headings, ["张三", number(1), "男"]]))
    assert "花名册" in message
    assert all(part in message for part in told)


def test_every_wrong_cell_is_a_fault_and_the_others_are_read() -> None:
    row = read(make_xlsx([[*HEADINGS, "性别", "得分"], [None, 371399199001010010, "女 ", "八十"]])).rows[0]
    assert set(row.faults) == {"name", "number", "score"}
    assert "必填" in str(row.faults["name"])
    assert row.values["sex"] == "2"
    assert row.values["score"] is None


def test_a_repeated_key_names_the_earlier_row() -> None:
    result = read(make_xlsx([HEADINGS, ["张三", number(1)], ["李四", number(2)], ["王五", f" {number(1)} "]]))
    assert [(row, key, str(what)) for row, key, what in result.faults()] == [
        (4, "number", "与第 2 行重复。请只保留一行。")
    ]


def test_merged_cells_among_the_data_are_faults_in_each_of_their_rows() -> None:
    def more(_: Book, sheet: Worksheet) -> None:
        sheet.merge_range("C2:C3", "男")

    rows = read(make_xlsx([[*HEADINGS, "性别"], *people(3)[1:]], more=more)).rows
    assert "C2:C3" in str(rows[0].faults["sex"])
    assert "取消合并" in str(rows[1].faults["sex"])
    assert not rows[2].faults


def test_more_merged_cells_than_anybody_makes_are_refused() -> None:
    def more(_: Book, sheet: Worksheet) -> None:
        sheet.merge_range("A2:B3", "")
        sheet.write("A20000", "x")

    def repeat(part: bytes) -> bytes:
        return part.replace(b'<mergeCell ref="A2:B3"/>', b'<mergeCell ref="A2:B20000"/>' * 400)

    assert "合并单元格过多" in refusal(change_parts(make_xlsx([HEADINGS], more=more), {SHEET: repeat}))


def test_broken_formulas_and_formulas_without_a_result_are_faults() -> None:
    def more(_: Book, sheet: Worksheet) -> None:
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("C3", "=1+1", None, 2)
        sheet.write_formula("C4", "=1+1", None, 0)

    def forget(part: bytes) -> bytes:
        return part.replace(b"<f>1+1</f><v>0</v>", b"<f>1+1</f>")

    content = change_parts(make_xlsx([[*HEADINGS, "得分"], *people(3)[1:]], more=more), {SHEET: forget})
    rows = read(content).rows
    assert "公式出错" in str(rows[0].faults["score"])
    assert rows[1].values["score"] == 2
    assert "没有计算结果" in str(rows[2].faults["score"])


def test_hidden_rows_are_read_and_the_person_is_told() -> None:
    def more(_: Book, sheet: Worksheet) -> None:
        sheet.set_row(2, None, None, {"hidden": True})

    result = read(make_xlsx(people(3), more=more))
    assert len(result.rows) == 3
    assert any("1 行被隐藏" in str(note) for note in result.notes)


def test_content_under_no_heading_is_not_read_and_the_person_is_told() -> None:
    result = read(make_xlsx([HEADINGS, ["张三", number(1), None, "旁注"]]))
    assert [str(note) for note in result.notes] == ["D 列没有列名，其中的内容没有读取。"]


def test_of_several_sheets_the_one_with_fitting_headings_is_read() -> None:
    def more(book: Book, _: Worksheet) -> None:
        other = book.add_worksheet("名单")
        for row, cells in enumerate(people(2)):
            other.write_row(row, 0, cells)

    result = read(make_xlsx([["说明"], ["请如实填写"]], name="封面", more=more))
    assert result.sheet == "名单"
    assert any("名单" in str(note) for note in result.notes)


def several(name: str, other: str) -> bytes:
    def more(book: Book, _: Worksheet) -> None:
        sheet = book.add_worksheet(other)
        for row, cells in enumerate(people(2)):
            sheet.write_row(row, 0, cells)

    return make_xlsx(people(1), name=name, more=more)


def test_several_fitting_sheets_are_asked_about_unless_one_has_the_right_name() -> None:
    content = several("一月", "二月")
    assert "一月、二月" in refusal(content)
    assert len(read_rows(open_workbook(content, "a.xlsx"), ROSTER, sheet="二月").rows) == 2
    with pytest.raises(Refused, match="三月"):
        read_rows(open_workbook(content, "a.xlsx"), ROSTER, sheet="三月")
    assert len(read(several("旧表", "花名册")).rows) == 2


def test_a_hidden_sheet_is_not_taken_for_the_table() -> None:
    def more(book: Book, _: Worksheet) -> None:
        hidden = book.add_worksheet("底稿")
        for row, cells in enumerate(people(9)):
            hidden.write_row(row, 0, cells)
        hidden.hide()

    assert len(read(make_xlsx(people(2), more=more)).rows) == 2


def test_an_old_workbook_reads_like_a_new_one() -> None:
    result = read(OLD_ROSTER, "花名册.xls")
    assert [row.number for row in result.rows] == [3, 4, 5, 6, 7, 8]
    assert result.rows[0].values["born"] == date(1992, 5, 1)
    assert result.rows[0].values["since"] == date(2020, 3, 1)
    assert result.rows[1].values["since"] == date(2020, 1, 1)
    told = {(row, key): str(what) for row, key, what in result.faults()}
    assert "丢失" in told[4, "number"]
    assert "10 月" in told[5, "born"]
    assert "公式出错" in told[5, "score"]
    assert "C7:C8" in told[8, "sex"]
    assert any("隐藏" in str(note) for note in result.notes)


TABLE = '姓名{0}证件号码{0}备注\r\n张三{0}{1}{0}"一{0}二"\r\n\r\n李四{0}{2}{0}\'=1+1\r\n'


@pytest.mark.parametrize("sign", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_every_encoding_and_with_every_sign_in_use(sign: str, encoding: str) -> None:
    result = read(TABLE.format(sign, number(1), number(2)).encode(encoding), "花名册.csv")
    assert [row.number for row in result.rows] == [2, 4]
    assert result.rows[0].values["remark"] == f"一{sign} 二".replace(" ", "") if sign != "\t" else "一 二"
    assert result.rows[1].values["remark"] == "=1+1"


def test_a_csv_file_whose_quotes_do_not_close_is_refused_with_the_line() -> None:
    assert "第 3 行" in refusal(f'姓名,证件号码\n张三,{number(1)}\n"李四,{number(2)}\n'.encode(), "花名册.csv")


def test_rare_characters_of_names_come_through() -> None:
    names = "镕喆堃赟䶮㛃𠮷"
    content = f"姓名,证件号码\n{names},{number(1)}\n".encode("gb18030")
    assert read(content, "花名册.csv").rows[0].values["name"] == names


def test_numbers_that_are_no_numbers_are_faults() -> None:
    def spoil(part: bytes) -> bytes:
        return part.replace(b"<v>7</v>", b"<v>1e300</v>").replace(b"<v>8</v>", b"<v>inf</v>")

    spec = SheetSpec("s", "表", (Column("a", "甲", text(), required=True), Column("b", "乙", whole())))
    content = change_parts(make_xlsx([["甲", "乙"], ["x", 7], ["y", 8]]), {SHEET: spoil})
    for row in read(content, spec=spec).rows:
        assert "数值过大" in str(row.faults["b"]) or "不是数字" in str(row.faults["b"])


def test_a_row_shows_no_personal_data_in_a_log() -> None:
    result = read(make_xlsx(people(1)))
    assert number(0) not in repr(result)
    assert number(0) not in repr(result.rows)


@pytest.mark.parametrize(
    "columns",
    [
        (Column("a", "甲", text()), Column("a", "乙", text())),
        (Column("a", "甲", text()), Column("b", "甲 *", text())),
        (Column("a", "甲", text()), Column("b", "乙", text(), aliases=("甲",))),
    ],
)
def test_columns_that_could_be_mistaken_are_no_description(columns: Any) -> None:
    with pytest.raises(ValueError, match="share"):
        SheetSpec("s", "表", columns)
