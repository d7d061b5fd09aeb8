"""Which selections and channels an actor meets: those of their own districts, and those of the district above them."""

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Mapped

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within


def near(actor: Actor, column: Mapped[int], permission: Permission) -> ColumnElement[bool]:
    """The filter "this district is the actor's, or the actor holds the permission somewhere inside it".

    ``column`` holds unit ids. A unit's path names the ids of all units above it, so no look-up is needed.
    """
    above = {int(part) for prefix in actor.prefixes(permission) for part in prefix.split("/") if part}
    return or_(within(actor, column, permission), column.in_(sorted(above)))


def meets(actor: Actor, path: str, permission: Permission) -> bool:
    """The pure twin of ``near`` for the district at ``path``."""
    return any(path.startswith(prefix) or prefix.startswith(path) for prefix in actor.prefixes(permission))
