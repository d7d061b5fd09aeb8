"""The targets beside what was counted: who reaches them, who falls short by how much, and the list behind it."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewCertificate, NewEducation
from careerpath.employees.operations.history import add_fact
from careerpath.figures.queries.targets import TargetLine, target_page
from careerpath.policy.training import Tier, is_trained
from careerpath.training.models import ClassState, EnrolmentState
from careerpath.training.queries.attendance import attended_of
from careerpath.training.queries.rules import rules_on as training_rules
from careerpath.training.queries.trained import trained_in
from careerpath.words import NotFound
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import CLERK, make_employee, make_identity, selects_of
from tests.factories.talent_pool import make_entry
from tests.factories.training import make_class, make_course, make_enrolment

TODAY = date(2025, 12, 5)
NOVEMBER = {"starts_on": date(2025, 11, 3), "ends_on": date(2025, 11, 4)}


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


def district_of(town: Town) -> Actor:
    return Actor(None, "hr", "hr", (Grant(Role.DISTRICT_HR, town.district.path),))


def line(town: Town, code: str, actor: Actor | None = None, unit: Unit | None = None) -> TargetLine:
    page = target_page(actor or district_of(town), TODAY, unit.id if unit else None)
    return next(one for one in page.lines if one.target.code == code)


def people(town: Town, unit: Unit, *ages: int) -> list[Employee]:
    return [make_employee(None, unit, identity=make_identity(date(2025 - age, 6, 1))) for age in ages]


def test_a_community_without_a_young_cadre_is_named(town: Town) -> None:
    people(town, town.community, 36, 50)
    people(town, town.neighbour, 35)
    found = line(town, "young_cadres")
    assert {one.name: one.judged.met for one in found.units}[town.neighbour.short_name] is True
    assert {one.street for one in found.missed} == {town.street.short_name, town.other_street.short_name}
    assert {one.name for one in found.missed} == {
        one.short_name for one in (town.community, town.foreign, town.foreign_neighbour)
    }
    assert found.met == 1


def test_reserves_are_counted_for_the_community_they_stand_for(town: Town) -> None:
    for one in people(town, town.neighbour, 30, 31, 32):
        make_entry(one, town.community)
    by_name = {one.name: one.judged for one in line(town, "reserves").units}
    assert by_name[town.community.short_name].met is True
    assert by_name[town.neighbour.short_name].lacking == 3


def test_households_ask_for_workers_where_they_are_known(town: Town) -> None:
    people(town, town.community, 30)
    with writing() as session:
        session.get_one(Unit, town.community.id).households = 401
    (found,) = line(town, "households").units
    assert (found.name, found.judged.value, found.judged.lacking) == (town.community.short_name, Decimal(401), 2)


def test_shares_are_of_the_whole_and_of_each_street(town: Town) -> None:
    one, *_ = people(town, town.community, 30, 31)
    (other,) = people(town, town.foreign, 40)
    add_fact(CLERK, one.id, NewCertificate(grade="junior", obtained_on=date(2020, 6, 1)))
    add_fact(CLERK, other.id, NewEducation(level="31", graduated_on=date(2005, 7, 1)))
    certificates, education = line(town, "certificates"), line(town, "education")
    assert certificates.total is not None
    assert (certificates.total.figure.count, certificates.total.figure.whole) == (1, 3)
    assert {each.name: each.judged.value for each in certificates.units} == {
        town.street.short_name: Decimal("0.5000"),
        town.other_street.short_name: Decimal("0.0000"),
    }
    assert education.total is not None
    assert education.total.figure.count == 1


def test_people_trained_are_counted_once_however_often_they_came(town: Town) -> None:
    one, other = people(town, town.community, 30, 40)
    for _ in range(2):
        held = make_class(make_course(town.district), ClassState.CLOSED, **NOVEMBER)
        make_enrolment(held, one, state=EnrolmentState.ATTENDED, hours=Decimal(8))
    held = make_class(make_course(town.district), ClassState.CLOSED, **NOVEMBER)
    make_enrolment(held, other, state=EnrolmentState.ABSENT)
    found = line(town, "training").total
    assert found is not None
    assert (found.figure.count, found.figure.whole, found.lacking) == (1, 2, 1)


def test_the_query_of_the_trained_says_what_the_rule_says(town: Town) -> None:
    everybody = people(town, town.community, *range(30, 38))
    given = [
        (Tier.DISTRICT, Decimal(4), None),
        (Tier.DISTRICT, Decimal("3.5"), None),
        (Tier.DISTRICT, None, Decimal("0.5")),
        (Tier.DISTRICT, None, Decimal("0.4")),
        (Tier.COMMUNITY, Decimal(40), None),
        (Tier.STREET, Decimal("3.5"), Decimal(9)),
        (Tier.CITY, Decimal(0), Decimal(1)),
    ]
    for one, (tier, hours, days) in zip(everybody, given, strict=False):
        held = make_class(make_course(town.district, tier), ClassState.CLOSED)
        make_enrolment(held, one, state=EnrolmentState.ATTENDED, hours=hours, days=days)
    on = date(2025, 12, 31)
    edition = training_rules(on)
    attended = attended_of([one.id for one in everybody], 2025, on)
    said = {one.id for one in everybody if is_trained(edition, attended.get(one.id, []), 2025)}
    assert set(db.session.scalars(trained_in(edition, 2025, on))) == said
    assert len(said) == 3


def test_a_street_sees_its_own_and_a_foreign_unit_is_not_found(town: Town) -> None:
    people(town, town.foreign, 30)
    clerk = Actor(None, "clerk", "clerk", (Grant(Role.STREET_HR, town.street.path),))
    names = {one.name for one in line(town, "young_cadres", clerk).units}
    assert names == {town.community.short_name, town.neighbour.short_name}
    with pytest.raises(NotFound):
        target_page(clerk, TODAY, town.foreign.id)
    assert {one.name for one in line(town, "young_cadres", unit=town.other_street).units} == {
        town.foreign.short_name,
        town.foreign_neighbour.short_name,
    }


def test_who_may_not_see_the_pool_hears_nothing_of_it(town: Town) -> None:
    secretary = Actor(None, "s", "s", (Grant(Role.COMMUNITY_SECRETARY, town.community.path),))
    codes = {one.target.code for one in target_page(secretary, TODAY).lines}
    assert "reserves" not in codes
    assert "young_cadres" in codes


def test_the_page_costs_the_same_however_many_people(town: Town) -> None:
    hr = district_of(town)
    target_page(hr, TODAY)
    few = len(selects_of(lambda: target_page(hr, TODAY)))
    people(town, town.community, 30, 40, 50)
    assert len(selects_of(lambda: target_page(hr, TODAY))) == few <= 5


def test_the_page_says_who_lacks_how_much_and_leads_to_the_list(app: Flask, town: Town) -> None:
    people(town, town.community, 50)
    client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
    page = client.get("/figures/targets").get_data(as_text=True)
    assert "队伍建设目标" in page
    assert "还差 1 人" in page
    assert f"unit_id={town.community.id}&amp;ages=-35" in page
    unknown = client.get("/figures/targets?unit=没有的单位").get_data(as_text=True)
    assert "没有名为“没有的单位”的单位" in unknown
    assert db.session.scalar(select(Unit.id).where(Unit.id == town.community.id)) is not None
