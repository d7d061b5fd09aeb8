"""Rotations in and out: proposals come in, everything goes out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.sheets.units import UnitNames
from careerpath.policy.rotation import Stay
from careerpath.rotations.models import Host, Rotation, RotationState
from careerpath.rotations.operations.hosts import host_of_unit
from careerpath.rotations.operations.rotations import (
    RotationGiven,
    RotationRefused,
    change_rotation,
    propose_rotations,
)
from careerpath.rotations.queries.findings import stay_of, stay_remarks, stays_of, stays_of_cadres
from careerpath.rotations.queries.names import grade_names, kind_choices, kind_names
from careerpath.rotations.queries.reach import rotation_met
from careerpath.rotations.queries.rotations import line_query, lines_of
from careerpath.rotations.queries.rules import rules_on
from careerpath.rotations.queries.standing import STANDINGS
from careerpath.rotations.sheets.columns import rotations_spec
from careerpath.rotations.sheets.names import HostMeant, HostNames
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
from careerpath.words import Refused, Unmet, msg

GIVEN = ("kind", "host_post", "ends_on", "tasks", "document")
"""What a row may change of a proposal; person and first day say which one it is."""

Key = tuple[int | None, int, str, date]
"""Person, or home unit and name of a cadre, and the first day."""


class RotationsDesk(Desk):
    """Rotations of people of one's units."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """The columns with the kinds of the edition in force, or of all where none is."""
        return rotations_spec(dict(kind_choices(clock.today())) or kind_names())

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by person and first day; what is approved already is not changed here."""
        comparing = _Comparing(actor, read, spec)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """All rotations that the actor meets, as they stand on a day."""
        on, where = wish.on or clock.today(), ""
        conditions = [rotation_met(actor, Permission.ROTATION_VIEW), Rotation.state != RotationState.CANCELLED]
        if wish.unit_id is not None:
            unit = fetch_unit(actor, wish.unit_id, Permission.ROTATION_VIEW)
            at = select(Unit.id).where(Unit.path.startswith(unit.path, autoescape=True))
            borrowed = Rotation.host_id.in_(select(Host.id).where(Host.at_unit_id.in_(at)))
            conditions.append(or_(below(Rotation.unit_id, unit.path), borrowed))
            where = unit.short_name
        query = select(Rotation.id).where(*conditions)
        ids = db.session.scalars(query.order_by(Rotation.starts_on.desc(), Rotation.id.desc())).all()
        notes = (msg("截至 %(on)s，共 %(count)s 人次。", on=on, count=len(ids)),)
        units = UnitNames(actor, Permission.ROTATION_VIEW)
        spec = self.spec(actor, wish.about)
        return Export(spec, f"{where}轮岗锻炼", notes, pieces_of(ids), lambda piece: _rows(piece, on, units))


def _rows(piece: Sequence[int], on: date, units: UnitNames) -> Iterable[Mapping[str, object]]:
    grades = grade_names()
    query = line_query().add_columns(Rotation.tasks, Rotation.document, Rotation.unit_id).where(Rotation.id.in_(piece))
    rows = db.session.execute(query.order_by(Rotation.starts_on.desc(), Rotation.id.desc())).all()
    for row, line in zip(rows, lines_of(rows, on), strict=True):
        yield {
            "number": line.number or None,
            "name": line.name,
            "home": line.home_name,
            "unit": units.path_text(row.unit_id) if line.employee_id is None else None,
            "kind": row.kind,
            "host": line.host_name,
            "host_post": line.host_post,
            "starts_on": line.starts_on,
            "ends_on": line.ends_on,
            "tasks": row.tasks or None,
            "document": row.document or None,
            "standing": str(STANDINGS[line.standing]),
            "returned_on": line.returned_on,
            "grade": grades.get(line.grade, line.grade) or None,
        }


class _Comparing:
    """Rows held against the people, their rotations and the hosts."""

    def __init__(self, actor: Actor, read: ReadResult, spec: SheetSpec) -> None:
        self.spec = spec
        self.edition = rules_on(clock.today())
        self.people = people_of(actor, read, Permission.ROTATION_PROPOSE)
        self.units = UnitNames(actor, Permission.ROTATION_PROPOSE)
        self.hosts = HostNames(actor, Permission.ROTATION_PROPOSE)
        ids = [person.id for person in self.people.values()]
        self.stays: dict[int, list[Rotation]] = {}
        for at in range(0, len(ids), PIECE):
            self.stays |= stays_of(ids[at : at + PIECE])
        self.cadres: dict[tuple[int, str], list[Rotation]] = {}
        self.planned: dict[tuple[int | None, int, str], list[Stay]] = {}
        self.first: dict[Key, int] = {}
        self.new: list[tuple[Row, str, RotationGiven, HostMeant]] = []
        self.changed: list[tuple[Row, str, Rotation, RotationGiven, HostMeant]] = []
        named = [(row.values.get("unit"), row.values.get("name")) for row in read.rows if not row.values.get("number")]
        self._know_cadres({(str(unit or ""), str(name or "")) for unit, name in named})

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        findings = Findings(row, self.spec)
        cells = row.values
        number, name = str(cells.get("number") or ""), str(cells.get("name") or "")
        employee_id, unit_id = self._who(row, findings)
        host = self._host(row, findings)
        starts_on, ends_on, kind = cells.get("starts_on"), cells.get("ends_on"), cells.get("kind")
        known = employee_id is not None or unit_id is not None
        if not (known and host and kind and isinstance(starts_on, date) and isinstance(ends_on, date)):
            return findings.outcome(RowState.WRONG, number, name)
        given = RotationGiven(
            kind=str(kind),
            host_id=host.host_id or 0,
            host_post=str(cells.get("host_post") or ""),
            starts_on=starts_on,
            ends_on=ends_on,
            tasks=str(cells.get("tasks") or ""),
            employee_id=employee_id,
            person_name="" if employee_id is not None else name,
            home_name="" if employee_id is not None else str(cells.get("home") or ""),
            unit_id=unit_id,
            document=str(cells.get("document") or ""),
            reason=str(cells.get("reason") or ""),
        )
        who = (employee_id, unit_id or 0, given.person_name)
        earlier = self.first.setdefault((*who, starts_on), row.number)
        if earlier != row.number:
            findings.add("starts_on", msg("与第 %(row)s 行是同一人、同一天开始。请只保留一行。", row=earlier))
        others = self.stays[employee_id] if employee_id is not None else self.cadres.get((unit_id or 0, name), [])
        held = next((one for one in others if one.starts_on == starts_on), None)
        changes = self._changes(row, given, host, held)
        state = RowState.NEW if held is None else RowState.CHANGED if changes else RowState.UNCHANGED
        if state is RowState.CHANGED and held is not None and held.state is not RotationState.PROPOSED:
            findings.add("", msg("这项锻炼已经批准，请在锻炼页面办理延长、返回或鉴定。"))
        elif state is not RowState.UNCHANGED:
            self._judge(given, who, [stay_of(one) for one in others if one is not held], findings)
        outcome = findings.outcome(state, number, name, changes)
        if outcome.state is RowState.NEW:
            self.new.append((row, name, given, host))
        elif outcome.state is RowState.CHANGED and held is not None:
            self.changed.append((row, name, held, given, host))
        return outcome

    def write(self, actor: Actor) -> None:
        """Do what the outcomes say; units that are hosts for the first time come onto the list."""
        hosts: dict[int, int] = {}
        rows = [_at(actor, given, host, hosts) for _, _, given, host in self.new]
        try:
            propose_rotations(actor, rows)
        except RotationRefused as refused:
            row, name, *_ = self.new[refused.row]
            raise RowFault(row.number, name, refused.why) from refused
        for row, name, held, given, host in self.changed:
            try:
                change_rotation(actor, held.id, _at(actor, given, host, hosts), held.version)
            except Unmet as unmet:
                raise RowFault(row.number, name, unmet) from unmet

    def _know_cadres(self, named: Iterable[tuple[str, str]]) -> None:
        found = []
        for unit, name in named:
            try:
                found.append((self.units.find(unit).id, name))
            except Refused:
                continue
        self.cadres = stays_of_cadres(found)

    def _who(self, row: Row, findings: Findings) -> tuple[int | None, int | None]:
        cells = row.values
        if cells.get("number"):
            person = person_of(row, findings, self.people)
            return (person.id if person is not None else None), None
        if not cells.get("home"):
            findings.add("home", msg("没有编号的下派干部，请填写派出单位及职务。"))
        unit = str(cells.get("unit") or "")
        if not unit:
            findings.add("unit", msg("没有编号的下派干部，请填写派出单位所在的街道或区（县）。"))
            return None, None
        try:
            return None, self.units.find(unit).id
        except Refused as refused:
            findings.add("unit", refused.message)
            return None, None

    def _host(self, row: Row, findings: Findings) -> HostMeant | None:
        text = str(row.values.get("host") or "")
        if not text:
            return None
        try:
            return self.hosts.find(text)
        except Refused as refused:
            findings.add("host", refused.message)
            return None

    def _judge(
        self, given: RotationGiven, who: tuple[int | None, int, str], others: Sequence[Stay], findings: Findings
    ) -> None:
        planned = self.planned.setdefault(who, [])
        stay = Stay(given.kind, given.starts_on, given.ends_on)
        try:
            found = stay_remarks(self.edition, stay, [*others, *planned])
        except Refused as refused:
            findings.add(refused.field or "", refused.message)
            return
        planned.append(stay)
        for one in found:
            if one.refuses:
                findings.add("starts_on", one.text)
            elif not given.reason:
                findings.add("reason", one.text)

    def _changes(self, row: Row, given: RotationGiven, host: HostMeant, held: Rotation | None) -> list[CellChange]:
        changes = []
        keys = GIVEN if held is not None else ("starts_on", *GIVEN)
        for key in keys:
            column = self.spec.column(key)
            new, old = getattr(given, key) or None, getattr(held, key, None) or None
            if new is not None and new != old:
                changes.append(CellChange(key, column.title, shown(column, old), shown(column, new)))
        if held is None or held.host_id != host.host_id:
            changes.append(CellChange("host", self.spec.column("host").title, "", host.name))
        return changes


def _at(actor: Actor, given: RotationGiven, host: HostMeant, hosts: dict[int, int]) -> RotationGiven:
    """The proposal at its host, which is entered now if it is a unit that nobody was sent to before."""
    if host.unit_id is None:
        return given
    if host.unit_id not in hosts:
        hosts[host.unit_id] = host_of_unit(actor, host.unit_id)
    return replace(given, host_id=hosts[host.unit_id])
