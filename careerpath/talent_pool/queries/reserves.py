"""Who is in the pool on a day, as others count and name them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select

from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.talent_pool.models import PoolEntry, Readiness

READINESS_ORDER = tuple(Readiness)
readiness_rank = case(
    *((PoolEntry.readiness == one, place) for place, one in enumerate(READINESS_ORDER)), else_=len(READINESS_ORDER)
)
"""The place of an entry's readiness, the readiest first."""


@dataclass(frozen=True, slots=True)
class ReserveName:
    """Somebody in the pool for a rung at a community."""

    entry_id: int
    employee_id: int
    name: str
    readiness: Readiness
    potential: Decimal | None
    entered_on: date


def in_pool_on(on: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions "this entry holds on this day"."""
    return PoolEntry.entered_on <= on, or_(PoolEntry.left_on.is_(None), PoolEntry.left_on >= on)


def reserves_of(
    unit_ids: Iterable[int] | Select[Any], rung: str, on: date | None = None
) -> dict[int, list[ReserveName]]:
    """The reserves of some communities for a rung, the readiest first, then by potential. One query, whoever asks."""
    ids = unit_ids if isinstance(unit_ids, Select) else sorted(set(unit_ids))
    query = (
        select(
            PoolEntry.unit_id,
            PoolEntry.id,
            PoolEntry.employee_id,
            Employee.name,
            PoolEntry.readiness,
            PoolEntry.potential,
            PoolEntry.entered_on,
        )
        .join(Employee, Employee.id == PoolEntry.employee_id)
        .where(PoolEntry.unit_id.in_(ids), PoolEntry.rung == rung, *in_pool_on(on or clock.today()))
        .order_by(readiness_rank, PoolEntry.potential.is_(None), PoolEntry.potential.desc(), PoolEntry.id)
    )
    found: dict[int, list[ReserveName]] = {}
    for unit_id, entry_id, employee_id, name, readiness, potential, entered_on in db.session.execute(query):
        one = ReserveName(entry_id, employee_id, name, readiness, potential, entered_on)
        found.setdefault(unit_id, []).append(one)
    return found
