"""A worker's own rotations and wishes, through the file that belongs to the account."""

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.core.db import db
from careerpath.employees.queries.serving import own_employee
from careerpath.rotations.models import Rotation, RotationWish
from careerpath.words import NotFound


def own_rotation(actor: Actor, rotation_id: int, *, lock: bool = False) -> Rotation:
    """One rotation of the actor's own, or ``NotFound``."""
    own = own_employee(actor)
    query = select(Rotation).where(Rotation.id == rotation_id, Rotation.employee_id == (own.id if own else 0))
    rotation = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if own is None or rotation is None:
        raise NotFound
    return rotation


def own_wish(actor: Actor, wish_id: int, *, lock: bool = False) -> RotationWish:
    """One wish of the actor's own, or ``NotFound``."""
    own = own_employee(actor)
    query = select(RotationWish).where(RotationWish.id == wish_id, RotationWish.employee_id == (own.id if own else 0))
    wish = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if own is None or wish is None:
        raise NotFound
    return wish
