"""A level table by itself: tier, level, amount, day and document. Put into an edition it makes a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from careerpath.core.sheets import Column, SheetSpec, choice, day, decimal, open_workbook, read_rows, text, whole
from careerpath.core.sheets.extent import column_letters
from careerpath.core.sheets.reading import ReadResult
from careerpath.core.sheets.writing import Target, write_table
from careerpath.policy.catalogue import read_plain
from careerpath.policy.edition import Basis, Edition, to_plain
from careerpath.policy.reason import show
from careerpath.policy.shapes import Part, parts_of, shape_of
from careerpath.policy.shapes.showing import number_of
from careerpath.rulebook.sheets.reading import LIMITS, Place, Reading, SheetFaults
from careerpath.words import Message, Refused, msg

PLACES = 4


@dataclass(frozen=True, slots=True)
class LevelHead:
    """What the new edition says of itself beside its day and its document, which stand in the table."""

    key: str
    title: str
    source: str
    example: bool


@dataclass(frozen=True, slots=True)
class _Levels:
    """The level tables of an edition: its plain values, the key of the list, and the keys of row, level and amount."""

    plain: dict[str, Any]
    tables: str
    rows: str
    keys: tuple[str, str, str]

    @property
    def names(self) -> dict[str, str]:
        """The names of the tables by their codes."""
        return {table["code"]: table["name"] for table in self.plain[self.tables]}


def has_levels(edition: Edition) -> bool:
    """Whether an edition has a level table that can be exchanged."""
    part = _part(edition.head.rule)
    return part is not None and bool(to_plain(edition).get(part.steps[0].key))


def write_levels(base: Edition, target: Target) -> None:
    """Writes the level tables of an edition to fill in; example amounts are left out, they are nobody's."""
    levels = _levels(base)
    across, down, value = levels.keys
    rows = [
        {
            "table": table["code"],
            "tier": row.get(across),
            "level": row[down],
            "amount": None if base.head.example else number_of(row[value]),
        }
        for table in levels.plain[levels.tables]
        for row in table[levels.rows]
    ]
    write_table(target, _spec(levels), rows)


def edition_with_levels(base: Edition, source: bytes | Path, file: str, head: LevelHead) -> Edition:
    """The edition that ``base`` becomes with the level tables of a workbook.

    Tables that the workbook does not name stay. Raises ``Refused`` naming sheet and cell.
    """
    levels = _levels(base)
    result = read_rows(open_workbook(source, file, LIMITS), _spec(levels))
    _refuse_faults(result, file)
    plain = dict(levels.plain)
    plain["head"] = {
        **plain["head"],
        "key": head.key,
        "title": head.title,
        "source": head.source,
        "example": head.example,
        "effective_from": _only(result, file, "effective_from").isoformat(),
        "document": _only(result, file, "document"),
    }
    basis = Basis.READING if head.example else Basis.PUBLISHED
    fresh = {
        code: {levels.rows: rows, "citation": {"basis": basis.value}} for code, rows in _rows(result, levels).items()
    }
    plain[levels.tables] = [table | fresh.get(table["code"], {}) for table in plain[levels.tables]]
    return read_plain(plain, file)


def _part(rule: str) -> Part | None:
    return next((part for part in parts_of(shape_of(rule)) if part.matrix is not None), None)


def _levels(base: Edition) -> _Levels:
    part = _part(base.head.rule)
    if part is None or part.matrix is None or not has_levels(base):
        raise Refused(msg("“%(title)s”没有等级表，不能更换。", title=base.head.title))
    plain = dict(shape_of(base.head.rule).even(to_plain(base)))
    return _Levels(plain, part.steps[0].key, part.steps[1].key, part.matrix)


def _spec(levels: _Levels) -> SheetSpec:
    several = len(levels.names) > 1
    note = msg("多张等级表时，填写本行属于哪一张")
    columns = (
        Column("table", "等级表", choice(levels.names), required=several, note=note),
        Column("tier", "档", whole(1, 99), aliases=("档次",)),
        Column("level", "级", whole(1, 999), required=True, aliases=("级别", "等级")),
        Column("amount", "金额", decimal(PLACES, minimum=Decimal(0)), required=True, aliases=("系数", "金额或系数")),
        Column("effective_from", "施行日期", day(), required=True, aliases=("执行日期", "生效日期")),
        Column("document", "文号", text(200), required=True, aliases=("依据文件", "文号（依据文件）")),
    )
    return SheetSpec("levels", "等级表", columns)


def _refuse_faults(result: ReadResult, file: str) -> None:
    told = [_told(result, file, *fault) for fault in result.faults()]
    if told:
        raise SheetFaults(told)


def _told(result: ReadResult, file: str, number: int, key: str, message: Message) -> Message:
    cell = f"{column_letters(result.columns[key] - 1)}{number}" if key in result.columns else str(number)
    return Reading(file).told(Place(result.sheet, cell), message)


def _only(result: ReadResult, file: str, key: str) -> Any:
    """The one value that all rows have: an edition begins on one day, by one document."""
    first = result.rows[0].values.get(key)
    for row in result.rows:
        if row.values.get(key) != first:
            begin = result.rows[0].number
            problem = msg("与第 %(row)s 行不同。一个版本只有一个施行日期和一个文号，请改为一致。", row=begin)
            raise SheetFaults([_told(result, file, row.number, key, problem)])
    return first


def _rows(result: ReadResult, levels: _Levels) -> Mapping[str, list[dict[str, Any]]]:
    across, down, value = levels.keys
    only = next(iter(levels.names))
    found: dict[str, list[dict[str, Any]]] = {}
    for row in result.rows:
        held = {across: row.values.get("tier"), down: row.values["level"], value: _exact(row.values["amount"])}
        code = row.values.get("table") or only
        found.setdefault(str(code), []).append({key: each for key, each in held.items() if each is not None})
    return found


def _exact(amount: object) -> str | None:
    return show(amount) if isinstance(amount, Decimal) else None
