"""Writing tables: xlsx without keeping it in memory, and CSV. Nothing that is written is ever calculated by Excel."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook as Book
from xlsxwriter.worksheet import Worksheet

from careerpath.core import clock
from careerpath.core.sheets.cells import CellValue, Shown
from careerpath.core.sheets.cleaning import CELL_LENGTH, FORMULA_STARTS, neutral
from careerpath.core.sheets.columns import Column, SheetSpec
from careerpath.words import Refused, msg

Target = str | Path | IO[bytes]

MOST_ROWS = 1_048_576
_A4 = 9
_CERTAIN_DIGITS = 15
_NOTE_ROWS = 8
_FIRST_CERTAIN_DAY = date(1900, 3, 1)


class Looks:
    """The formats of one workbook, made once each."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, object], ...], Format] = {}
        self.properties: dict[Format, dict[str, object]] = {}

    def get(self, **properties: object) -> Format:
        """A format with these XlsxWriter properties."""
        name = tuple(sorted(properties.items()))
        if name not in self.made:
            self.made[name] = self.book.add_format(dict(properties))
            self.properties[self.made[name]] = properties
        return self.made[name]

    def quoted(self, look: Format) -> Format:
        """The same look with the mark that keeps Excel from calculating a text when somebody edits the cell."""
        return self.get(**{**self.properties[look], "num_format": "@", "quote_prefix": True})

    def heading(self, required: bool = False) -> Format:
        """The format of a heading."""
        colour = "#C00000" if required else "#1F2937"
        return self.get(
            bold=True, bg_color="#E8EEF5", font_color=colour, border=1, border_color="#B8C4D0",
            align="center", valign="vcenter", text_wrap=True, num_format="@",
        )  # fmt: skip


@contextmanager
def new_book(target: Target, *, constant_memory: bool) -> Iterator[tuple[Book, Looks]]:
    """An xlsx file that is finished when the block ends well; otherwise nothing is written to ``target``."""
    book = xlsxwriter.Workbook(
        str(target) if isinstance(target, Path) else target,
        {"constant_memory": constant_memory, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"created": clock.now().replace(tzinfo=None)})
    try:
        yield book, Looks(book)
    except BaseException:
        # Closing is the only way to be rid of its temporary files.
        book.filename = io.BytesIO()
        book.close()
        raise
    book.close()


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook: its name, what stands above the headings, its columns, and its rows by key."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Mapping[str, object]]
    notes: tuple[str, ...] = ()


def write_tables(target: Target, tables: Sequence[Table]) -> int:
    """Writes a workbook with a sheet for each table, as ``write_table`` does one; gives the number of rows."""
    with new_book(target, constant_memory=True) as (book, looks):
        return sum(
            _write_sheet(book, looks, table.columns, table.rows, name=table.title, title=table.title, notes=table.notes)
            for table in tables
        )


def write_table(
    target: Target,
    spec: SheetSpec | Sequence[Column],
    rows: Iterable[Mapping[str, object]],
    *,
    title: str | None = None,
    notes: Sequence[str] = (),
) -> int:
    """Writes rows of values by key; gives their number. Absent keys and ``None`` leave the cell empty.

    ``title`` and ``notes`` stand above the headings. ``read_rows`` with the same columns gives the same values back.
    Raises ``Refused`` where a text is longer than a cell or the rows are more than a sheet holds.
    """
    columns = spec.columns if isinstance(spec, SheetSpec) else tuple(spec)
    name = spec.title if isinstance(spec, SheetSpec) else title
    with new_book(target, constant_memory=True) as (book, looks):
        return _write_sheet(book, looks, columns, rows, name=name, title=title, notes=notes)


def _write_sheet(
    book: Book,
    looks: Looks,
    columns: tuple[Column, ...],
    rows: Iterable[Mapping[str, object]],
    *,
    name: str | None,
    title: str | None,
    notes: Sequence[str],
) -> int:
    if len(notes) > _NOTE_ROWS:
        raise ValueError("the headings would stand too low to be found again")
    sheet = book.add_worksheet(sheet_name(name))
    shapes = [_shape(looks, column) for column in columns]
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.span, shapes[number])
    top = _write_titles(sheet, looks, title, notes, len(columns))
    for number, column in enumerate(columns):
        sheet.write_string(top, number, column.title, looks.heading())
    at = top
    for row in rows:
        at += 1
        if at >= MOST_ROWS:
            raise Refused(msg("数据超过一张工作表的 %(most)s 行上限。请缩小范围，分几次导出。", most=MOST_ROWS))
        for number, column in enumerate(columns):
            shown = column.reader.show(row.get(column.key))
            if shown is not None and shown != "":
                _check_length(shown, at + 1, column)
                write_cell(sheet, looks, at, number, shown, shapes[number])
    finish_sheet(sheet, top, at, len(columns))
    return at - top


