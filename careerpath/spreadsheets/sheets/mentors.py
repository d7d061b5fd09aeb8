"""The register of mentors, in and out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.models import Employee
from careerpath.employees.sheets.units import UnitNames
from careerpath.mentoring.models import Mentor
from careerpath.mentoring.operations.mentors import MentorGiven, MentorRefused, change_mentor, register_mentors
from careerpath.mentoring.queries.mentors import in_force_on, mentees_on
from careerpath.mentoring.queries.rules import rules_or_none
from careerpath.mentoring.sheets.columns import mentors_spec
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
from careerpath.spreadsheets.sheets.numbered import people_of, person_of, pieces_of
from careerpath.words import Refused, Unmet, msg

KEPT = ("post", "phone", "kind", "cap", "starts_on", "ends_on", "document", "remark")
"""What a row gives as it stands in the record; an empty cell takes nothing away."""


class MentorsDesk(Desk):
    """The mentors that the actor's units appointed."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """The columns with the kinds of the rule in force."""
        edition = rules_or_none(clock.today())
        return mentors_spec({kind.code: kind.name for kind in edition.mentors} if edition else {})

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match people of the register by number, others by unit and letter of appointment."""
        comparing = _Comparing(actor, read, spec)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The mentors in force on a day with how many people they have on it."""
        on, where = wish.on or clock.today(), ""
        conditions = [within(actor, Mentor.unit_id, Permission.MENTORING_VIEW), in_force_on(on)]
        if wish.unit_id is not None:
            unit = fetch_unit(actor, wish.unit_id, Permission.MENTORING_VIEW)
            conditions.append(below(Mentor.unit_id, unit.path))
            where = unit.short_name
        query = select(Mentor.id).join(Unit, Unit.id == Mentor.unit_id).where(*conditions)
        ids = db.session.scalars(query.order_by(Unit.code, Mentor.number, Mentor.id)).all()
        notes = (msg("截至 %(on)s，共 %(count)s 名导师。", on=on, count=len(ids)),)
        units = UnitNames(actor, Permission.MENTORING_VIEW)
        return Export(
            self.spec(actor, wish.about),
            f"{where}导师名册",
            notes,
            pieces_of(ids),
            lambda piece: _rows(piece, on, units),
        )


def _rows(piece: Sequence[int], on: date, units: UnitNames) -> Iterable[Mapping[str, object]]:
    query = (
        select(Mentor, Unit.path, Employee.number, mentees_on(on))
        .join(Unit, Unit.id == Mentor.unit_id)
        .outerjoin(Employee, Employee.id == Mentor.employee_id)
        .where(Mentor.id.in_(piece))
        .order_by(Unit.code, Mentor.number, Mentor.id)
    )
    found = db.session.execute(query).all()
    known = lines_of_many({path for _, path, _, _ in found}, retired=True)
    names = {path: {line.code: line.name for line in lines} for path, lines in known.items()}
    for mentor, path, number, mentees in found:
        yield {
            "letter": mentor.number,
            "unit": units.path_text(mentor.unit_id),
            "number": number,
            "name": mentor.name,
            "expertise": "、".join(names[path].get(code, code) for code in mentor.expertise) or None,
            "mentees": mentees,
            **{key: getattr(mentor, key) or None for key in KEPT},
        }


