"""Which mentors an office meets: those of its whole district, for a mentor may have mentees in every street of it."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Mapped, aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import ids_of
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.mentoring.models import Mentor
from careerpath.policy.codes import UnitKind
from careerpath.words import NotFound


def in_district(actor: Actor, column: Mapped[int], permission: Permission) -> ColumnElement[bool]:
    """The filter "this unit lies in a district in which the actor holds the permission", on a column of unit ids."""
    above = {one for prefix in actor.prefixes(permission) for one in ids_of(prefix)}
    district = aliased(Unit)
    inside = (
        select(Unit.id)
        .join(district, Unit.path.like(district.path.concat("%")))
        .where(district.kind == UnitKind.DISTRICT, district.id.in_(sorted(above)))
    )
    return or_(within(actor, column, permission), column.in_(inside))


def meet_mentor(actor: Actor, mentor_id: int, permission: Permission) -> Mentor:
    """A mentor of the actor's district; ``NotFound`` for others."""
    query = select(Mentor).where(Mentor.id == mentor_id, in_district(actor, Mentor.unit_id, permission))
    mentor = db.session.scalars(query).one_or_none()
    if mentor is None:
        raise NotFound
    return mentor
