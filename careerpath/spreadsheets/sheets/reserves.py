"""The people in the pool in and out: the roster is handed out, edited, and brought back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import COMMUNITY_KINDS, ids_of
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import home_names
from careerpath.employees.sheets.units import UnitNames
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
from careerpath.talent_pool.models import PoolEntry, Readiness
from careerpath.talent_pool.operations.pool import (
    EntryChange,
    EntryRefused,
    PoolEntryGiven,
    change_entry,
    check_day,
    check_place,
    check_texts,
    enter_many,
    set_readiness,
)
from careerpath.talent_pool.queries.reserves import in_pool_on
from careerpath.talent_pool.queries.rules import known_rules, rules_or_none
from careerpath.talent_pool.sheets.reserves import reserves_spec
from careerpath.words import Refused, Unmet, msg

PIECE = 500
FIELDS = ("unit_id", "entered_on", "document", "readiness", "remark")


@dataclass(frozen=True, slots=True)
class _Changed:
    """An entry that a row changes, and what stands there afterwards."""

    row: Row
    entry: PoolEntry
    name: str
    after: Mapping[str, Any]


class ReservesDesk(Desk):
    """The pool's roster."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """The columns with the rungs of the edition in force, or of all where none is."""
        edition = rules_or_none(clock.today())
        editions = [edition] if edition is not None else known_rules()
        return reserves_spec({rung.code: rung.name for one in editions for rung in one.rungs})

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by number and rung among those in the pool; who is not in it enters. Three queries for 500 rows."""
        comparing = _Comparing(actor, spec, [str(row.values.get("number") or "") for row in read.rows])
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Those in the pool on a day."""
        on, where = wish.on or clock.today(), ""
        conditions: list[Any] = [within(actor, PoolEntry.unit_id, Permission.POOL_VIEW), *in_pool_on(on)]
        if wish.unit_id is not None:
            unit = fetch_unit(actor, wish.unit_id, Permission.POOL_VIEW)
            conditions.append(below(PoolEntry.unit_id, unit.path))
            where = unit.short_name
        query = (
            select(PoolEntry.id)
            .join(Employee, Employee.id == PoolEntry.employee_id)
            .join(Unit, Unit.id == PoolEntry.unit_id)
            .where(*conditions)
        )
        ids = db.session.scalars(query.order_by(Unit.code, Employee.number, PoolEntry.id)).all()
        units = UnitNames(actor, Permission.POOL_VIEW)
        notes = (msg("截至 %(on)s，共 %(count)s 人。", on=on, count=len(ids)),)
        pieces = [ids[at : at + PIECE] for at in range(0, len(ids), PIECE)]
        spec = self.spec(actor, wish.about)
        return Export(spec, f"{where}后备人才入库名册", notes, pieces, lambda piece: _rows(piece, units))


def _rows(piece: Sequence[int], units: UnitNames) -> Iterable[Mapping[str, object]]:
    query = (
        select(PoolEntry, Employee.number, Employee.name)
        .join(Employee, Employee.id == PoolEntry.employee_id)
        .join(Unit, Unit.id == PoolEntry.unit_id)
        .where(PoolEntry.id.in_(piece))
        .order_by(Unit.code, Employee.number, PoolEntry.id)
    )
    found = db.session.execute(query).all()
    homes = home_names(entry.employee_id for entry, _, _ in found)
    for entry, number, name in found:
        yield {
            "number": number,
            "name": name,
            "home": homes.get(entry.employee_id, ""),
            "unit": units.path_text(entry.unit_id),
            "rung": entry.rung,
            "entered_on": entry.entered_on,
            "document": entry.document or None,
            "readiness": entry.readiness,
            "potential": entry.potential,
            "remark": entry.remark or None,
        }


