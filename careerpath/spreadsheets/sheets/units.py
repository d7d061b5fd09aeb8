"""Units: the tree as a table, in the format of the published division codes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.operations.unit_plan import BEFORE_RECORDS, Standing, UnitRow, WrongRows, make_plan
from careerpath.access.operations.unit_plan import RowFault as UnitFault
from careerpath.access.operations.units import put_units
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import Column, ReadResult, Row, SheetSpec, choice, day, digits, text, whole
from careerpath.policy.codes import UnitKind
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.sheets.desk import (
    CellChange,
    Comparison,
    Desk,
    Export,
    Findings,
    Outcome,
    RowFault,
    RowState,
    Wish,
    shown,
)
from careerpath.words import msg

PIECE = 1000

_CODE = digits(r"[0-9A-Z-]{1,20}", hint=msg("1 至 20 位数字或字母，社区和村为 12 位统计用区划代码"), width=16)
_KINDS = choice(
    {kind.value: kind.zh for kind in UnitKind},
    aliases={also: kind.value for kind in UnitKind for also in kind.also},
)
_COUNT = replace(whole(0, 99_999_999), blank=None)
_DAY = replace(day(), blank=None)

UNITS = SheetSpec(
    "units",
    "单位",
    (
        Column("code", "编码", _CODE, required=True, aliases=("code", "单位编码", "代码"), example="371325001001"),
        Column(
            "name",
            "名称",
            text(80, width=28),
            required=True,
            aliases=("name", "单位名称"),
            example="书苑社区居民委员会",
        ),
        Column("kind", "类别", _KINDS, required=True, aliases=("kind", "单位类别"), example="community"),
        Column("parent", "上级编码", _CODE, aliases=("parent", "上级", "parent_code"), example="371325001"),
        Column("households", "户数", _COUNT, aliases=("households",)),
        Column("residents", "常住人口", _COUNT, aliases=("residents", "人口")),
        Column("starts_on", "设立日期", _DAY, aliases=("starts_on",)),
        Column("ends_on", "撤销日期", _DAY, aliases=("ends_on",)),
    ),
)
"""The columns; the English headings are those of the published files."""

_COLUMN_OF = {"parent_code": "parent"}


class UnitsDesk(Desk):
    """The tree of units."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return UNITS

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Hold the rows against the tree; an empty cell leaves what is known. Two queries."""
        findings = {row.number: Findings(row, spec) for row in read.rows}
        rows = [_unit_row(row) for row in read.rows if not row.faults]
        standing, paths = _standing()
        if not any(row.faults for row in read.rows):
            # A row that could not be read would make orphans of those below it.
            try:
                make_plan(rows, standing)
            except WrongRows as wrong:
                _note(findings, wrong.faults)
            else:
                _note(findings, _out_of_scope(actor, rows, standing, paths))
        outcomes = [_outcome(row, findings[row.number], standing) for row in read.rows]
        return Comparison(outcomes, read.notes, lambda writer: _write(writer, rows))

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The units that the actor may view, as on a day: closed ones only of earlier days."""
        on = wish.on or clock.today()
        conditions: list[Any] = [
            within(actor, Unit.id, Permission.UNIT_VIEW),
            Unit.starts_on <= on,
            or_(Unit.ends_on.is_(None), Unit.ends_on >= on),
        ]
        if wish.unit_id is not None:
            top = fetch_unit(actor, wish.unit_id, Permission.UNIT_VIEW)
            conditions.append(Unit.path.startswith(top.path, autoescape=True))
        ids = db.session.scalars(select(Unit.id).where(*conditions).order_by(Unit.code)).all()

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            above = aliased(Unit)
            query = select(Unit, above.code).outerjoin(above, above.id == Unit.parent_id).where(Unit.id.in_(piece))
            for unit, parent in db.session.execute(query.order_by(Unit.code)):
                yield _cells(_as_standing(unit, parent or ""))

        notes = (msg("截至 %(on)s，共 %(count)s 个单位。", on=on, count=len(ids)),)
        return Export(UNITS, "单位", notes, [ids[at : at + PIECE] for at in range(0, len(ids), PIECE)], rows)


