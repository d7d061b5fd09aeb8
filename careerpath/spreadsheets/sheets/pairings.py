"""Pairings of mentors and mentees, in and out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Mentor, Pairing, PairingState
from careerpath.mentoring.operations.pairings import (
    PairingChange,
    PairingGiven,
    PairingRefused,
    agree_pairings,
    change_pairing,
)
from careerpath.mentoring.queries.reach import in_district
from careerpath.mentoring.queries.rules import frozen_rules
from careerpath.mentoring.queries.standing import STANDINGS, stand_of_row, with_days
from careerpath.mentoring.sheets.columns import PAIRINGS_SPEC
from careerpath.skills.queries.lines import lines_of_many
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
from careerpath.spreadsheets.sheets.hosts import codes_in
from careerpath.spreadsheets.sheets.numbered import PIECE, people_of, person_of, pieces_of
from careerpath.words import Unmet, msg

TEXTS = ("goals", "plan", "assessment", "cap_reason")
CHANGING = ("ends_on", *TEXTS)
"""What of a pairing that stands a row may change, beside what is to be learnt; an empty cell takes nothing away."""


class PairingsDesk(Desk):
    """The pairings of the actor's people."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return PAIRINGS_SPEC

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by agreement and mentee; the mentor is found by the letter of appointment and the name."""
        comparing = _Comparing(actor, read)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The pairings that were not dropped, with how they stand on a day; those that began later are left out."""
        on, where = wish.on or clock.today(), ""
        conditions = [within(actor, Pairing.unit_id, Permission.MENTORING_VIEW), Pairing.state != PairingState.DROPPED]
        if wish.on is not None:
            conditions.append(Pairing.starts_on <= on)
        if wish.unit_id is not None:
            unit = fetch_unit(actor, wish.unit_id, Permission.MENTORING_VIEW)
            conditions.append(below(Pairing.unit_id, unit.path))
            where = unit.short_name
        query = select(Pairing.id).where(*conditions).order_by(Pairing.starts_on.desc(), Pairing.id)
        ids = db.session.scalars(query).all()
        notes = (msg("截至 %(on)s，共 %(count)s 对。", on=on, count=len(ids)),)
        return Export(PAIRINGS_SPEC, f"{where}帮带结对", notes, pieces_of(ids), lambda piece: _rows(piece, on))


def _rows(piece: Sequence[int], on: date) -> Iterable[Mapping[str, object]]:
    query = (
        select(Pairing, Employee.number, Employee.name, Mentor.number, Mentor.name, Unit.path)
        .join(Employee, Employee.id == Pairing.employee_id)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .join(Unit, Unit.id == Pairing.unit_id)
        .where(Pairing.id.in_(piece))
        .order_by(Pairing.starts_on.desc(), Pairing.id)
    )
    found = db.session.execute(query).all()
    days = {row.pairing_id: row for row in db.session.execute(with_days(on).where(Pairing.id.in_(piece)))}
    known = lines_of_many({row[-1] for row in found}, retired=True)
    names = {path: {line.code: line.name for line in lines} for path, lines in known.items()}
    for pairing, number, name, letter, mentor, path in found:
        row = days[pairing.id]
        grades = {one.code: one.name for one in frozen_rules(pairing.edition).grades}
        yield {
            "agreement": pairing.number,
            "number": number,
            "name": name,
            "home": pairing.home_name,
            "letter": letter,
            "mentor": mentor,
            "starts_on": pairing.starts_on,
            "ends_on": pairing.ends_on,
            "wanted": "、".join(names[path].get(code, code) for code in pairing.wanted) or None,
            "standing": str(STANDINGS[stand_of_row(row, on).standing]),
            "last_log": row.last_log,
            "grade": grades.get(pairing.mentee_grade, pairing.mentee_grade) or None,
            **{key: getattr(pairing, key) or None for key in TEXTS},
        }


