"""What of exams, certificates and degree courses waits for an actor."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Certificate, Employee
from careerpath.training.models import CertificateTry, DegreeStudy, StudyState, TryState
from careerpath.training.queries.studies import not_entered, running_out

MONTHS_AHEAD = 3
"""How long before a registration runs out it is brought to mind."""


@dataclass(frozen=True, slots=True)
class StudyDue:
    """Counts of what waits for an actor today."""

    awaited: int
    """Exams of past years without a result."""
    to_enter: int
    """Who passed, and whose certificate is not in the file."""
    running_out: int
    """Registrations of certificates that run out soon or have run out."""
    late: int
    """Degree courses that should have ended."""
    own_running_out: int


def study_due(actor: Actor) -> StudyDue:
    """What waits, in one statement."""
    today, none = clock.today(), literal(0)
    counts: list[ColumnElement[int]] = [none] * 5
    if actor.has(Permission.TRAINING_HOLD):
        theirs = within(actor, Employee.unit_id, Permission.TRAINING_HOLD)
        tried = CertificateTry.state
        counts[:4] = [
            _count(CertificateTry, theirs, tried == TryState.REGISTERED, CertificateTry.year < today.year),
            _count(CertificateTry, theirs, not_entered()),
            _count(Certificate, theirs, *running_out(today, MONTHS_AHEAD)),
            _count(DegreeStudy, theirs, DegreeStudy.state == StudyState.STUDYING, DegreeStudy.expected_on < today),
        ]
    if actor.has(Permission.OWN_GROWTH) and actor.user_id is not None:
        own = Employee.user_id == actor.user_id
        counts[4] = _count(Certificate, own, *running_out(today, MONTHS_AHEAD))
    return StudyDue(*tuple(db.session.execute(select(*counts)).one()))


def _count(model: Any, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    query = select(func.count()).select_from(model).join(Employee, Employee.id == model.employee_id)
    return query.where(*conditions).scalar_subquery()
