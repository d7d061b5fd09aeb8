"""Reading an edition from a workbook: every refusal names the sheet, the cell and the remedy."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from careerpath.core.sheets import CellFault, CellValue, Limits, Origin, open_workbook
from careerpath.core.sheets.cleaning import fold, is_blank
from careerpath.core.sheets.extent import column_letters
from careerpath.core.sheets.opening import Sheet
from careerpath.policy.catalogue import read_plain
from careerpath.policy.edition import Edition
from careerpath.policy.shapes import Column, shape_of
from careerpath.policy.shapes.blocks import Step
from careerpath.rulebook.sheets.cells import read_cell
from careerpath.rulebook.sheets.layout import EXPLANATIONS, ITEM, Plan, plans_of
from careerpath.words import Message, Refused, msg

LIMITS = Limits(rows=20_000, columns=300)
MOST_SHOWN = 20


class SheetFaults(Refused):
    """A workbook is no sound edition; ``messages`` are its faults one by one."""

    def __init__(self, messages: list[Message]) -> None:
        self.messages = tuple(messages[:MOST_SHOWN])
        names = {f"fault{number}": message for number, message in enumerate(self.messages)}
        super().__init__(Message("\n".join(f"%({name})s" for name in names), names), field="file")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value of the edition stands in the workbook; ``label`` is the heading people see."""

    sheet: str
    cell: Message | str = ""
    label: str = ""


@dataclass(slots=True)
class Reading:
    """A workbook on its way to a plain edition."""

    file: str
    plain: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    faults: list[Message] = field(default_factory=list)
    rows: dict[str, dict[str, tuple[str, dict[str, Any]]]] = field(default_factory=dict)
    """By the name of a sheet and what other sheets call a row: where the row stands in the edition, and its values."""

    def fault(self, place: Place, message: Message) -> None:
        """Note what is wrong at a place."""
        self.faults.append(self.told(place, message))

    def told(self, place: Place, message: Message) -> Message:
        """A sentence that begins with file, sheet and cell."""
        label = msg("“%(label)s”", label=place.label) if place.label else Message("")
        return msg(
            "%(file)s 工作表“%(sheet)s”%(cell)s%(label)s：%(problem)s",
            file=self.file,
            sheet=place.sheet,
            cell=place.cell,
            label=label,
            problem=message,
        )


def edition_from_workbook(source: bytes | Path, file: str) -> Edition:
    """The edition that a workbook holds, strictly checked. Raises ``Refused`` naming sheet and cell."""
    reading = _read(source, file)
    try:
        return read_plain(reading.plain, file)
    except Refused as refusal:
        place = _place_of(reading, refusal.field or "")
        if place is None:
            raise
        problem = refusal.message.values.get("problem", refusal.message)
        told = problem if isinstance(problem, Message) else refusal.message
        raise SheetFaults([reading.told(place, told)]) from refusal


def plain_from_workbook(source: bytes | Path, file: str) -> dict[str, Any]:
    """The plain values of a workbook, not yet checked by the rule's own reader. Raises ``Refused``."""
    return _read(source, file).plain


def _read(source: bytes | Path, file: str) -> Reading:
    book = open_workbook(source, file, LIMITS)
    sheets = {fold(sheet.name): sheet for sheet in book.sheets if not sheet.hidden}
    reading = Reading(file)
    first = sheets.get(fold("基本信息"))
    if first is None:
        raise SheetFaults([msg("%(file)s 没有名为“基本信息”的工作表，请使用规则模板填写。", file=file)])
    shape = shape_of(_rule(reading, first))
    plans = plans_of(shape)
    for plan in plans:
        sheet = sheets.pop(fold(plan.name), None)
        if sheet is not None:
            reading.places[plan.part.path] = Place(sheet.name)
            _read_sheet(reading, plan, sheet)
    for left in sheets.values():
        if fold(left.name) != fold(EXPLANATIONS) and left.extent.rows:
            known = "、".join(plan.name for plan in plans)
            reading.fault(
                Place(left.name), msg("不认识这张工作表，请改名、删除或隐藏。可用的名称：%(known)s。", known=known)
            )
    if reading.faults:
        raise SheetFaults(reading.faults)
    return reading


