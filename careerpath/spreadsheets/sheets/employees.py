"""The roster: people who are new, people of whom something changes, and the export that comes back unchanged."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import exists, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec, Workbook
from careerpath.core.vault import vault
from careerpath.employees.models import Employee, Posting
from careerpath.employees.operations.bulk import EmployeeChange, change_employees
from careerpath.employees.operations.people import NewEmployee, RowRefused, register_employees
from careerpath.employees.queries.narrowing import Narrowing
from careerpath.employees.queries.people import PeopleFilters, conditions
from careerpath.employees.queries.serving import main_posting_on
from careerpath.employees.sheets import given
from careerpath.employees.sheets.columns import roster_spec
from careerpath.employees.sheets.current import Filed, filed, roster_row
from careerpath.employees.sheets.emptied import EMPTIED
from careerpath.employees.sheets.readers import MASKED
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
from careerpath.words import Message, Refused, msg

PIECE = 500
LISTED_UNITS = 300
"""With more units than this a drop-down helps nobody: they are typed."""

NEEDED = ("name", "identity", "joined_community_on", "posting_unit", "posting_post")
_YEAR = re.compile(r"(\d{4})年(病假|事假|旷工)天数")


class EmployeesDesk(Desk):
    """The roster (花名册)."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """The columns with the days of absence of a year, by default of the present one."""
        return roster_spec(about.year or clock.today().year)

    def about_in(self, actor: Actor, workbook: Workbook, about: About) -> About:
        """The year that stands in the headings of the days of absence."""
        for sheet in workbook.sheets:
            for row in islice(sheet.rows(), 10) if sheet.extent.rows else ():
                for cell in row:
                    if isinstance(cell, str) and (match := _YEAR.search(cell)):
                        return replace(about, year=int(match[1]))
        return about

    def lists(self, actor: Actor, about: About) -> Mapping[str, Sequence[str]]:
        """The units, where they are few enough to choose from."""
        names = UnitNames(actor, Permission.EMPLOYEE_EDIT).path_texts()
        return {"posting_unit": names} if 0 < len(names) <= LISTED_UNITS else {}

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by number, else by identity number; then cell by cell. Two queries for each 500 rows, and facts."""
        return _Comparing(actor, read, spec, about.year or clock.today().year).done()

    def export(self, actor: Actor, wish: Wish) -> Export:
        """People of the list, or of a unit, as on a day; full identity numbers only where the wish says so."""
        on = wish.on or clock.today()
        chosen = _chosen(actor, wish, on)
        query = select(Employee.id).join(Unit, Unit.id == Employee.unit_id).where(*chosen)
        ids = db.session.scalars(query.order_by(Unit.code, Employee.number)).all()
        serial = {employee_id: number for number, employee_id in enumerate(ids, 1)}
        units = UnitNames(actor, Permission.EMPLOYEE_EXPORT)

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            employees = db.session.scalars(select(Employee).where(Employee.id.in_(piece))).all()
            people = filed(employees, on, on.year)
            units.know(person.facts["posting"].unit_id for person in people.values() if "posting" in person.facts)
            for employee_id in piece:
                if employee_id in people:
                    row = roster_row(people[employee_id], units, reveal=wish.reveal, contact=wish.contact)
                    yield row | {"serial": serial[employee_id]}

        where = ""
        if wish.unit_id is not None:
            where = fetch_unit(actor, wish.unit_id, Permission.EMPLOYEE_EXPORT).short_name
        notes: tuple[Message, ...] = (msg("截至 %(on)s，共 %(count)s 人。", on=on, count=len(ids)),)
        if not wish.reveal:
            notes += (msg("身份证号已遮盖；原样导入时按编号核对，号码保持不变。"),)
        if not wish.contact:
            notes += (msg("本文件在服务器上保留数日，手机号已遮盖，不含家庭住址。"),)
        pieces = [ids[start : start + PIECE] for start in range(0, len(ids), PIECE)]
        return Export(roster_spec(on.year), f"{where}花名册", notes, pieces, rows)