def _unit_row(row: Row) -> UnitRow:
    cell: Any = row.values.get
    return UnitRow(
        code=cell("code"),
        name=cell("name"),
        kind=UnitKind(cell("kind")),
        parent_code=cell("parent") or "",
        households=cell("households"),
        residents=cell("residents"),
        starts_on=cell("starts_on"),
        ends_on=cell("ends_on"),
        row=row.number,
    )


def _standing() -> tuple[dict[str, Standing], dict[str, str]]:
    """The whole tree, because circles are seen in nothing less; and the paths by code."""
    units = db.session.scalars(select(Unit)).all()
    code_of = {unit.id: unit.code for unit in units}
    found = {unit.code: _as_standing(unit, code_of.get(unit.parent_id or 0, "")) for unit in units}
    return found, {unit.code: unit.path for unit in units}


def _as_standing(unit: Unit, parent_code: str) -> Standing:
    return Standing(
        unit.code,
        unit.name,
        unit.kind,
        parent_code,
        unit.households,
        unit.residents,
        unit.starts_on,
        unit.ends_on,
        unit.path,
    )


def _cells(unit: Standing) -> dict[str, object]:
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind.value,
        "parent": unit.parent_code or None,
        "households": unit.households,
        "residents": unit.residents,
        "starts_on": None if unit.starts_on <= BEFORE_RECORDS else unit.starts_on,
        "ends_on": unit.ends_on,
    }


def _outcome(row: Row, findings: Findings, standing: Mapping[str, Standing]) -> Outcome:
    code, name = str(row.values.get("code") or ""), str(row.values.get("name") or "")
    old = standing.get(code)
    before = _cells(old) if old else {}
    changes = []
    for column in UNITS.columns:
        value = row.values.get(column.key)
        cleared = column.key == "parent" and value in (None, "") and bool(before.get("parent"))
        if (value in (None, "") and not cleared) or value == before.get(column.key):
            continue
        changes.append(
            CellChange(column.key, column.title, shown(column, before.get(column.key)), shown(column, value))
        )
    state = RowState.NEW if old is None else RowState.CHANGED if changes else RowState.UNCHANGED
    return findings.outcome(state, code, name, changes)


def _note(findings: Mapping[int, Findings], faults: Iterable[UnitFault]) -> None:
    for fault in faults:
        findings[fault.row].add(_COLUMN_OF.get(fault.column, fault.column), fault.message)


def _out_of_scope(
    actor: Actor, rows: Sequence[UnitRow], standing: Mapping[str, Standing], paths: Mapping[str, str]
) -> Iterable[UnitFault]:
    """The rows that ``put_units`` would refuse because they lie elsewhere: told before anything is written."""
    brought = {row.code: row for row in rows}
    for row in rows:
        old = standing.get(row.code)
        if old is not None and _says_nothing_new(row, old):
            continue
        above = row.parent_code
        while above in brought and above not in standing:
            above = brought[above].parent_code
        wanted = {paths.get(above, "")} if old is None else {old.path}
        if old is not None and old.parent_code != row.parent_code:
            wanted.add(paths.get(above, ""))
        if not all(actor.can(Permission.UNIT_EDIT, path) for path in wanted):
            message = msg("单位 %(code)s 不在您的管辖范围内，请删去这一行或联系上级。", code=row.code)
            yield UnitFault(row.row, "code", message)


def _says_nothing_new(row: UnitRow, old: Standing) -> bool:
    new = (row.name, row.kind, row.parent_code)
    more = (("households", row.households), ("residents", row.residents))
    days = (("starts_on", row.starts_on), ("ends_on", row.ends_on))
    return new == (old.name, old.kind, old.parent_code) and all(
        value is None or value == getattr(old, name) for name, value in (*more, *days)
    )


def _write(actor: Actor, rows: Sequence[UnitRow]) -> None:
    try:
        put_units(actor, rows)
    except WrongRows as wrong:
        first = wrong.faults[0]
        raise RowFault(first.row, "", wrong) from wrong
