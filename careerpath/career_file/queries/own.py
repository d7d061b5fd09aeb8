"""What a worker's own page shows beside the career: classes that are coming, pairings under way, the last pay slips."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select

from careerpath.career_file.queries.lines import Line, LineKind
from careerpath.core.db import db
from careerpath.mentoring.queries.standing import LIVING
from careerpath.pay.queries.lines import OwnMonth, last_months
from careerpath.training.models import ClassDay, ClassState, Enrolment, EnrolmentState, TrainingClass

MOST = 3
"""How many of each are shown; the page of each room has all."""


@dataclass(frozen=True, slots=True)
class OwnClass:
    """A class that one is put down for. ``today``: it is held today, one signs in."""

    name: str
    starts_on: date
    ends_on: date
    place: str
    today: bool


@dataclass(frozen=True, slots=True)
class OwnThings:
    """All of it, each by its day; the latest slip first."""

    classes: tuple[OwnClass, ...]
    pairings: tuple[Line, ...]
    slips: tuple[OwnMonth, ...]


def own_things(employee_id: int, lines: Iterable[Line], on: date) -> OwnThings:
    """What a person finds on their own page on a day. Two queries; the caller has made sure that it is their own."""
    pairings = (one for one in lines if one.kind is LineKind.MENTORING and one.standing in LIVING)
    return OwnThings(_classes(employee_id, on), tuple(pairings), last_months(employee_id, MOST))


def _classes(employee_id: int, on: date) -> tuple[OwnClass, ...]:
    held_today = exists().where(ClassDay.class_id == TrainingClass.id, ClassDay.on == on)
    query = (
        select(TrainingClass.name, TrainingClass.starts_on, TrainingClass.ends_on, TrainingClass.held_at, held_today)
        .join(Enrolment, Enrolment.class_id == TrainingClass.id)
        .where(
            Enrolment.employee_id == employee_id,
            Enrolment.state == EnrolmentState.ENROLLED,
            TrainingClass.state == ClassState.OPEN,
            TrainingClass.ends_on >= on,
        )
        .order_by(TrainingClass.starts_on, TrainingClass.id)
        .limit(MOST)
    )
    found = []
    for name, starts_on, ends_on, place, today in db.session.execute(query):
        found.append(OwnClass(name, starts_on, ends_on, place, bool(today)))
    return tuple(found)
