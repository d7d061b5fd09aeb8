"""Which records a person may see: one filter on the unit path for lists, one look-up for single records."""

from typing import TypeVar, cast

from sqlalchemy import ColumnElement, Select, false, inspect, or_, select, true
from sqlalchemy.orm import Mapped

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.core.db import Record, db
from careerpath.words import NotFound

S = TypeVar("S", bound=Record)
"""A record that belongs to a unit: its class has a column ``unit_id``."""


def within(actor: Actor, column: Mapped[int], permission: Permission) -> ColumnElement[bool]:
    """The filter "this unit lies where the actor holds the permission", on a column of unit ids."""
    prefixes = actor.prefixes(permission)
    if not prefixes:
        return false()
    if prefixes[0] == "":
        return true()
    return column.in_(
        select(Unit.id).where(or_(*(Unit.path.startswith(prefix, autoescape=True) for prefix in prefixes)))
    )


def below(column: Mapped[int], path: str) -> ColumnElement[bool]:
    """The filter "this unit is the one at ``path`` or lies below it"."""
    return column.in_(select(Unit.id).where(Unit.path.startswith(path, autoescape=True)))


def near(actor: Actor, column: Mapped[int], permission: Permission) -> ColumnElement[bool]:
    """The filter "this district is the actor's, or the actor holds the permission somewhere inside it".

    ``column`` holds unit ids. A unit's path names the ids of all units above it, so no look-up is needed.
    """
    above = {int(part) for prefix in actor.prefixes(permission) for part in prefix.split("/") if part}
    return or_(within(actor, column, permission), column.in_(sorted(above)))


def meets(actor: Actor, path: str, permission: Permission) -> bool:
    """The pure twin of ``near`` for the district at ``path``."""
    return any(path.startswith(prefix) or prefix.startswith(path) for prefix in actor.prefixes(permission))


def visible(actor: Actor, model: type[S], permission: Permission) -> Select[S]:
    """All records of a kind that the actor holds the permission for; where every list begins."""
    unit_id = cast("Mapped[int]", inspect(model).all_orm_descriptors["unit_id"])
    return select(model).where(within(actor, unit_id, permission))


def fetch(actor: Actor, model: type[S], record_id: int, permission: Permission, *, lock: bool = False) -> S:
    """One record, or ``NotFound``: absent and not theirs look the same. ``lock`` holds it until the commit."""
    query = visible(actor, model, permission).where(model.id == record_id)
    record = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if record is None:
        raise NotFound
    return record


def fetch_unit(actor: Actor, unit_id: int, permission: Permission, *, lock: bool = False) -> Unit:
    """One unit, or ``NotFound``."""
    query = select(Unit).where(Unit.id == unit_id, within(actor, Unit.id, permission))
    unit = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if unit is None:
        raise NotFound
    return unit


def find_unit(actor: Actor, code: str, permission: Permission) -> Unit:
    """One unit by its code, or ``NotFound``."""
    unit_id = db.session.scalar(select(Unit.id).where(Unit.code == code))
    if unit_id is None:
        raise NotFound
    return fetch_unit(actor, unit_id, permission)