def _chosen(actor: Actor, wish: Wish, on: date) -> list[Any]:
    """Who goes out: those whose file is the actor's today; of an earlier day, those who served then."""
    known = {name: wish.filters[name] for name in PeopleFilters.__dataclass_fields__ if wish.filters.get(name)}
    known.pop("unit_id", None)
    more = {name: wish.filters[name] for name in Narrowing.__dataclass_fields__ if wish.filters.get(name)}
    found: list[Any] = [within(actor, Employee.unit_id, Permission.EMPLOYEE_EXPORT)]
    past = on != clock.today()
    unit_id = None if past else wish.unit_id
    filters = PeopleFilters(**({"status": "all"} if past else {}) | known, unit_id=unit_id, more=Narrowing(**more))
    found += conditions(actor, filters)
    if past:
        served = [*main_posting_on(on)]
        if wish.unit_id is not None:
            path = fetch_unit(actor, wish.unit_id, Permission.EMPLOYEE_EXPORT).path
            served.append(Posting.unit_id.in_(select(Unit.id).where(Unit.path.startswith(path, autoescape=True))))
        found += [
            exists().where(*served),
            Employee.joined_community_on <= on,
            or_(Employee.left_on.is_(None), Employee.left_on >= on),
        ]
    return found


@dataclass(slots=True)
class _Line:
    """One row on its way to an outcome."""

    row: Row
    findings: Findings
    number: str
    identity: str
    index: str
    """The blind index of a full identity number."""

    def cell(self, key: str) -> object:
        """A value; ``None`` where the column is absent or nothing is said."""
        return self.row.values.get(key)


