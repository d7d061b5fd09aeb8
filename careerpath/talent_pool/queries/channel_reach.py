"""Which targeted recruitments an actor meets: those of their own units, and those of the district above them."""

from sqlalchemy import ColumnElement, or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.talent_pool.models import ChannelRound
from careerpath.words import NotFound


def near(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The filter "a channel of the actor's units, or of a unit above them"."""
    above = {int(part) for prefix in actor.prefixes(permission) for part in prefix.split("/") if part}
    return or_(within(actor, ChannelRound.unit_id, permission), ChannelRound.unit_id.in_(above))


def near_channel(actor: Actor, channel_id: int, permission: Permission, *, lock: bool = False) -> ChannelRound:
    """A channel that the actor meets, or ``NotFound``. What is done to the channel itself asks ``scope.fetch``."""
    query = select(ChannelRound).where(ChannelRound.id == channel_id, near(actor, permission))
    channel = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if channel is None:
        raise NotFound
    return channel
