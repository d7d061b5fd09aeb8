"""Tries at the national exam and degree courses, in and out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.models import Certificate, Employee
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
from careerpath.spreadsheets.sheets.numbered import people_of, person_of, pieces_of
from careerpath.training.models import CertificateTry, DegreeStudy, StudyState, TryState
from careerpath.training.operations.studies import StudyGiven, change_study, support_study
from careerpath.training.operations.tries import TryGiven, TryResult, change_try, record_try, register_try
from careerpath.training.sheets.studies import STUDIES_SPEC, TRIES_SPEC
from careerpath.words import Unmet, msg

TRY_COLUMNS = ("registered_on", "support", "note")
STUDY_COLUMNS = ("school", "major", "expected_on", "support", "amount")


class TriesDesk(Desk):
    """Tries at the national exam."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return TRIES_SPEC

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by number, grade and year. Two queries for each 500 rows."""
        comparing = _Tries(actor, read, spec)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The tries of a year, or of all, of the people of a unit."""
        conditions, where = _people(actor, wish)
        if wish.year is not None:
            conditions.append(CertificateTry.year == wish.year)
        if wish.on is not None:
            conditions.append(CertificateTry.registered_on <= wish.on)
        query = select(CertificateTry.id).join(Employee, Employee.id == CertificateTry.employee_id).where(*conditions)
        ids = db.session.scalars(query.order_by(CertificateTry.year.desc(), Employee.number, CertificateTry.id)).all()
        notes = (msg("截至 %(on)s，共 %(count)s 人次。", on=wish.on or clock.today(), count=len(ids)),)
        return Export(TRIES_SPEC, f"{where}职业资格考试", notes, pieces_of(ids), _try_rows)


