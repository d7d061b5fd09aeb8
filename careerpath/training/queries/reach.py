"""Which courses and classes an actor meets: those of their own units, and those of the units above them."""

from sqlalchemy import ColumnElement, or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import near, within
from careerpath.core.db import db
from careerpath.training.models import ClassState, Course, TrainingClass
from careerpath.words import NotFound


def met_classes(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The filter over ``TrainingClass``: what is planned only shows to who holds it, the rest to all below."""
    return or_(
        within(actor, TrainingClass.unit_id, permission),
        near(actor, TrainingClass.unit_id, permission) & (TrainingClass.state != ClassState.PLANNED),
    )


def near_class(actor: Actor, class_id: int, permission: Permission, *, lock: bool = False) -> TrainingClass:
    """A class that the actor meets, or ``NotFound``. What is done to the class itself asks ``scope.fetch``."""
    query = select(TrainingClass).where(TrainingClass.id == class_id, met_classes(actor, permission))
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise NotFound
    return found


def near_course(actor: Actor, course_id: int, permission: Permission) -> Course:
    """A course that the actor meets, or ``NotFound``."""
    query = select(Course).where(Course.id == course_id, near(actor, Course.unit_id, permission))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found
