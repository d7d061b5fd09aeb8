"""Logs of pairings, in and out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Mentor, MentoringLog, Pairing, PairingState
from careerpath.mentoring.operations.logs import LogGiven, change_log, write_logs
from careerpath.mentoring.sheets.columns import LOGS_SPEC
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
from careerpath.spreadsheets.sheets.numbered import PIECE, people_of, person_of, pieces_of
from careerpath.words import Unmet, msg

GIVEN = ("hours", "text")
"""What of a log a row may set right; the rest says which one it is about."""

Key = tuple[int, date, str]
"""Pairing, day and topic of a log."""


class LogsDesk(Desk):
    """The logs of the actor's pairings."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return LOGS_SPEC

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by agreement, mentee, day and topic. Three queries for each 500 people."""
        comparing = _Comparing(actor, read)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The logs up to a day of the pairings that were not dropped, newest first."""
        on, where = wish.on or clock.today(), ""
        conditions = [
            within(actor, Pairing.unit_id, Permission.MENTORING_VIEW),
            Pairing.state != PairingState.DROPPED,
            MentoringLog.on <= on,
        ]
        if wish.unit_id is not None:
            unit = fetch_unit(actor, wish.unit_id, Permission.MENTORING_VIEW)
            conditions.append(below(Pairing.unit_id, unit.path))
            where = unit.short_name
        query = select(MentoringLog.id).join(Pairing, Pairing.id == MentoringLog.pairing_id).where(*conditions)
        ids = db.session.scalars(query.order_by(MentoringLog.on.desc(), MentoringLog.id)).all()
        notes = (msg("截至 %(on)s，共 %(count)s 条。", on=on, count=len(ids)),)
        return Export(LOGS_SPEC, f"{where}帮带记录", notes, pieces_of(ids), _rows)


def _rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = (
        select(MentoringLog, Pairing.number, Employee.number, Employee.name, Mentor.name)
        .join(Pairing, Pairing.id == MentoringLog.pairing_id)
        .join(Employee, Employee.id == Pairing.employee_id)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .where(MentoringLog.id.in_(piece))
        .order_by(MentoringLog.on.desc(), MentoringLog.id)
    )
    for log, agreement, number, name, mentor in db.session.execute(query):
        yield {
            "agreement": agreement,
            "number": number,
            "name": name,
            "mentor": mentor,
            "on": log.on,
            "hours": log.hours,
            "topic": log.topic,
            "text": log.text or None,
            "by": log.by,
        }


class _Comparing:
    """Rows held against the pairings and the logs that there are."""

    def __init__(self, actor: Actor, read: ReadResult) -> None:
        self.people = people_of(actor, read, Permission.MENTORING_LOG)
        ids = [person.id for person in self.people.values()]
        self.pairings: dict[tuple[int, str], Pairing] = {}
        self.known: dict[Key, MentoringLog] = {}
        for at in range(0, len(ids), PIECE):
            query = select(Pairing).where(
                Pairing.employee_id.in_(ids[at : at + PIECE]), within(actor, Pairing.unit_id, Permission.MENTORING_LOG)
            )
            some = db.session.scalars(query).all()
            self.pairings |= {(one.employee_id, one.number): one for one in some}
            logs = select(MentoringLog).where(MentoringLog.pairing_id.in_([one.id for one in some]))
            self.known |= {(log.pairing_id, log.on, log.topic): log for log in db.session.scalars(logs)}
        self.first: dict[Key, int] = {}
        self.new: list[tuple[Row, str, int, LogGiven]] = []
        self.changed: list[tuple[Row, str, MentoringLog, LogGiven]] = []

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        findings, cells = Findings(row, LOGS_SPEC), row.values
        person = person_of(row, findings, self.people)
        agreement, name = str(cells.get("agreement") or ""), str(cells.get("name") or "")
        on, topic = cells.get("on"), " ".join(str(cells.get("topic") or "").split())
        if person is None or not agreement or not isinstance(on, date) or not topic:
            return findings.outcome(RowState.WRONG, agreement, name)
        pairing = self.pairings.get((person.id, agreement))
        if pairing is None:
            words = msg("%(name)s没有编号为“%(number)s”的帮带协议，请核对编号。", name=person.name, number=agreement)
            findings.add("agreement", words)
            return findings.outcome(RowState.WRONG, agreement, person.name)
        key = (pairing.id, on, topic)
        earlier = self.first.setdefault(key, row.number)
        if earlier != row.number:
            findings.add("topic", msg("与第 %(row)s 行是同一次帮带。请只保留一行。", row=earlier))
        log = self.known.get(key)
        hours = cells.get("hours")
        given = LogGiven(
            on=on,
            hours=hours if isinstance(hours, Decimal) else log.hours if log is not None else Decimal(0),
            topic=topic,
            text=str(cells.get("text") or (log.text if log is not None else "")),
        )
        changes = _changes(given, log)
        if changes:
            _judge(findings, pairing, on)
        state = RowState.NEW if log is None else RowState.CHANGED if changes else RowState.UNCHANGED
        outcome = findings.outcome(state, agreement, person.name, changes)
        if outcome.state is RowState.NEW:
            self.new.append((row, person.name, pairing.id, given))
        elif outcome.state is RowState.CHANGED and log is not None:
            self.changed.append((row, person.name, log, given))
        return outcome

    def write(self, actor: Actor) -> None:
        """Do what the outcomes say."""
        if self.new:
            try:
                write_logs(actor, [(pairing_id, given) for _, _, pairing_id, given in self.new])
            except Unmet as unmet:
                row, name, *_ = self.new[0]
                raise RowFault(row.number, name, unmet) from unmet
        for row, name, log, given in self.changed:
            try:
                change_log(actor, log.id, given, log.version)
            except Unmet as unmet:
                raise RowFault(row.number, name, unmet) from unmet


def _judge(findings: Findings, pairing: Pairing, on: date) -> None:
    """Note what the operation would refuse, beside the cell."""
    if pairing.state is not PairingState.AGREED:
        findings.add("agreement", msg("这个结对已经办结，不能再登记帮带记录。"))
    if on > clock.today():
        findings.add("on", msg("日期 %(on)s 晚于今天，请核对。", on=on))
    elif not pairing.starts_on <= on <= pairing.ends_on:
        findings.add(
            "on",
            msg("日期应在帮带期限 %(first)s 至 %(last)s 之内，请核对。", first=pairing.starts_on, last=pairing.ends_on),
        )


def _changes(given: LogGiven, log: MentoringLog | None) -> list[CellChange]:
    found = []
    for key in GIVEN if log is not None else ("on", "topic", *GIVEN):
        column, new = LOGS_SPEC.column(key), getattr(given, key)
        old = getattr(log, key, None)
        if (new or None) != (old or None):
            found.append(CellChange(key, column.title, shown(column, old), shown(column, new)))
    return found
