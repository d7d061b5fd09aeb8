"""The rotations of one person, for the personnel file."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.core.db import db
from careerpath.policy.rotation import Direction
from careerpath.rotations.models import Host, Rotation
from careerpath.rotations.queries.names import kind_and_grade_names
from careerpath.rotations.queries.standing import WENT, Standing, standing_on


@dataclass(frozen=True, slots=True)
class RotationOfPerson:
    """One rotation as it stood on the day asked for."""

    id: int
    kind: str
    direction: Direction
    host_name: str
    host_post: str
    starts_on: date
    ends_on: date
    returned_on: date | None
    standing: Standing
    grade: str
    """鉴定等次 in words; empty before the evaluation."""
    document: str


def person_lines(employee_id: int, on: date) -> tuple[RotationOfPerson, ...]:
    """The rotations of a person that had begun by ``on`` or were approved for later, newest first. Two queries."""
    query = (
        select(Rotation, Host.name)
        .join(Host, Host.id == Rotation.host_id)
        .where(Rotation.employee_id == employee_id, Rotation.state.in_(WENT))
        .order_by(Rotation.starts_on.desc(), Rotation.id.desc())
    )
    rows = db.session.execute(query).all()
    kinds, grades = kind_and_grade_names(one.kind for one, _ in rows)
    return tuple(
        RotationOfPerson(
            id=one.id,
            kind=kinds[one.kind],
            direction=one.direction,
            host_name=host,
            host_post=one.host_post,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            returned_on=one.returned_on if one.returned_on is not None and one.returned_on <= on else None,
            standing=standing_on(one, on),
            grade=grades.get(one.grade, one.grade) if standing_on(one, on) is Standing.EVALUATED else "",
            document=one.document,
        )
        for one, host in rows
    )
