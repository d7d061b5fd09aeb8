"""What waits in pairings: for an office, and for the two themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, literal, or_
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Mentor, Pairing, PairingState
from careerpath.mentoring.queries.standing import Standing, stand_of_row, with_days


@dataclass(frozen=True, slots=True)
class OwnDue:
    """What waits for one of the two: the other's name, and whether it is the evaluation, or a log since some days."""

    pairing_id: int
    name: str
    evaluate: bool
    days: int


@dataclass(frozen=True, slots=True)
class Dues:
    """How many pairings of the actor's units stand how, how many are ready to be completed, and what is one's own."""

    standings: Mapping[Standing, int]
    ready: int
    own: tuple[OwnDue, ...]


def dues(actor: Actor, on: date) -> Dues:
    """What waits for the actor on a day, as an office that keeps logs and as one of a pair. One query, or none."""
    logs, grows = actor.has(Permission.MENTORING_LOG), actor.has(Permission.OWN_GROWTH) and actor.user_id is not None
    if not (logs or grows):
        return Dues({}, 0, ())
    teacher = aliased(Employee)
    inside = within(actor, Pairing.unit_id, Permission.MENTORING_LOG)
    as_mentee = Employee.user_id == actor.user_id if grows else literal(False)
    as_mentor = and_(teacher.user_id.is_not(None), teacher.user_id == actor.user_id) if grows else literal(False)
    query = (
        with_days(on)
        .add_columns(
            Mentor.name.label("mentor_name"),
            Employee.name.label("mentee_name"),
            Pairing.mentee_grade,
            Pairing.mentor_grade,
            inside.label("inside"),
            as_mentee.label("as_mentee"),
            as_mentor.label("as_mentor"),
        )
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .join(Employee, Employee.id == Pairing.employee_id)
        .outerjoin(teacher, teacher.id == Mentor.employee_id)
        .where(Pairing.state == PairingState.AGREED, Pairing.starts_on <= on, or_(inside, as_mentee, as_mentor))
        .order_by(Pairing.ends_on, Pairing.id)
    )
    counts: dict[Standing, int] = {}
    ready, own = 0, []
    for row in db.session.execute(query):
        stand = stand_of_row(row, on)
        if row.inside:
            counts[stand.standing] = counts.get(stand.standing, 0) + 1
            ready += stand.standing is Standing.TO_EVALUATE and bool(row.mentee_grade and row.mentor_grade)
        if not (row.as_mentee or row.as_mentor):
            continue
        name = row.mentor_name if row.as_mentee else row.mentee_name
        said = row.mentor_grade if row.as_mentee else row.mentee_grade
        if stand.standing is Standing.TO_EVALUATE and not said:
            own.append(OwnDue(row.pairing_id, name, True, 0))
        elif stand.stall is not None:
            own.append(OwnDue(row.pairing_id, name, False, stand.stall.days))
    return Dues(counts, ready, tuple(own))
