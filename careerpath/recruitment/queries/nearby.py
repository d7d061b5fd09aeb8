"""Which batches an actor meets: those of their own units, and those with a position at one of them."""

from sqlalchemy import ColumnElement, or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.recruitment.models import RecruitmentBatch, RecruitmentPosition
from careerpath.words import NotFound


def near(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The filter "a batch of the actor's units, or with a position at one of them"."""
    positions = select(RecruitmentPosition.batch_id).where(within(actor, RecruitmentPosition.unit_id, permission))
    return or_(within(actor, RecruitmentBatch.unit_id, permission), RecruitmentBatch.id.in_(positions))


def near_batch(actor: Actor, batch_id: int, permission: Permission, *, lock: bool = False) -> RecruitmentBatch:
    """A batch that the actor meets, or ``NotFound``. What is done to the batch itself asks ``scope.fetch`` instead."""
    query = select(RecruitmentBatch).where(RecruitmentBatch.id == batch_id, near(actor, permission))
    batch = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if batch is None:
        raise NotFound
    return batch
