"""Rows of the grid: from the texts of cells to a ``RowEntry``, one by one as they are typed or all in one form."""

from collections.abc import Mapping
from decimal import Decimal

from careerpath.appraisals.operations.street import RowEntry
from careerpath.core.web.cells import CellFaults, number
from careerpath.core.web.paths import whole_number
from careerpath.words import Message, Refused, msg

NUMBERS = ("scores.", "satisfaction")
TEXTS = ("grade", "opinion")


def row_entry(version: object, values: object) -> RowEntry:
    """The entry of one row. Raises ``CellFaults`` with a message for each cell that cannot be read."""
    if not isinstance(version, int) or isinstance(version, bool) or not isinstance(values, Mapping):
        raise Refused(msg("浏览器发来的内容不完整，请刷新页面后重试。"))
    cells: dict[str, Decimal | str | None] = {}
    faults: dict[str, Message] = {}
    for name, text in values.items():
        if not isinstance(name, str) or not isinstance(text, str):
            raise Refused(msg("浏览器发来的内容不完整，请刷新页面后重试。"))
        if name.startswith(NUMBERS):
            try:
                cells[name] = number(text)
            except Refused as refusal:
                faults[name] = refusal.message
        elif name in TEXTS:
            cells[name] = text
        else:
            raise Refused(msg("这一列不能填写。"), field=name)
    if faults:
        raise CellFaults(faults)
    return RowEntry(version, cells)


def row_entries(form: Mapping[str, str]) -> dict[int, RowEntry]:
    """All rows of the grid's plain form, without script: fields ``ROW:NAME`` and ``ROW:version``."""
    rows: dict[int, dict[str, str]] = {}
    for key, text in form.items():
        row, colon, name = key.partition(":")
        row_id = whole_number(row)
        if colon and row_id is not None:
            rows.setdefault(row_id, {})[name] = text
    entries: dict[int, RowEntry] = {}
    for row_id, values in rows.items():
        version = whole_number(values.pop("version", ""))
        if version is not None:
            entries[row_id] = row_entry(version, values)
    return entries