class _Comparing:
    """A roster held against the files there are."""

    def __init__(self, actor: Actor, read: ReadResult, spec: SheetSpec, year: int) -> None:
        self.actor, self.spec, self.year, self.notes = actor, spec, year, read.notes
        self.columns = {column.key: column for column in spec.columns}
        self.on = clock.today()
        self.units = UnitNames(actor, Permission.EMPLOYEE_EDIT)
        self.lines = [self._line(row) for row in read.rows if set(_filled(row)) - {"serial"}]
        self.by_number: dict[str, Employee] = {}
        self.by_index: dict[str, Employee] = {}
        self.paths: dict[int, str] = {}
        self._match()
        own = [employee for employee in self._matched() if self._is_own(employee)]
        self.people = filed(own, self.on, year)
        self.units.know(person.facts["posting"].unit_id for person in self.people.values() if person.facts)
        self.new: list[tuple[_Line, NewEmployee]] = []
        self.changes: list[tuple[_Line, EmployeeChange]] = []

    def done(self) -> Comparison:
        """Every row's outcome, and how to write them."""
        self._mark_twice()
        outcomes = [self._outcome(line) for line in self.lines]
        return Comparison(outcomes, self.notes, self._write)

    def _write(self, actor: Actor) -> None:
        for lines, work in (
            ([line for line, _ in self.new], lambda: register_employees(actor, [one for _, one in self.new])),
            ([line for line, _ in self.changes], lambda: change_employees(actor, [one for _, one in self.changes])),
        ):
            if not lines:
                continue
            try:
                work()
            except RowRefused as refused:
                line = lines[refused.row]
                raise RowFault(line.row.number, str(line.cell("name") or ""), refused.why) from refused

    def _line(self, row: Row) -> _Line:
        number, identity = row.values.get("number"), row.values.get("identity")
        full = isinstance(identity, str) and not MASKED.fullmatch(identity)
        return _Line(
            row,
            Findings(row, self.spec),
            number if isinstance(number, str) else "",
            identity if isinstance(identity, str) else "",
            vault().index(str(identity)) if full else "",
        )

    def _match(self) -> None:
        for column, wanted, found in (
            (Employee.number, [line.number for line in self.lines if line.number], self.by_number),
            (Employee.identity_index, [line.index for line in self.lines if line.index], self.by_index),
        ):
            values = sorted(set(wanted))
            for start in range(0, len(values), PIECE):
                query = select(Employee, Unit.path).join(Unit, Unit.id == Employee.unit_id)
                for employee, path in db.session.execute(query.where(column.in_(values[start : start + PIECE]))):
                    found[getattr(employee, column.key)] = employee
                    self.paths[employee.id] = path

    def _matched(self) -> list[Employee]:
        return list(
            {employee.id: employee for employee in [*self.by_number.values(), *self.by_index.values()]}.values()
        )

    def _is_own(self, employee: Employee) -> bool:
        return self.actor.can(Permission.EMPLOYEE_EDIT, self.paths[employee.id])

    def _mark_twice(self) -> None:
        """Name both rows where an identity number, a file number or a person comes twice."""
        for key, name, message in (
            ("identity", lambda line: line.index, msg("身份证号")),
            ("number", lambda line: line.number, msg("编号")),
            ("name", self._person_of, msg("所指的人员")),
        ):
            seen: dict[object, list[_Line]] = {}
            for line in self.lines:
                if value := name(line):
                    seen.setdefault(value, []).append(line)
            for lines in seen.values():
                for line in lines if len(lines) > 1 else ():
                    others = "、".join(str(other.row.number) for other in lines if other is not line)
                    if key != "name" or not {"identity", "number"} & set(line.findings.wrongs):
                        line.findings.add(
                            key, msg("%(what)s与第 %(rows)s 行相同。请只保留一行。", what=message, rows=others)
                        )

    def _person_of(self, line: _Line) -> int:
        employee = self.by_number.get(line.number) or self.by_index.get(line.index)
        return employee.id if employee else 0

    def _outcome(self, line: _Line) -> Outcome:
        person = self._person(line)
        unit = self._unit(line)
        name = str(line.cell("name") or (person.employee.name if person else ""))
        code = person.employee.number if person else line.number
        if unit is None or any(line.cell(key) is None for key in NEEDED) or line.findings.wrongs:
            return line.findings.outcome(RowState.WRONG, code, name)
        wrongs = given.Findings()
        if person is None:
            made = given.new_employee(line.row.values, unit, self.on, self.year, wrongs)
            changes = self._new_cells(line, unit)
            if made is not None:
                self.new.append((line, made))
        else:
            found = given.difference(person, line.row.values, unit, self.on, self.year, wrongs)
            changes = [self._change(key, old, new) for key, (old, new) in found.cells.items()]
            if found.change is not None:
                self.changes.append((line, found.change))
        for key, message in wrongs.faults.items():
            line.findings.add(key, message)
        state = RowState.NEW if person is None else RowState.CHANGED if changes else RowState.UNCHANGED
        return line.findings.outcome(state, code, name, changes)

    def _person(self, line: _Line) -> Filed | None:
        """The file that a row means, or ``None`` for a new one; what contradicts itself becomes a fault."""
        numbered, known = self.by_number.get(line.number), self.by_index.get(line.index)
        add = line.findings.add
        if known is not None and not self._is_own(known):
            add("identity", msg("该身份证号码已在其他单位登记，请联系区级主管部门办理调动。"))
            return None
        if numbered is not None and not self._is_own(numbered):
            add("number", msg("编号“%(number)s”已被使用，请核对；新进人员可留空，由系统编号。", number=line.number))
            return None
        if known is not None and line.number and known is not numbered:
            add(
                "number",
                msg(
                    "身份证号属于%(name)s，档案编号为 %(number)s，与本行编号不符，请核对。",
                    name=known.name,
                    number=known.number,
                ),
            )
            return None
        if numbered is not None and known is None and not self._fits(line, numbered):
            return None
        if numbered is None and line.identity and not line.index:
            add("number", msg("号码已遮盖的行按编号核对，请填写正确的编号。"))
            return None
        employee = numbered or known
        return self.people[employee.id] if employee else None

    def _fits(self, line: _Line, employee: Employee) -> bool:
        """Whether a row that names a file by number can be that person."""
        if line.identity and not line.index and line.identity != employee.identity_masked:
            line.findings.add("identity", msg("遮盖的号码与编号 %(number)s 的档案不符，请核对。", number=line.number))
            return False
        if line.index and line.cell("name") not in (None, employee.name):
            message = "编号 %(number)s 的档案是“%(name)s”，与本行的姓名和身份证号都不符，请核对编号。"
            line.findings.add("number", msg(message, number=line.number, name=employee.name))
            return False
        return True

    def _unit(self, line: _Line) -> Unit | None:
        text = line.cell("posting_unit")
        if not isinstance(text, str):
            return None
        try:
            return self.units.find(text)
        except Refused as refusal:
            line.findings.add("posting_unit", refusal.message)
            return None

    def _new_cells(self, line: _Line, unit: Unit) -> list[CellChange]:
        said = ((key, line.cell(key)) for key in line.row.values)
        cells = [self._change(key, None, value) for key, value in said if value not in (None, EMPTIED, "")]
        return [change for change in cells if change.key not in ("serial", "sex", "born_on")]

    def _change(self, key: str, old: object, new: object) -> CellChange:
        return CellChange(key, self.columns[key].title, self._shown(key, old), self._shown(key, new))

    def _shown(self, key: str, value: object) -> str:
        if value is EMPTIED:
            return ""
        if key == "posting_unit" and value is not None:
            return self.units.path_text(value if isinstance(value, int) else self.units.find(str(value)).id)
        if key == "identity" and isinstance(value, str) and not MASKED.fullmatch(value):
            return f"{value[:6]}********{value[14:]}"
        return shown(self.columns[key], value)


def _filled(row: Row) -> list[str]:
    return [key for key, cell in row.raw.items() if cell is not None and str(cell).strip()]
