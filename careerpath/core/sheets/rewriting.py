"""A workbook written anew from its values, with marks: for old formats, CSV, and files too large to change in place."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from math import isfinite

from xlsxwriter.worksheet import Worksheet

from careerpath.core.sheets.cells import CellValue
from careerpath.core.sheets.headers import Table
from careerpath.core.sheets.marks import (
    AUTHOR,
    LIST,
    MOST_COMMENTS,
    MOST_LISTED,
    RED,
    Mark,
    Say,
    comments_of,
    list_headings,
)
from careerpath.core.sheets.opening import Sheet, Workbook
from careerpath.core.sheets.writing import Looks, finish_sheet, new_book, sheet_name, write_cell


def write_anew(workbook: Workbook, table: Table, marks: list[Mark], say: Say) -> bytes:
    """An xlsx file with the same sheets and values in the same places, and the marks in the table's sheet."""
    out = BytesIO()
    comments = comments_of(marks)
    with new_book(out, constant_memory=True) as (book, looks):
        for each in workbook.sheets:
            if each.name == LIST:
                continue
            sheet = book.add_worksheet(sheet_name(each.name))
            _copy(sheet, looks, each, comments if each is table.sheet else {})
            if each is table.sheet:
                sheet.freeze_panes(table.first_row - 1, 0)
                sheet.set_column(0, max(table.places.values()) - 1, 16)
                sheet.activate()
            elif each.hidden:
                sheet.hide()
        _list(book.add_worksheet(LIST), looks, marks, say)
    return out.getvalue()


def _copy(sheet: Worksheet, looks: Looks, source: Sheet, comments: dict[tuple[int, int], str]) -> None:
    red: dict[int, dict[int, str]] = {}
    for number, ((row_number, column), text) in enumerate(comments.items()):
        red.setdefault(row_number, {})[column] = text if number < MOST_COMMENTS else ""
    number = 0
    for number, row in enumerate(source.rows(), 1):
        _copy_row(sheet, looks, number, dict(enumerate(row, source.first_column)), red.get(number, {}))
    for missing in range(number + 1, max(red, default=0) + 1):
        _copy_row(sheet, looks, missing, {}, red.get(missing, {}))


def _copy_row(sheet: Worksheet, looks: Looks, number: int, cells: dict[int, CellValue], red: dict[int, str]) -> None:
    for column in sorted(cells.keys() | red.keys()):
        value = cells.get(column, "")
        shape = {"num_format": _number_format(value)}
        look = looks.get(**shape, bg_color=f"#{RED}") if column in red else looks.get(**shape)
        if value == "" or value is None or (isinstance(value, float) and not isfinite(value)):
            if column in red:
                sheet.write_blank(number - 1, column - 1, None, look)
        else:
            write_cell(sheet, looks, number - 1, column - 1, value, look)
        if red.get(column):
            # Written row by row, a comment cannot be added to a row that is done.
            sheet.write_comment(number - 1, column - 1, red[column], {"author": AUTHOR, "x_scale": 2})


def _number_format(value: CellValue) -> str:
    if isinstance(value, str):
        return "@"
    if isinstance(value, datetime):
        return "yyyy-mm-dd hh:mm"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if isinstance(value, time):
        return "hh:mm:ss"
    return "[h]:mm:ss" if isinstance(value, timedelta) else "General"


def _list(sheet: Worksheet, looks: Looks, marks: list[Mark], say: Say) -> None:
    wrapped = looks.get(num_format="@", text_wrap=True, valign="top")
    plain = looks.get(num_format="0", valign="top")
    for number, (heading, width) in enumerate(zip(list_headings(say), (8, 20, 30, 70), strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, heading, looks.heading())
    listed = marks[:MOST_LISTED]
    for row, mark in enumerate(listed, 1):
        if mark.row:
            sheet.write_number(row, 0, mark.row, plain)
        for column, text in enumerate((mark.title, mark.value, mark.text), 1):
            write_cell(sheet, looks, row, column, text, wrapped)
    finish_sheet(sheet, 0, len(listed), 4)
