"""How far applicants came: counted from live records, and kept as counts when their particulars are purged."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from sqlalchemy import ColumnElement, case, exists, or_, select

from careerpath.core.db import db
from careerpath.policy.recruitment import Outcome, Stage
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    Appointment,
    Attendance,
    Examinee,
    ListLine,
)
from careerpath.words import Message, msg


class Reached(StrEnum):
    """The last stage that an applicant came to; each includes those before it."""

    APPLIED = "applied"
    ADMITTED = "admitted"
    SAT = "sat"
    INTERVIEWED = "interviewed"
    PROPOSED = "proposed"
    APPOINTED = "appointed"


REACHED: Mapping[Reached, Message] = {
    Reached.APPLIED: msg("报名"),
    Reached.ADMITTED: msg("审查通过"),
    Reached.SAT: msg("参加笔试"),
    Reached.INTERVIEWED: msg("参加面试"),
    Reached.PROPOSED: msg("列为拟聘用"),
    Reached.APPOINTED: msg("聘用"),
}


def applied() -> ColumnElement[bool]:
    """The filter "was submitted": drafts, and what was given up before it was submitted, count nowhere."""
    submitted = Application.submitted_at.is_not(None)
    return or_(Application.state.not_in((ApplicationState.DRAFT, ApplicationState.WITHDRAWN)), submitted)


def reached_column() -> ColumnElement[str]:
    """How far an ``Application`` of the surrounding query came, as a value of ``Reached``."""
    proposed = or_(
        ListLine.outcome == Outcome.PROPOSED,
        ListLine.first_outcome == Outcome.PROPOSED,
        ListLine.notice_ends_on.is_not(None),
    )
    mine = Examinee.application_id == Application.id
    return case(
        (exists().where(Appointment.application_id == Application.id), Reached.APPOINTED.value),
        (
            exists().where(ListLine.application_id == Application.id, ListLine.stage == Stage.FINAL, proposed),
            Reached.PROPOSED.value,
        ),
        (exists().where(mine, Examinee.interview_attendance == Attendance.PRESENT), Reached.INTERVIEWED.value),
        (exists().where(mine, Examinee.attendance == Attendance.PRESENT), Reached.SAT.value),
        (or_(Application.state == ApplicationState.ADMITTED, exists().where(mine)), Reached.ADMITTED.value),
        else_=Reached.APPLIED.value,
    )


def reached_by(application_ids: Collection[int]) -> dict[int, Reached]:
    """How far some applications came, by id; those that were never submitted are left out. One query."""
    query = select(Application.id, reached_column()).where(Application.id.in_(application_ids), applied())
    return {number: Reached(value) for number, value in db.session.execute(query)}
