"""Those nominated for a selection: nominations come in, and go out with what became of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import visible, within
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.models import Employee
from careerpath.employees.operations.people import RowRefused
from careerpath.policy.talent_pool import TalentPoolEdition
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.sheets.batches import change, pieces
from careerpath.spreadsheets.sheets.desk import Comparison, Export, Findings, Outcome, RowFault, RowState, Wish
from careerpath.spreadsheets.sheets.selections import SelectionDesk, where, wished
from careerpath.talent_pool.models import (
    EntrantState,
    Nomination,
    Selection,
    SelectionEntrant,
    SelectionPlaces,
    SelectionState,
    StagePoints,
)
from careerpath.talent_pool.operations.nominations import NominationGiven, nominate_many
from careerpath.talent_pool.sheets.selections import entrants_spec, points_key
from careerpath.words import Refused, msg

TYPED = ("unit", "nomination", "nominated_by", "supporters", "statement")
"""The cells of a nomination, as a comparison shows them."""


class EntrantsDesk(SelectionDesk):
    """Nominations, and the list of those nominated."""

    permission = Permission.POOL_NOMINATE
    states = (SelectionState.NOMINATION,)

    def columns(self, edition: TalentPoolEdition | None) -> SheetSpec:
        """With a column of points for each stage."""
        return entrants_spec(edition)

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by the person's number; who stands in the selection already stays as they are. Three queries."""
        comparing = _Comparing(actor, self.open_selection(actor, about), spec, read.rows)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Everybody nominated, unit by unit."""
        selection = wished(actor, wish)
        query = (
            select(SelectionEntrant.id)
            .join(Unit, Unit.id == SelectionEntrant.unit_id)
            .where(SelectionEntrant.selection_id == selection.id, *where(actor, wish))
            .order_by(Unit.path, SelectionEntrant.rank.is_(None), SelectionEntrant.rank, SelectionEntrant.id)
        )
        ids = db.session.scalars(query).all()
        if not ids:
            raise Refused(msg("“%(name)s”还没有推荐人选。", name=selection.name), field="selection")
        notes = (msg("共 %(count)s 人。", count=len(ids)),)
        spec, line = self.spec(actor, wish.about), self.line(actor, wish.about)
        return Export(spec, f"{selection.name}人选", notes, pieces(ids), _rows, line)


def _rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    points: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for one in db.session.scalars(select(StagePoints).where(StagePoints.entrant_id.in_(piece))):
        points[one.entrant_id][points_key(one.stage)] = one.points
    query = (
        select(SelectionEntrant, Employee.number, Employee.name, Unit.short_name)
        .join(Employee, Employee.id == SelectionEntrant.employee_id)
        .join(Unit, Unit.id == SelectionEntrant.unit_id)
        .where(SelectionEntrant.id.in_(piece))
        .order_by(Unit.path, SelectionEntrant.rank.is_(None), SelectionEntrant.rank, SelectionEntrant.id)
    )
    for entrant, number, name, unit in db.session.execute(query):
        yield points[entrant.id] | {
            "number": number,
            "name": name,
            "unit": unit,
            "home": entrant.home_name,
            "nomination": entrant.nomination,
            "nominated_by": entrant.nominated_by,
            "supporters": entrant.supporters or None,
            "statement": entrant.statement,
            "state": entrant.state,
            "review_reason": entrant.review_reason,
            "total": entrant.total,
            "rank": entrant.rank,
            "outcome": entrant.outcome,
        }


class _Comparing:
    """Rows held against the people that may be nominated and those who are."""

    def __init__(self, actor: Actor, selection: Selection, spec: SheetSpec, rows: Sequence[Row]) -> None:
        self.selection, self.spec = selection, spec
        numbers = {str(row.values.get("number") or "") for row in rows}
        people = visible(actor, Employee, Permission.POOL_NOMINATE).where(Employee.number.in_(numbers))
        self.people = {one.number: one for one in db.session.scalars(people)}
        entrants = select(SelectionEntrant).where(SelectionEntrant.selection_id == selection.id)
        self.entrants = {one.employee_id: one for one in db.session.scalars(entrants)}
        places = (
            select(Unit.id, Unit.code, Unit.name, Unit.short_name)
            .join(SelectionPlaces, SelectionPlaces.unit_id == Unit.id)
            .where(SelectionPlaces.selection_id == selection.id, within(actor, Unit.id, Permission.POOL_NOMINATE))
        )
        self.units: dict[str, set[int]] = defaultdict(set)
        self.with_places: set[int] = set()
        for unit_id, *texts in db.session.execute(places):
            self.with_places.add(unit_id)
            for each in texts:
                self.units[each].add(unit_id)
        self.given: list[NominationGiven] = []
        self.rows: list[Row] = []
        self.seen: dict[int, int] = {}

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        number, findings = str(row.values.get("number") or ""), Findings(row, self.spec)
        person = self.people.get(number)
        if person is None:
            if number:
                message = "没有编号为 %(number)s 的社区工作者，或者不在您的管辖范围内，请核对。"
                findings.add("number", msg(message, number=number[:24]))
            return findings.outcome(RowState.WRONG, number, number)
        name = str(row.values.get("name") or "")
        if name and name != person.name:
            findings.add("name", msg("%(number)s 是“%(name)s”，请核对。", number=number, name=person.name))
        if person.id in self.seen:
            findings.add("number", msg("与第 %(row)s 行是同一人。请只保留一行。", row=self.seen[person.id]))
        self.seen.setdefault(person.id, row.number)
        standing = self.entrants.get(person.id)
        if standing is not None and standing.state is not EntrantState.WITHDRAWN:
            return findings.outcome(RowState.UNCHANGED, number, person.name)
        unit_id = self._unit(row, findings, person)
        if not row.values.get("statement"):
            findings.add("statement", msg("请填写推荐（自荐）理由。"))
        way = row.values.get("nomination")
        nomination = way if isinstance(way, Nomination) else Nomination.ORGANISATION
        supporters = row.values.get("supporters")
        if nomination is Nomination.PEERS and not supporters:
            findings.add("supporters", msg("请填写联名推荐的人数，至少 1 人。"))
        self.given.append(
            NominationGiven(
                employee_id=person.id,
                unit_id=unit_id,
                nomination=nomination,
                nominated_by=str(row.values.get("nominated_by") or ""),
                supporters=supporters if isinstance(supporters, int) else 0,
                statement=str(row.values.get("statement") or ""),
            )
        )
        self.rows.append(row)
        changes = [change(self.spec.column(key), None, row.values[key]) for key in TYPED if row.values.get(key)]
        return findings.outcome(RowState.NEW, number, person.name, changes)

    def write(self, actor: Actor) -> None:
        """Bring all forward."""
        try:
            nominate_many(actor, self.selection.id, self.given)
        except RowRefused as refused:
            row = self.rows[refused.row]
            raise RowFault(row.number, str(row.values.get("name") or row.values.get("number")), refused.why) from None

    def _unit(self, row: Row, findings: Findings, person: Employee) -> int | None:
        """The unit that somebody stands for; none where it is their home."""
        text = str(row.values.get("unit") or "").strip()
        if not text:
            if person.unit_id not in self.with_places:
                findings.add("unit", msg("本人所在社区没有名额，请填写有名额的社区。"))
            return None
        found = self.units.get(text, set())
        if len(found) != 1:
            told = msg("有几个社区叫“%(name)s”，请填单位编码。", name=text)
            findings.add("unit", told if found else msg("“%(name)s”没有名额，请填写有名额的社区。", name=text))
            return None
        return next(iter(found))
