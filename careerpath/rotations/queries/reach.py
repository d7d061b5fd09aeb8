"""Which hosts and rotations an actor meets: the home's, the host's and the district's see the same rotation."""

from typing import cast

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Mapped

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, near, within
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.rotations.models import Host, Rotation
from careerpath.words import NotFound


def district_units(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The filter over ``Unit``: "lies in a district where the actor holds the permission somewhere". One query."""
    districts = db.session.scalars(
        select(Unit.path).where(Unit.kind == UnitKind.DISTRICT, near(actor, Unit.id, permission))
    )
    here = [below(Unit.id, path) for path in sorted(districts)]
    return or_(within(actor, Unit.id, permission), *here)


def host_met(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The filter over ``Host``: kept by one's own units or by those above, or a unit of one's own district."""
    return or_(
        near(actor, Host.unit_id, permission),
        Host.at_unit_id.in_(select(Unit.id).where(district_units(actor, permission))),
    )


def met_host(actor: Actor, host_id: int, permission: Permission) -> Host:
    """A host to which the actor may send people, or ``NotFound``."""
    host = db.session.scalars(select(Host).where(Host.id == host_id, host_met(actor, permission))).one_or_none()
    if host is None:
        raise NotFound
    return host


def rotation_met(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The filter over ``Rotation``: one's own people who are lent, and those whom one's own units have borrowed."""
    hosts = select(Host.id).where(
        or_(within(actor, cast("Mapped[int]", Host.at_unit_id), permission), within(actor, Host.unit_id, permission))
    )
    return or_(within(actor, Rotation.unit_id, permission), Rotation.host_id.in_(hosts))


def met_rotations(actor: Actor, permission: Permission) -> Select[Rotation]:
    """All rotations that the actor meets, from home or from the host."""
    return select(Rotation).where(rotation_met(actor, permission))


def met_rotation(actor: Actor, rotation_id: int, permission: Permission, *, lock: bool = False) -> Rotation:
    """One rotation, or ``NotFound``. ``lock`` holds it until the commit."""
    query = met_rotations(actor, permission).where(Rotation.id == rotation_id)
    rotation = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if rotation is None:
        raise NotFound
    return rotation
