"""The points of the stages of a selection, a row for each entrant."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.models import Employee
from careerpath.policy.talent_pool import TalentPoolEdition
from careerpath.policy.talent_pool.parts import SelectionStage
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.sheets.batches import change, pieces
from careerpath.spreadsheets.sheets.desk import (
    CellChange,
    Comparison,
    Export,
    Findings,
    Outcome,
    RowFault,
    RowState,
    Wish,
)
from careerpath.spreadsheets.sheets.selections import SelectionDesk, where, wished
from careerpath.talent_pool.models import EntrantState, Selection, SelectionEntrant, SelectionState, StagePoints
from careerpath.talent_pool.operations.stages import PointsGiven, put_points, vote_points
from careerpath.talent_pool.queries.ranking import kept_points, stand, taking_part, took_part
from careerpath.talent_pool.queries.selections import places_of, rules_of
from careerpath.talent_pool.sheets.selections import points_key, stage_points_spec, votes_key
from careerpath.words import Refused, msg


class StagePointsDesk(SelectionDesk):
    """Points and tallies of all stages."""

    permission = Permission.POOL_DECIDE
    states = (SelectionState.STAGES,)

    def columns(self, edition: TalentPoolEdition | None) -> SheetSpec:
        """Three columns for each stage."""
        return stage_points_spec(edition)

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by the person's number; who takes part in a stage follows from the file as well. Four queries."""
        comparing = _Comparing(self.open_selection(actor, about), spec)
        outcomes = comparing.outcomes(read.rows)
        return Comparison(outcomes, read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Everybody admitted, unit by unit, with the points so far."""
        selection = wished(actor, wish)
        query = (
            select(SelectionEntrant.id)
            .join(Unit, Unit.id == SelectionEntrant.unit_id)
            .where(
                SelectionEntrant.selection_id == selection.id,
                SelectionEntrant.state == EntrantState.ADMITTED,
                *where(actor, wish),
            )
        )
        ids = db.session.scalars(query.order_by(Unit.path, SelectionEntrant.id)).all()
        if not ids:
            raise Refused(msg("“%(name)s”还没有通过资格审查的人选。", name=selection.name), field="selection")
        notes = (msg("共 %(count)s 人。", count=len(ids)),)
        spec, line = self.spec(actor, wish.about), self.line(actor, wish.about)
        return Export(spec, f"{selection.name}环节成绩", notes, pieces(ids), _rows, line)


def _rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    points: dict[int, list[StagePoints]] = defaultdict(list)
    for one in db.session.scalars(select(StagePoints).where(StagePoints.entrant_id.in_(piece))):
        points[one.entrant_id].append(one)
    query = (
        select(SelectionEntrant.id, Employee.number, Employee.name, Unit.short_name)
        .join(Employee, Employee.id == SelectionEntrant.employee_id)
        .join(Unit, Unit.id == SelectionEntrant.unit_id)
        .where(SelectionEntrant.id.in_(piece))
        .order_by(Unit.path, SelectionEntrant.id)
    )
    for entrant_id, number, name, unit in db.session.execute(query):
        row: dict[str, object] = {"number": number, "name": name, "unit": unit}
        for one in points[entrant_id]:
            row[points_key(one.stage)] = one.points
            row[votes_key(one.stage, "for")], row[votes_key(one.stage, "cast")] = one.votes_for, one.votes_cast
        yield row


class _Comparing:
    """Rows held against the points there are, and against what the other rows of the file make of them."""

    def __init__(self, selection: Selection, spec: SheetSpec) -> None:
        self.selection, self.spec, self.edition = selection, spec, rules_of(selection)
        query = took_part(selection).add_columns(Employee.number, Employee.name)
        query = query.join(Employee, Employee.id == SelectionEntrant.employee_id)
        people = db.session.execute(query).all()
        self.known: dict[str, tuple[SelectionEntrant, str]] = {row[1]: (row[0], row[2]) for row in people}
        self.kept = kept_points(selection)
        self.places = places_of(selection.id)
        self.given: dict[str, dict[int, PointsGiven]] = defaultdict(dict)
        self.rows: dict[int, Row] = {}

    def outcomes(self, rows: Sequence[Row]) -> list[Outcome]:
        """What each row would do: first what the rows say, then whether everybody takes part in what they have."""
        looked = [self._look(row) for row in rows]
        part = {stage.code: self._part(stage) for stage in self.edition.stages}
        return [self._outcome(findings, entrant, changes, part) for findings, entrant, changes in looked]

    def write(self, actor: Actor) -> None:
        """Stage by stage: who takes part in one follows from those before it."""
        for stage in self.edition.stages:
            if not self.given[stage.code]:
                continue
            try:
                put_points(actor, self.selection.id, stage.code, self.given[stage.code])
            except Refused as refused:
                key = (refused.field or "").partition(":")[0]
                if not key.isdecimal() or int(key) not in self.rows:
                    raise
                raise RowFault(self.rows[int(key)].number, stage.name, refused) from refused

    def _look(self, row: Row) -> tuple[Findings, tuple[SelectionEntrant, str] | None, list[CellChange]]:
        findings, number = Findings(row, self.spec), str(row.values.get("number") or "")
        found = self.known.get(number)
        if found is None:
            if number:
                message = "%(number)s 不在本次竞岗通过资格审查的人选中，请核对编号。"
                findings.add("number", msg(message, number=number[:24]))
            return findings, None, []
        entrant, name = found
        typed = str(row.values.get("name") or "")
        if typed and typed != name:
            findings.add("name", msg("%(number)s 是“%(name)s”，请核对。", number=number, name=name))
        if entrant.id in self.rows:
            message = "与第 %(row)s 行是同一人。请只保留一行。"
            findings.add("number", msg(message, row=self.rows[entrant.id].number))
            return findings, found, []
        self.rows[entrant.id] = row
        changes = [one for stage in self.edition.stages for one in self._stage(row, findings, entrant, stage)]
        return findings, found, changes

    def _stage(
        self, row: Row, findings: Findings, entrant: SelectionEntrant, stage: SelectionStage
    ) -> list[CellChange]:
        """The changed cells of one stage."""
        keys = (points_key(stage.code), votes_key(stage.code, "for"), votes_key(stage.code, "cast"))
        points, votes_for, votes_cast = (row.values.get(key) for key in keys)
        if points is None and votes_for is None and votes_cast is None:
            return []
        tally = isinstance(votes_for, int) and isinstance(votes_cast, int)
        value = points if isinstance(points, Decimal) else None
        if (votes_for is None) != (votes_cast is None):
            findings.add(keys[1] if votes_for is None else keys[2], msg("得票数和投票人数请同时填写。"))
            return []
        if isinstance(votes_for, int) and isinstance(votes_cast, int):
            if votes_cast < 1 or votes_for > votes_cast:
                findings.add(keys[1], msg("得票应在 0 至投票人数之间，投票人数至少 1 人，请核对。"))
                return []
            value = vote_points(stage, votes_for, votes_cast)
            if isinstance(points, Decimal) and points != value:
                findings.add(keys[0], msg("与得票折算的 %(points)s 分不一致，请核对或留空。", points=value))
                return []
        if value is None:
            return []
        standing = self.kept[entrant.id].get(stage.code)
        before = (None, None, None) if standing is None else (standing.points, standing.votes_for, standing.votes_cast)
        after = (value, votes_for, votes_cast) if tally else (value, None, None)
        if before == after:
            return []
        given = PointsGiven(votes_for=after[1], votes_cast=after[2]) if tally else PointsGiven(points=value)  # type: ignore[arg-type]
        self.given[stage.code][entrant.id] = given
        return [
            change(self.spec.column(key), old, new)
            for key, old, new in zip(keys, before, after, strict=True)
            if old != new
        ]

    def _part(self, stage: SelectionStage) -> frozenset[int]:
        """Who takes part in a stage once the rows are written."""
        members: dict[int, list[SelectionEntrant]] = defaultdict(list)
        for entrant, _ in self.known.values():
            members[entrant.unit_id].append(entrant)
        found: set[int] = set()
        for unit_id, places in self.places.items():
            standing = stand(self.edition, unit_id, places, members[unit_id], self._afterwards(members[unit_id]))
            found |= taking_part(self.edition, standing, stage)
        return frozenset(found)

    def _afterwards(self, members: Sequence[SelectionEntrant]) -> dict[int, dict[str, StagePoints]]:
        """The points as the rows would leave them; these records are never kept."""
        return {one.id: dict(self.kept[one.id]) | self._said(one.id) for one in members}

    def _said(self, key: int) -> dict[str, StagePoints]:
        said = {}
        for stage in self.edition.stages:
            given = self.given[stage.code].get(key)
            if given is None:
                continue
            points = given.points
            if given.votes_for is not None and given.votes_cast is not None:
                points = vote_points(stage, given.votes_for, given.votes_cast)
            said[stage.code] = StagePoints(entrant_id=key, stage=stage.code, points=points)
        return said

    def _outcome(
        self,
        findings: Findings,
        found: tuple[SelectionEntrant, str] | None,
        changes: list[CellChange],
        part: Mapping[str, frozenset[int]],
    ) -> Outcome:
        number = str(findings.row.values.get("number") or "")
        if found is None:
            return findings.outcome(RowState.WRONG, number, number)
        entrant, name = found
        for stage in self.edition.stages:
            if entrant.id in self.given[stage.code] and entrant.id not in part[stage.code]:
                absent = msg("没有进入“%(stage)s”，或者本单位前面环节的成绩还没有录全。", stage=stage.name)
                findings.add(points_key(stage.code), absent)
        state = RowState.CHANGED if changes else RowState.UNCHANGED
        return findings.outcome(state, number, name, changes)
