"""What of classes waits for an actor: to be published, attended to, signed in to, closed, rated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import near, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.training.models import (
    ClassDay,
    ClassSignIn,
    ClassState,
    Enrolment,
    EnrolmentState,
    TrainingClass,
)

SOON = timedelta(days=10)
"""How long before its first day a class that is not announced, or to which nobody is sent, is brought to mind."""
RATED_WITHIN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class TrainingDue:
    """Counts of what waits for an actor today."""

    to_close: int
    today: int
    """Classes one holds that are being held today."""
    to_open: int
    to_send: int
    """Classes of units above, beginning soon, to which nobody of one's own is sent."""
    own_today: int
    """Days of today on which one has not signed in."""
    own_to_rate: int


def training_due(actor: Actor) -> TrainingDue:
    """What waits, in one statement."""
    on = clock.today()
    one, none = TrainingClass, literal(0)
    holds = actor.has(Permission.TRAINING_HOLD)
    mine = within(actor, one.unit_id, Permission.TRAINING_HOLD)
    soon = one.starts_on.between(on, on + SOON)
    counts: list[ColumnElement[int]] = [none, none, none, none, none, none]
    if holds:
        held_today = exists().where(ClassDay.class_id == one.id, ClassDay.on == on)
        sent = exists().where(
            Enrolment.class_id == one.id,
            Enrolment.state != EnrolmentState.WITHDRAWN,
            within(actor, Enrolment.unit_id, Permission.TRAINING_HOLD),
        )
        counts[:4] = [
            _count(one, mine, one.state == ClassState.OPEN, one.ends_on < on),
            _count(one, mine, one.state == ClassState.OPEN, held_today),
            _count(one, mine, one.state == ClassState.PLANNED, soon),
            _count(
                one,
                near(actor, one.unit_id, Permission.TRAINING_HOLD),
                ~mine,
                one.state == ClassState.OPEN,
                soon,
                ~sent,
            ),
        ]
    if actor.has(Permission.OWN_GROWTH) and actor.user_id is not None:
        counts[4:] = [_own_today(actor.user_id, on), _own_to_rate(actor.user_id, on)]
    row: Sequence[int] = db.session.execute(select(*counts)).one()
    return TrainingDue(*row)


def _count(model: Any, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(model).where(*conditions).scalar_subquery()


def _own_today(user_id: int, on: date) -> ColumnElement[int]:
    signed = exists().where(ClassSignIn.enrolment_id == Enrolment.id, ClassSignIn.day_id == ClassDay.id)
    query = (
        select(func.count())
        .select_from(Enrolment)
        .join(Employee, Employee.id == Enrolment.employee_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(ClassDay, ClassDay.class_id == TrainingClass.id)
        .where(
            Employee.user_id == user_id,
            Enrolment.state == EnrolmentState.ENROLLED,
            TrainingClass.state == ClassState.OPEN,
            ClassDay.on == on,
            ~signed,
        )
    )
    return query.scalar_subquery()


def _own_to_rate(user_id: int, on: date) -> ColumnElement[int]:
    query = (
        select(func.count())
        .select_from(Enrolment)
        .join(Employee, Employee.id == Enrolment.employee_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Employee.user_id == user_id,
            Enrolment.state == EnrolmentState.ATTENDED,
            Enrolment.rating.is_(None),
            TrainingClass.state == ClassState.CLOSED,
            TrainingClass.closed_on >= on - RATED_WITHIN,
        )
    )
    return query.scalar_subquery()
