"""Workbooks as offices send them, good and hostile, made in the test."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.workbook import Workbook as Book
from xlsxwriter.worksheet import Worksheet

from careerpath.core.sheets import (
    Column,
    ReadResult,
    SheetSpec,
    choice,
    day,
    decimal,
    digits,
    month,
    open_workbook,
    read_rows,
    text,
    yes_no,
)
from careerpath.words import msg

OLD_ROSTER = (Path(__file__).parent / "data" / "roster.xls").read_bytes()
"""An Excel 97 file: a title, six people from row 3 on, a merged cell, a hidden row, a broken formula, three sheets."""

ROSTER = SheetSpec(
    "roster",
    "花名册",
    (
        Column("name", "姓名", text(50, tight=True), required=True, example="张三"),
        Column("number", "证件号码", digits(r"\d{17}[\dX]", hint=msg("18 位证件号码")), required=True, secret=True),
        Column("sex", "性别", choice({"1": "男", "2": "女"})),
        Column("born", "出生年月", month(), note=msg("与证件号码一致")),
        Column("since", "任职日期", day()),
        Column("score", "得分", decimal(2)),
        Column("remote", "是否借调", yes_no()),
        Column("remark", "备注", text(500, lines=True), aliases=("说明",)),
    ),
    key_columns=("number",),
)

HEADINGS = ["姓名", "证件号码"]


def number(count: int) -> str:
    """An identity-like number of 18 digits."""
    return f"{371399199001010000 + count}"


def make_xlsx(
    rows: Iterable[Iterable[Any]],
    *,
    name: str = "花名册",
    more: Callable[[Book, Worksheet], None] | None = None,
    options: Mapping[str, Any] | None = None,
) -> bytes:
    """An xlsx file with these rows from A1 on; ``more`` may do further things to it."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, **(options or {})})
    sheet = book.add_worksheet(name)
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None and hasattr(value, "year"):
                sheet.write_datetime(at, column, value, days)
            elif value is not None:
                sheet.write(at, column, value)
    if more:
        more(book, sheet)
    book.close()
    return out.getvalue()


def people(count: int) -> list[list[Any]]:
    """Headings and so many faultless rows of two columns."""
    return [HEADINGS, *([f"张三{at}", number(at)] for at in range(count))]


def change_parts(content: bytes, changes: Mapping[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """The same zip file with some parts replaced or added."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            change = changes.get(part, old.read(part))
            new.writestr(part, change(old.read(part)) if callable(change) else change)
        for part, change in changes.items():
            if part not in old.namelist() and isinstance(change, bytes):
                new.writestr(part, change)
    return out.getvalue()


def read(content: bytes, filename: str = "花名册.xlsx", spec: SheetSpec = ROSTER) -> ReadResult:
    """Opened and read."""
    return read_rows(open_workbook(content, filename), spec)


def read_cell(column: Column, value: Any, **options: Any) -> tuple[object, str | None]:
    """What a single cell of a column is read as, and its fault."""
    spec = SheetSpec("one", "一列", (Column("anchor", "序号", text()), column))
    row = read(make_xlsx([["序号", column.title], ["1", value]], **options), spec=spec).rows[0]
    return row.values[column.key], str(row.faults[column.key]) if column.key in row.faults else None
