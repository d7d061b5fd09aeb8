"""The interviews: groups with their order, score sheets, and what is still missing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.policy.reason import show
from careerpath.policy.recruitment import Candidate, RecruitmentEdition, shown_score
from careerpath.policy.recruitment.scoring import marks
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    Attendance,
    Examinee,
    InterviewGroup,
    InterviewMark,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.rule_candidates import MISSED
from careerpath.recruitment.queries.rules import rules_of
from careerpath.words import NotFound

Interviewee = tuple[Examinee, InterviewGroup | None, str, str, str]
"""Somebody with a panel, and name, code and title of the position."""


def interviewed() -> ColumnElement[bool]:
    """The filter "is to be interviewed": on the shortlist, still in it, and the papers were not found wanting."""
    return (
        Examinee.shortlisted.is_(True)
        & or_(Examinee.rechecked.is_(None), Examinee.rechecked.is_(True))
        & (Application.state != ApplicationState.WITHDRAWN)
    )


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """Somebody to be interviewed, in the order of the lots; group and order are empty before they are drawn."""

    application_id: int
    exam_number: str
    name: str
    position_code: str
    position_title: str
    group: int | None
    place: str
    on: date | None
    time: str
    order: int | None
    attendance: Attendance | None
    marks: Mapping[int, Decimal]
    """Points by the judge's seat."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One row of a score sheet, without a name."""

    number: str
    """The exam number."""
    order: int
    position_code: str
    attendance: Attendance | None
    marks: Mapping[int, Decimal]
    mean: Decimal | None
    """As it counts, once the sheet is full."""
    dropped: tuple[Decimal, ...]
    """The highest and the lowest that do not count."""

    @property
    def missed(self) -> bool:
        """Whether there is no score: absent or expelled."""
        return self.attendance in MISSED

    @property
    def state(self) -> str:
        """Of the row in the grid: ``saved`` once nothing is lacking."""
        if self.missed or self.mean is not None:
            return "saved"
        return "incomplete" if self.marks or self.attendance else "empty"


@dataclass(frozen=True, slots=True)
class Group:
    """A panel with those whom it interviews, in the order of their lots."""

    number: int
    place: str
    on: date
    time: str
    judges: int
    sheets: tuple[Sheet, ...]

    @property
    def finished(self) -> int:
        """How many sheets are full or not needed."""
        return sum(sheet.missed or sheet.mean is not None for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class InterviewsPage:
    """Where the interviews of a batch stand."""

    waiting: tuple[tuple[str, str, int], ...]
    """Code and title of each position with how many are to be interviewed."""
    groups: tuple[Group, ...]
    missing: tuple[str, ...]
    """Exam numbers for which the final list cannot be made yet."""
    usual_on: date | None
    judges: int
    """The least number of judges of a panel."""
    dropped: tuple[int, int]
    """How many of the highest and of the lowest do not count."""
    maximum: Decimal

    @property
    def people(self) -> int:
        """How many are to be interviewed."""
        return sum(count for _, _, count in self.waiting)

    @property
    def drawn(self) -> int:
        """How many have a lot."""
        return sum(len(group.sheets) for group in self.groups)

    @property
    def begun(self) -> bool:
        """Whether anything rests on the draw, which then stays."""
        return any(sheet.marks or sheet.attendance for group in self.groups for sheet in group.sheets)

    def group(self, number: int) -> Group | None:
        """A panel by its number."""
        return next((group for group in self.groups if group.number == number), None)


def interviews_page(batch: RecruitmentBatch) -> InterviewsPage:
    """Where the interviews of a batch stand: three queries."""
    rule = rules_of(batch).interview
    people, given = _in_it(batch.id), _marks_of(batch.id)
    counts = Counter((code, title) for _, _, _, code, title in people)
    return InterviewsPage(
        waiting=tuple((code, title, count) for (code, title), count in sorted(counts.items())),
        groups=_groups(batch, people, given),
        missing=_missing(people, given),
        usual_on=batch.interview_on,
        judges=rule.judges,
        dropped=(rule.drop_highest, rule.drop_lowest),
        maximum=rule.maximum,
    )


@dataclass(frozen=True, slots=True)
class SavedSheet:
    """What a page with script is told after a sheet was saved."""

    sheet: Sheet
    filled: int
    expected: int
    counted_at: datetime

    def as_json(self, at: str) -> dict[str, Any]:
        """For the page: attendance, mean, what was dropped, the sum line."""
        sheet = self.sheet
        return {
            "version": 1,
            "shown": {
                "attendance": sheet.attendance.value if sheet.attendance else "",
                "mean": "" if sheet.mean is None else format(sheet.mean, "f"),
                "dropped": "、".join(show(points) for points in sheet.dropped),
            },
            "state": sheet.state,
            "summary": {"filled": self.filled, "expected": self.expected},
            "counted_at": self.counted_at.timestamp(),
            "saved_at": at,
        }


def sheet_as_saved(actor: Actor, batch_id: int, number: str) -> SavedSheet:
    """One sheet as it now stands, or ``NotFound``."""
    counted_at = clock.now()
    db.session.expire_all()
    batch = fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_SCORE)
    for group in groups_of(batch):
        for sheet in group.sheets:
            if sheet.number == number:
                return SavedSheet(sheet, group.finished, len(group.sheets), counted_at)
    raise NotFound


