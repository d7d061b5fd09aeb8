"""Pairings that an account is itself part of, as the mentor or as the mentee."""

from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.employees.queries.serving import own_employee
from careerpath.mentoring.models import Mentor, Pairing
from careerpath.words import NotFound


class Side(StrEnum):
    """Which of the two somebody is."""

    MENTOR = "mentor"
    MENTEE = "mentee"


def own_pairing(actor: Actor, pairing_id: int, *sides: Side) -> Pairing:
    """A pairing in which the actor is on one of these sides (without any: on either), locked; ``NotFound`` else."""
    own = own_employee(actor)
    if own is None:
        raise NotFound
    wanted = sides or tuple(Side)
    mine: list[ColumnElement[bool]] = []
    if Side.MENTOR in wanted:
        mine.append(Pairing.mentor_id.in_(select(Mentor.id).where(Mentor.employee_id == own.id)))
    if Side.MENTEE in wanted:
        mine.append(Pairing.employee_id == own.id)
    query = select(Pairing).where(Pairing.id == pairing_id, or_(*mine)).with_for_update()
    pairing = db.session.scalars(query).one_or_none()
    if pairing is None:
        raise NotFound
    return pairing
