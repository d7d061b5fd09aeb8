"""Declared contribution bases in and out: what holds is handed out, edited, and brought back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.models import Employee
from careerpath.pay.models import ContributionBase
from careerpath.pay.operations.bases import NewBase, check_base, correct_base, declare_base
from careerpath.pay.sheets.bases import BASES_SPEC
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

Entry = tuple[Row, Employee, NewBase, int | None]
"""A row with its person, what is declared, and the base that it corrects."""


class BasesDesk(Desk):
    """Declared contribution bases."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return BASES_SPEC

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by number among the people whose bases the actor keeps. Two queries for each 500 rows."""
        people, bases = _standing(actor, [str(row.values.get("number") or "") for row in read.rows])
        entries: list[Entry] = []
        first: dict[str, int] = {}
        outcomes = []
        for row in read.rows:
            findings = Findings(row, spec)
            number = str(row.values.get("number") or "")
            earlier = first.setdefault(number, row.number)
            if number and earlier != row.number:
                findings.add("number", msg("编号与第 %(row)s 行相同。请只保留一行。", row=earlier))
            person = people.get(number)
            outcome, entry = _outcome(row, findings, person, bases.get(person.id, {}) if person else {}, spec)
            outcomes.append(outcome)
            if entry is not None and outcome.state in (RowState.NEW, RowState.CHANGED):
                entries.append(entry)
        return Comparison(outcomes, read.notes, lambda writer: _write(writer, entries))

    def export(self, actor: Actor, wish: Wish) -> Export:
        """People in service on a day with the base that holds then."""
        on = wish.on or clock.today()
        conditions: list[Any] = [
            within(actor, Employee.unit_id, Permission.PAY_VIEW),
            Employee.joined_community_on <= on,
            or_(Employee.left_on.is_(None), Employee.left_on >= on),
        ]
        where = ""
        if wish.unit_id is not None:
            unit = fetch_unit(actor, wish.unit_id, Permission.PAY_VIEW)
            conditions.append(below(Employee.unit_id, unit.path))
            where = unit.short_name
        ids = db.session.scalars(select(Employee.id).where(*conditions).order_by(Employee.number)).all()

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            return _export_rows(piece, on)

        notes = (msg("截至 %(on)s，共 %(count)s 人。", on=on, count=len(ids)),)
        pieces = [ids[at : at + PIECE] for at in range(0, len(ids), PIECE)]
        return Export(BASES_SPEC, f"{where}申报缴费基数", notes, pieces, rows)


def _standing(
    actor: Actor, numbers: Sequence[str]
) -> tuple[dict[str, Employee], dict[int, dict[date, ContributionBase]]]:
    people: dict[str, Employee] = {}
    bases: dict[int, dict[date, ContributionBase]] = {}
    for at in range(0, len(numbers), PIECE):
        some = select(Employee).where(
            Employee.number.in_(numbers[at : at + PIECE]), within(actor, Employee.unit_id, Permission.PAY_PROPOSE)
        )
        found = {one.number: one for one in db.session.scalars(some)}
        people |= found
        held = select(ContributionBase).where(
            ContributionBase.employee_id.in_([one.id for one in found.values()]),
            ContributionBase.superseded_at.is_(None),
        )
        for base in db.session.scalars(held):
            bases.setdefault(base.employee_id, {})[base.starts_on] = base
    return people, bases


def _outcome(
    row: Row, findings: Findings, person: Employee | None, held: Mapping[date, ContributionBase], spec: SheetSpec
) -> tuple[Outcome, Entry | None]:
    number, name = str(row.values.get("number") or ""), str(row.values.get("name") or "")
    if person is None:
        if number:
            message = "没有编号为 %(number)s 的人员，或者不在您的管辖范围内。请核对编号。"
            findings.add("number", msg(message, number=number))
        return findings.outcome(RowState.WRONG, number, name), None
    if name and name != person.name:
        findings.add("name", msg("编号 %(number)s 是“%(name)s”，请核对。", number=number, name=person.name))
    amount, starts_on = row.values.get("amount"), row.values.get("starts_on")
    if amount is None:
        # Without an amount the row says nothing, whatever month stands beside it.
        return findings.outcome(RowState.UNCHANGED, number, person.name), None
    if not isinstance(starts_on, date) or not isinstance(amount, Decimal):
        findings.add("starts_on", msg("填写了缴费基数，请同时填写执行起始月份，例如 2025.07。"))
        return findings.outcome(RowState.WRONG, number, person.name), None
    given = NewBase(starts_on, amount)
    try:
        check_base(person, given)
    except Refused as refusal:
        findings.add(refusal.field or "", refusal.message)
    standing = held.get(starts_on)
    if standing is not None and standing.amount == amount:
        return findings.outcome(RowState.UNCHANGED, number, person.name), None
    changes = [_change(spec, "amount", None if standing is None else standing.amount, amount)]
    if standing is None:
        changes.append(_change(spec, "starts_on", None, starts_on))
    state = RowState.NEW if standing is None else RowState.CHANGED
    entry = row, person, given, None if standing is None else standing.id
    return findings.outcome(state, number, person.name, changes), entry


def _change(spec: SheetSpec, key: str, old: object, new: object) -> CellChange:
    column = spec.column(key)
    return CellChange(key, column.title, shown(column, old), shown(column, new))


def _write(actor: Actor, entries: Sequence[Entry]) -> None:
    for row, person, given, replaced in entries:
        try:
            if replaced is None:
                declare_base(actor, person.id, given)
            else:
                correct_base(actor, person.id, replaced, given)
        except Unmet as unmet:
            raise RowFault(row.number, person.name, unmet) from unmet


def _export_rows(piece: Sequence[int], on: date) -> Iterable[Mapping[str, object]]:
    last = (
        select(ContributionBase.employee_id, func.max(ContributionBase.starts_on).label("starts_on"))
        .where(ContributionBase.superseded_at.is_(None), ContributionBase.starts_on <= on)
        .group_by(ContributionBase.employee_id)
        .subquery()
    )
    query = (
        select(Employee.number, Employee.name, Unit.short_name, ContributionBase.amount, ContributionBase.starts_on)
        .join(Unit, Unit.id == Employee.unit_id)
        .outerjoin(last, last.c.employee_id == Employee.id)
        .outerjoin(
            ContributionBase,
            and_(
                ContributionBase.employee_id == Employee.id,
                ContributionBase.starts_on == last.c.starts_on,
                ContributionBase.superseded_at.is_(None),
            ),
        )
        .where(Employee.id.in_(piece))
        .order_by(Employee.number)
    )
    for number, name, unit, amount, starts_on in db.session.execute(query):
        yield {"number": number, "name": name, "unit": unit, "amount": amount, "starts_on": starts_on}
