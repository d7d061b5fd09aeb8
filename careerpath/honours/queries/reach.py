"""Which calls for honours an actor meets: those of their own districts, and those of the units above them."""

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import near
from careerpath.core.db import db
from careerpath.honours.models import HonourCall
from careerpath.words import NotFound


def near_call(actor: Actor, call_id: int, permission: Permission, *, lock: bool = False) -> HonourCall:
    """A call that the actor meets, or ``NotFound``. What is done to the call itself asks ``scope.fetch``."""
    query = select(HonourCall).where(HonourCall.id == call_id, near(actor, HonourCall.unit_id, permission))
    call = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if call is None:
        raise NotFound
    return call
