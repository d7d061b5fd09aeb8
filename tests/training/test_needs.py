"""Who lacks what training in a year: the rules held against posts, first days and courses taken."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.people import link_account
from careerpath.policy.training import Tier
from careerpath.training.queries.needs import (
    NeedFilters,
    Standing,
    filters_of,
    need_lines,
    need_page,
    needs_for,
    own_needs,
)
from tests.factories.access import make_actor
from tests.factories.employees import CLERK, make_employee, selects_of
from tests.training.needed import TODAY, Needed


def everything(year: int = 2025, **changes: object) -> NeedFilters:
    """The whole list of a year."""
    return NeedFilters(year, min(TODAY, date(year, 12, 31)), state=None, **changes)  # type: ignore[arg-type]


def standing(world: Needed, employee: Employee, year: int = 2025) -> dict[str, tuple[str, bool]]:
    """What somebody has of each requirement, and whether it is enough."""
    needs = needs_for([employee.id], year, min(TODAY, date(year, 12, 31)))[employee.id]
    return {need.code: (f"{need.days:.0f}/{need.wanted:.0f}", need.is_met) for need in needs}


def test_five_and_two_days_at_county_level_are_enough_for_a_secretary(app: Flask) -> None:
    world = Needed()
    world.attend(world.secretary, "5")
    world.attend(world.secretary, "2", on=date(2025, 9, 1))
    assert standing(world, world.secretary)["secretaries"] == ("7/7", True)


def test_six_days_of_the_county_and_three_of_the_street_are_not(app: Flask) -> None:
    world = Needed()
    world.attend(world.secretary, "6")
    world.attend(world.secretary, "3", Tier.STREET)
    assert standing(world, world.secretary) == {"secretaries": ("6/7", False), "everybody": ("9/3", True)}


def test_an_entrant_of_january_was_trained_in_december(app: Flask) -> None:
    world = Needed()
    assert standing(world, world.entrant) == {"entrants": ("0/3", False)}
    world.attend(world.entrant, "3", on=date(2024, 12, 20))
    assert standing(world, world.entrant) == {"entrants": ("3/3", True)}


def test_the_list_shows_who_lacks_how_many_days_and_what_they_had_by_tier(app: Flask) -> None:
    world = Needed()
    world.attend(world.secretary, "6")
    world.attend(world.secretary, "3", Tier.STREET)
    world.attend(world.worker, "3")
    page = need_page(world.district, filters_of({"year": "2025"}))
    lines = {line.person.name: line for line in page.page.rows}
    assert {name: (line.need.code, line.lacking, line.street) for name, line in lines.items()} == {
        "陈静": ("secretaries", Decimal(1), "费城街道"),
        "赵敏": ("entrants", Decimal(3), "费城街道"),
    }
    assert lines["陈静"].by_tier == {Tier.DISTRICT: Decimal(6), Tier.STREET: Decimal(3)}
    assert [(code, met, short) for code, _, met, short in page.counts] == [
        ("secretaries", 0, 1),
        ("entrants", 0, 1),
        ("everybody", 2, 0),
    ]
    assert page.people == 3


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"requirement": "entrants"}, ["赵敏"]),
        ({"state": Standing.MET}, ["林涛"]),
        ({"unit": "银杏"}, ["赵敏"]),
        ({"unit": "没有这个单位"}, []),
        ({"q": "陈静"}, ["陈静", "陈静"]),
    ],
)
def test_the_list_is_narrowed(app: Flask, changes: dict[str, object], found: list[str]) -> None:
    world = Needed()
    world.attend(world.worker, "3")
    filters = NeedFilters(2025, TODAY, **({"state": None} | changes))  # type: ignore[arg-type]
    assert [line.person.name for line in need_lines(world.district, filters)] == found


def test_a_street_sees_its_own_people_alone(app: Flask) -> None:
    world = Needed()
    make_employee(None, world.town.foreign, name="周平")
    assert "周平" in {line.person.name for line in need_lines(world.district, everything())}
    assert "周平" not in {line.person.name for line in need_lines(world.street, everything())}


def test_who_lacks_most_comes_first_where_that_is_asked_for(app: Flask) -> None:
    world = Needed()
    world.attend(world.worker, "1")
    page = need_page(world.district, filters_of({"year": "2025", "sort": "lacking"}))
    assert [line.lacking for line in page.page.rows] == [Decimal(7), Decimal(3), Decimal(3), Decimal(2)]


def test_a_past_year_is_looked_at_on_its_last_day(app: Flask) -> None:
    world = Needed()
    assert filters_of({"year": "2024"}).on == date(2024, 12, 31)
    assert filters_of({"year": "2025", "on": "2025-06-30"}).on == date(2025, 6, 30)
    assert filters_of({"year": "1900", "on": "x"}) == filters_of({})
    world.attend(world.secretary, "7", on=date(2025, 7, 1))
    before = need_lines(world.district, NeedFilters(2025, date(2025, 6, 30), state=Standing.LACKING))
    assert ("陈静", "secretaries") in {(line.person.name, line.need.code) for line in before}


def test_the_list_asks_no_more_for_many_people_than_for_few(app: Flask) -> None:
    world = Needed()
    few = selects_of(lambda: need_page(world.district, everything()))
    for _ in range(6):
        world.attend(make_employee(None, world.town.community), "1")
    assert len(selects_of(lambda: need_page(world.district, everything()))) == len(few) <= 7


def test_ones_own_year_is_told_in_hours_and_days_by_tier(app: Flask) -> None:
    world = Needed()
    actor = make_actor(Role.WORKER, world.town.community, "chen")
    assert own_needs(actor, 2025) is None
    assert actor.user_id is not None
    link_account(CLERK, world.secretary.id, actor.user_id)
    world.attend(world.secretary, "5")
    world.attend(world.secretary, "1", Tier.STREET)
    world.attend(world.secretary, "2", on=date(2024, 5, 1))
    db.session.expire_all()
    own = own_needs(actor, 2025)
    assert own is not None
    assert (own.days, own.hours) == (Decimal(6), Decimal(48))
    assert own.by_tier == ((Tier.STREET, Decimal(1)), (Tier.DISTRICT, Decimal(5)))
    assert [need.code for need in own.needs] == ["secretaries", "everybody"]