class _Comparing:
    """Rows held against the mentees, the mentors of the district and the pairings that stand."""

    def __init__(self, actor: Actor, read: ReadResult) -> None:
        self.people = people_of(actor, read, Permission.MENTORING_KEEP)
        mentors = select(Mentor).where(in_district(actor, Mentor.unit_id, Permission.MENTORING_KEEP))
        self.mentors: dict[tuple[str, str], list[Mentor]] = {}
        for mentor in db.session.scalars(mentors):
            self.mentors.setdefault((mentor.number, mentor.name), []).append(mentor)
        ids = [person.id for person in self.people.values()]
        paths: dict[int, str] = {}
        self.held: dict[tuple[int, str], Pairing] = {}
        for at in range(0, len(ids), PIECE):
            some = ids[at : at + PIECE]
            for pairing in db.session.scalars(select(Pairing).where(Pairing.employee_id.in_(some))):
                self.held[pairing.employee_id, pairing.number] = pairing
            homes = select(Employee.id, Unit.path).join(Unit, Unit.id == Employee.unit_id).where(Employee.id.in_(some))
            paths |= {employee_id: path for employee_id, path in db.session.execute(homes)}
        known = lines_of_many(paths.values(), retired=True)
        self.lines = {
            employee_id: {word: line.code for line in known[path] for word in (line.code, line.name)}
            for employee_id, path in paths.items()
        }
        self.first: dict[tuple[int, str], int] = {}
        self.new: list[tuple[Row, str, PairingGiven]] = []
        self.changed: list[tuple[Row, str, Pairing, PairingChange]] = []

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        findings, cells = Findings(row, PAIRINGS_SPEC), row.values
        person = person_of(row, findings, self.people)
        agreement, name = str(cells.get("agreement") or ""), str(cells.get("name") or "")
        mentor, starts_on = self._mentor(row, findings), cells.get("starts_on")
        if person is None or mentor is None or not agreement or not isinstance(starts_on, date):
            return findings.outcome(RowState.WRONG, agreement, name)
        earlier = self.first.setdefault((person.id, agreement), row.number)
        if earlier != row.number:
            findings.add("agreement", msg("与第 %(row)s 行是同一份协议。请只保留一行。", row=earlier))
        wanted = codes_in(row, "wanted", self.lines[person.id], findings)
        held = self.held.get((person.id, agreement))
        if held is None:
            given = self._given(row, person, mentor, starts_on, wanted)
            outcome = findings.outcome(RowState.NEW, agreement, person.name, _all_new(row))
            if outcome.state is RowState.NEW:
                self.new.append((row, person.name, given))
            return outcome
        if (held.mentor_id, held.starts_on) != (mentor.id, starts_on):
            findings.add("letter", msg("已登记的结对不能改导师和开始日期，请作废后重新登记。"))
        change = self._change(row, held, wanted)
        changes = _changes(change, held)
        if changes and held.state is not PairingState.AGREED:
            findings.add("", msg("这个结对已经办结，不能再改。"))
        outcome = findings.outcome(RowState.CHANGED if changes else RowState.UNCHANGED, agreement, person.name, changes)
        if outcome.state is RowState.CHANGED:
            self.changed.append((row, person.name, held, change))
        return outcome

    def write(self, actor: Actor) -> None:
        """Do what the outcomes say."""
        if self.new:
            try:
                agree_pairings(actor, [given for _, _, given in self.new])
            except PairingRefused as refused:
                row, name, _ = self.new[refused.row]
                raise RowFault(row.number, name, refused.why) from refused
        for row, name, held, change in self.changed:
            try:
                change_pairing(actor, held.id, change, held.version)
            except Unmet as unmet:
                raise RowFault(row.number, name, unmet) from unmet

    def _mentor(self, row: Row, findings: Findings) -> Mentor | None:
        letter, name = str(row.values.get("letter") or ""), str(row.values.get("mentor") or "")
        if not letter or not name:
            return None
        found = self.mentors.get((letter, name), [])
        if len(found) == 1:
            return found[0]
        if found:
            findings.add("letter", msg("有 %(count)s 名导师的聘书编号和姓名相同，请在页面上办理。", count=len(found)))
        else:
            missing = msg("没有聘书编号为“%(letter)s”的导师“%(name)s”，请先聘任，或核对编号和姓名。", letter=letter,
                          name=name)  # fmt: skip
            findings.add("letter", missing)
        return None

    @staticmethod
    def _given(row: Row, person: Employee, mentor: Mentor, starts_on: date, wanted: tuple[str, ...]) -> PairingGiven:
        cells = row.values
        ends_on = cells.get("ends_on")
        return PairingGiven(
            mentor_id=mentor.id,
            employee_id=person.id,
            number=str(cells["agreement"]),
            starts_on=starts_on,
            ends_on=ends_on if isinstance(ends_on, date) else None,
            wanted=wanted,
            **{key: str(cells.get(key) or "") for key in TEXTS},
        )

    @staticmethod
    def _change(row: Row, held: Pairing, wanted: tuple[str, ...]) -> PairingChange:
        cells = row.values
        ends_on = cells.get("ends_on")
        texts = {key: str(getattr(held, key) if cells.get(key) is None else cells[key]) for key in TEXTS}
        return PairingChange(
            wanted=wanted if cells.get("wanted") is not None else tuple(held.wanted),
            ends_on=ends_on if isinstance(ends_on, date) else held.ends_on,
            **texts,
        )


def _changes(change: PairingChange, held: Pairing) -> list[CellChange]:
    found = []
    for key in CHANGING:
        column, new, old = PAIRINGS_SPEC.column(key), getattr(change, key) or None, getattr(held, key) or None
        if new != old:
            found.append(CellChange(key, column.title, shown(column, old), shown(column, new)))
    if set(change.wanted) != set(held.wanted):
        title = PAIRINGS_SPEC.column("wanted").title
        found.append(CellChange("wanted", title, "、".join(held.wanted), "、".join(change.wanted)))
    return found


def _all_new(row: Row) -> list[CellChange]:
    keys = ("mentor", "starts_on", "ends_on", "wanted", *TEXTS)
    columns = [PAIRINGS_SPEC.column(key) for key in keys if row.values.get(key) is not None]
    return [CellChange(one.key, one.title, "", shown(one, row.values[one.key])) for one in columns]