def _rule(reading: Reading, sheet: Sheet) -> str:
    for _, cells in _rows(sheet):
        if fold(str(cells.get(0, ""))) == fold("规则代码") and not is_blank(cells.get(1)):
            return str(cells[1]).strip()
    raise SheetFaults([reading.told(Place(sheet.name), msg("缺少“规则代码”一行，请使用规则模板填写。"))])


def _rows(sheet: Sheet) -> list[tuple[int, dict[int, CellValue]]]:
    """The filled rows with their numbers; cells by column, both as Excel counts, columns from 0."""
    found = []
    for number, row in enumerate(sheet.rows(), 1):
        cells = {at: cell for at, cell in enumerate(row, sheet.first_column - 1) if not is_blank(cell)}
        if cells:
            found.append((number, cells))
    return found


def _read_sheet(reading: Reading, plan: Plan, sheet: Sheet) -> None:
    for row, column in sorted(sheet.extent.errors | sheet.extent.uncalculated)[:MOST_SHOWN]:
        place = Place(sheet.name, f"{column_letters(column - 1)}{row}")
        reading.fault(place, msg("公式没有结果或出错，请改填数值。"))
    if plan.part.table:
        _read_table(reading, plan, sheet)
    else:
        _read_pairs(reading, plan, sheet)


def _read_pairs(reading: Reading, plan: Plan, sheet: Sheet) -> None:
    base = plan.part.path
    for number, cells in _rows(sheet):
        label = str(cells.get(0, "")).strip()
        if fold(label) == fold(ITEM) or (is_blank(cells.get(0)) and is_blank(cells.get(1))):
            continue
        column = _column_named(plan, label)
        if column is None:
            place = Place(sheet.name, f"A{number}")
            reading.fault(place, msg("不认识“%(label)s”，请改用模板中的项目名称或删去这一行。", label=label))
            continue
        place = Place(sheet.name, f"B{number}", label)
        reading.places[".".join(filter(None, (base, *column.path)))] = place
        cell = cells.get(1)
        if cell is not None and not is_blank(cell):
            _put(reading, _table(reading.plain, plan.part.steps), column, cell, sheet.origin, place)


def _read_table(reading: Reading, plan: Plan, sheet: Sheet) -> None:
    rows = _rows(sheet)
    if not rows:
        return
    _, titles = rows[0]
    lead = {fold(heading): heading for heading in plan.lead}
    columns: dict[int, Column] = {}
    leading: dict[str, int] = {}
    for at, title in titles.items():
        label = str(title).strip()
        column = _column_named(plan, label)
        if fold(label) in lead:
            leading[lead[fold(label)]] = at
        elif column is not None:
            columns[at] = column
        else:
            place = Place(sheet.name, f"{column_letters(at)}{rows[0][0]}")
            reading.fault(place, msg("不认识列名“%(label)s”，请改用模板中的列名或删去这一列。", label=label))
    missing = [heading for heading in plan.lead if heading not in leading]
    if missing and plan.owner is not None and missing[0] == plan.lead[0] and len(rows) > 1:
        reading.fault(Place(sheet.name), msg("缺少“%(heading)s”一列，请补上。", heading=missing[0]))
        return
    reading.rows[plan.name] = {}
    for number, cells in rows[1:]:
        if any(at in columns for at in cells):
            _read_row(reading, plan, sheet, (number, cells), columns, leading)


def _read_row(
    reading: Reading,
    plan: Plan,
    sheet: Sheet,
    row: tuple[int, dict[int, CellValue]],
    columns: Mapping[int, Column],
    leading: Mapping[str, int],
) -> None:
    number, cells = row
    found = _owner(reading, plan, sheet, row, leading)
    if found is None:
        return
    at, owner, steps = found
    container = _table(owner, steps[:-1])
    here = ".".join(filter(None, (at, *(step.key for step in steps))))
    values: dict[str, Any] = {}
    if plan.part.key_title is not None:
        key = _key(plan, cells.get(leading.get(str(plan.part.key_title), -1)))
        if key is None:
            reading.fault(Place(sheet.name, _line(number)), msg("缺少“%(key)s”，请补上。", key=plan.part.key_title))
            return
        container.setdefault(steps[-1].key, {})[key] = values
        here = f"{here}.{key}"
    else:
        items: list[Any] = container.setdefault(steps[-1].key, [])
        items.append(values)
        here = f"{here}[{len(items)}]"
    reading.places[here] = Place(sheet.name, _line(number))
    for column_at, column in columns.items():
        place = Place(sheet.name, f"{column_letters(column_at)}{number}", str(column.label))
        reading.places[f"{here}.{'.'.join(column.path)}"] = place
        cell = cells.get(column_at)
        if cell is not None and not is_blank(cell):
            _put(reading, values, column, cell, sheet.origin, place)
    _remember(reading, plan, cells, columns, leading, (here, values))


