"""Hosts in and out, wishes in and out, and whose turn it is, out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import home_names
from careerpath.employees.sheets.units import UnitNames
from careerpath.rotations.models import Host, HostKind, Rotation, RotationWish
from careerpath.rotations.operations.hosts import HostGiven, change_host, host_of_unit, keep_host
from careerpath.rotations.operations.wishes import WishGiven, wish_rotation
from careerpath.rotations.queries.names import kind_choices, kind_names
from careerpath.rotations.queries.reach import host_met
from careerpath.rotations.queries.standing import away_on
from careerpath.rotations.queries.turns import TurnFilters, turn_lines, turn_query, turn_rules
from careerpath.rotations.queries.wishes import wish_query, wishes_of
from careerpath.rotations.sheets.columns import HOSTS_SPEC, TURNS_SPEC, wishes_spec
from careerpath.rotations.sheets.names import HostMeant, HostNames, listed
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
from careerpath.spreadsheets.sheets.numbered import PIECE, people_of, person_of, pieces_of
from careerpath.words import Refused, Unmet, msg

HOST_CELLS = ("kind", "places", "kinds", "lines", "contact", "remark")
WISH_CELLS = ("kind", "host", "lines", "earliest_on", "note")


class HostsDesk(Desk):
    """The list of hosts."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return HOSTS_SPEC

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by the unit that keeps it and by name."""
        comparing = _Hosts(actor)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The hosts that the actor meets, with who is there on a day."""
        on, where = wish.on or clock.today(), ""
        conditions = [host_met(actor, Permission.ROTATION_VIEW)]
        if wish.unit_id is not None:
            unit = fetch_unit(actor, wish.unit_id, Permission.ROTATION_VIEW)
            conditions.append(below(Host.unit_id, unit.path))
            where = unit.short_name
        ids = db.session.scalars(select(Host.id).where(*conditions).order_by(Host.name, Host.id)).all()
        notes = (msg("截至 %(on)s，共 %(count)s 个单位。", on=on, count=len(ids)),)
        units = UnitNames(actor, Permission.ROTATION_VIEW)
        return Export(HOSTS_SPEC, f"{where}接收单位", notes, pieces_of(ids), lambda piece: _host_rows(piece, on, units))


class WishesDesk(Desk):
    """Wishes that are open."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """The columns with the kinds of the edition in force, or of all where none is."""
        return wishes_spec(dict(kind_choices(clock.today())) or kind_names())

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by person, kind, host and lines among those that are open."""
        comparing = _Wishes(actor, read, spec)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The wishes that are open on a day."""
        on, where = wish.on or clock.today(), ""
        conditions = [
            within(actor, RotationWish.unit_id, Permission.ROTATION_VIEW),
            RotationWish.wished_on <= on,
            or_(RotationWish.closed_on.is_(None), RotationWish.closed_on > on),
        ]
        if wish.unit_id is not None:
            unit = fetch_unit(actor, wish.unit_id, Permission.ROTATION_VIEW)
            conditions.append(below(RotationWish.unit_id, unit.path))
            where = unit.short_name
        query = select(RotationWish.id).where(*conditions).order_by(RotationWish.wished_on, RotationWish.id)
        ids = db.session.scalars(query).all()
        notes = (msg("截至 %(on)s，共 %(count)s 条。", on=on, count=len(ids)),)
        return Export(self.spec(actor, wish.about), f"{where}轮岗意愿", notes, pieces_of(ids), _wish_rows)


class TurnsDesk(Desk):
    """Who has been on no rotation for too long."""

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """Always the same columns."""
        return TURNS_SPEC

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Those whose turn it is on a day."""
        on, where = wish.on or clock.today(), ""
        if wish.unit_id is not None:
            where = fetch_unit(actor, wish.unit_id, Permission.ROTATION_VIEW).short_name
        filters = TurnFilters(on=on, unit_id=wish.unit_id)
        edition = turn_rules(filters)
        if edition is None or edition.turn is None:
            raise Refused(msg("现行办法没有规定轮岗周期，没有可导出的人员。"))
        query, last = turn_query(actor, filters, edition)
        ids = [row.id for row in db.session.execute(query.order_by(func.coalesce(last, date.min), Employee.id))]

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            found = db.session.execute(query.where(Employee.id.in_(piece))).all()
            order = {employee_id: place for place, employee_id in enumerate(piece)}
            for line in turn_lines(edition, sorted(found, key=lambda row: order[row.id]), on):
                yield {
                    "number": line.number,
                    "name": line.name,
                    "home": line.home_name,
                    "joined_on": line.joined_on,
                    "last": line.last,
                    "since": line.due.since,
                    "because": str(line.due.reason.message),
                }

        notes = (msg("截至 %(on)s，共 %(count)s 人。", on=on, count=len(ids)),)
        return Export(TURNS_SPEC, f"{where}应轮岗人员", notes, pieces_of(ids), rows)