class _Comparing:
    """Rows held against the register, the people and the units of the actor."""

    def __init__(self, actor: Actor, read: ReadResult, spec: SheetSpec) -> None:
        self.spec = spec
        self.units = UnitNames(actor, Permission.MENTORING_KEEP)
        self.people = people_of(actor, read, Permission.MENTORING_KEEP)
        ids = [person.id for person in self.people.values()]
        query = select(Mentor).where(
            or_(within(actor, Mentor.unit_id, Permission.MENTORING_KEEP), Mentor.employee_id.in_(ids))
        )
        mentors = db.session.scalars(query).all()
        self.of_people = {mentor.employee_id: mentor for mentor in mentors if mentor.employee_id is not None}
        self.by_letter = {(mentor.unit_id, mentor.number): mentor for mentor in mentors}
        own = select(Unit.id, Unit.path).where(within(actor, Unit.id, Permission.MENTORING_KEEP))
        self.paths = {unit_id: path for unit_id, path in db.session.execute(own)}
        self.lines = {
            path: {word: line.code for line in lines for word in (line.code, line.name)}
            for path, lines in lines_of_many(self.paths.values(), retired=True).items()
        }
        self.first: dict[tuple[int, str], int] = {}
        self.new: list[tuple[Row, int, MentorGiven]] = []
        self.changed: list[tuple[Row, Mentor, MentorGiven]] = []

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        findings, cells = Findings(row, self.spec), row.values
        letter, name = str(cells.get("letter") or ""), str(cells.get("name") or "")
        person = person_of(row, findings, self.people) if cells.get("number") else None
        unit_id = person.unit_id if person is not None else self._unit(row, findings)
        if unit_id is None or not letter:
            return findings.outcome(RowState.WRONG, letter, name)
        earlier = self.first.setdefault((unit_id, letter), row.number)
        if earlier != row.number:
            findings.add("letter", msg("与第 %(row)s 行是同一份聘书。请只保留一行。", row=earlier))
        held = self.of_people.get(person.id) if person is not None else self.by_letter.get((unit_id, letter))
        given = self._given(row, unit_id, person, held, findings)
        if given is None:
            return findings.outcome(RowState.WRONG, letter, name)
        if held is not None and held.employee_id is None and held.name != given.name:
            findings.add("name", msg("这份聘书聘任的是“%(name)s”，请核对编号或姓名。", name=held.name))
        anew = held is not None and person is not None and _over(held, given.starts_on)
        changes = self._changes(given, None if anew else held)
        state = RowState.NEW if held is None or anew else RowState.CHANGED if changes else RowState.UNCHANGED
        outcome = findings.outcome(state, letter, given.name, changes)
        if outcome.state is RowState.NEW:
            self.new.append((row, unit_id, given))
        elif outcome.state is RowState.CHANGED and held is not None:
            self.changed.append((row, held, given))
        return outcome

    def write(self, actor: Actor) -> None:
        """Do what the outcomes say."""
        if self.new:
            try:
                register_mentors(actor, [(unit_id, given) for _, unit_id, given in self.new])
            except MentorRefused as refused:
                row, _, given = self.new[refused.row]
                raise RowFault(row.number, given.name, refused.why) from refused
        for row, mentor, given in self.changed:
            try:
                change_mentor(actor, mentor.id, given, mentor.version)
            except Unmet as unmet:
                raise RowFault(row.number, given.name, unmet) from unmet

    def _unit(self, row: Row, findings: Findings) -> int | None:
        text = str(row.values.get("unit") or "")
        if row.values.get("number"):
            return None
        if not text:
            findings.add("unit", msg("没有人员编号的导师，请填写聘请单位。"))
            return None
        try:
            return self.units.find(text).id
        except Refused as refused:
            findings.add("unit", refused.message)
            return None

    def _given(
        self, row: Row, unit_id: int, person: Employee | None, held: Mentor | None, findings: Findings
    ) -> MentorGiven | None:
        cells = row.values
        values = {key: getattr(held, key, None) if cells.get(key) is None else cells[key] for key in KEPT}
        kind, starts_on, ends_on, cap = (values[key] for key in ("kind", "starts_on", "ends_on", "cap"))
        expertise = codes_in(row, "expertise", self.lines[self.paths[unit_id]], findings)
        if cells.get("expertise") is None and held is not None:
            expertise = tuple(held.expertise)
        if not kind or not isinstance(starts_on, date):
            return None
        return MentorGiven(
            kind=str(kind),
            number=str(cells.get("letter")),
            expertise=expertise,
            starts_on=starts_on,
            ends_on=ends_on if isinstance(ends_on, date) else None,
            cap=cap if isinstance(cap, int) else None,
            document=str(values["document"] or ""),
            remark=str(values["remark"] or ""),
            employee_id=person.id if person is not None else None,
            name=person.name if person is not None else str(cells.get("name") or ""),
            post="" if person is not None else str(values["post"] or ""),
            phone="" if person is not None else str(values["phone"] or ""),
        )

    def _changes(self, given: MentorGiven, held: Mentor | None) -> list[CellChange]:
        found = []
        pairs = [("letter", given.number, held.number if held is not None else None)]
        keys = [key for key in KEPT if given.employee_id is None or key not in ("post", "phone")]
        for key, new, old in [*pairs, *((key, getattr(given, key), getattr(held, key, None)) for key in keys)]:
            column = self.spec.column(key)
            if (new or None) != (old or None):
                found.append(CellChange(key, column.title, shown(column, old or None), shown(column, new or None)))
        old_lines = tuple(held.expertise) if held is not None else ()
        if set(given.expertise) != set(old_lines):
            title = self.spec.column("expertise").title
            found.append(CellChange("expertise", title, "、".join(old_lines), "、".join(given.expertise)))
        return found


def _over(mentor: Mentor, on: date) -> bool:
    """Whether an appointment ended before a day: the next one is entered anew."""
    return mentor.ends_on is not None and mentor.ends_on < on
