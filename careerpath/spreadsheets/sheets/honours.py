"""Honours and mandates in and out: what stands is handed out, edited, and brought back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.models import Employee, Honour
from careerpath.employees.operations.facts import Life, NewHonour, check_fact, title_of
from careerpath.employees.operations.history import add_fact, correct_fact
from careerpath.employees.sheets.honours import HONOURS_SPEC
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
from careerpath.words import Refused, Unmet, msg

PIECE = 500
GIVEN = ("level", "ends_on", "granted_by", "document")
"""What of an honour a row may correct; the rest says which honour it is about."""

Key = tuple[str, str, date]
"""Kind, title and first day of an honour."""
Entry = tuple[Row, Employee, NewHonour, int | None]
"""A row with its person, the honour, and the fact that it corrects."""


class HonoursDesk(Desk):
    """Honours and mandates."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return HONOURS_SPEC

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by number among the people whose files the actor keeps. Two queries for each 500 rows."""
        people, honours = _standing(actor, sorted({str(row.values.get("number") or "") for row in read.rows}))
        entries: list[Entry] = []
        first: dict[tuple[str, Key], int] = {}
        outcomes = []
        for row in read.rows:
            findings = Findings(row, spec)
            number = str(row.values.get("number") or "")
            person = people.get(number)
            given = _given(row)
            if given is not None:
                earlier = first.setdefault((number, _key(given)), row.number)
                if earlier != row.number:
                    findings.add("title", msg("与第 %(row)s 行是同一人的同一荣誉。请只保留一行。", row=earlier))
            outcome, entry = _outcome(row, findings, person, given, honours.get(person.id, {}) if person else {}, spec)
            outcomes.append(outcome)
            if entry is not None and outcome.state in (RowState.NEW, RowState.CHANGED):
                entries.append(entry)
        return Comparison(outcomes, read.notes, lambda writer: _write(writer, entries))

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Every honour of people who serve on a day."""
        on = wish.on or clock.today()
        conditions: list[Any] = [
            within(actor, Employee.unit_id, Permission.EMPLOYEE_EXPORT),
            Employee.joined_community_on <= on,
            or_(Employee.left_on.is_(None), Employee.left_on >= on),
            Honour.superseded_at.is_(None),
            Honour.granted_on <= on,
        ]
        where = ""
        if wish.unit_id is not None:
            unit = fetch_unit(actor, wish.unit_id, Permission.EMPLOYEE_EXPORT)
            conditions.append(below(Employee.unit_id, unit.path))
            where = unit.short_name
        query = select(Honour.id).join(Employee, Employee.id == Honour.employee_id).where(*conditions)
        ids = db.session.scalars(query.order_by(Employee.number, Honour.granted_on, Honour.id)).all()
        notes = (msg("截至 %(on)s，共 %(count)s 项。", on=on, count=len(ids)),)
        pieces = [ids[at : at + PIECE] for at in range(0, len(ids), PIECE)]
        return Export(HONOURS_SPEC, f"{where}荣誉和两代表一委员", notes, pieces, _export_rows)


def _standing(actor: Actor, numbers: Sequence[str]) -> tuple[dict[str, Employee], dict[int, dict[Key, Honour]]]:
    people: dict[str, Employee] = {}
    honours: dict[int, dict[Key, Honour]] = {}
    for at in range(0, len(numbers), PIECE):
        some = select(Employee).where(
            Employee.number.in_(numbers[at : at + PIECE]), within(actor, Employee.unit_id, Permission.EMPLOYEE_EDIT)
        )
        found = {one.number: one for one in db.session.scalars(some)}
        people |= found
        held = select(Honour).where(
            Honour.employee_id.in_([one.id for one in found.values()]), Honour.superseded_at.is_(None)
        )
        for honour in db.session.scalars(held):
            honours.setdefault(honour.employee_id, {})[_key(honour)] = honour
    return people, honours


def _key(honour: Honour | NewHonour) -> Key:
    title = title_of(honour) if isinstance(honour, NewHonour) else honour.title
    return honour.kind, title, honour.granted_on


def _given(row: Row) -> NewHonour | None:
    """The honour of a row; nothing where a cell that says which one it is cannot be read."""
    cells = row.values
    kind, level, granted_on = cells.get("kind"), cells.get("level"), cells.get("granted_on")
    if not (isinstance(kind, str) and isinstance(level, str) and isinstance(granted_on, date)):
        return None
    ends_on = cells.get("ends_on")
    return NewHonour(
        kind=kind,
        level=level,
        granted_on=granted_on,
        ends_on=ends_on if isinstance(ends_on, date) else None,
        title=str(cells.get("title") or ""),
        granted_by=str(cells.get("granted_by") or ""),
        document=str(cells.get("document") or ""),
    )


def _outcome(
    row: Row,
    findings: Findings,
    person: Employee | None,
    given: NewHonour | None,
    held: Mapping[Key, Honour],
    spec: SheetSpec,
) -> tuple[Outcome, Entry | None]:
    number, name = str(row.values.get("number") or ""), str(row.values.get("name") or "")
    if person is None:
        if number:
            message = "没有编号为 %(number)s 的人员，或者不在您的管辖范围内。请核对编号。"
            findings.add("number", msg(message, number=number))
        return findings.outcome(RowState.WRONG, number, name), None
    if name and name != person.name:
        findings.add("name", msg("编号 %(number)s 是“%(name)s”，请核对。", number=number, name=person.name))
    if given is None:
        return findings.outcome(RowState.WRONG, number, person.name), None
    standing = held.get(_key(given))
    if standing is not None:
        # An empty cell takes nothing away.
        given = replace(given, **{key: getattr(standing, key) for key in GIVEN if row.values.get(key) is None})
    try:
        check_fact(given, Life(person.born_on, person.joined_community_on, person.left_on), clock.today())
    except Refused as refusal:
        findings.add(refusal.field or "", refusal.message)
    columns = GIVEN if standing is not None else ("kind", "title", "granted_on", *GIVEN)
    changes = [
        CellChange(key, spec.column(key).title, shown(spec.column(key), old), shown(spec.column(key), new))
        for key in columns
        for old, new in [(getattr(standing, key, None) or None, getattr(given, key) or None)]
        if old != new
    ]
    if not changes:
        return findings.outcome(RowState.UNCHANGED, number, person.name), None
    entry = row, person, given, standing.id if standing is not None else None
    state = RowState.NEW if standing is None else RowState.CHANGED
    return findings.outcome(state, number, person.name, changes), entry


def _write(actor: Actor, entries: Sequence[Entry]) -> None:
    for row, person, given, replaced in entries:
        try:
            if replaced is None:
                add_fact(actor, person.id, given)
            else:
                correct_fact(actor, person.id, replaced, given)
        except Unmet as unmet:
            raise RowFault(row.number, person.name, unmet) from unmet


def _export_rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = (
        select(Employee.number, Employee.name, Unit.short_name, Honour)
        .join(Employee, Employee.id == Honour.employee_id)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(Honour.id.in_(piece))
        .order_by(Employee.number, Honour.granted_on, Honour.id)
    )
    for number, name, unit, honour in db.session.execute(query):
        cells = {key: getattr(honour, key) for key in ("kind", "title", "granted_on", *GIVEN)}
        yield {"number": number, "name": name, "unit": unit, **cells}