def _host_rows(piece: Sequence[int], on: date, units: UnitNames) -> Iterable[Mapping[str, object]]:
    here = (
        select(func.count())
        .select_from(Rotation)
        .where(Rotation.host_id == Host.id, away_on(on))
        .correlate(Host)
        .scalar_subquery()
    )
    query = select(Host, Unit.path, here).join(Unit, Unit.id == Host.unit_id).where(Host.id.in_(piece))
    found = db.session.execute(query.order_by(Host.name, Host.id)).all()
    kinds = kind_names()
    taught = {
        path: {line.code: line.name for line in lines}
        for path, lines in lines_of_many({path for _, path, _ in found}, retired=True).items()
    }
    for host, path, count in found:
        yield {
            "keeper": units.path_text(host.unit_id),
            "name": host.name,
            "kind": host.kind,
            "places": host.places,
            "kinds": "、".join(kinds.get(code, code) for code in host.kinds) or None,
            "lines": "、".join(taught[path].get(code, code) for code in host.lines) or None,
            "contact": host.contact or None,
            "remark": host.remark or None,
            "here": count,
            "used": "使用中" if host.active else "已停用",
        }


def _wish_rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = wish_query().where(RotationWish.id.in_(piece)).order_by(RotationWish.wished_on, RotationWish.id)
    rows = db.session.execute(query).all()
    homes = home_names(row[0].employee_id for row in rows)
    for row, line in zip(rows, wishes_of(rows), strict=True):
        yield {
            "number": line.number,
            "name": line.name,
            "home": homes.get(line.employee_id, ""),
            "kind": row[0].kind or None,
            "host": line.host_name or None,
            "lines": "、".join(line.lines) or None,
            "earliest_on": line.earliest_on,
            "note": line.note or None,
            "wished_on": line.wished_on,
        }


class _Hosts:
    """Rows held against the list."""

    def __init__(self, actor: Actor) -> None:
        self.units = UnitNames(actor, Permission.ROTATION_PROPOSE)
        query = (
            select(Host, Unit.path)
            .join(Unit, Unit.id == Host.unit_id)
            .where(within(actor, Host.unit_id, Permission.ROTATION_PROPOSE))
        )
        self.held = {(host.unit_id, host.name): host for host, _ in db.session.execute(query)}
        self.kinds = {name: code for code, name in kind_names().items()}
        self.lines: dict[str, dict[str, str]] = {}
        self.first: dict[tuple[int, str], int] = {}
        self.new: list[tuple[Row, int, HostGiven]] = []
        self.changed: list[tuple[Row, Host, HostGiven]] = []

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        findings, cells = Findings(row, HOSTS_SPEC), row.values
        keeper, name, kind = (str(cells.get(key) or "") for key in ("keeper", "name", "kind"))
        unit = None
        try:
            unit = self.units.find(keeper) if keeper else None
        except Refused as refused:
            findings.add("keeper", refused.message)
        if unit is None or not name or not kind:
            return findings.outcome(RowState.WRONG, keeper, name)
        earlier = self.first.setdefault((unit.id, name), row.number)
        if earlier != row.number:
            findings.add("name", msg("与第 %(row)s 行是同一个接收单位。请只保留一行。", row=earlier))
        held = self.held.get((unit.id, name))
        if held is None and kind == HostKind.UNIT:
            findings.add("kind", msg("街道和社区不必登记，安排锻炼时直接选用。"))
        given = HostGiven(
            kind=HostKind(kind),
            name=name,
            places=self._places(row, held),
            kinds=self._codes(row, "kinds", self.kinds, held, findings),
            lines=self._codes(row, "lines", self._lines(unit.path), held, findings),
            contact=str(cells.get("contact") or (held.contact if held is not None else "")),
            remark=str(cells.get("remark") or (held.remark if held is not None else "")),
        )
        changes = _host_changes(given, held)
        state = RowState.NEW if held is None else RowState.CHANGED if changes else RowState.UNCHANGED
        outcome = findings.outcome(state, unit.short_name, name, changes)
        if outcome.state is RowState.NEW:
            self.new.append((row, unit.id, given))
        elif outcome.state is RowState.CHANGED and held is not None:
            self.changed.append((row, held, given))
        return outcome

    def write(self, actor: Actor) -> None:
        """Do what the outcomes say."""
        for row, unit_id, given in self.new:
            try:
                keep_host(actor, unit_id, given)
            except Unmet as unmet:
                raise RowFault(row.number, given.name, unmet) from unmet
        for row, held, given in self.changed:
            try:
                change_host(actor, held.id, given, held.version)
            except Unmet as unmet:
                raise RowFault(row.number, given.name, unmet) from unmet

    def _lines(self, path: str) -> dict[str, str]:
        if path not in self.lines:
            found = lines_of_many([path], retired=True)[path]
            self.lines[path] = {word: line.code for line in found for word in (line.code, line.name)}
        return self.lines[path]

    @staticmethod
    def _places(row: Row, held: Host | None) -> int:
        places = row.values.get("places")
        return places if isinstance(places, int) else held.places if held is not None else 0

    @staticmethod
    def _codes(row: Row, key: str, known: Mapping[str, str], held: Host | None, findings: Findings) -> tuple[str, ...]:
        if row.values.get(key) is None:
            return tuple(getattr(held, key)) if held is not None else ()
        return codes_in(row, key, known, findings)


