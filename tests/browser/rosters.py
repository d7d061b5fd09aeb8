"""Rosters as an office makes them: from the template of the program, with a spreadsheet."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.factories.employees import make_identity

Line = Mapping[str, object]


def newcomers(unit: str, count: int) -> list[dict[str, object]]:
    """People who came to a community; the numbers are sound and belong to nobody."""
    names = ("闻若川", "苗知远", "臧晓棠", "娄一鸣", "冷秋实", "卜念慈")
    return [
        {
            "姓名": names[place],
            "身份证号": make_identity(date(1993, 3, 1 + place), serial=480 + place),
            "进社区时间": date(2026, 7, 1),
            "单位编号或全称": unit,
            "职务层次": "一般",
            "岗位名称": "网格员",
            "手机": f"1380013800{place}",
        }
        for place in range(count)
    ]


def write_lines(path: Path, lines: Sequence[Line]) -> None:
    """Put lines under the head of a workbook made from the template, over the example that stands there."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    head, titles = find_head(sheet)
    for row in sheet.iter_rows(min_row=head + 1, max_row=head + 20):
        for one in row:
            one.value = None
    for number, line in enumerate(lines, start=head + 1):
        for title, value in line.items():
            sheet.cell(number, titles[title]).value = value  # type: ignore[assignment]
    book.save(path)


def marked_cells(path: Path) -> set[tuple[str, str]]:
    """Who has a remark at which column of a workbook that came back."""
    sheet = load_workbook(path).worksheets[0]
    head, titles = find_head(sheet)
    columns = {number: title for title, number in titles.items()}
    return {
        (str(sheet.cell(one.row, titles["姓名"]).value), columns[one.column])
        for row in sheet.iter_rows(min_row=head + 1)
        for one in row
        if one.comment is not None
    }


def mend(path: Path, lines: Sequence[Line], wrong: set[tuple[str, str]]) -> None:
    """Write the right values into the cells that were marked."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    head, titles = find_head(sheet)
    by_name = {line["姓名"]: line for line in lines}
    for row in range(head + 1, head + 1 + len(lines)):
        name = sheet.cell(row, titles["姓名"]).value
        for who, title in wrong:
            if who == name:
                sheet.cell(row, titles[title]).value = by_name[who][title]  # type: ignore[assignment]
    book.save(path)


def find_head(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    """The row of titles, and the column of each; a star marks what must be filled in."""
    for row in sheet.iter_rows(max_row=10):
        titles = {str(one.value).strip(" *＊"): one.column for one in row if one.value}
        if "姓名" in titles and "身份证号" in titles:
            return row[0].row, titles
    raise AssertionError("no row of titles")
