"""The filter of lists and the rule for single records say the same, whatever the tree and whoever asks."""

from itertools import count

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission, Role
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.policy.codes import UnitKind
from careerpath.words import NotFound

_codes = count()


@st.composite
def trees(draw: st.DrawFn) -> list[str]:
    """Paths of a forest of up to twelve units. Ids jump, so that one path often begins like another: 1/ and 11/."""
    ids = draw(st.lists(st.sampled_from([1, 2, 3, 10, 11, 12, 21, 22, 101, 110, 111, 121]), min_size=1, unique=True))
    paths: list[str] = []
    for unit_id in ids:
        above = draw(st.sampled_from(["", *paths]))
        paths.append(f"{above}{unit_id}/")
    return paths


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[str], Actor]:
    """A forest and an actor with up to four roles in it, or for the whole of it."""
    paths = draw(trees())
    grant = st.builds(Grant, st.sampled_from(list(Role)), st.sampled_from(["", *paths, *paths, *paths]))
    return paths, Actor(1, "a", "a", tuple(draw(st.lists(grant, max_size=4))))


def plant(paths: list[str]) -> dict[int, str]:
    """Make the database hold exactly these units."""
    by_id = {int(path.rstrip("/").split("/")[-1]): path for path in paths}
    with writing() as session:
        session.execute(delete(Unit))
        rows = [
            {
                "id": unit_id,
                "code": f"c{next(_codes)}",
                "name": "某单位",
                "short_name": "某单位",
                "initials": "",
                "kind": UnitKind.COMMUNITY,
                "path": path,
                "starts_on": clock.today(),
                "version": 1,
            }
            for unit_id, path in by_id.items()
        ]
        session.execute(insert(Unit), rows)
    return by_id


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds(), permission=st.sampled_from(list(Permission)))
def test_a_list_holds_exactly_the_units_where_the_permission_is_held(
    app: Flask, world: tuple[list[str], Actor], permission: Permission
) -> None:
    paths, actor = world
    by_id = plant(paths)
    listed = set(db.session.scalars(select(Unit.id).where(within(actor, Unit.id, permission))))
    assert listed == {unit_id for unit_id, path in by_id.items() if actor.can(permission, path)}
    for unit_id in by_id:
        try:
            found = fetch_unit(actor, unit_id, permission).id == unit_id
        except NotFound:
            found = False
        assert found == (unit_id in listed)
    db.session.rollback()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paths=trees())
def test_what_lies_below_a_unit_is_what_its_path_begins(app: Flask, paths: list[str]) -> None:
    by_id = plant(paths)
    for path in paths:
        listed = set(db.session.scalars(select(Unit.id).where(below(Unit.id, path))))
        assert listed == {unit_id for unit_id, each in by_id.items() if each.startswith(path)}
    db.session.rollback()


@given(st.lists(st.builds(Grant, st.sampled_from(list(Role)), st.sampled_from(["", "1/", "1/2/", "1/2/3/", "11/"]))))
def test_no_permission_comes_from_nowhere(grants: list[Grant]) -> None:
    actor = Actor(1, "a", "a", tuple(grants))
    for permission in Permission:
        if permission in {Permission.OPEN, Permission.SIGNED_IN}:
            continue
        assert actor.has(permission) == bool(actor.prefixes(permission))
        assert not actor.can(permission, "999/") or "" in actor.prefixes(permission)
