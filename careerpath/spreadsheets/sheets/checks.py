"""Medical examinations and background checks of those on the final list."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.policy.recruitment import Outcome as Standing
from careerpath.policy.recruitment import RecruitmentEdition, Stage
from careerpath.recruitment.models import (
    Application,
    BatchState,
    CandidateCheck,
    CheckKind,
    Examinee,
    ListLine,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.operations.checks import CheckGiven, record_checks
from careerpath.recruitment.queries.final import FinalRow, final_rows
from careerpath.recruitment.queries.words import CHECK_KINDS
from careerpath.recruitment.sheets.results import CHECKS_SPEC
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.sheets.batches import BatchDesk, change, pieces, where, wished
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
from careerpath.words import Refused, msg

FIELDS = ("passed", "on", "place", "note")
HIDDEN = "******"
"""Stands for what is known of somebody's health: it is not shown beside a new entry."""


class ChecksDesk(BatchDesk):
    """Checks."""

    permission = Permission.RECRUITMENT_DECIDE
    states = (BatchState.CHECKS, BatchState.NOTICE)
    undone_in = (BatchState.CHECKS,)

    def columns(self, edition: RecruitmentEdition | None) -> SheetSpec:
        """Always the same columns."""
        return CHECKS_SPEC

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by exam number, or by the number of the application. Two queries."""
        comparing = _Comparing(self.open_batch(actor, about), spec)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Those to be appointed and those who were checked, without what was noted of their health."""
        batch = wished(actor, wish, self.permission)
        checked = select(CandidateCheck.application_id)
        query = (
            select(ListLine.id)
            .join(RecruitmentPosition, RecruitmentPosition.id == ListLine.position_id)
            .where(
                ListLine.batch_id == batch.id,
                ListLine.stage == Stage.FINAL,
                (ListLine.outcome == Standing.PROPOSED) | ListLine.application_id.in_(checked),
                *where(actor, wish, self.permission),
            )
        )
        ids = db.session.scalars(query.order_by(RecruitmentPosition.code, ListLine.rank, ListLine.id)).all()
        if not ids:
            raise Refused(msg("“%(name)s”还没有需要体检考察的人员。", name=batch.name), field="batch")
        notes = (msg("共 %(count)s 人。", count=len(ids)),)
        line = self.line(actor, wish.about)
        return Export(CHECKS_SPEC, f"{batch.name}体检考察", notes, pieces(ids), _rows, line)