class StudiesDesk(Desk):
    """Degree courses."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return STUDIES_SPEC

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by number, diploma and first day. Two queries for each 500 rows."""
        comparing = _Studies(actor, read, spec)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The courses of the people of a unit that had begun by a day."""
        on = wish.on or clock.today()
        conditions, where = _people(actor, wish)
        query = select(DegreeStudy.id).join(Employee, Employee.id == DegreeStudy.employee_id)
        query = query.where(*conditions, DegreeStudy.starts_on <= on)
        ids = db.session.scalars(query.order_by(Employee.number, DegreeStudy.starts_on, DegreeStudy.id)).all()
        notes = (msg("截至 %(on)s，共 %(count)s 项。", on=on, count=len(ids)),)
        return Export(STUDIES_SPEC, f"{where}在职学历教育", notes, pieces_of(ids), _study_rows)


def _people(actor: Actor, wish: Wish) -> tuple[list[Any], str]:
    conditions: list[Any] = [within(actor, Employee.unit_id, Permission.TRAINING_VIEW)]
    if wish.unit_id is None:
        return conditions, ""
    unit = fetch_unit(actor, wish.unit_id, Permission.TRAINING_VIEW)
    return [*conditions, below(Employee.unit_id, unit.path)], unit.short_name


class _Tries:
    """Rows held against the tries that are kept."""

    def __init__(self, actor: Actor, read: ReadResult, spec: SheetSpec) -> None:
        self.spec = spec
        self.people = people_of(actor, read, Permission.TRAINING_HOLD)
        self.known: dict[tuple[int, str, int], CertificateTry] = {}
        for ids in pieces_of(person.id for person in self.people.values()):
            for attempt in db.session.scalars(select(CertificateTry).where(CertificateTry.employee_id.in_(ids))):
                self.known[attempt.employee_id, attempt.grade, attempt.year] = attempt
        self.first: dict[tuple[int, str, int], int] = {}
        self.work: list[tuple[Row, Employee, TryGiven, CertificateTry | None, TryResult | None, bool]] = []

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        findings, cells = Findings(row, self.spec), row.values
        person = person_of(row, findings, self.people)
        number, name = str(cells.get("number") or ""), str(cells.get("name") or "")
        grade, year, registered_on = cells.get("grade"), cells.get("year"), cells.get("registered_on")
        if person is None or grade is None or not isinstance(year, int) or not isinstance(registered_on, date):
            return findings.outcome(RowState.WRONG, number, name)
        key = (person.id, str(grade), year)
        earlier = self.first.setdefault(key, row.number)
        if earlier != row.number:
            findings.add("grade", msg("与第 %(row)s 行是同一人的同一次考试。请只保留一行。", row=earlier))
        standing = self.known.get(key)
        given = TryGiven(str(grade), year, registered_on, str(cells.get("support") or ""), str(cells.get("note") or ""))
        if standing is not None:
            # An empty cell takes nothing away.
            given = replace(
                given, **{key: getattr(standing, key) for key in ("support", "note") if cells.get(key) is None}
            )
        result = self._result(cells, findings, standing)
        changes = self._changes(row, given, standing, result)
        altered = standing is None or any(getattr(standing, key) != getattr(given, key) for key in TRY_COLUMNS)
        if altered and standing is not None and standing.state is not TryState.REGISTERED:
            findings.add("state", msg("这次考试已登记结果，请在页面撤销结果后再修改。"))
        state = RowState.NEW if standing is None else RowState.CHANGED if changes else RowState.UNCHANGED
        outcome = findings.outcome(state, number, person.name, changes)
        if outcome.state in (RowState.NEW, RowState.CHANGED):
            self.work.append((row, person, given, standing, result, altered))
        return outcome

    def write(self, actor: Actor) -> None:
        """Do what the outcomes say."""
        for row, person, given, standing, result, altered in self.work:
            try:
                if standing is None:
                    try_id = register_try(actor, person.id, given)
                else:
                    try_id = standing.id
                    if altered:
                        change_try(actor, try_id, given, standing.version)
                if result is not None:
                    record_try(actor, try_id, result)
            except Unmet as unmet:
                raise RowFault(row.number, person.name, unmet) from unmet

    def _result(
        self, cells: Mapping[str, object], findings: Findings, standing: CertificateTry | None
    ) -> TryResult | None:
        state, result_on, obtained_on = cells.get("state"), cells.get("result_on"), cells.get("obtained_on")
        if not isinstance(state, TryState) or state is TryState.REGISTERED:
            return None
        if standing is not None and standing.state is not TryState.REGISTERED:
            if standing.state is not state:
                findings.add("state", msg("这次考试已登记别的结果，请在页面撤销结果后再登记。"))
            return None
        if not isinstance(result_on, date):
            findings.add("result_on", msg("填写结果的，请同时填写公布日期。"))
            return None
        if result_on > clock.today():
            findings.add("result_on", msg("公布日期 %(on)s 晚于今天，请核对。", on=result_on))
        if isinstance(obtained_on, date) and state is not TryState.PASSED:
            findings.add("obtained_on", msg("未通过考试的不填写取得证书的日期。"))
        until = obtained_on if isinstance(obtained_on, date) else None
        return TryResult(state, result_on, until, str(cells.get("certificate_number") or ""))

    def _changes(
        self, row: Row, given: TryGiven, standing: CertificateTry | None, result: TryResult | None
    ) -> list[CellChange]:
        before = {key: getattr(standing, key, None) or None for key in ("grade", "year", *TRY_COLUMNS)}
        after = {key: getattr(given, key) or None for key in before}
        if result is not None:
            before |= {"state": standing.state if standing else None, "result_on": None}
            after |= {"state": result.state, "result_on": result.result_on}
        return _differences(self.spec, before, after)


class _Studies:
    """Rows held against the degree courses that are kept."""

    def __init__(self, actor: Actor, read: ReadResult, spec: SheetSpec) -> None:
        self.spec = spec
        self.people = people_of(actor, read, Permission.TRAINING_HOLD)
        self.known: dict[tuple[int, str, date], DegreeStudy] = {}
        for ids in pieces_of(person.id for person in self.people.values()):
            for study in db.session.scalars(select(DegreeStudy).where(DegreeStudy.employee_id.in_(ids))):
                self.known[study.employee_id, study.level, study.starts_on] = study
        self.first: dict[tuple[int, str, date], int] = {}
        self.work: list[tuple[Row, Employee, StudyGiven, DegreeStudy | None]] = []

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        findings, cells = Findings(row, self.spec), row.values
        person = person_of(row, findings, self.people)
        number, name = str(cells.get("number") or ""), str(cells.get("name") or "")
        level, starts_on, expected_on = cells.get("level"), cells.get("starts_on"), cells.get("expected_on")
        if person is None or level is None or not isinstance(starts_on, date) or not isinstance(expected_on, date):
            return findings.outcome(RowState.WRONG, number, name)
        key = (person.id, str(level), starts_on)
        earlier = self.first.setdefault(key, row.number)
        if earlier != row.number:
            findings.add("level", msg("与第 %(row)s 行是同一人的同一项学业。请只保留一行。", row=earlier))
        standing, amount = self.known.get(key), cells.get("amount")
        if expected_on < starts_on:
            findings.add("expected_on", msg("预计毕业日期早于入学日期，请核对。"))
        if starts_on > clock.today():
            findings.add("starts_on", msg("入学日期 %(on)s 晚于今天，请在入学后登记。", on=starts_on))
        given = StudyGiven(
            str(level),
            str(cells.get("school") or ""),
            str(cells.get("major") or ""),
            starts_on,
            expected_on,
            str(cells.get("support") or ""),
            amount if isinstance(amount, Decimal) else None,
        )
        if standing is not None:
            # An empty cell takes nothing away.
            kept = {key: getattr(standing, key) for key in ("major", "support", "amount") if cells.get(key) is None}
            given = replace(given, note=standing.note, **kept)
        before = {key: getattr(standing, key, None) or None for key in ("level", "starts_on", *STUDY_COLUMNS)}
        changes = _differences(self.spec, before, {key: getattr(given, key) or None for key in before})
        if changes and standing is not None and standing.state is not StudyState.STUDYING:
            findings.add("state", msg("这项学业已经结束，请在页面恢复在读后再修改。"))
        state = RowState.NEW if standing is None else RowState.CHANGED if changes else RowState.UNCHANGED
        outcome = findings.outcome(state, number, person.name, changes)
        if outcome.state in (RowState.NEW, RowState.CHANGED):
            self.work.append((row, person, given, standing))
        return outcome

    def write(self, actor: Actor) -> None:
        """Do what the outcomes say."""
        for row, person, given, standing in self.work:
            try:
                if standing is None:
                    support_study(actor, person.id, given)
                else:
                    change_study(actor, standing.id, given, standing.version)
            except Unmet as unmet:
                raise RowFault(row.number, person.name, unmet) from unmet


def _differences(spec: SheetSpec, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[CellChange]:
    return [
        CellChange(key, spec.column(key).title, shown(spec.column(key), old), shown(spec.column(key), after[key]))
        for key, old in before.items()
        if old != after[key]
    ]


def _try_rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = (
        select(Employee.number, Employee.name, Unit.short_name, CertificateTry, Certificate)
        .join(Employee, Employee.id == CertificateTry.employee_id)
        .join(Unit, Unit.id == Employee.unit_id)
        .outerjoin(Certificate, Certificate.id == CertificateTry.certificate_id)
        .where(CertificateTry.id.in_(piece))
        .order_by(CertificateTry.year.desc(), Employee.number, CertificateTry.id)
    )
    for number, name, unit, attempt, certificate in db.session.execute(query):
        cells = {key: getattr(attempt, key) or None for key in ("grade", "year", "state", "result_on", *TRY_COLUMNS)}
        if certificate is not None:
            cells |= {
                "obtained_on": certificate.obtained_on,
                "certificate_number": certificate.certificate_number or None,
            }
        yield {"number": number, "name": name, "unit": unit, **cells}


def _study_rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = (
        select(Employee.number, Employee.name, Unit.short_name, DegreeStudy)
        .join(Employee, Employee.id == DegreeStudy.employee_id)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(DegreeStudy.id.in_(piece))
        .order_by(Employee.number, DegreeStudy.starts_on, DegreeStudy.id)
    )
    for number, name, unit, study in db.session.execute(query):
        cells = {
            key: getattr(study, key) or None for key in ("level", "starts_on", "state", "ended_on", *STUDY_COLUMNS)
        }
        yield {"number": number, "name": name, "unit": unit, **cells, "paid": study.paid}
