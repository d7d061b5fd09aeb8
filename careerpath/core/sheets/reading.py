"""Reading a table: every row becomes values, and every cell that cannot be understood a fault beside it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from careerpath.core.sheets.cells import CellFault, CellValue, too_large
from careerpath.core.sheets.cleaning import is_blank
from careerpath.core.sheets.columns import Column, SheetSpec
from careerpath.core.sheets.extent import column_letters
from careerpath.core.sheets.headers import Table, find_table
from careerpath.core.sheets.opening import Workbook
from careerpath.words import Message, Refused, msg

_MOST_REMEMBERED = 5_000
_MOST_MERGED = 200_000
_NO_FAULTS: Mapping[str, CellFault] = {}


class Cells(Mapping[str, object]):
    """Values of one row by key. All rows share the index of keys, so that a hundred thousand stay small."""

    __slots__ = ("_index", "_items")

    def __init__(self, index: Mapping[str, int], items: tuple[object, ...]) -> None:
        self._index = index
        self._items = items

    def __getitem__(self, key: str) -> object:
        return self._items[self._index[key]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)


@dataclass(slots=True)
class Row:
    """One row. ``number`` is the row's number in Excel; ``raw`` is what the cells held, ``values`` what they mean.

    Values of columns that the file does not have are absent; those of blank and faulty cells are the reader's
    ``blank``. Neither is in the ``repr``: logs carry no personal data.
    """

    number: int
    values: Mapping[str, object] = field(repr=False)
    raw: Mapping[str, object] = field(repr=False)
    faults: Mapping[str, CellFault]

    def add_fault(self, key: str, message: Message) -> None:
        """Note something wrong that only the caller can know; the first fault of a cell stays."""
        if key not in self.faults:
            self.faults = {**self.faults, key: CellFault(message)}


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What was read. ``notes`` tell the person what they may not expect; ``columns`` maps keys to column numbers."""

    rows: list[Row] = field(repr=False)
    notes: tuple[Message, ...]
    sheet: str
    header_row: int
    columns: Mapping[str, int]

    def faults(self) -> Iterator[tuple[int, str, Message]]:
        """Row number, column key and message of every fault, in reading order."""
        for row in self.rows:
            for key, fault in row.faults.items():
                yield row.number, key, fault.message


def read_rows(workbook: Workbook, spec: SheetSpec, *, sheet: str | None = None) -> ReadResult:
    """Reads the table that fits ``spec``; blank rows are left out. Raises ``Refused`` where there is no such table.

    A row whose key columns repeat an earlier row's gets a fault. Rows that are hidden or filtered away are read too.
    """
    table = find_table(workbook, spec, sheet)
    reading = _Reading(table, spec)
    rows: list[Row] = []
    for number, row in enumerate(table.sheet.rows(), 1):
        if number >= table.first_row:
            read = reading.read(number, row)
            if read is not None:
                rows.append(read)
    if len(rows) > workbook.limits.rows:
        raise Refused(
            msg(
                "表中有 %(rows)s 行数据，一次最多读取 %(most)s 行。请拆分成几个文件，分次导入。",
                rows=len(rows),
                most=workbook.limits.rows,
            )
        )
    if not rows:
        raise Refused(msg("工作表“%(sheet)s”只有表头，没有数据。请从表头下一行开始填写。", sheet=table.sheet.name))
    _mark_repeated(rows, spec, table)
    return ReadResult(rows, tuple(reading.notes(workbook)), table.sheet.name, table.header_row, table.places)


