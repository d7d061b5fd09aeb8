"""The exams, certificates and degree courses of one person: for the personnel file, and for the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.employees.models import Certificate
from careerpath.employees.queries.serving import own_employee
from careerpath.policy.codes import Certificate as CertificateGrade
from careerpath.policy.codes import Education
from careerpath.training.models import CertificateTry, DegreeStudy, StudyState, TryState
from careerpath.training.queries.words import STUDY_STATES, TRY_STATES
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class StudyLine:
    """A try at the national exam (``try``) or a degree course (``study``); ``ends_on`` is open while it goes on."""

    kind: str
    id: int
    on: date
    ends_on: date | None
    title: Message
    detail: str
    state: Message


@dataclass(frozen=True, slots=True)
class OwnStudies:
    """One's own certificates that stand, tries and degree courses, newest first."""

    certificates: Sequence[Certificate]
    tries: Sequence[CertificateTry]
    studies: Sequence[DegreeStudy]


def study_lines(employee_id: int, on: date) -> tuple[StudyLine, ...]:
    """What a person tried and studied up to a day, newest first, whoever asks. Two queries.

    A result that came later is not known on the day.
    """
    lines = []
    tries = select(CertificateTry).where(CertificateTry.employee_id == employee_id, CertificateTry.registered_on <= on)
    for one in db.session.scalars(tries):
        known = one.result_on is not None and one.result_on <= on
        title = msg("%(year)s年%(grade)s考试", year=one.year, grade=CertificateGrade(one.grade))
        state = TRY_STATES[one.state if known else TryState.REGISTERED]
        lines.append(
            StudyLine("try", one.id, one.registered_on, one.result_on if known else None, title, one.support, state)
        )
    studies = select(DegreeStudy).where(DegreeStudy.employee_id == employee_id, DegreeStudy.starts_on <= on)
    for study in db.session.scalars(studies):
        ended = study.ended_on is not None and study.ended_on <= on
        title = msg("在职攻读%(level)s", level=Education(study.level))
        state = STUDY_STATES[study.state if ended else StudyState.STUDYING]
        detail = f"{study.school} {study.major}".strip()
        lines.append(
            StudyLine("study", study.id, study.starts_on, study.ended_on if ended else None, title, detail, state)
        )
    return tuple(sorted(lines, key=lambda line: (line.on, line.id), reverse=True))


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
