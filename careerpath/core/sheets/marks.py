"""Faults with the places and values that they speak of, ready to be written into a workbook."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from careerpath.core.sheets.cells import CellValue
from careerpath.core.sheets.columns import SheetSpec
from careerpath.core.sheets.headers import Table
from careerpath.words import Message, msg

Fault = tuple[int, str | None, Message | str]
"""Excel's row number (0: the whole file), the key or title of a column (``None``: the whole row), what is wrong."""

Say = Callable[[Message], str]

LIST = "错误清单"
AUTHOR = "导入校验"
RED = "FFC7CE"
MOST_COMMENTS = 3_000
MOST_LISTED = 100_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A fault with its place found: column from 1, 0 where it has none."""

    row: int
    column: int
    title: str
    value: str
    text: str


def place_marks(faults: Iterable[Fault], table: Table, spec: SheetSpec, say: Say) -> list[Mark]:
    """Faults with column numbers and the values that stand there, in the order of the sheet."""
    found: list[tuple[int, int, str, bool, str]] = []
    first = min(table.places.values())
    for row, name, what in faults:
        text = say(what) if isinstance(what, Message) else what
        if name is None:
            found.append((row, first if row else 0, "", True, text))
        else:
            column = spec.column(name)
            found.append((row, table.places.get(column.key, first) if row else 0, column.title, column.secret, text))
    found.sort(key=lambda each: each[:2])
    wanted = {each[0] for each in found if not each[3]}
    held = {number: row for number, row in enumerate(table.sheet.rows(), 1) if number in wanted}
    marks = []
    for row, number, title, hidden, text in found:
        cells = held.get(row, [])
        position = number - table.sheet.first_column
        value = "" if hidden or not 0 <= position < len(cells) else _as_seen(cells[position])
        marks.append(Mark(row, number, title, value, text))
    return marks


def _as_seen(value: CellValue) -> str:
    text = "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 200 else f"{text[:200]}…"


def comments_of(marks: list[Mark]) -> dict[tuple[int, int], str]:
    """The text for each cell; several faults of one cell stand below one another."""
    found: dict[tuple[int, int], str] = {}
    for mark in marks:
        if mark.row:
            place = (mark.row, mark.column)
            found[place] = f"{found[place]}\n{mark.text}" if place in found else mark.text
    return found


def list_headings(say: Say) -> tuple[str, str, str, str]:
    """The headings of the list of faults."""
    return say(msg("行号")), say(msg("列名")), say(msg("内容")), say(msg("问题和改法"))