def _owner(
    reading: Reading,
    plan: Plan,
    sheet: Sheet,
    row: tuple[int, dict[int, CellValue]],
    leading: Mapping[str, int],
) -> tuple[str, dict[str, Any], tuple[Step, ...]] | None:
    """Where a row belongs: the place and values of its owner, and the steps from there."""
    if plan.owner is None:
        return "", reading.plain, plan.part.steps
    known = reading.rows.get(plan.owner.name, {})
    steps = plan.part.steps[len(plan.owner.part.steps) :]
    cell = row[1].get(leading[plan.lead[0]])
    if cell is None and len({at for at, _ in known.values()}) == 1:
        return (*next(iter(known.values())), steps)
    called = fold(_text(cell))
    if called not in known:
        place = Place(sheet.name, f"{column_letters(leading[plan.lead[0]])}{row[0]}", plan.lead[0])
        reading.fault(
            place, msg("工作表“%(sheet)s”里没有“%(name)s”，请改正。", sheet=plan.owner.name, name=_text(cell))
        )
        return None
    return (*known[called], steps)


def _remember(
    reading: Reading,
    plan: Plan,
    cells: Mapping[int, CellValue],
    columns: Mapping[int, Column],
    leading: Mapping[str, int],
    found: tuple[str, dict[str, Any]],
) -> None:
    """Keep under which words other sheets may name this row."""
    names = reading.rows[plan.name]
    if plan.reference is not None:
        own = [at for at, column in columns.items() if column.path == plan.reference.path]
        names |= {fold(_text(cells.get(at))): found for at in own}
    elif plan.part.owned:
        own = [leading[heading] for heading in plan.lead[-1:] if heading in leading]
        names |= {fold(_text(cells[at])): found for at in own if at in cells} or {str(len(names) + 1): found}


def _put(
    reading: Reading, values: dict[str, Any], column: Column, cell: CellValue, origin: Origin, place: Place
) -> None:
    try:
        found = read_cell(column.value, cell, origin)
    except CellFault as fault:
        reading.fault(place, fault.message)
        return
    inner = _table(values, tuple(Step(key, "table") for key in column.path[:-1]))
    inner[column.path[-1]] = found


def _table(values: dict[str, Any], steps: tuple[Step, ...]) -> dict[str, Any]:
    for step in steps:
        values = values.setdefault(step.key, {})
    return values


def _column_named(plan: Plan, label: str) -> Column | None:
    """The column of a heading; below a free key also one that nobody has used before."""
    wanted = fold(label)
    for column in plan.columns():
        if fold(str(column.label)) == wanted:
            return column
    for piece in plan.part.opens:
        prefix = "" if piece.label is None else f"{piece.label} · "
        if wanted.startswith(fold(prefix)) and len(wanted) > len(fold(prefix)):
            return piece.column(label.split("·", prefix.count("·"))[-1].strip() if prefix else label)
    return None


def _key(plan: Plan, cell: CellValue) -> str | None:
    called = _text(cell)
    return next((key for key, word in plan.part.key_words.items() if fold(str(word)) == fold(called)), called or None)


def _line(number: int) -> Message:
    return msg("第 %(number)s 行", number=number)


def _text(cell: CellValue) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _place_of(reading: Reading, path: str) -> Place | None:
    """The nearest place of a path, going up: the cell, its row, its sheet."""
    while path:
        if path in reading.places:
            return reading.places[path]
        path = re.sub(r"(\.[^.\[\]]*|\[\d+\]|^[^.\[\]]*)$", "", path)
    return reading.places.get("")
