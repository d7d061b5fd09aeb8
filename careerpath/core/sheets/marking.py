"""Giving a person's own workbook back with what is wrong marked in it: red cells with comments, and a list."""

import warnings
from collections.abc import Iterable
from io import BytesIO
from pathlib import PurePath

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook as OwnBook
from openpyxl.worksheet.worksheet import Worksheet as OwnSheet

from careerpath.core.sheets.cleaning import FORMULA_STARTS
from careerpath.core.sheets.columns import SheetSpec
from careerpath.core.sheets.headers import Table, find_table
from careerpath.core.sheets.limits import Limits
from careerpath.core.sheets.marks import (
    AUTHOR,
    LIST,
    MOST_COMMENTS,
    MOST_LISTED,
    RED,
    Fault,
    Mark,
    Say,
    comments_of,
    list_headings,
    place_marks,
)
from careerpath.core.sheets.opening import open_workbook
from careerpath.core.sheets.rewriting import write_anew

_OLD_COMMENT = "\n———\n"
_LARGE = 400_000
"""With more cells than this the workbook is written anew: changing it in place would take a minute and a gigabyte."""


def mark_faults(
    original: bytes,
    filename: str,
    faults: Iterable[Fault],
    spec: SheetSpec,
    *,
    sheet: str | None = None,
    limits: Limits | None = None,
    say: Say = str,
) -> bytes:
    """The workbook as xlsx with the faulty cells red and commented, and a sheet that lists them.

    The person's other sheets, formulas and formats stay. Files in older formats, CSV, and very large ones come back as
    a new workbook with the same values; macros are left out. Raises ``Refused`` like ``open_workbook``.
    """
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is not installed: openpyxl would follow entities")
    workbook = open_workbook(original, filename, limits)
    table = find_table(workbook, spec, sheet)
    marks = place_marks(faults, table, spec, say)
    cells = sum(each.extent.last_row * each.extent.last_column for each in workbook.sheets)
    if workbook.kind == "xlsx" and cells <= _LARGE:
        book = _load(original)
        if book is not None and table.sheet.name in book.sheetnames:
            return _mark_own(book, table, marks, say)
    return write_anew(workbook, table, marks, say)


def marked_name(filename: str) -> str:
    """The name under which the marked workbook is handed out."""
    return f"{PurePath(filename).stem}-{LIST}.xlsx"


def _load(original: bytes) -> OwnBook | None:
    """The workbook for changing, or ``None`` where openpyxl does not understand what another program wrote."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(BytesIO(original))
        except Exception:
            # Offices send what many programs wrote, and this reader fails in as many ways. The values are known
            # from the other reader, so the person still gets them back, marked.
            return None


def _mark_own(book: OwnBook, table: Table, marks: list[Mark], say: Say) -> bytes:
    sheet = book[table.sheet.name]
    _take_old_marks_away(book, sheet)
    fill = PatternFill("solid", fgColor=f"FF{RED}")
    for number, ((row, column), text) in enumerate(comments_of(marks).items()):
        cell = sheet.cell(row, column)
        if isinstance(cell, MergedCell):
            area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
            cell = sheet.cell(area.min_row, area.min_col)
        if isinstance(cell, MergedCell):
            continue
        cell.fill = fill
        if number < MOST_COMMENTS:
            own = cell.comment.text if cell.comment is not None else ""
            comment = Comment(f"{text}{_OLD_COMMENT}{own}" if own else text, AUTHOR)
            comment.width, comment.height = 280, 40 + 18 * (1 + len(comment.text) // 20 + comment.text.count("\n"))
            cell.comment = comment
    _list_in_own(book, table, marks, say)
    # Formulas are kept without their results; Excel works them out when it opens the file.
    book.calculation.fullCalcOnLoad = True
    out = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book.save(out)
    return out.getvalue()


def _take_old_marks_away(book: OwnBook, sheet: OwnSheet) -> None:
    """A workbook that comes back for the second time still carries the marks of the first."""
    if LIST in book.sheetnames:
        del book[LIST]
    for row in sheet.iter_rows():
        for cell in row:
            comment = cell.comment
            if comment is None or isinstance(cell, MergedCell) or comment.author != AUTHOR:
                continue
            _, _, own = comment.text.partition(_OLD_COMMENT)
            cell.comment = Comment(own, "") if own else None
            cell.fill = PatternFill()


def _list_in_own(book: OwnBook, table: Table, marks: list[Mark], say: Say) -> None:
    sheet = book.create_sheet(LIST)
    bold = Font(bold=True)
    for number, (heading, width) in enumerate(zip(list_headings(say), (8, 20, 30, 70), strict=True), 1):
        sheet.cell(1, number, heading).font = bold
        sheet.column_dimensions[chr(64 + number)].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.print_title_rows = "1:1"
    wrapped = Alignment(wrap_text=True, vertical="top")
    for row, mark in enumerate(marks[:MOST_LISTED], 2):
        if mark.row:
            sheet.cell(row, 1, mark.row)
        for column, text in ((2, mark.title), (3, mark.value), (4, mark.text)):
            cell = sheet.cell(row, column)
            cell.value = "".join(letter for letter in text if letter >= " " or letter == "\n")
            # Whatever it begins with, it is text: openpyxl would take = for a formula.
            cell.data_type = "s"
            cell.number_format = "@"
            cell.quotePrefix = bool(text) and text[0] in FORMULA_STARTS
            cell.alignment = wrapped
