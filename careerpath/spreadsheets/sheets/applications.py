"""Applications: people who are new in a batch, those of whom something changes, and the export that comes back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.core.vault import vault
from careerpath.employees.operations.people import RowRefused
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    BatchState,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.operations.entering import (
    change_application,
    check_changeable,
    check_group,
    check_open,
    enter_applications,
)
from careerpath.recruitment.operations.particulars import Particulars, check_particulars, particulars_of
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.sheets.applications import (
    FIELDS,
    application_row,
    applications_spec,
    changed_particulars,
    difference,
    is_masked,
    new_particulars,
    shown_now,
)
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.sheets.batches import PIECE, BatchDesk, by_code, change, pieces, where, wished
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
from careerpath.words import Message, Refused, Unmet, msg

_P = Permission
BRIEF = msg("简历和家庭成员不在本表中，请在报名页面填写；导入时原有的保持不变。")


class ApplicationsDesk(BatchDesk):
    """Applications."""

    permission = _P.RECRUITMENT_ENTER
    states = (BatchState.PUBLISHED,)

    def columns(self, edition: RecruitmentEdition | None) -> SheetSpec:
        """The columns with the groups and the bonus items of the rules."""
        return applications_spec(edition)

    def lists(self, actor: Actor, about: About) -> Mapping[str, Sequence[str]]:
        """The codes of the positions for which the actor may enter somebody."""
        codes = sorted(_positions(actor, about.batch_id or 0))
        return {"position": codes} if codes else {}

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by number, else by identity; then cell by cell. A query for each 500 rows."""
        return _Comparing(actor, self.open_batch(actor, about), read, spec).done()

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Everybody but drafts; full identity and telephone numbers only where the wish says so."""
        batch = wished(actor, wish, _P.RECRUITMENT_VIEW)
        query = (
            select(Application.id)
            .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
            .where(
                Application.batch_id == batch.id,
                Application.state != ApplicationState.DRAFT,
                *where(actor, wish, _P.RECRUITMENT_VIEW),
            )
        )
        if wish.reveal:
            query = query.where(within(actor, Application.unit_id, _P.IDENTITY_REVEAL))
        ids = db.session.scalars(query.order_by(Application.number)).all()

        def rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
            some = (
                select(Application, RecruitmentPosition, Unit.short_name)
                .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
                .join(Unit, Unit.id == RecruitmentPosition.unit_id)
                .where(Application.id.in_(piece))
                .order_by(Application.number)
            )
            for application, position, unit_name in db.session.execute(some):
                yield application_row(application, position, unit_name, reveal=wish.reveal)

        notes: tuple[Message, ...] = (msg("共 %(count)s 人。", count=len(ids)), BRIEF)
        if not wish.reveal:
            notes += (msg("身份证号和手机号已遮盖，不含家庭地址；原样导入时按报名号核对，号码保持不变。"),)
        spec, line = self.spec(actor, wish.about), self.line(actor, wish.about)
        return Export(spec, f"{batch.name}报名表", notes, pieces(ids), rows, line)


@dataclass(slots=True)
class _Line:
    """One row on its way to an outcome."""

    row: Row
    findings: Findings
    number: str
    index: str
    """The blind index of a full identity number."""

    @property
    def name(self) -> str:
        return str(self.row.values.get("name") or "")


class _Comparing:
    """Rows held against the applications of the batch."""

    def __init__(self, actor: Actor, batch: RecruitmentBatch, read: ReadResult, spec: SheetSpec) -> None:
        self.batch, self.spec, self.notes = batch, spec, (*read.notes, BRIEF)
        self.edition, self.on = rules_of(batch), clock.today()
        self.positions = _positions(actor, batch.id)
        self.codes = {position.id: position.code for position in self.positions.values()}
        self.lines = [_line(row, spec) for row in read.rows]
        self.by_number: dict[str, Application] = {}
        self.by_index: dict[str, Application] = {}
        self._match()
        self.closed = self._closed()
        self.new: list[tuple[_Line, int, Particulars]] = []
        self.changes: list[tuple[_Line, Application, int, Particulars]] = []

    def done(self) -> Comparison:
        """Every row's outcome, and how to write them."""
        self._mark_twice()
        outcomes = [self._outcome(line) for line in self.lines]
        return Comparison(outcomes, self.notes, self._write)

    def _write(self, actor: Actor) -> None:
        # People who change come first: a corrected identity number may be what a new row needs.
        for line, application, position_id, given in self.changes:
            try:
                change_application(actor, application.id, position_id, given, application.version)
            except Unmet as unmet:
                raise RowFault(line.row.number, line.name, unmet) from unmet
        if self.new:
            try:
                enter_applications(actor, self.batch.id, [(position_id, given) for _, position_id, given in self.new])
            except RowRefused as refused:
                line = self.new[refused.row][0]
                raise RowFault(line.row.number, line.name, refused.why) from refused

    def _match(self) -> None:
        numbers = sorted({line.number for line in self.lines if line.number})
        indexes = sorted({line.index for line in self.lines if line.index})
        for column, values in ((Application.number, numbers), (Application.taken_index, indexes)):
            for start in range(0, len(values), PIECE):
                query = select(Application).where(
                    Application.batch_id == self.batch.id,
                    Application.state != ApplicationState.DRAFT,
                    column.in_(values[start : start + PIECE]),
                )
                for application in db.session.scalars(query):
                    self.by_number[application.number] = application
                    if application.taken_index is not None:
                        self.by_index[application.taken_index] = application

    def _closed(self) -> Message | None:
        try:
            check_open(self.batch, self.on)
        except Refused as refusal:
            return refusal.message
        return None

    def _mark_twice(self) -> None:
        """Name the earlier row where somebody comes twice."""
        first: dict[str, int] = {}
        for line in self.lines:
            if line.index and (earlier := first.setdefault(line.index, line.row.number)) != line.row.number:
                line.findings.add("identity", msg("身份证号与第 %(row)s 行相同。每人只能报一个岗位。", row=earlier))

    def _outcome(self, line: _Line) -> Outcome:
        position = self._position(line)
        known = self.by_number.get(line.number) if line.number else self.by_index.get(line.index)
        mine = known is not None and known.unit_id in {one.unit_id for one in self.positions.values()}
        if line.number and not mine:
            message = "本批次没有报名号 %(number)s，或者不在您的管辖范围内。新报名请留空，由系统编号。"
            line.findings.add("number", msg(message, number=line.number))
        if position is None or line.findings.wrongs:
            return line.findings.outcome(RowState.WRONG, line.number, line.name)
        if known is None:
            return self._entered(line, position)
        if mine:
            return self._changed(line, known, position)
        return self._taken(line, known)

    def _entered(self, line: _Line, position: RecruitmentPosition) -> Outcome:
        cells = line.row.values
        for name, message in (
            ("identity", msg("号码已遮盖，新报名请填写完整的 18 位身份证号。")),
            ("phone", msg("号码已遮盖，新报名请填写完整的联系电话。")),
        ):
            if is_masked(name, cells.get(name)):
                line.findings.add(name, message)
        if self.closed is not None:
            line.findings.add("", self.closed)
        if not line.findings.wrongs:
            given = new_particulars(cells)
            if self._sound(line, given, position, None):
                self.new.append((line, position.id, given))
        said = {name: cells[name] for name in ("position", *FIELDS) if cells.get(name) not in (None, "", ())}
        changes = [self._change(name, None, value) for name, value in said.items()]
        return line.findings.outcome(RowState.NEW, "", line.name, changes)

    def _changed(self, line: _Line, known: Application, position: RecruitmentPosition) -> Outcome:
        current = particulars_of(known)
        found = difference(known, current, line.row.values)
        moved = position.id != known.position_id
        if not found and not moved:
            return line.findings.outcome(RowState.UNCHANGED, known.number, known.name)
        if not line.number:
            return self._taken(line, known)
        self._check_own(line, known, found)
        try:
            check_changeable(known)
        except Refused as refusal:
            line.findings.add(next(iter(found), "position"), refusal.message)
        given = changed_particulars(current, found)
        if not line.findings.wrongs and self._sound(line, given, position, known):
            self.changes.append((line, known, position.id, given))
        changes = [self._change(name, shown_now(known, current, name), value) for name, value in found.items()]
        if moved:
            changes.insert(0, self._change("position", self.codes[known.position_id], position.code))
        return line.findings.outcome(RowState.CHANGED, known.number, known.name, changes)

    def _check_own(self, line: _Line, known: Application, found: Mapping[str, object]) -> None:
        """Whether a row that names an application by its number can be that person."""
        typed = line.row.values.get("identity")
        if is_masked("identity", typed) and typed != known.identity_masked:
            line.findings.add("identity", msg("遮盖的号码与报名号 %(number)s 不符，请核对。", number=known.number))
        if {"identity", "name"} <= set(found):
            message = "报名号 %(number)s 是“%(name)s”，与本行的姓名和身份证号都不符，请核对报名号。"
            line.findings.add("number", msg(message, number=known.number, name=known.name))
        other = self.by_index.get(line.index)
        if other is not None and other is not known:
            self._add_taken(line, other)

    def _taken(self, line: _Line, known: Application) -> Outcome:
        self._add_taken(line, known)
        return line.findings.outcome(RowState.WRONG, "", line.name)

    def _add_taken(self, line: _Line, known: Application) -> None:
        message = "此人已在本批次报名，报名号 %(number)s，每人只能报一个岗位。如需修改，请在本行填写报名号。"
        line.findings.add("identity", msg(message, number=known.number))

    def _sound(self, line: _Line, given: Particulars, position: RecruitmentPosition, known: Application | None) -> bool:
        """Whether the rules of an application let it stand; what they refuse is noted at the cell."""
        try:
            read = check_particulars(self.edition, given, self.on, known)
            check_group(self.edition, position, read)
        except Refused as refusal:
            line.findings.add(refusal.field if refusal.field in FIELDS else "", refusal.message)
            return False
        return True

    def _position(self, line: _Line) -> RecruitmentPosition | None:
        code = str(line.row.values.get("position") or "")
        position = by_code(self.positions, code)
        if code and position is None:
            known = "、".join(list(self.positions)[:8]) or "—"
            message = "本批次没有岗位代码“%(code)s”，或者不在您的管辖范围内。可填：%(known)s。"
            line.findings.add("position", msg(message, code=code[:20], known=known))
        return position

    def _change(self, key: str, old: Any, new: Any) -> CellChange:
        if key == "identity" and isinstance(new, str) and not is_masked(key, new):
            new = f"{new[:6]}********{new[14:]}"
        return change(self.spec.column(key), old, new)


def _line(row: Row, spec: SheetSpec) -> _Line:
    identity = row.values.get("identity")
    full = isinstance(identity, str) and not is_masked("identity", identity)
    index = vault().index(str(identity)) if full else ""
    return _Line(row, Findings(row, spec), str(row.values.get("number") or ""), index)


def _positions(actor: Actor, batch_id: int) -> dict[str, RecruitmentPosition]:
    """The positions for which the actor may enter somebody, by code."""
    query = select(RecruitmentPosition).where(
        RecruitmentPosition.batch_id == batch_id, within(actor, RecruitmentPosition.unit_id, _P.RECRUITMENT_ENTER)
    )
    return {one.code: one for one in db.session.scalars(query.order_by(RecruitmentPosition.code))}
