"""What a person's record says of mentoring: whom they had as mentors, whom they mentored, since when they are one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, or_, select

from careerpath.core.db import db
from careerpath.core.types import Hundredths
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Mentor, MentoringLog, Pairing, PairingState
from careerpath.mentoring.queries.rules import frozen_rules_text
from careerpath.mentoring.queries.standing import STANDINGS, Standing, stand_of_row, with_days
from careerpath.words import Message


@dataclass(frozen=True, slots=True)
class MentoringLine:
    """One pairing of a person as it stood on a day. ``grade`` is what the other said of them, once it is completed."""

    pairing_id: int
    as_mentor: bool
    name: str
    """Of the other."""
    post: str
    starts_on: date
    last_on: date
    standing: Standing
    standing_word: Message
    logs: int
    hours: Decimal
    grade: str
    passed: bool


def person_lines(employee_id: int, on: date) -> tuple[MentoringLine, ...]:
    """The pairings of a person that had begun by a day, newest first, as mentee and as mentor. One query.

    What was dropped is left out: it never was.
    """
    logged = (MentoringLog.pairing_id == Pairing.id, MentoringLog.on <= on)
    count = select(func.count(MentoringLog.id)).where(*logged).correlate(Pairing).scalar_subquery()
    hours = select(func.sum(MentoringLog.hours, type_=Hundredths())).where(*logged).correlate(Pairing).scalar_subquery()
    query = (
        with_days(on)
        .add_columns(
            Pairing,
            Mentor,
            Employee.name.label("mentee_name"),
            count.label("logs"),
            hours.label("hours"),
        )
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .join(Employee, Employee.id == Pairing.employee_id)
        .where(
            or_(Pairing.employee_id == employee_id, Mentor.employee_id == employee_id),
            Pairing.state != PairingState.DROPPED,
            Pairing.starts_on <= on,
        )
        .order_by(Pairing.starts_on.desc(), Pairing.id.desc())
    )
    found = []
    for row in db.session.execute(query):
        pairing, mentor, standing = row.Pairing, row.Mentor, stand_of_row(row, on).standing
        as_mentor = mentor.employee_id == employee_id
        code = (pairing.mentor_grade if as_mentor else pairing.mentee_grade) if standing is Standing.COMPLETED else ""
        grade = next((one for one in frozen_rules_text(row.edition).grades if one.code == code), None)
        found.append(
            MentoringLine(
                pairing_id=pairing.id,
                as_mentor=as_mentor,
                name=row.mentee_name if as_mentor else mentor.name,
                post=pairing.home_name if as_mentor else mentor.post,
                starts_on=pairing.starts_on,
                last_on=pairing.ends_on if pairing.ended_on is None else pairing.ended_on,
                standing=standing,
                standing_word=STANDINGS[standing],
                logs=row.logs,
                hours=row.hours or Decimal(0),
                grade=grade.name if grade is not None else "",
                passed=grade is not None and grade.passes,
            )
        )
    return tuple(found)
