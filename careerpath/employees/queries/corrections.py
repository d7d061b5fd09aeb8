"""Requests to correct a file: those that wait for an office, and a person's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.employees.models import CorrectionRequest, CorrectionState, Employee
from careerpath.employees.queries.person import PersonHead
from careerpath.words import NotFound

MOST = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request that waits for an answer."""

    id: int
    employee_id: int
    name: str
    number: str
    unit: str
    field: str
    text: str
    asked_at: datetime


def waiting_requests(actor: Actor) -> list[Waiting]:
    """The oldest requests that the actor's office has to answer, at most ``MOST``."""
    return [Waiting(*row) for row in db.session.execute(_waiting(actor).order_by(CorrectionRequest.id).limit(MOST))]


def waiting_request(actor: Actor, request_id: int) -> Waiting:
    """One request that waits for the actor's office, or ``NotFound``."""
    row = db.session.execute(_waiting(actor).where(CorrectionRequest.id == request_id)).one_or_none()
    if row is None:
        raise NotFound
    return Waiting(*row)


def waiting_count(actor: Actor) -> int:
    """How many requests wait for the actor's office."""
    query = select(func.count()).where(
        within(actor, CorrectionRequest.unit_id, Permission.EMPLOYEE_EDIT),
        CorrectionRequest.state == CorrectionState.OPEN,
    )
    return db.session.scalar(query) or 0


def requests_of(head: PersonHead) -> Sequence[CorrectionRequest]:
    """All requests about one file, newest first."""
    query = select(CorrectionRequest).where(CorrectionRequest.employee_id == head.id)
    return db.session.scalars(query.order_by(CorrectionRequest.id.desc()).limit(MOST)).all()


def _waiting(actor: Actor) -> Any:
    return (
        select(
            CorrectionRequest.id,
            CorrectionRequest.employee_id,
            Employee.name,
            Employee.number,
            Unit.short_name,
            CorrectionRequest.field,
            CorrectionRequest.text,
            CorrectionRequest.asked_at,
        )
        .join(Employee, Employee.id == CorrectionRequest.employee_id)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(
            within(actor, CorrectionRequest.unit_id, Permission.EMPLOYEE_EDIT),
            CorrectionRequest.state == CorrectionState.OPEN,
        )
    )
