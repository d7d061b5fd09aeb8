"""Units, accounts and actors."""

from datetime import date

from flask import Flask
from flask.testing import FlaskClient

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import RoleGrant, Unit, User
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.core.passwords import hash_password
from careerpath.policy.codes import UnitKind

PASSWORD = "Plum-Orchard-77"
_HASH = hash_password(PASSWORD)


def make_unit(name: str, kind: UnitKind, parent: Unit | None = None, code: str = "", **more: object) -> Unit:
    """One unit below another."""
    with writing() as session:
        unit = Unit(
            code=code or f"T{abs(hash((name, parent.id if parent else 0))) % 10**12:012d}",
            name=name,
            short_name=name,
            kind=kind,
            parent_id=parent.id if parent else None,
            starts_on=date(2000, 1, 1),
            **more,
        )
        session.add(unit)
        session.flush()
        unit.path = f"{parent.path if parent else ''}{unit.id}/"
    return unit


class Town:
    """A district with two streets of two communities each: enough to tell own from foreign."""

    def __init__(self) -> None:
        self.city = make_unit("临沂市", UnitKind.CITY)
        self.district = make_unit("费县", UnitKind.DISTRICT, self.city)
        self.street = make_unit("费城街道", UnitKind.STREET, self.district)
        self.other_street = make_unit("上冶镇", UnitKind.TOWN, self.district)
        self.community = make_unit("书苑社区", UnitKind.COMMUNITY, self.street)
        self.neighbour = make_unit("银杏社区", UnitKind.COMMUNITY, self.street)
        self.foreign = make_unit("文昌社区", UnitKind.COMMUNITY, self.other_street)
        self.foreign_neighbour = make_unit("兴业社区", UnitKind.COMMUNITY, self.other_street)


def make_user(name: str, role: Role | None = None, unit: Unit | None = None, *, must_change: bool = False) -> User:
    """An account with the tests' password and, if wanted, a role."""
    with writing() as session:
        user = User(
            name=name,
            display_name=name,
            password_hash=_HASH,
            must_change_password=must_change,
            failed_count=0,
            active=True,
            created_at=clock.now(),
        )
        session.add(user)
        session.flush()
        if role is not None and unit is not None:
            session.add(RoleGrant(user_id=user.id, role=role, unit_id=unit.id, starts_on=date(2020, 1, 1)))
    return user


def make_actor(role: Role, unit: Unit, name: str = "") -> Actor:
    """The actor of a new account with one role."""
    user = make_user(name or f"{role.value}-{unit.id}", role, unit)
    return Actor(user.id, user.name, user.display_name, (Grant(role, db.session.merge(unit, load=True).path),), "")


def signed_in(app: Flask, actor: Actor) -> FlaskClient:
    """A browser in which the account of an actor has signed in."""
    client = app.test_client()
    assert client.post("/sign-in", data={"name": actor.name, "password": PASSWORD}).status_code == 302
    return client
