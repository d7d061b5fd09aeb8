"""The rate of people trained and of those with the national certificate, by unit."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.access.actor import Actor, Grant
from careerpath.access.permissions import Role
from careerpath.employees.operations.facts import NewCertificate
from careerpath.employees.operations.history import add_fact
from careerpath.policy.codes import Certificate
from careerpath.training.queries.rates import rate_lines, rate_page
from careerpath.words import NotFound
from tests.factories.employees import CLERK, make_employee, selects_of
from tests.training.needed import TODAY, Needed


def test_people_are_counted_once_however_often_they_were_trained(app: Flask) -> None:
    world = Needed()
    for day in (2, 9, 16):
        world.attend(world.worker, "1", on=date(2025, 6, day))
    total = rate_page(world.district, 2025, TODAY).total
    assert (total.serving, total.trained, total.attendances, total.share) == (3, 1, 3, Decimal("0.3333"))
    assert total.rate is not None
    assert total.rate.is_met is False


def test_half_a_day_is_trained_and_less_than_that_is_not(app: Flask) -> None:
    world = Needed()
    world.attend(world.worker, "0.5")
    world.attend(world.secretary, "0.4")
    assert rate_page(world.district, 2025, TODAY).total.trained == 1


def test_a_district_sees_its_streets_and_a_street_its_communities(app: Flask) -> None:
    world = Needed()
    make_employee(None, world.town.foreign)
    make_employee(None, world.town.street, name="街道人员")
    page = rate_page(world.district, 2025, TODAY)
    assert {(line.unit_name, line.serving, line.opens) for line in page.lines} == {
        ("费城街道", 4, True),
        ("上冶镇", 1, True),
    }
    below = rate_page(world.district, 2025, TODAY, world.town.street.id)
    assert {(line.unit_name, line.serving, line.opens) for line in below.lines} == {
        ("费城街道", 1, False),
        ("书苑社区", 2, False),
        ("银杏社区", 1, False),
    }
    assert [name for _, name in below.way] == ["费县"]
    own = rate_page(world.street, 2025, TODAY)
    assert (own.unit is not None and own.unit.short_name, own.total.serving, own.way) == ("费城街道", 4, ())
    with pytest.raises(NotFound):
        rate_page(world.street, 2025, TODAY, world.town.other_street.id)


def test_the_highest_certificate_held_on_the_day_counts_for_the_share(app: Flask) -> None:
    world = Needed()
    for grade, day in (("junior", date(2020, 9, 1)), ("intermediate", date(2023, 9, 1))):
        add_fact(CLERK, world.worker.id, NewCertificate(grade=grade, obtained_on=day))
    add_fact(CLERK, world.secretary.id, NewCertificate(grade="junior", obtained_on=date(2025, 11, 1)))
    total = rate_page(world.district, 2025, TODAY).total
    assert total.holders == {Certificate.JUNIOR: 1, Certificate.INTERMEDIATE: 1, Certificate.SENIOR: 0}
    assert (total.certified, total.certified_share) == (2, Decimal("0.6666"))
    assert rate_page(world.district, 2025, date(2025, 10, 31)).total.certified == 1


def test_a_unit_without_people_has_no_share(app: Flask) -> None:
    world = Needed()
    lines = {line.unit_name: line for line in rate_lines(world.district, 2025, TODAY)}
    empty = lines["上冶镇"]
    assert (empty.serving, empty.share, empty.certified_share) == (0, None, None)
    assert list(lines)[-1] == "费县"


def test_an_actor_of_two_streets_sees_both(app: Flask) -> None:
    world = Needed()
    actor = world.street
    second = Grant(Role.STREET_HR, world.town.other_street.path)
    both = Actor(actor.user_id, actor.name, "", (*actor.grants, second))
    page = rate_page(both, 2025, TODAY)
    assert page.unit is None
    assert {line.unit_name for line in page.lines} == {"费城街道", "上冶镇"}
    assert page.total.serving == 3


def test_many_people_and_units_cost_no_more_queries(app: Flask) -> None:
    world = Needed()
    street_id = world.town.street.id
    few = selects_of(lambda: rate_page(world.district, 2025, TODAY, street_id))
    for unit in (world.town.community, world.town.neighbour, world.town.foreign):
        world.attend(make_employee(None, unit), "1")
    many = selects_of(lambda: rate_page(world.district, 2025, TODAY, street_id))
    assert len(many) == len(few) <= 7
