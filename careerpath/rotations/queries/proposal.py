"""A proposal before it is saved: the person and their rotations so far, and what stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import homes_of
from careerpath.policy.rotation import Stay
from careerpath.rotations.models import Host, RotationWish
from careerpath.rotations.queries.findings import (
    Remark,
    host_remarks,
    stay_of,
    stay_remarks,
    stays_of,
    taken_at,
)
from careerpath.rotations.queries.person import RotationOfPerson, person_lines
from careerpath.rotations.queries.reach import host_met
from careerpath.rotations.queries.rules import rules_on
from careerpath.rotations.queries.wishes import open_wish


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody who may be proposed: where they serve and where they have been."""

    employee_id: int
    name: str
    number: str
    home_name: str
    before: tuple[RotationOfPerson, ...]
    wish: RotationWish | None
    wish_host: str


def proposed_person(actor: Actor, employee_id: int, wish_id: int | None = None) -> Proposed:
    """Somebody of the actor's people, with the wish that is to be answered, or ``NotFound``. Six queries."""
    employee = fetch(actor, Employee, employee_id, Permission.ROTATION_PROPOSE)
    wish = open_wish(actor, wish_id) if wish_id is not None else None
    if wish is not None and wish.employee_id != employee.id:
        wish = None
    host = db.session.get(Host, wish.host_id) if wish is not None and wish.host_id is not None else None
    today = clock.today()
    return Proposed(
        employee_id=employee.id,
        name=employee.name,
        number=employee.number,
        home_name=homes_of([employee.id], today)[employee.id].name,
        before=person_lines(employee.id, today),
        wish=wish,
        wish_host=host.name if host is not None else "",
    )


def remarks_on(
    actor: Actor,
    kind: str,
    starts_on: date,
    ends_on: date,
    host_id: int | None,
    employee_id: int | None = None,
    but: Sequence[int] = (),
) -> list[Remark]:
    """What stands against days at a host, for the page; raises ``Refused`` like the operation. Three queries.

    ``but`` are rotations that are left out: the one that is being changed.
    """
    edition = rules_on(clock.today())
    others = stays_of([employee_id])[employee_id] if employee_id is not None else []
    found = stay_remarks(edition, Stay(kind, starts_on, ends_on), [stay_of(one) for one in others if one.id not in but])
    host = (
        db.session.scalars(
            select(Host).where(Host.id == host_id, host_met(actor, Permission.ROTATION_PROPOSE))
        ).one_or_none()
        if host_id is not None
        else None
    )
    if host is not None:
        taken = taken_at([host.id], starts_on, ends_on, but).get(host.id, 0)
        found += host_remarks(edition, host, kind, taken)
    return found
