"""What a worker's own page shows beside the career: classes that are coming, pairings under way, the last pay slips."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, exists, select

from careerpath.career_file.queries.lines import Line, LineKind
from careerpath.core.db import db
from careerpath.mentoring.queries.standing import LIVING, STANDINGS
from careerpath.pay.models import PayLine, PayRegister, PayRun
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
class OwnSlip:
    """One confirmed month. ``example``: its amounts were made up, it pays nobody."""

    id: int
    month: date
    payable: Decimal
    example: bool


@dataclass(frozen=True, slots=True)
class OwnThings:
    """All of it, each by its day; the latest slip first."""

    classes: tuple[OwnClass, ...]
    pairings: tuple[Line, ...]
    slips: tuple[OwnSlip, ...]


def own_things(employee_id: int, lines: Iterable[Line], on: date) -> OwnThings:
    """What a person finds on their own page on a day. Two queries; the caller has made sure that it is their own."""
    living = {STANDINGS[one].text for one in LIVING}
    pairings = (one for one in lines if one.kind is LineKind.MENTORING and one.state.text in living)
    return OwnThings(_classes(employee_id, on), tuple(pairings), _slips(employee_id))


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


def _slips(employee_id: int) -> tuple[OwnSlip, ...]:
    examples = (edition["head"]["example"].as_boolean() for edition in (PayRun.pay_edition, PayRun.insurance_edition))
    query = (
        select(PayLine.id, PayLine.month, PayLine.payable, *examples)
        .join(PayRegister, PayRegister.id == PayLine.register_id)
        .join(PayRun, and_(PayRun.id == PayRegister.run_id, PayRun.confirmed_at.is_not(None)))
        .where(PayLine.employee_id == employee_id)
        .order_by(PayLine.month.desc())
        .limit(MOST)
    )
    return tuple(OwnSlip(row[0], row[1], row[2], bool(row[3] or row[4])) for row in db.session.execute(query))