class _Comparing:
    """Rows held against the pool and the files."""

    def __init__(self, actor: Actor, spec: SheetSpec, numbers: Sequence[str]) -> None:
        self.spec = spec
        self.units = UnitNames(actor, Permission.POOL_DECIDE)
        self.people: dict[str, Employee] = {}
        self.homes: dict[int, Unit] = {}
        self.held: dict[tuple[int, str], PoolEntry] = {}
        for at in range(0, len(numbers), PIECE):
            self._read(actor, numbers[at : at + PIECE])
        self.units.know(entry.unit_id for entry in self.held.values())
        self.first: dict[tuple[str, str], int] = {}
        self.new: list[tuple[Row, PoolEntryGiven]] = []
        self.changed: list[_Changed] = []

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        findings = Findings(row, self.spec)
        number, name = str(row.values.get("number") or ""), str(row.values.get("name") or "")
        rung, person = str(row.values.get("rung") or ""), self.people.get(number)
        if person is None:
            if number:
                message = "没有编号为 %(number)s 的人员，或者不在您的管辖范围内。请核对编号。"
                findings.add("number", msg(message, number=number))
            return findings.outcome(RowState.WRONG, number, name)
        if name and name != person.name:
            findings.add("name", msg("编号 %(number)s 是“%(name)s”，请核对。", number=number, name=person.name))
        earlier = self.first.setdefault((number, rung), row.number)
        if earlier != row.number:
            findings.add("number", msg("与第 %(row)s 行是同一人、同一培养方向。请只保留一行。", row=earlier))
        unit = self._unit(row, findings)
        entry = self.held.get((person.id, rung))
        if entry is not None:
            return self._change(row, findings, person, entry, unit)
        return self._enter(row, findings, person, unit or self.homes.get(person.id))

    def write(self, actor: Actor) -> None:
        """Take in who is new, then set right who is in."""
        try:
            enter_many(actor, [given for _, given in self.new])
        except EntryRefused as refused:
            row, _ = self.new[refused.row]
            raise RowFault(row.number, str(row.values.get("name") or ""), refused.why) from refused
        for one in self.changed:
            try:
                self._set_right(actor, one)
            except Unmet as unmet:
                raise RowFault(one.row.number, one.name, unmet) from unmet

    def _set_right(self, actor: Actor, one: _Changed) -> None:
        after, entry = one.after, one.entry
        if any(after[name] != getattr(entry, name) for name in FIELDS if name != "readiness"):
            given = EntryChange(after["unit_id"], after["entered_on"], after["document"], after["remark"])
            change_entry(actor, entry.id, given, entry.version)
            db.session.flush()
        if after["readiness"] != entry.readiness:
            set_readiness(actor, entry.id, after["readiness"], after["remark"], entry.version)

    def _enter(self, row: Row, findings: Findings, person: Employee, unit: Unit | None) -> Outcome:
        entered_on, values = row.values.get("entered_on"), row.values
        if unit is None and not values.get("unit"):
            findings.add("unit", msg("本人不在社区任职，请填写后备所在社区。"))
        if not isinstance(entered_on, date):
            findings.add("entered_on", msg("新入库的请填写入库日期。"))
        if unit is None or not isinstance(entered_on, date):
            return findings.outcome(RowState.WRONG, person.number, person.name)
        potential: Any = values.get("potential")
        given = PoolEntryGiven(
            employee_id=person.id,
            unit_id=unit.id,
            rung=str(values.get("rung") or ""),
            entered_on=entered_on,
            document=str(values.get("document") or ""),
            readiness=Readiness(str(values.get("readiness") or Readiness.SOON)),
            potential=potential,
            remark=str(values.get("remark") or ""),
        )
        self._check(findings, person, unit, given)
        self.new.append((row, given))
        changes = [self._cell(key, None, value) for key, value in values.items() if value is not None and key in _SAID]
        return findings.outcome(RowState.NEW, person.number, person.name, changes)

    def _change(self, row: Row, findings: Findings, person: Employee, entry: PoolEntry, unit: Unit | None) -> Outcome:
        said: dict[str, Any] = {name: row.values.get(name) for name in FIELDS if name != "unit_id"}
        said["unit_id"] = unit.id if unit is not None else None
        before = {name: getattr(entry, name) for name in FIELDS}
        changed = {name: value for name, value in said.items() if value is not None and value != before[name]}
        potential: Any = row.values.get("potential")
        if potential is not None and potential != entry.potential:
            findings.add("potential", msg("在库人员的潜力评分由年度评估形成，请在年度评估中录入。"))
        after = before | changed
        if changed:
            home = unit or db.session.get_one(Unit, entry.unit_id)
            given = PoolEntryGiven(person.id, home.id, entry.rung, after["entered_on"], after["document"])
            self._check(findings, person, home, replace(given, remark=after["remark"]))
            self.changed.append(_Changed(row, entry, person.name, after))
        cells = [self._cell(name, before[name], value) for name, value in changed.items()]
        state = RowState.CHANGED if changed else RowState.UNCHANGED
        return findings.outcome(state, person.number, person.name, cells)

    def _check(self, findings: Findings, person: Employee, unit: Unit, given: PoolEntryGiven) -> None:
        try:
            check_place(unit)
            check_day(person, given.entered_on)
            check_texts(given.document, given.remark)
        except Refused as refusal:
            key = {"unit_id": "unit", "employee_id": "number"}.get(refusal.field or "", refusal.field or "")
            findings.add(key, refusal.message)

    def _unit(self, row: Row, findings: Findings) -> Unit | None:
        text = row.values.get("unit")
        if not isinstance(text, str):
            return None
        try:
            return self.units.find(text)
        except Refused as refusal:
            findings.add("unit", refusal.message)
            return None

    def _cell(self, name: str, old: Any, new: Any) -> CellChange:
        if name == "unit_id":
            column = self.spec.column("unit")
            was, now = (self.units.path_text(one) if one is not None else "" for one in (old, new))
            return CellChange(column.key, column.title, was, now)
        column = self.spec.column(name)
        return CellChange(column.key, column.title, shown(column, old or None), shown(column, new))

    def _read(self, actor: Actor, numbers: Sequence[str]) -> None:
        some = select(Employee).where(
            Employee.number.in_(numbers), within(actor, Employee.unit_id, Permission.POOL_DECIDE)
        )
        found = {one.number: one for one in db.session.scalars(some)}
        self.people |= found
        held = select(PoolEntry).where(
            PoolEntry.employee_id.in_([one.id for one in found.values()]), PoolEntry.left_on.is_(None)
        )
        self.held |= {(entry.employee_id, entry.rung): entry for entry in db.session.scalars(held)}
        self.homes |= _communities(found.values())


_SAID = frozenset({"unit", "rung", "entered_on", "document", "readiness", "potential", "remark"})


def _communities(people: Iterable[Employee]) -> dict[int, Unit]:
    """The community or village that each of some people serves in, at their home unit or above it."""
    homes = {one.id: one.unit_id for one in people}
    paths = dict[int, str]()
    for unit_id, path in db.session.execute(select(Unit.id, Unit.path).where(Unit.id.in_(set(homes.values())))):
        paths[unit_id] = path
    wanted = {step for path in paths.values() for step in ids_of(path)}
    query = select(Unit).where(Unit.id.in_(wanted), Unit.kind.in_(COMMUNITY_KINDS))
    communities = {unit.id: unit for unit in db.session.scalars(query)}
    return {
        person: communities[steps[-1]]
        for person, unit_id in homes.items()
        if (steps := [step for step in ids_of(paths[unit_id]) if step in communities])
    }
