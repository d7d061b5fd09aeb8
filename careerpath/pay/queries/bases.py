"""Declared contribution bases of a person as they hold, and as they were known before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.pay.models import ContributionBase
from careerpath.words import NotFound


@dataclass(frozen=True, slots=True)
class BaseLine:
    """One declared base. ``current`` is the one that holds today."""

    id: int
    starts_on: date
    amount: Decimal
    known_at: datetime
    superseded_at: datetime | None
    current: bool


@dataclass(frozen=True, slots=True)
class BasesPage:
    """A person's declared bases, latest first; superseded ones stay in the history."""

    employee_id: int
    name: str
    number: str
    unit_name: str
    lines: Sequence[BaseLine]
    past: Sequence[BaseLine]


def bases_page(actor: Actor, employee_id: int, permission: Permission = Permission.PAY_VIEW) -> BasesPage:
    """The bases of a person in the actor's reach, or ``NotFound``. Three queries."""
    employee = fetch(actor, Employee, employee_id, permission)
    rows = db.session.scalars(
        select(ContributionBase)
        .where(ContributionBase.employee_id == employee.id)
        .order_by(ContributionBase.starts_on.desc(), ContributionBase.id.desc())
    ).all()
    today = clock.today()
    live = [one for one in rows if one.superseded_at is None]
    held = next((one.id for one in live if one.starts_on <= today), None)
    lines = [
        BaseLine(one.id, one.starts_on, one.amount, one.known_at, one.superseded_at, one.id == held) for one in rows
    ]
    return BasesPage(
        employee.id,
        employee.name,
        employee.number,
        db.session.get_one(Unit, employee.unit_id).short_name,
        [line for line in lines if line.superseded_at is None],
        [line for line in lines if line.superseded_at is not None],
    )


def base_of(page: BasesPage, base_id: int) -> BaseLine:
    """One of the bases that hold, or ``NotFound``."""
    for line in page.lines:
        if line.id == base_id:
            return line
    raise NotFound