def _rows(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = (
        select(ListLine, Application, RecruitmentPosition.code, Unit.short_name, Examinee.exam_number)
        .join(Application, Application.id == ListLine.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == ListLine.position_id)
        .join(Unit, Unit.id == RecruitmentPosition.unit_id)
        .outerjoin(Examinee, Examinee.application_id == ListLine.application_id)
        .where(ListLine.id.in_(piece))
        .order_by(RecruitmentPosition.code, ListLine.rank, ListLine.id)
    )
    found = db.session.execute(query).all()
    checks = checks_of([application.id for _, application, _, _, _ in found])
    for _, application, position, unit, exam_number in found:
        row: dict[str, object] = {
            "number": exam_number or application.number,
            "name": application.name,
            "position": position,
            "unit": unit,
        }
        for kind in CheckKind:
            check = checks.get((application.id, kind))
            if check is not None:
                row |= {f"{kind.value}_{name}": getattr(check, name) or None for name in ("on", "place")}
                row[f"{kind.value}_passed"] = check.passed
        yield row


def checks_of(application_ids: Sequence[int]) -> dict[tuple[int, CheckKind], CandidateCheck]:
    """The checks of some people, by application and kind."""
    query = select(CandidateCheck).where(CandidateCheck.application_id.in_(application_ids))
    return {(check.application_id, check.kind): check for check in db.session.scalars(query)}


class _Comparing:
    """Rows held against the final list and the checks there are."""

    def __init__(self, batch: RecruitmentBatch, spec: SheetSpec) -> None:
        self.batch, self.spec = batch, spec
        rows = final_rows(batch.id)
        self.known = {row.number: row for row in rows} | {row.application.number: row for row in rows}
        self.checks = checks_of([row.application.id for row in rows])
        self.given: dict[int, list[CheckGiven]] = {}
        self.rows: dict[int, Row] = {}

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        number, name = str(row.values.get("number") or ""), str(row.values.get("name") or "")
        findings, found = Findings(row, self.spec), self.known.get(number)
        if found is None:
            if number:
                message = "本批次的最终名单中没有 %(number)s，请核对准考证号（补选、转隶为报名号）。"
                findings.add("number", msg(message, number=number[:24]))
            return findings.outcome(RowState.WRONG, number, name)
        person = found.application
        if name and name != person.name:
            findings.add("name", msg("%(number)s 是“%(name)s”，请核对。", number=number, name=person.name))
        if person.id in self.rows:
            message = "与第 %(row)s 行是同一人。请只保留一行。"
            findings.add("number", msg(message, row=self.rows[person.id].number))
        self.rows.setdefault(person.id, row)
        changes: list[CellChange] = []
        for kind in CheckKind:
            changes += self._check(row, findings, found, kind)
        state = RowState.CHANGED if changes else RowState.UNCHANGED
        return findings.outcome(state, number, person.name, changes)

    def write(self, actor: Actor) -> None:
        """Record all checks."""
        try:
            record_checks(actor, self.batch.id, self.given)
        except Refused as refused:
            number = (refused.field or "").partition(".")[0]
            if not number.isdecimal() or int(number) not in self.rows:
                raise
            raise RowFault(self.rows[int(number)].number, "", refused) from refused

    def _check(self, row: Row, findings: Findings, found: FinalRow, kind: CheckKind) -> list[CellChange]:
        """The changed cells of one kind of check."""
        standing = self.checks.get((found.application.id, kind))
        said = {name: row.values.get(f"{kind.value}_{name}") for name in FIELDS}
        before: dict[str, Any] = {name: getattr(standing, name, None) or None for name in ("on", "place", "note")}
        before["passed"] = standing.passed if standing else None
        changed = {name: value for name, value in said.items() if value is not None and value != before[name]}
        if not changed:
            return []
        after = before | changed
        self._refuse(findings, found, kind, standing, after)
        if not findings.wrongs:
            given = CheckGiven(kind, after["passed"], after["on"], after["place"] or "", after["note"] or "")
            self.given.setdefault(found.application.id, []).append(given)
        return [self._change(kind, name, before[name], value) for name, value in changed.items()]

    def _refuse(
        self,
        findings: Findings,
        found: FinalRow,
        kind: CheckKind,
        standing: CandidateCheck | None,
        after: Mapping[str, Any],
    ) -> None:
        name, said = CHECK_KINDS[kind], kind.value
        if after["passed"] is None:
            findings.add(f"{said}_passed", msg("请填写%(kind)s结论：合格或不合格。", kind=name))
        if not isinstance(after["on"], date):
            findings.add(f"{said}_on", msg("请填写%(kind)s日期。", kind=name))
        if after["passed"] is False and not after["note"]:
            findings.add(f"{said}_note", msg("%(kind)s不合格，请写明原因。", kind=name))
        if standing is None and found.line.outcome is not Standing.PROPOSED:
            findings.add(f"{said}_passed", msg("不在拟聘用名单中，无需%(kind)s。", kind=name))
        if standing is not None and not standing.passed and after["passed"]:
            # A re-examination takes a departure back, which an import could not give again.
            findings.add(f"{said}_passed", msg("原结论为不合格，复检结果请在人员页面逐人登记。"))

    def _change(self, kind: CheckKind, name: str, old: object, new: object) -> CellChange:
        column = self.spec.column(f"{kind.value}_{name}")
        if name == "note":
            return CellChange(column.key, column.title, HIDDEN if old else "", str(new))
        return change(column, old, new)