class _Wishes:
    """Rows held against the people and what they wish already."""

    def __init__(self, actor: Actor, read: ReadResult, spec: SheetSpec) -> None:
        self.spec = spec
        self.people = people_of(actor, read, Permission.ROTATION_PROPOSE)
        self.hosts = HostNames(actor, Permission.ROTATION_PROPOSE)
        ids = [person.id for person in self.people.values()]
        self.open: dict[int, list[RotationWish]] = {one: [] for one in ids}
        paths: dict[int, str] = {}
        for at in range(0, len(ids), PIECE):
            some = ids[at : at + PIECE]
            query = select(RotationWish).where(RotationWish.employee_id.in_(some), RotationWish.closed_on.is_(None))
            for wish in db.session.scalars(query):
                self.open[wish.employee_id].append(wish)
            homes = select(Employee.id, Unit.path).join(Unit, Unit.id == Employee.unit_id).where(Employee.id.in_(some))
            paths |= {employee_id: path for employee_id, path in db.session.execute(homes)}
        known = lines_of_many(paths.values())
        self.lines = {
            employee_id: {word: line.code for line in known[path] for word in (line.code, line.name)}
            for employee_id, path in paths.items()
        }
        self.first: dict[tuple[object, ...], int] = {}
        self.new: list[tuple[Row, Employee, WishGiven, HostMeant | None]] = []

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        findings, cells = Findings(row, self.spec), row.values
        person = person_of(row, findings, self.people)
        number, name = str(cells.get("number") or ""), str(cells.get("name") or "")
        if person is None:
            return findings.outcome(RowState.WRONG, number, name)
        host, text = None, str(cells.get("host") or "")
        try:
            host = self.hosts.find(text) if text else None
        except Refused as refused:
            findings.add("host", refused.message)
        earliest_on = cells.get("earliest_on")
        given = WishGiven(
            kind=str(cells.get("kind") or ""),
            host_id=host.host_id if host is not None else None,
            lines=codes_in(row, "lines", self.lines[person.id], findings),
            earliest_on=earliest_on if isinstance(earliest_on, date) else None,
            note=str(cells.get("note") or ""),
        )
        key = (person.id, given.kind, host, given.lines)
        earlier = self.first.setdefault(key, row.number)
        if earlier != row.number:
            findings.add("number", msg("与第 %(row)s 行是同一条意愿。请只保留一行。", row=earlier))
        held = self._held(person, given, host)
        if held is not None and (held.earliest_on, held.note) != (given.earliest_on, given.note):
            findings.add("", msg("同样的意愿已经登记；要修改时间或说明，请先在页面撤回。"))
        changes = [] if held is not None else self._changes(row)
        state = RowState.NEW if held is None else RowState.UNCHANGED
        outcome = findings.outcome(state, number, person.name, changes)
        if outcome.state is RowState.NEW:
            self.new.append((row, person, given, host))
        return outcome

    def write(self, actor: Actor) -> None:
        """Enter the new ones."""
        for row, person, given, host in self.new:
            try:
                host_id = given.host_id
                if host is not None and host.unit_id is not None:
                    host_id = host_of_unit(actor, host.unit_id)
                wanted = WishGiven(given.kind, host_id, given.lines, given.earliest_on, given.note)
                wish_rotation(actor, person.id, wanted)
            except Unmet as unmet:
                raise RowFault(row.number, person.name, unmet) from unmet

    def _held(self, person: Employee, given: WishGiven, host: HostMeant | None) -> RotationWish | None:
        if host is not None and host.host_id is None:
            return None
        wanted = (given.kind, given.host_id, given.lines)
        return next((one for one in self.open[person.id] if (one.kind, one.host_id, tuple(one.lines)) == wanted), None)

    def _changes(self, row: Row) -> list[CellChange]:
        found = []
        for key in WISH_CELLS:
            column = self.spec.column(key)
            if row.values.get(key) is not None:
                found.append(CellChange(key, column.title, "", shown(column, row.values[key])))
        return found


def codes_in(row: Row, key: str, known: Mapping[str, str], findings: Findings) -> tuple[str, ...]:
    """The codes of the words in a cell; a word that nothing is called by is noted."""
    found = []
    for word in listed(row.values.get(key)):
        if word in known:
            found.append(known[word])
        else:
            findings.add(key, msg("没有“%(word)s”，请核对名称。", word=word))
    return tuple(found)


def _host_changes(given: HostGiven, held: Host | None) -> list[CellChange]:
    found = []
    for key in HOST_CELLS:
        column = HOSTS_SPEC.column(key)
        new = getattr(given, key)
        old = getattr(held, key) if held is not None else None
        plain_new, plain_old = ("、".join(one) if isinstance(one, list | tuple) else one for one in (new, old))
        if held is not None and held.at_unit_id is not None and key == "kind":
            continue
        if (plain_new or None) != (plain_old or None):
            found.append(CellChange(key, column.title, shown(column, plain_old), shown(column, plain_new)))
    return found
