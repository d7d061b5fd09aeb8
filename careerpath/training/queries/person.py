"""What one person was trained in, which exams were tried, what is studied; one's own page of exams and studies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.employees.models import Certificate
from careerpath.employees.queries.serving import own_employee
from careerpath.policy.training import Tier
from careerpath.training.models import (
    CertificateTry,
    ClassState,
    DegreeStudy,
    Enrolment,
    EnrolmentState,
    TrainingClass,
)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class that somebody took part in, with the hours and days that count."""

    class_id: int
    name: str
    tier: Tier
    starts_on: date
    ends_on: date
    hours: Decimal | None
    days: Decimal | None
    score: Decimal | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class TryRecord:
    """A try at the national exam, by the day of its registration."""

    id: int
    on: date
    grade: str
    year: int
    state: str
    result_on: date | None


@dataclass(frozen=True, slots=True)
class StudyRecord:
    """A degree course."""

    id: int
    starts_on: date
    ends_on: date | None
    level: str
    school: str
    major: str
    state: str
    expected_on: date


PersonLine = ClassLine | TryRecord | StudyRecord


@dataclass(frozen=True, slots=True)
class OwnStudies:
    """One's own certificates that stand, tries and degree courses, newest first."""

    certificates: Sequence[Certificate]
    tries: Sequence[CertificateTry]
    studies: Sequence[DegreeStudy]


def person_lines(employee_id: int, on: date) -> tuple[PersonLine, ...]:
    """What a person was trained in, tried and studied up to a day, whoever asks. Three queries."""
    classes = db.session.execute(
        select(
            TrainingClass.id,
            TrainingClass.name,
            TrainingClass.tier,
            TrainingClass.starts_on,
            TrainingClass.ends_on,
            Enrolment.hours,
            Enrolment.days,
            Enrolment.score,
            Enrolment.passed,
        )
        .join(Enrolment, Enrolment.class_id == TrainingClass.id)
        .where(
            Enrolment.employee_id == employee_id,
            Enrolment.state == EnrolmentState.ATTENDED,
            TrainingClass.state == ClassState.CLOSED,
            TrainingClass.ends_on <= on,
        )
        .order_by(TrainingClass.ends_on.desc(), TrainingClass.id.desc())
    )
    lines: list[PersonLine] = [ClassLine(*tuple(row)) for row in classes]
    tries = db.session.scalars(
        select(CertificateTry)
        .where(CertificateTry.employee_id == employee_id, CertificateTry.registered_on <= on)
        .order_by(CertificateTry.year.desc(), CertificateTry.id.desc())
    )
    lines += [
        TryRecord(one.id, one.registered_on, one.grade, one.year, one.state.value, one.result_on) for one in tries
    ]
    studies = db.session.scalars(
        select(DegreeStudy)
        .where(DegreeStudy.employee_id == employee_id, DegreeStudy.starts_on <= on)
        .order_by(DegreeStudy.starts_on.desc(), DegreeStudy.id.desc())
    )
    lines += [
        StudyRecord(
            one.id,
            one.starts_on,
            one.ended_on,
            one.level,
            one.school,
            one.major,
            one.state.value,
            one.expected_on,
        )
        for one in studies
    ]
    return tuple(lines)


def own_studies(actor: Actor) -> OwnStudies | None:
    """One's own exams and studies; ``None`` for an account without a file. Four queries."""
    employee = own_employee(actor)
    if employee is None:
        return None
    certificates = select(Certificate).where(
        Certificate.employee_id == employee.id, Certificate.superseded_at.is_(None)
    )
    tries = select(CertificateTry).where(CertificateTry.employee_id == employee.id)
    studies = select(DegreeStudy).where(DegreeStudy.employee_id == employee.id)
    return OwnStudies(
        db.session.scalars(certificates.order_by(Certificate.obtained_on.desc())).all(),
        db.session.scalars(tries.order_by(CertificateTry.year.desc(), CertificateTry.id.desc())).all(),
        db.session.scalars(studies.order_by(DegreeStudy.starts_on.desc(), DegreeStudy.id.desc())).all(),
    )