class _Reading:
    """The loop over cells, with everything looked up beforehand."""

    def __init__(self, table: Table, spec: SheetSpec) -> None:
        self.table = table
        self.columns = [column for column in spec.columns if column.key in table.places]
        self.index = {column.key: number for number, column in enumerate(self.columns)}
        self.places = [table.places[column.key] for column in self.columns]
        self.positions = [place - table.sheet.first_column for place in self.places]
        self.untitled = sorted(table.untitled)
        self.left_out: set[int] = set()
        self.remembered: list[dict[str, object]] = [{} for _ in self.columns]
        self.merged = _merged_cells(table, self.places)
        extent = table.sheet.extent
        self.broken = extent.errors | extent.uncalculated
        self.broken_rows = {row for row, _ in self.broken}

    def read(self, number: int, row: list[CellValue]) -> Row | None:
        """The row, or ``None`` where all its known cells are blank."""
        width = len(row)
        raw = tuple([row[position] if position < width else "" for position in self.positions])
        for place in self.untitled:
            position = place - self.table.sheet.first_column
            if position < width and not is_blank(row[position]):
                self.left_out.add(place)
        if number not in self.broken_rows and all(is_blank(cell) for cell in raw):
            return None
        values: list[object] = []
        faults: dict[str, CellFault] = {}
        for position, cell in enumerate(raw):
            value, fault = self._cell(position, number, cell)
            values.append(value)
            if fault is not None:
                faults[self.columns[position].key] = fault
        return Row(number, Cells(self.index, tuple(values)), Cells(self.index, raw), faults or _NO_FAULTS)

    def _cell(self, position: int, number: int, cell: CellValue) -> tuple[object, CellFault | None]:
        column = self.columns[position]
        if self.merged and (number, self.places[position]) in self.merged:
            return column.reader.blank, _merged_fault(self.merged[number, self.places[position]])
        if type(cell) is str:
            known = self.remembered[position].get(cell)
            if known is not None:
                return known, None
        if is_blank(cell):
            if self.broken and (number, self.places[position]) in self.broken:
                return column.reader.blank, self._broken_fault(number, self.places[position])
            return column.reader.blank, _missing_fault() if column.required else None
        if isinstance(cell, float) and not math.isfinite(cell):
            return column.reader.blank, too_large()
        try:
            value = column.reader.read(cell, self.table.sheet.origin)
        except CellFault as fault:
            return column.reader.blank, fault
        if type(cell) is str and len(self.remembered[position]) < _MOST_REMEMBERED:
            self.remembered[position][cell] = value
        return value, None

    def _broken_fault(self, number: int, place: int) -> CellFault:
        if (number, place) in self.table.sheet.extent.uncalculated:
            return CellFault(msg("单元格里的公式没有计算结果。请用 Excel 打开并保存一次，或直接填写数值。"))
        return CellFault(msg("单元格里的公式出错。请改正公式，或直接填写内容。"))

    def notes(self, workbook: Workbook) -> Iterator[Message]:
        """What the person may not expect."""
        sheet = self.table.sheet
        if len(workbook.sheets) > 1:
            yield msg("读取的是工作表“%(sheet)s”，其他工作表没有读取。", sheet=sheet.name)
        if sheet.extent.hidden_rows:
            yield msg("工作表里有 %(count)s 行被隐藏或被筛选，这些行也已读取。", count=sheet.extent.hidden_rows)
        if self.left_out:
            letters = "、".join(column_letters(place - 1) for place in sorted(self.left_out))
            yield msg("%(columns)s 列没有列名，其中的内容没有读取。", columns=letters)


def _missing_fault() -> CellFault:
    return CellFault(msg("必填，不能为空。"))


def _merged_fault(area: str) -> CellFault:
    return CellFault(msg("位于合并单元格 %(area)s 中。请取消合并，在每一行分别填写。", area=area))


def _merged_cells(table: Table, places: list[int]) -> dict[tuple[int, int], str]:
    """The merged cells of the data area, by row and column."""
    known = set(places)
    last = table.sheet.extent.last_row
    found: dict[tuple[int, int], str] = {}
    looked_at = 0
    for top, left, bottom, right in table.sheet.merged:
        if top < table.first_row or (top, left) == (bottom, right):
            continue
        area = f"{column_letters(left - 1)}{top}:{column_letters(right - 1)}{bottom}"
        columns = [place for place in known if left <= place <= right]
        lowest = min(bottom, last)
        looked_at += len(columns) * (lowest + 1 - top)
        if looked_at > _MOST_MERGED:
            raise Refused(msg("工作表里的合并单元格过多，无法读取。请选中数据区，取消全部合并后重新上传。"))
        found.update(((row, place), area) for place in columns for row in range(top, lowest + 1))
    return found


def _mark_repeated(rows: list[Row], spec: SheetSpec, table: Table) -> None:
    keys: list[Column] = [spec.column(key) for key in spec.key_columns]
    if not keys or any(column.key not in table.places for column in keys):
        return
    first: dict[tuple[object, ...], int] = {}
    for row in rows:
        name = tuple(row.values[column.key] for column in keys)
        if any(part is None for part in name) or any(column.key in row.faults for column in keys):
            continue
        earlier = first.setdefault(name, row.number)
        if earlier != row.number:
            row.add_fault(keys[0].key, msg("与第 %(row)s 行重复。请只保留一行。", row=earlier))
