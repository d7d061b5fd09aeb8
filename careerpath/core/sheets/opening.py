"""Opening a file that somebody sent: what it is, whether it is safe to read, and its sheets."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePath
from typing import TypeVar, cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum, load_workbook

from careerpath.core.sheets import ole, zips
from careerpath.core.sheets.cells import CellValue, Origin
from careerpath.core.sheets.delimited import decode, is_markup, read_delimited
from careerpath.core.sheets.extent import Extent
from careerpath.core.sheets.limits import MEBIBYTE, Limits
from careerpath.words import Refused, msg

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; counted from 1, all included."""

Done = TypeVar("Done")

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_TEXT_ENDINGS = frozenset((".csv", ".txt", ".tsv", ""))


@dataclass(slots=True)
class Sheet:
    """One sheet. ``rows`` gives every row from the first on, its cells from column ``first_column`` on."""

    name: str
    hidden: bool
    origin: Origin
    extent: Extent
    load: Callable[[], tuple[Callable[[], Iterable[list[CellValue]]], int, list[Area]]]
    limits: Limits
    merged: list[Area] = field(default_factory=list)
    first_column: int = 1
    _rows: Callable[[], Iterable[list[CellValue]]] | None = None

    def rows(self) -> Iterator[list[CellValue]]:
        """The rows, the blank ones too. Raises ``Refused`` where the sheet is too large."""
        if self._rows is None:
            self.extent.check(self.limits, self.name)
            self._rows, self.first_column, self.merged = self.load()
        return iter(self._rows())

    def release(self) -> None:
        """Forget the cells; ``rows`` would load them again."""
        self._rows = None


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened file. ``kind`` is ``xlsx``, ``xls`` or ``csv``, by content and not by name."""

    filename: str
    kind: str
    sheets: tuple[Sheet, ...]
    limits: Limits


def open_workbook(source: str | Path | bytes, filename: str, limits: Limits | None = None) -> Workbook:
    """Opens a file by its content. ``filename`` is the name under which the person knows it.

    Raises ``Refused`` for what is empty, too large, locked, broken, dangerous, or no table at all.
    """
    bounds = limits or Limits()
    content = _content(source, bounds)
    ending = PurePath(filename.replace("\\", "/")).suffix.lower()
    if not content:
        raise Refused(msg("文件是空的（0 字节）。请检查文件后重新上传。"))
    if content.startswith(_ZIP):
        package = zips.examine(content, bounds)
        return _through_calamine(content, filename, "xlsx", bounds, package.date1904, package.extents)
    if content.startswith(ole.SIGNATURE):
        date1904, extents = ole.examine(content, bounds)
        return _through_calamine(content, filename, "xls", bounds, date1904, extents)
    text = decode(content)
    if text is None:
        raise Refused(msg("无法识别的文件。请上传 .xlsx、.xls 或 .csv 格式的表格。"))
    if is_markup(text):
        raise Refused(
            msg(
                "文件内容是网页（HTML 或 XML），只是改成了表格的扩展名。"
                "请用 Excel 打开，另存为“Excel 工作簿（.xlsx）”后重新上传。"
            )
        )
    if ending not in _TEXT_ENDINGS:
        raise Refused(
            msg(
                "文件的扩展名是 %(ending)s，内容却是纯文本。"
                "如果是 CSV，请把扩展名改回 .csv；否则请用 Excel 另存为 .xlsx。",
                ending=ending,
            )
        )
    if not text.strip():
        raise Refused(msg("文件里没有内容。请检查文件后重新上传。"))
    rows, extent = read_delimited(text, bounds)
    name = PurePath(filename).stem
    sheet = Sheet(name, False, Origin(typed=False), extent, lambda: (lambda: rows, 1, []), bounds)
    return Workbook(filename, "csv", (sheet,), bounds)


def _content(source: str | Path | bytes, limits: Limits) -> bytes:
    size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
    if size > limits.file_size:
        raise Refused(
            msg(
                "文件有 %(size)s MB，最大 %(most)s MB。请删除图片和多余的工作表，或拆分文件后重新上传。",
                size=-(-size // MEBIBYTE),
                most=limits.file_size // MEBIBYTE,
            )
        )
    return source if isinstance(source, bytes) else Path(source).read_bytes()


def _through_calamine(
    content: bytes, filename: str, kind: str, limits: Limits, date1904: bool, extents: dict[str, Extent]
) -> Workbook:
    book = _guarded(lambda: load_workbook(BytesIO(content)))
    origin = Origin(date1904=date1904)
    sheets = tuple(
        Sheet(
            entry.name,
            entry.visible is not SheetVisibleEnum.Visible,
            origin,
            extents[entry.name],
            lambda name=entry.name: _load(book, name),  # type: ignore[misc]
            limits,
        )
        for entry in book.sheets_metadata
        if entry.name in extents
    )
    if not any(sheet.extent.rows for sheet in sheets):
        raise Refused(msg("工作簿里没有内容。请检查是否选错了文件。"))
    return Workbook(filename, kind, sheets, limits)


def _load(book: CalamineWorkbook, name: str) -> tuple[Callable[[], Iterable[list[CellValue]]], int, list[Area]]:
    sheet: CalamineSheet = _guarded(lambda: book.get_sheet_by_name(name))
    start = sheet.start
    areas = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in _merged(sheet)]

    def rows() -> Iterable[list[CellValue]]:
        return cast("Iterable[list[CellValue]]", _guarded(sheet.iter_rows))

    return rows, start[1] + 1 if start else 1, areas


def _merged(sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return sheet.merged_cell_ranges or []


def _guarded(action: Callable[[], Done]) -> Done:
    """Runs the binary reader. Its panics are no ``Exception``, so they are known by name."""
    try:
        return action()
    except (CalamineError, OSError, ValueError):
        raise zips.broken() from None
    except BaseException as failure:
        if type(failure).__name__ == "PanicException":
            raise zips.broken() from None
        raise
