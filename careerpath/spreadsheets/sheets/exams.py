"""The written exam: who came, and points typed by secret number."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import exists, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec, Workbook
from careerpath.policy.recruitment import RecruitmentEdition, Stage
from careerpath.recruitment.models import (
    Application,
    Attendance,
    BatchState,
    Examinee,
    ExamRoom,
    ListLine,
    RecruitmentBatch,
    RecruitmentPosition,
    ScoreEntry,
)
from careerpath.recruitment.operations.rooms import mark_attendance
from careerpath.recruitment.operations.scores import type_scores
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.scores import SETTLED, TURNS, Paper, Typed, papers_of, typings_of
from careerpath.recruitment.queries.words import ATTENDANCES
from careerpath.recruitment.sheets.exam import ANY_PAPER, ATTENDANCE_SPEC, paper_key, released_spec, scores_spec
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
from careerpath.words import Message, Refused, msg

_P = Permission
TYPED_BY_ANOTHER = "******"
"""Stands for points that somebody else typed: who sees them could no longer type them independently."""


class AttendanceDesk(BatchDesk):
    """Who came to the written exam."""

    permission = _P.RECRUITMENT_SCORE
    states = (BatchState.EXAM,)

    def columns(self, edition: RecruitmentEdition | None) -> SheetSpec:
        """Always the same columns."""
        return ATTENDANCE_SPEC

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by exam number. One query."""
        batch = self.open_batch(actor, about)
        query = (
            select(Examinee, Application.name)
            .join(Application, Application.id == Examinee.application_id)
            .where(Examinee.batch_id == batch.id)
        )
        known = {examinee.exam_number: (examinee, name) for examinee, name in db.session.execute(query)}
        marks: dict[str, tuple[Row, Attendance]] = {}
        outcomes = []
        for row in read.rows:
            number, name = str(row.values.get("exam_number") or ""), str(row.values.get("name") or "")
            findings, found = Findings(row, spec), known.get(number)
            if found is None:
                if number:
                    findings.add("exam_number", msg("本批次没有准考证号 %(number)s，请核对。", number=number[:20]))
                outcomes.append(findings.outcome(RowState.WRONG, number, name))
                continue
            examinee, right_name = found
            if name and name != right_name:
                message = msg("准考证号 %(number)s 是“%(name)s”，请核对。", number=number, name=right_name)
                findings.add("name", message)
            mark = row.values.get("attendance")
            changes: list[CellChange] = []
            if isinstance(mark, Attendance) and mark is not examinee.attendance:
                changes.append(change(spec.column("attendance"), examinee.attendance, mark))
                marks[number] = row, mark
            state = RowState.CHANGED if changes else RowState.UNCHANGED
            outcomes.append(findings.outcome(state, number, right_name, changes))
        return Comparison(outcomes, read.notes, lambda writer: _mark(writer, batch, marks))

    def why_kept(self, actor: Actor, about: About, written_at: datetime) -> Message | None:
        """Scores rest on who came."""
        scored = exists().where(ScoreEntry.examinee_id == Examinee.id, Examinee.batch_id == about.batch_id)
        if db.session.scalar(select(scored)):
            return msg("已经录入笔试成绩，到考情况不能整体撤销，请逐人更正。")
        return super().why_kept(actor, about, written_at)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Everybody with a seat, room by room."""
        batch = wished(actor, wish, self.permission)
        query = (
            select(Examinee.id)
            .join(Application, Application.id == Examinee.application_id)
            .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
            .join(ExamRoom, ExamRoom.id == Examinee.room_id)
            .where(Examinee.batch_id == batch.id, *where(actor, wish, self.permission))
        )
        ids = db.session.scalars(query.order_by(ExamRoom.number, Examinee.seat)).all()
        notes = (msg("共 %(count)s 人。", count=len(ids)),)
        line = self.line(actor, wish.about)
        return Export(ATTENDANCE_SPEC, f"{batch.name}笔试到考情况", notes, pieces(ids), _seats, line)


def _seats(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = (
        select(Examinee, ExamRoom.number, Application.name, RecruitmentPosition.code)
        .join(ExamRoom, ExamRoom.id == Examinee.room_id)
        .join(Application, Application.id == Examinee.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .where(Examinee.id.in_(piece))
        .order_by(ExamRoom.number, Examinee.seat)
    )
    for examinee, room, name, position in db.session.execute(query):
        yield {
            "room": room,
            "seat": examinee.seat,
            "exam_number": examinee.exam_number,
            "name": name,
            "position": position,
            "attendance": examinee.attendance,
        }


def _mark(actor: Actor, batch: RecruitmentBatch, marks: Mapping[str, tuple[Row, Attendance]]) -> None:
    try:
        mark_attendance(actor, batch.id, {number: mark for number, (_, mark) in marks.items()})
    except Refused as refused:
        number = refused.field or ""
        if number not in marks:
            raise
        raise RowFault(marks[number][0].number, number, refused) from refused


class ScoresDesk(BatchDesk):
    """Written scores: in by secret number as one of the two entries, out by exam number once they are released."""

    permission = _P.RECRUITMENT_SCORE
    states = (BatchState.EXAM,)

    def columns(self, edition: RecruitmentEdition | None) -> SheetSpec:
        """The secret number and the papers of the rules."""
        return scores_spec(papers_of(edition) if edition else (ANY_PAPER,))

    def about_in(self, actor: Actor, workbook: Workbook, about: About) -> About:
        """The batch, and the turn that somebody must choose: no file knows it."""
        if about.turn not in TURNS:
            raise Refused(msg("请选择这是第几遍录入：第 1 遍或第 2 遍。"), field="turn")
        return super().about_in(actor, workbook, about)

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by secret number; only this entry is compared, the other one is told to nobody. Two queries."""
        batch = self.open_batch(actor, about)
        typing = _Typing(actor, batch, spec, about.turn or 0)
        typing.refuse_same_account(read)
        outcomes = [typing.outcome(row) for row in read.rows]
        return Comparison(outcomes, read.notes, typing.write)

    def why_kept(self, actor: Actor, about: About, written_at: datetime) -> Message | None:
        """The other entry, or what settled a difference, was made knowing that this one stands."""
        later = exists().where(
            ScoreEntry.examinee_id == Examinee.id,
            Examinee.batch_id == about.batch_id,
            ScoreEntry.turn != about.turn,
            ScoreEntry.at > written_at,
        )
        if db.session.scalar(select(later)):
            return msg("这次导入之后已有另一遍录入或核定，不能整体撤销，请逐个密号更正。")
        return super().why_kept(actor, about, written_at)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Before the release the secret numbers of those who came, with empty cells; then points by exam number."""
        batch = wished(actor, wish, self.permission)
        papers = papers_of(rules_of(batch))
        if batch.state is BatchState.EXAM:
            return self._empty(actor, batch, papers)
        query = select(Examinee.id).join(ListLine, ListLine.application_id == Examinee.application_id)
        released = query.where(Examinee.batch_id == batch.id, ListLine.stage == Stage.SHORTLIST)
        ids = db.session.scalars(released.order_by(Examinee.exam_number)).all()
        if not ids:
            raise Refused(msg("“%(name)s”还没有公布笔试成绩。", name=batch.name), field="batch")
        notes = (msg("共 %(count)s 人。", count=len(ids)),)
        line = self.line(actor, wish.about)
        return Export(released_spec(papers), f"{batch.name}笔试成绩", notes, pieces(ids), _released, line)

    def _empty(self, actor: Actor, batch: RecruitmentBatch, papers: Sequence[Paper]) -> Export:
        sitting = select(Examinee.id).where(Examinee.batch_id == batch.id, Examinee.attendance == Attendance.PRESENT)
        # In the order of the secret numbers: that of the seats would tell who is who.
        ids = db.session.scalars(sitting.order_by(Examinee.secret_number)).all()
        notes = (msg("成绩公布前只列密号。两遍录入由不同的人分别填写，不要互相参照。"),)
        line = self.line(actor, About(batch_id=batch.id))
        return Export(scores_spec(papers), f"{batch.name}笔试成绩录入表", notes, pieces(ids), _secrets, line)


def _secrets(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = select(Examinee.secret_number).where(Examinee.id.in_(piece)).order_by(Examinee.secret_number)
    return [{"secret_number": number} for number in db.session.scalars(query)]


def _released(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    query = (
        select(Examinee, ListLine, RecruitmentPosition.code)
        .join(ListLine, ListLine.application_id == Examinee.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == ListLine.position_id)
        .where(Examinee.id.in_(piece), ListLine.stage == Stage.SHORTLIST)
        .order_by(Examinee.exam_number)
    )
    for examinee, line, position in db.session.execute(query):
        points = {paper_key(code): value for code, value in (examinee.written or {}).items()}
        yield points | {
            "exam_number": examinee.exam_number,
            "position": position,
            "attendance": examinee.attendance,
            "secret_number": examinee.secret_number,
            "written": line.written,
            "bonus": line.bonus,
            "rank": line.rank,
            "outcome": line.first_outcome,
        }


class _Typing:
    """One of the two entries, held against what was typed in it before."""

    def __init__(self, actor: Actor, batch: RecruitmentBatch, spec: SheetSpec, turn: int) -> None:
        self.actor, self.batch, self.spec, self.turn = actor, batch, spec, turn
        self.papers = papers_of(rules_of(batch))
        query = select(Examinee).where(Examinee.batch_id == batch.id)
        self.known = {examinee.secret_number: examinee for examinee in db.session.scalars(query)}
        self.typed = typings_of(batch.id)
        self.points: dict[str, dict[str, Decimal]] = {paper.code: {} for paper in self.papers}
        self.rows: dict[str, Row] = {}

    def refuse_same_account(self, read: ReadResult) -> None:
        """Two entries by one person would check nothing."""
        for paper in self.papers:
            if all(row.values.get(paper_key(paper.code)) is None for row in read.rows):
                continue
            others = (by_paper.get(paper.code, {}).get(3 - self.turn) for by_paper in self.typed.values())
            if any(other is not None and self._is_own(other) for other in others):
                raise Refused(
                    msg(
                        "“%(paper)s”的第 %(other)s 遍由您录入，第 %(turn)s 遍应由另一账号录入。",
                        paper=paper.name,
                        other=3 - self.turn,
                        turn=self.turn,
                    ),
                    field="turn",
                )

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        secret, findings = str(row.values.get("secret_number") or ""), Findings(row, self.spec)
        examinee = self.known.get(secret)
        if examinee is None:
            if secret:
                findings.add("secret_number", msg("本批次没有密号 %(number)s，请核对答题卡。", number=secret[:12]))
            return findings.outcome(RowState.WRONG, secret, secret)
        said = {paper.code: row.values.get(paper_key(paper.code)) for paper in self.papers}
        points = {code: value for code, value in said.items() if isinstance(value, Decimal)}
        if points and examinee.attendance is not Attendance.PRESENT:
            came = ATTENDANCES[examinee.attendance] if examinee.attendance else msg("未登记")
            message = "密号 %(number)s 的到考情况为“%(state)s”，不能录入成绩，请核对密号。"
            findings.add("secret_number", msg(message, number=secret, state=came))
        changes = []
        for code, value in points.items():
            turns = self.typed.get(examinee.id, {}).get(code, {})
            standing = turns.get(self.turn)
            if standing is not None and standing.points == value:
                continue
            if SETTLED in turns:
                settled = msg("密号 %(number)s 的成绩已经核定，不能再改录入。", number=secret)
                findings.add(paper_key(code), settled)
            changes.append(self._change(code, standing, value))
            self.points[code][secret] = value
        self.rows[secret] = row
        new = bool(changes) and not any(change.old for change in changes)
        state = RowState.NEW if new else RowState.CHANGED if changes else RowState.UNCHANGED
        return findings.outcome(state, secret, secret, changes)

    def write(self, actor: Actor) -> None:
        """Type all papers."""
        for code, points in self.points.items():
            if not points:
                continue
            try:
                type_scores(actor, self.batch.id, self.turn, code, points)
            except Refused as refused:
                secret = refused.field or ""
                if secret not in self.rows:
                    raise
                raise RowFault(self.rows[secret].number, secret, refused) from refused

    def _change(self, code: str, standing: Typed | None, value: Decimal) -> CellChange:
        column = self.spec.column(paper_key(code))
        if standing is not None and not self._is_own(standing):
            return CellChange(column.key, column.title, TYPED_BY_ANOTHER, change(column, None, value).new)
        return change(column, standing.points if standing else None, value)

    def _is_own(self, typed: Typed) -> bool:
        if self.actor.user_id is None:
            return typed.by == self.actor.display_name
        return typed.user_id == self.actor.user_id
