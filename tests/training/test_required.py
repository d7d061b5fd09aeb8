"""What the rules of training ask of one person, they ask of many in a query: the two may not differ."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.employees.queries.as_of import AsOf, standing
from careerpath.policy.codes import Post
from careerpath.policy.training import Tier
from careerpath.training.models import ClassState, EnrolmentState
from careerpath.training.queries.required import asked_of, met_by
from careerpath.training.queries.rules import rules_on
from careerpath.training.queries.trainees import needs_for
from tests.factories.access import Town
from tests.factories.employees import make_employee
from tests.factories.training import make_class, make_course, make_enrolment

TODAY = date(2025, 12, 5)


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


def trained(town: Town, person: Employee, on: date, days: str | None, hours: str, tier: Tier) -> None:
    course = make_course(town.district, tier, days=Decimal(days) if days else None, hours=Decimal(hours))
    held = make_class(course, ClassState.CLOSED, starts_on=on, ends_on=on)
    make_enrolment(held, person, town.community, EnrolmentState.ATTENDED)


def by_rule(ids: list[int], on: date) -> dict[str, dict[int, bool]]:
    found: dict[str, dict[int, bool]] = {}
    for person, needs in needs_for(ids, on.year, on).items():
        for need in needs:
            found.setdefault(need.code, {})[person] = need.is_met
    return found


def by_query(on: date) -> dict[str, dict[int, bool]]:
    edition = rules_on(on)
    found: dict[str, dict[int, bool]] = {}
    for rule in edition.requirements:
        people = standing(AsOf(on)).c
        asked = set(db.session.scalars(select(people.id).where(asked_of(rule, people, on))))
        met = set(db.session.scalars(select(people.id).where(met_by(edition, rule, people, on))))
        if asked:
            found[rule.code] = {one: one in met for one in asked}
    return found


def test_many_people_are_asked_and_judged_as_each_of_them_is(town: Town) -> None:
    started = date(2025, 7, 1)
    people = {
        "secretary with her days": make_employee(None, town.community, post=Post.CHIEF.value),
        "secretary of street days": make_employee(None, town.community, post=Post.CHIEF.value),
        "secretary who began in March": make_employee(
            None, town.community, post=Post.CHIEF.value, starts_on=date(2025, 3, 1)
        ),
        "worker by hours": make_employee(None, town.community),
        "worker a tenth short": make_employee(None, town.community),
        "entrant in time": make_employee(None, town.neighbour, joined_community_on=started),
        "entrant too early": make_employee(None, town.neighbour, joined_community_on=started),
        "entrant of the last day": make_employee(None, town.neighbour, joined_community_on=started),
        "entrant on the first day": make_employee(None, town.neighbour, joined_community_on=started),
        "nobody yet": make_employee(None, town.foreign),
    }
    for name in ("secretary with her days", "secretary who began in March"):
        trained(town, people[name], date(2025, 4, 1), "5", "40", Tier.DISTRICT)
        trained(town, people[name], date(2025, 5, 1), "2", "16", Tier.CITY)
    trained(town, people["secretary of street days"], date(2025, 4, 1), "6", "48", Tier.DISTRICT)
    trained(town, people["secretary of street days"], date(2025, 5, 1), "3", "24", Tier.STREET)
    trained(town, people["worker by hours"], date(2025, 4, 1), None, "24", Tier.STREET)
    # 23.9 hours are 2.9 days: what is left of a tenth does not count.
    trained(town, people["worker a tenth short"], date(2025, 4, 1), None, "23.9", Tier.STREET)
    trained(town, people["entrant in time"], started - timedelta(days=90), "3", "24", Tier.COMMUNITY)
    trained(town, people["entrant too early"], started - timedelta(days=91), "3", "24", Tier.COMMUNITY)
    trained(town, people["entrant of the last day"], started - timedelta(days=1), "3", "24", Tier.COMMUNITY)
    trained(town, people["entrant on the first day"], started, "3", "24", Tier.COMMUNITY)
    ids = [one.id for one in people.values()]
    found = by_rule(ids, TODAY)
    assert by_query(TODAY) == found
    names = {person.id: name for name, person in people.items()}
    met = {code: {names[one] for one, is_met in each.items() if is_met} for code, each in found.items()}
    assert met["secretaries"] == {"secretary with her days", "secretary who began in March"}
    assert met["entrants"] == {"entrant in time", "entrant of the last day"}
    assert "worker by hours" in met["everybody"]
    assert "worker a tenth short" not in met["everybody"]


def test_who_leaves_within_the_year_is_not_asked_for_a_whole_one(town: Town) -> None:
    person = make_employee(None, town.community, joined_community_on=date(2018, 7, 1))
    with writing() as session:
        session.get_one(Employee, person.id).left_on = date(2025, 12, 20)
    assert by_query(TODAY) == by_rule([person.id], TODAY) == {}