def write_csv(target: Target, spec: SheetSpec | Sequence[Column], rows: Iterable[Mapping[str, object]]) -> int:
    """Writes rows as CSV that Excel opens in Chinese (UTF-8 with a mark); gives their number."""
    columns = spec.columns if isinstance(spec, SheetSpec) else tuple(spec)
    if isinstance(target, str | Path):
        with Path(target).open("wb") as file:
            return write_csv(file, columns, rows)
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([neutral(column.title) for column in columns])
    count = 0
    for row in rows:
        writer.writerow([_csv_text(column, row.get(column.key)) for column in columns])
        count += 1
    text.flush()
    text.detach()
    return count


def write_cell(sheet: Worksheet, looks: Looks, row: int, column: int, value: CellValue | Shown, look: Format) -> None:
    """Writes one value; row and column count from 0. Text stays text, also where it looks like a formula."""
    if isinstance(value, str):
        if value[:1] and value[0] in FORMULA_STARTS:
            look = looks.quoted(look)
        sheet.write_string(row, column, value, look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, int | float | Decimal):
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        if isinstance(value, float) or len(exact.normalize().as_tuple().digits) <= _CERTAIN_DIGITS:
            sheet.write_number(row, column, float(value), look)
        else:
            sheet.write_string(row, column, format(exact, "f"), look)
    elif isinstance(value, datetime) and value.tzinfo is not None:
        sheet.write_string(row, column, f"{clock.office_time(value):%Y-%m-%d %H:%M}", look)
    elif isinstance(value, date) and (value.date() if isinstance(value, datetime) else value) < _FIRST_CERTAIN_DAY:
        sheet.write_string(row, column, value.isoformat(), look)
    elif value is not None:
        sheet.write_datetime(row, column, value, look)


def finish_sheet(sheet: Worksheet, header: int, last: int, width: int) -> None:
    """Frozen and filtered headings, and print set-up: A4 across, headings on every page, page numbers."""
    sheet.freeze_panes(header + 1, 0)
    if width:
        sheet.autofilter(header, 0, max(last, header), width - 1)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.repeat_rows(header)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&C&P / &N")


def sheet_name(title: str | None) -> str | None:
    """A title as the name of a sheet: 31 characters, without those that Excel forbids."""
    bare = "".join(letter for letter in title or "" if letter not in "[]:*?/\\'" and letter.isprintable()).strip()
    return bare[:31] or None


def _shape(looks: Looks, column: Column) -> Format:
    wraps = column.span >= 40
    return looks.get(num_format=column.reader.number_format, text_wrap=wraps, valign="top" if wraps else "vcenter")


def _write_titles(sheet: Worksheet, looks: Looks, title: str | None, notes: Sequence[str], width: int) -> int:
    """The rows above the headings; gives the headings' row, counted from 0."""
    lines = [*([(title, looks.get(bold=True, font_size=16, align="center", valign="vcenter"))] if title else [])]
    lines += [(note, looks.get(font_color="#4B5563", text_wrap=True, valign="vcenter")) for note in notes]
    for at, (line, look) in enumerate(lines):
        if width > 1:
            sheet.merge_range(at, 0, at, width - 1, "", look)
        sheet.write_string(at, 0, line, look)
        sheet.set_row(at, 28 if at == 0 and title else 18)
    return len(lines)


def _check_length(shown: Shown, row: int, column: Column) -> None:
    if isinstance(shown, str) and len(shown) > CELL_LENGTH:
        raise Refused(
            msg(
                "第 %(row)s 行“%(column)s”有 %(length)s 字，超过 Excel 单元格 %(most)s 字的上限，无法导出。",
                row=row,
                column=column.title,
                length=len(shown),
                most=CELL_LENGTH,
            )
        )


def _csv_text(column: Column, value: object) -> str:
    shown = column.reader.show(value)
    if shown is None:
        return ""
    if isinstance(shown, str):
        return neutral(shown)
    if isinstance(shown, Decimal):
        return format(shown, "f")
    if isinstance(shown, date):
        # 1992.10 would lose its zero in Excel; 1992-10 does not.
        return shown.isoformat()[:7] if column.reader.number_format == "yyyy.mm" else shown.isoformat()
    return str(shown)
