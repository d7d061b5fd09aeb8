"""The positions of a planned batch: those in the file are put beside the others, none is taken away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.employees.operations.people import RowRefused
from careerpath.employees.sheets.units import UnitNames
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import BatchState, RecruitmentBatch, RecruitmentPosition
from careerpath.recruitment.operations.positions import NewPosition, put_positions
from careerpath.recruitment.sheets.positions import FIELDS, given_position, plain, position_cells, positions_spec
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.sheets.batches import BatchDesk, by_code, change, pieces, where, wished
from careerpath.spreadsheets.sheets.desk import Comparison, Export, Findings, Outcome, RowFault, RowState, Wish
from careerpath.words import Refused, msg

LISTED_UNITS = 300
"""With more units than this a drop-down helps nobody: they are typed."""


class PositionsDesk(BatchDesk):
    """Positions."""

    permission = Permission.RECRUITMENT_PLAN
    states = (BatchState.PLANNED,)

    def columns(self, edition: RecruitmentEdition | None) -> SheetSpec:
        """The columns with the groups of the rules."""
        return positions_spec(edition)

    def lists(self, actor: Actor, about: About) -> Mapping[str, Sequence[str]]:
        """The units, where they are few enough to choose from."""
        names = UnitNames(actor, self.permission).path_texts()
        return {"unit": names} if 0 < len(names) <= LISTED_UNITS else {}

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by code; a row without one, or with a new one, is a new position. Three queries."""
        batch = self.open_batch(actor, about)
        return _Comparing(actor, batch, spec).done(read)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """The positions that the actor may see."""
        batch = wished(actor, wish, Permission.RECRUITMENT_VIEW)
        units = UnitNames(actor, Permission.RECRUITMENT_VIEW)
        query = select(RecruitmentPosition.id).where(
            RecruitmentPosition.batch_id == batch.id, *where(actor, wish, Permission.RECRUITMENT_VIEW)
        )
        ids = db.session.scalars(query.order_by(RecruitmentPosition.code)).all()

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            some = select(RecruitmentPosition).where(RecruitmentPosition.id.in_(piece))
            for position in db.session.scalars(some.order_by(RecruitmentPosition.code)):
                yield position_cells(position) | {"unit": units.path_text(position.unit_id)}

        spec, notes = self.spec(actor, wish.about), (msg("共 %(count)s 个岗位。", count=len(ids)),)
        line = self.line(actor, wish.about)
        return Export(spec, f"{batch.name}招聘岗位", notes, pieces(ids), rows, line)


class _Comparing:
    """Rows held against the positions there are."""

    def __init__(self, actor: Actor, batch: RecruitmentBatch, spec: SheetSpec) -> None:
        self.batch, self.spec = batch, spec
        self.units = UnitNames(actor, Permission.RECRUITMENT_PLAN)
        self.district = db.session.get_one(Unit, batch.unit_id)
        query = select(RecruitmentPosition).where(RecruitmentPosition.batch_id == batch.id)
        standing = db.session.scalars(query.order_by(RecruitmentPosition.code)).all()
        self.standing = {position.code: position for position in standing}
        self.units.know(position.unit_id for position in standing)
        self.given = {position.code: given_position(position) for position in standing}
        self.rows: dict[str, Row] = {}
        self.new: list[tuple[Row, NewPosition]] = []

    def done(self, read: ReadResult) -> Comparison:
        """Every row's outcome, and how to write them."""
        outcomes = [self._outcome(row, Findings(row, self.spec)) for row in read.rows]
        return Comparison(outcomes, read.notes, self._write)

    def _write(self, actor: Actor) -> None:
        given = [*self.given.values(), *(one for _, one in self.new)]
        rows = [*(self.rows.get(code) for code in self.given), *(row for row, _ in self.new)]
        try:
            put_positions(actor, self.batch.id, given)
        except RowRefused as refused:
            row = rows[refused.row]
            if row is None:
                raise
            raise RowFault(row.number, str(row.values.get("title") or ""), refused.why) from refused

    def _outcome(self, row: Row, findings: Findings) -> Outcome:
        code, title = str(row.values.get("code") or ""), str(row.values.get("title") or "")
        unit = self._unit(row, findings)
        if unit is None or findings.wrongs:
            return findings.outcome(RowState.WRONG, code, title)
        standing = by_code(self.standing, code)
        said: dict[str, Any] = {
            name: plain(name, row.values[name]) for name in FIELDS if row.values.get(name) is not None
        }
        said["unit_id"] = unit.id
        if standing is None:
            self.new.append((row, NewPosition(code=code, **said)))
            return findings.outcome(RowState.NEW, code, title, [self._change(key, None, said[key]) for key in said])
        old = self.given[standing.code]
        changed = {key: value for key, value in said.items() if value != getattr(old, key)}
        if not changed:
            return findings.outcome(RowState.UNCHANGED, standing.code, title)
        cells = [self._change(key, getattr(old, key), value) for key, value in changed.items()]
        self.given[standing.code], self.rows[standing.code] = replace(old, **changed), row
        return findings.outcome(RowState.CHANGED, standing.code, title, cells)

    def _unit(self, row: Row, findings: Findings) -> Unit | None:
        text = row.values.get("unit")
        if not isinstance(text, str):
            return None
        try:
            unit = self.units.find(text)
        except Refused as refusal:
            findings.add("unit", refusal.message)
            return None
        if unit.id == self.district.id or not unit.path.startswith(self.district.path):
            message = "“%(name)s”不是%(district)s的下级单位，不能在本批次设岗。请填社区或街道。"
            findings.add("unit", msg(message, name=text, district=self.district.short_name))
        return unit

    def _change(self, key: str, old: Any, new: Any) -> Any:
        if key != "unit_id":
            return change(self.spec.column(key), old or None, new or None)
        names = [self.units.path_text(one) if one is not None else None for one in (old, new)]
        return change(self.spec.column("unit"), *names)
