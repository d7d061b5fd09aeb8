"""Who meets a selection, and what the head of its pages says."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission, Role
from careerpath.access.scope import meets, near
from careerpath.core.db import db
from careerpath.policy.codes import UnitKind
from careerpath.talent_pool.models import EntrantState, Selection, SelectionState
from careerpath.talent_pool.queries.selections import Act, near_selection, selection_head
from careerpath.words import NotFound
from tests.factories.access import make_unit
from tests.factories.employees import make_employee
from tests.factories.talent_pool import make_entrant, make_places, make_selection


def actor_of(role: Role, unit: Unit) -> Actor:
    return Actor(None, role.value, "经办", (Grant(role, unit.path),))


@pytest.fixture
def district(app: Flask) -> Unit:
    return make_unit("费县", UnitKind.DISTRICT, make_unit("临沂市", UnitKind.CITY))


def test_a_street_meets_the_selection_of_its_district_and_sees_its_own_entrants_alone(district: Unit) -> None:
    streets = [make_unit(name, UnitKind.STREET, district) for name in ("费城街道", "上冶镇")]
    communities = [make_unit(f"{street.name}社区", UnitKind.COMMUNITY, street) for street in streets]
    selection = make_selection(district)
    for community in communities:
        make_places(selection, community, 2)
        make_entrant(selection, make_employee(None, community), community, EntrantState.NOMINATED)
    head = selection_head(actor_of(Role.STREET_HR, streets[0]), selection.id)
    assert (head.places, head.units, head.entered) == (4, 2, 1)
    assert head.may == {Act.NOMINATE}
    assert head.rung.name == "社区党组织书记"
    above = selection_head(actor_of(Role.DISTRICT_HR, district), selection.id)
    assert above.counts[EntrantState.NOMINATED] == 2
    assert {Act.REVIEW, Act.CANCEL, Act.CHANGE_DAYS} <= above.may
    assert above.day("closes_on") == date(2025, 12, 10)


def test_a_selection_of_another_district_is_not_there(district: Unit) -> None:
    other = make_unit("平邑县", UnitKind.DISTRICT)
    selection = make_selection(other, SelectionState.PLANNED)
    for actor in (actor_of(Role.DISTRICT_HR, district), actor_of(Role.WORKER, district)):
        with pytest.raises(NotFound):
            near_selection(actor, selection.id, Permission.POOL_VIEW)
        with pytest.raises(NotFound):
            near_selection(actor, selection.id, Permission.OWN_NOMINATE)


@pytest.mark.parametrize("path", ["", "city", "district", "street", "community", "other"])
def test_the_filter_and_the_rule_agree_on_who_meets_a_selection(district: Unit, path: str) -> None:
    street = make_unit("费城街道", UnitKind.STREET, district)
    community = make_unit("东关社区", UnitKind.COMMUNITY, street)
    other = make_unit("平邑县", UnitKind.DISTRICT)
    selections = {one.id: one for one in (make_selection(district), make_selection(other))}
    units = {"city": db.session.get_one(Unit, int(district.path.split("/")[0])), "district": district}
    units |= {"street": street, "community": community, "other": other}
    actor = Actor(None, "a", "a", (Grant(Role.AUDITOR, units[path].path if path else ""),))
    query = select(Selection.id).where(near(actor, Selection.unit_id, Permission.POOL_VIEW))
    listed = set(db.session.scalars(query))
    paths = {district.id: district.path, other.id: other.path}
    expected = {one.id for one in selections.values() if meets(actor, paths[one.unit_id], Permission.POOL_VIEW)}
    assert listed == expected
    assert len(listed) == (2 if path == "" else 1)
