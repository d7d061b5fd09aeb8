"""The judges' score sheets, a column for each judge, and who came to the interview."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.core.sheets import ReadResult, Row, SheetSpec
from careerpath.recruitment.models import (
    Application,
    Attendance,
    BatchState,
    Examinee,
    InterviewGroup,
    InterviewMark,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.operations.interviews import mark_interview_attendance, put_sheets
from careerpath.recruitment.queries.rule_candidates import MISSED
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.sheets.exam import USUAL_JUDGES, interview_spec, judge_key
from careerpath.spreadsheets.models import About
from careerpath.spreadsheets.sheets.batches import BatchDesk, change, pieces, where, wished
from careerpath.spreadsheets.sheets.desk import Comparison, Export, Findings, Outcome, RowFault, RowState, Wish
from careerpath.words import Refused, msg

MOST_POINTS = Decimal(1000)
"""Beyond this no edition goes; the empty table for any batch allows it."""


class InterviewsDesk(BatchDesk):
    """Score sheets. They carry no name."""

    permission = Permission.RECRUITMENT_SCORE
    states = (BatchState.INTERVIEW,)

    def spec(self, actor: Actor, about: About) -> SheetSpec:
        """A column for each judge of the largest panel."""
        if about.batch_id is None:
            return interview_spec(USUAL_JUDGES, MOST_POINTS, 2)
        rule = rules_of(self.met(actor, about)).interview
        largest = select(func.max(InterviewGroup.judges)).where(InterviewGroup.batch_id == about.batch_id)
        return interview_spec(db.session.scalar(largest) or rule.judges, rule.maximum, min(rule.decimals, 2))

    def compare(self, actor: Actor, read: ReadResult, spec: SheetSpec, about: About) -> Comparison:
        """Match by exam number; a judge's cell that is empty says nothing. Three queries."""
        comparing = _Comparing(self.open_batch(actor, about), spec)
        return Comparison([comparing.outcome(row) for row in read.rows], read.notes, comparing.write)

    def export(self, actor: Actor, wish: Wish) -> Export:
        """Everybody who was drawn, panel by panel, with the points so far."""
        batch = wished(actor, wish, self.permission)
        query = (
            select(Examinee.id)
            .join(Application, Application.id == Examinee.application_id)
            .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
            .join(InterviewGroup, InterviewGroup.id == Examinee.interview_group_id)
            .where(Examinee.batch_id == batch.id, *where(actor, wish, self.permission))
        )
        ids = db.session.scalars(query.order_by(InterviewGroup.number, Examinee.interview_order)).all()
        if not ids:
            raise Refused(msg("“%(name)s”还没有面试分组。", name=batch.name), field="batch")
        notes = (msg("共 %(count)s 人。", count=len(ids)),)
        spec, line = self.spec(actor, wish.about), self.line(actor, wish.about)
        return Export(spec, f"{batch.name}面试评分", notes, pieces(ids), _sheets, line)


def _sheets(piece: Sequence[int]) -> Iterable[Mapping[str, object]]:
    marks = _marks(InterviewMark.examinee_id.in_(piece))
    query = (
        select(Examinee, InterviewGroup.number, RecruitmentPosition.code)
        .join(InterviewGroup, InterviewGroup.id == Examinee.interview_group_id)
        .join(Application, Application.id == Examinee.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .where(Examinee.id.in_(piece))
        .order_by(InterviewGroup.number, Examinee.interview_order)
    )
    for examinee, group, position in db.session.execute(query):
        points = {judge_key(seat): value for seat, value in marks.get(examinee.id, {}).items()}
        yield points | {
            "group": group,
            "order": examinee.interview_order,
            "exam_number": examinee.exam_number,
            "position": position,
            "attendance": examinee.interview_attendance,
        }


def _marks(condition: object) -> dict[int, dict[int, Decimal]]:
    found: dict[int, dict[int, Decimal]] = {}
    query = select(InterviewMark.examinee_id, InterviewMark.judge, InterviewMark.points)
    for examinee_id, judge, points in db.session.execute(query.where(condition)):  # type: ignore[arg-type]
        found.setdefault(examinee_id, {})[judge] = points
    return found


class _Comparing:
    """Rows held against the marks there are."""

    def __init__(self, batch: RecruitmentBatch, spec: SheetSpec) -> None:
        self.batch, self.spec = batch, spec
        of_batch = Examinee.batch_id == batch.id
        self.known = {one.exam_number: one for one in db.session.scalars(select(Examinee).where(of_batch))}
        groups = select(InterviewGroup).where(InterviewGroup.batch_id == batch.id)
        self.judges = {group.id: group.judges for group in db.session.scalars(groups)}
        self.marks = _marks(InterviewMark.examinee_id.in_(select(Examinee.id).where(of_batch)))
        self.seats = [seat for seat in range(1, 51) if any(one.key == judge_key(seat) for one in spec.columns)]
        self.sheets: dict[str, dict[int, Decimal]] = {}
        self.came: dict[str, Attendance] = {}
        self.rows: dict[str, Row] = {}

    def outcome(self, row: Row) -> Outcome:
        """What a row would do."""
        number, findings = str(row.values.get("exam_number") or ""), Findings(row, self.spec)
        examinee = self.known.get(number)
        if examinee is None or examinee.interview_group_id is None:
            if number:
                message = "准考证号 %(number)s 不在本批次的面试分组中，请核对。"
                findings.add("exam_number", msg(message, number=number[:20]))
            return findings.outcome(RowState.WRONG, number, number)
        judges, standing = self.judges[examinee.interview_group_id], self.marks.get(examinee.id, {})
        said = {seat: row.values.get(judge_key(seat)) for seat in self.seats}
        points = {seat: value for seat, value in said.items() if isinstance(value, Decimal)}
        changes = []
        mark = row.values.get("attendance")
        if isinstance(mark, Attendance) and mark is not examinee.interview_attendance:
            changes.append(change(self.spec.column("attendance"), examinee.interview_attendance, mark))
            self.came[number] = mark
        else:
            mark = examinee.interview_attendance
        if mark in MISSED and (points or (mark is Attendance.ABSENT and standing)):
            findings.add("attendance", msg("登记为缺考或违纪的没有评分，请核对到场情况和评分。"))
        for seat, value in points.items():
            if seat > judges:
                too_many = msg("所在面试组有 %(judges)s 名考官，没有第 %(seat)s 名。", judges=judges, seat=seat)
                findings.add(judge_key(seat), too_many)
            if standing.get(seat) != value:
                changes.append(change(self.spec.column(judge_key(seat)), standing.get(seat), value))
                self.sheets.setdefault(number, {})[seat] = value
        self.rows[number] = row
        return findings.outcome(RowState.CHANGED if changes else RowState.UNCHANGED, number, number, changes)

    def write(self, actor: Actor) -> None:
        """Who came first: whoever was absent has no sheet."""
        try:
            if self.came:
                mark_interview_attendance(actor, self.batch.id, self.came)
            if self.sheets:
                put_sheets(actor, self.batch.id, self.sheets)
        except Refused as refused:
            number = (refused.field or "").partition(":")[0]
            if number not in self.rows:
                raise
            raise RowFault(self.rows[number].number, number, refused) from refused