def interview_lines(actor: Actor, batch_id: int) -> list[InterviewLine]:
    """Everybody to be interviewed by group and lot, with names and marks: for prints and sheets. Four queries."""
    batch = fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_SCORE)
    given = _marks_of(batch.id)
    query = (
        _people(batch.id)
        .where(interviewed())
        .order_by(
            InterviewGroup.number.is_(None),
            InterviewGroup.number,
            Examinee.interview_order,
            RecruitmentPosition.code,
            Examinee.exam_number,
        )
    )
    return [
        InterviewLine(
            application_id=examinee.application_id,
            exam_number=examinee.exam_number,
            name=name,
            position_code=code,
            position_title=title,
            group=group.number if group else None,
            place=group.place if group else "",
            on=group.on if group else None,
            time=group.time if group else "",
            order=examinee.interview_order,
            attendance=examinee.interview_attendance,
            marks=given.get(examinee.id, {}),
        )
        for examinee, group, name, code, title in db.session.execute(query)
    ]


def groups_of(batch: RecruitmentBatch) -> tuple[Group, ...]:
    """The panels of a batch with the sheets of those who are still in it: three queries."""
    return _groups(batch, _in_it(batch.id), _marks_of(batch.id))


def missing_sheets(batch: RecruitmentBatch) -> tuple[str, ...]:
    """The exam numbers for which a list cannot be made yet: no panel, attendance unknown, or a judge's mark missing."""
    return _missing(_in_it(batch.id), _marks_of(batch.id))


def _in_it(batch_id: int) -> list[Interviewee]:
    """Everybody who is to be interviewed, with the panel, in the order of the lots."""
    query = _people(batch_id).where(interviewed()).order_by(Examinee.interview_order, Examinee.exam_number)
    return [(*row,) for row in db.session.execute(query)]


def _groups(
    batch: RecruitmentBatch, people: Sequence[Interviewee], given: Mapping[int, Mapping[int, Decimal]]
) -> tuple[Group, ...]:
    edition = rules_of(batch)
    sheets: dict[int, list[Sheet]] = {}
    for examinee, group, _, code, _ in people:
        if group is not None:
            sheets.setdefault(group.id, []).append(_sheet(edition, examinee, group, code, given.get(examinee.id, {})))
    kept = select(InterviewGroup).where(InterviewGroup.batch_id == batch.id).order_by(InterviewGroup.number)
    return tuple(
        Group(one.number, one.place, one.on, one.time, one.judges, tuple(sheets.get(one.id, ())))
        for one in db.session.scalars(kept)
    )


def _missing(people: Sequence[Interviewee], given: Mapping[int, Mapping[int, Decimal]]) -> tuple[str, ...]:
    return tuple(
        sorted(
            examinee.exam_number
            for examinee, group, *_ in people
            if examinee.interview_attendance not in MISSED
            and (group is None or len(given.get(examinee.id, {})) < group.judges)
        )
    )


def _people(batch_id: int) -> Select[Examinee, InterviewGroup | None, str, str, str]:
    return (
        select(Examinee, InterviewGroup, Application.name, RecruitmentPosition.code, RecruitmentPosition.title)
        .join(Application, Application.id == Examinee.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == Application.position_id)
        .outerjoin(InterviewGroup, InterviewGroup.id == Examinee.interview_group_id)
        .where(Examinee.batch_id == batch_id)
    )


def _marks_of(batch_id: int) -> dict[int, dict[int, Decimal]]:
    query = (
        select(InterviewMark.examinee_id, InterviewMark.judge, InterviewMark.points)
        .join(Examinee, Examinee.id == InterviewMark.examinee_id)
        .where(Examinee.batch_id == batch_id)
        .order_by(InterviewMark.judge)
    )
    found: dict[int, dict[int, Decimal]] = {}
    for examinee_id, judge, points in db.session.execute(query):
        found.setdefault(examinee_id, {})[judge] = points
    return found


def _sheet(
    edition: RecruitmentEdition, examinee: Examinee, group: InterviewGroup, code: str, given: Mapping[int, Decimal]
) -> Sheet:
    full = len(given) >= group.judges and examinee.interview_attendance not in MISSED
    mean, dropped = judged(edition, examinee.exam_number, tuple(given.values())) if full else (None, ())
    return Sheet(
        number=examinee.exam_number,
        order=examinee.interview_order or 0,
        position_code=code,
        attendance=examinee.interview_attendance,
        marks=given,
        mean=mean,
        dropped=dropped,
    )


def judged(
    edition: RecruitmentEdition, number: str, given: Sequence[Decimal]
) -> tuple[Decimal | None, tuple[Decimal, ...]]:
    """The interview score that the rule makes of all judges' points, and the points that do not count."""
    found, _ = marks(edition, Candidate(id=number, judges=tuple(given)))
    ordered, rule = sorted(given), edition.interview
    highest = ordered[len(ordered) - rule.drop_highest :]
    return shown_score(edition, found.interview, rule.decimals), (*highest, *ordered[: rule.drop_lowest])
