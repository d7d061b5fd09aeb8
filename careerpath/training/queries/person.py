"""The classes of one person, for the personnel file."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.models import Unit
from careerpath.core.db import db
from careerpath.policy.training import Tier
from careerpath.training.models import ClassState, Enrolment, EnrolmentState, TrainingClass

SHOWN = (ClassState.OPEN, ClassState.CLOSED)
LEFT_OUT = (EnrolmentState.WAITING, EnrolmentState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class that somebody is or was in; hours and days are those that count for the person."""

    class_id: int
    name: str
    tier: Tier
    holder: str
    on: date
    ends_on: date
    state: EnrolmentState
    hours: Decimal | None
    days: Decimal | None
    score: Decimal | None
    passed: bool | None


def person_lines(employee_id: int, on: date) -> tuple[ClassLine, ...]:
    """The classes of a person that had begun by a day, newest first, whoever asks. One query."""
    query = (
        select(
            TrainingClass.id,
            TrainingClass.name,
            TrainingClass.tier,
            Unit.short_name,
            TrainingClass.starts_on,
            TrainingClass.ends_on,
            Enrolment.state,
            Enrolment.hours,
            Enrolment.days,
            Enrolment.score,
            Enrolment.passed,
        )
        .join(Enrolment, Enrolment.class_id == TrainingClass.id)
        .join(Unit, Unit.id == TrainingClass.unit_id)
        .where(
            Enrolment.employee_id == employee_id,
            Enrolment.state.not_in(LEFT_OUT),
            TrainingClass.state.in_(SHOWN),
            TrainingClass.starts_on <= on,
        )
        .order_by(TrainingClass.starts_on.desc(), TrainingClass.id.desc())
    )
    return tuple(ClassLine(*tuple(row)) for row in db.session.execute(query))
