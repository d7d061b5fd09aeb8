"""What was brought forward during the public notice of a call, as lists and pages show it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import visible, within
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.honours.models import CallState, HonourCall, HonourNominee, HonourObjection
from careerpath.words import NotFound


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """One objection with the name of whom it is about, and the call it belongs to."""

    objection: HonourObjection
    about: str
    call_id: int
    call_name: str
    open: bool
    """Whether the notice stands."""

    @property
    def id(self) -> int:
        """The record."""
        return self.objection.id

    @property
    def waiting(self) -> bool:
        """Whether it is not answered yet."""
        return self.objection.answered_on is None


def unanswered(actor: Actor) -> ScalarSelect[int]:
    """How many objections about nominees whom the actor may see are not answered, for a statement over calls."""
    return (
        select(func.count(HonourObjection.id))
        .join(HonourNominee, HonourNominee.id == HonourObjection.nominee_id)
        .where(
            HonourNominee.call_id == HonourCall.id,
            HonourObjection.answered_on.is_(None),
            within(actor, HonourObjection.unit_id, Permission.HONOUR_VIEW),
        )
        .correlate(HonourCall)
        .scalar_subquery()
    )


def objections_of(actor: Actor, call_id: int, nominee_id: int | None = None) -> list[ObjectionLine]:
    """Everything brought forward in a call, or about one nominee, oldest first. One query.

    Only those who decide meet them: what is told in confidence stays with the district.
    """
    query = _lines(actor).where(HonourNominee.call_id == call_id)
    if nominee_id is not None:
        query = query.where(HonourNominee.id == nominee_id)
    order = (HonourObjection.received_on, HonourObjection.id)
    return [_line(row) for row in db.session.execute(query.order_by(*order))]


def objection_line(actor: Actor, honour_objection_id: int) -> ObjectionLine:
    """One objection that the actor decides on, or ``NotFound``. One query."""
    row = db.session.execute(_lines(actor).where(HonourObjection.id == honour_objection_id)).one_or_none()
    if row is None:
        raise NotFound
    return _line(row)


def _lines(actor: Actor) -> Select[Any]:
    return (
        visible(actor, HonourObjection, Permission.HONOUR_DECIDE)
        .join(HonourNominee, HonourNominee.id == HonourObjection.nominee_id)
        .join(Employee, Employee.id == HonourNominee.employee_id)
        .join(HonourCall, HonourCall.id == HonourNominee.call_id)
        .add_columns(Employee.name, HonourCall)
    )


def _line(row: Any) -> ObjectionLine:
    objection, about, call = row
    return ObjectionLine(objection, about, call.id, call.name, call.state is CallState.NOTICE)
