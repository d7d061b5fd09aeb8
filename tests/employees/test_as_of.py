"""The list as of an earlier day: who was where then, as known now and as known at the time."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import Page
from careerpath.employees.models import Employee, Posting
from careerpath.employees.operations.facts import NewCertificate, NewEducation, NewPosting
from careerpath.employees.operations.history import add_fact, change_post
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.employees.queries.as_of import AsOf, standing
from careerpath.employees.queries.people import NONE, PeopleFilters, PersonRow
from careerpath.employees.queries.people_as_of import people_as_of
from tests.factories.access import Town, make_actor, signed_in
from tests.factories.employees import CLERK, make_employee, selects_of

THEN = date(2022, 6, 30)
BEFORE = datetime(2022, 3, 1, 2, tzinfo=UTC)
"""A morning on which files were entered."""


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


def clerk_of(street: Unit) -> Actor:
    return Actor(None, "clerk", "clerk", (Grant(Role.STREET_HR, street.path),))


def listed(town: Town, as_of: AsOf, filters: PeopleFilters | None = None) -> Page[PersonRow]:
    return people_as_of(clerk_of(town.street), as_of, filters or PeopleFilters())


def names(town: Town, as_of: AsOf, **filters: object) -> list[str]:
    return [row.name for row in listed(town, as_of, PeopleFilters(**filters)).rows]  # type: ignore[arg-type]


def test_who_left_since_was_there_and_who_came_later_was_not(town: Town) -> None:
    left = make_employee(None, town.community, name="林去", joined_community_on=date(2018, 7, 1))
    make_employee(None, town.community, name="林来", joined_community_on=date(2023, 7, 1))
    end_service(CLERK, left.id, EndOfService(left_on=date(2024, 1, 31), reason="辞职"))
    assert names(town, AsOf(THEN)) == ["林去"]
    assert names(town, AsOf(date(2024, 2, 1))) == ["林来"]


def test_somebody_stands_in_the_unit_and_post_of_the_day_and_opens_only_for_whom_the_file_is(town: Town) -> None:
    moved = make_employee(None, town.community, name="林迁")
    elsewhere = town.foreign
    change_post(CLERK, moved.id, NewPosting(unit_id=elsewhere.id, post="chief", starts_on=date(2024, 1, 1)))
    (row,) = listed(town, AsOf(THEN)).rows
    assert (row.unit, row.post, row.may_open) == (town.community.short_name, "staff", False)
    assert names(town, AsOf(date(2024, 6, 30))) == []
    there = clerk_of(town.other_street)
    assert [one.post for one in people_as_of(there, AsOf(date(2024, 6, 30)), PeopleFilters()).rows] == ["chief"]


def test_diplomas_certificates_and_party_are_those_of_the_day(town: Town) -> None:
    one = make_employee(None, town.community, political="01", political_since=date(2021, 7, 1),
                        political_full_since=date(2022, 7, 1))  # fmt: skip
    add_fact(CLERK, one.id, NewEducation(level="31", graduated_on=date(2015, 7, 1)))
    add_fact(CLERK, one.id, NewEducation(level="21", graduated_on=date(2023, 7, 1)))
    add_fact(CLERK, one.id, NewCertificate(grade="junior", obtained_on=date(2019, 6, 1)))
    add_fact(CLERK, one.id, NewCertificate(grade="intermediate", obtained_on=date(2024, 6, 1)))
    (then,) = listed(town, AsOf(THEN)).rows
    assert (then.education, then.certificate, then.political) == ("31", "junior", "02")
    (later,) = listed(town, AsOf(date(2025, 1, 1))).rows
    assert (later.education, later.certificate, later.political) == ("21", "intermediate", "01")
    (early,) = listed(town, AsOf(date(2019, 1, 1))).rows
    assert (early.certificate, early.political) == ("", "13")
    assert names(town, AsOf(date(2019, 1, 1)), certificate=NONE) == [one.name]
    assert names(town, AsOf(THEN), political="01") == []


def test_as_it_was_known_then_leaves_out_what_was_entered_later(town: Town) -> None:
    with clock.Stopped(BEFORE):
        known = make_employee(None, town.community, name="林早")
    with clock.Stopped(datetime(2023, 1, 5, 2, tzinfo=UTC)):
        make_employee(None, town.community, name="林迟", joined_community_on=date(2020, 7, 1))
        add_fact(CLERK, known.id, NewCertificate(grade="junior", obtained_on=date(2021, 6, 1)))
        change_post(CLERK, known.id, NewPosting(unit_id=town.community.id, post="deputy", starts_on=date(2022, 1, 1)))
    assert names(town, AsOf(THEN)) == ["林早", "林迟"]
    (now,) = (row for row in listed(town, AsOf(THEN)).rows if row.name == "林早")
    assert (now.post, now.certificate) == ("deputy", "junior")
    (then,) = listed(town, AsOf(THEN, THEN)).rows
    assert (then.name, then.post, then.certificate) == ("林早", "staff", "")


def test_a_correction_of_today_does_not_change_what_was_known_then(town: Town) -> None:
    with clock.Stopped(BEFORE):
        one = make_employee(None, town.community, name="林更")
    with clock.Stopped(datetime(2024, 1, 5, 2, tzinfo=UTC)):
        end_service(CLERK, one.id, EndOfService(left_on=date(2022, 5, 31), reason="补办离职"))
    assert names(town, AsOf(THEN)) == []
    assert names(town, AsOf(THEN, THEN)) == ["林更"]


def test_every_order_pages_without_losing_anybody(town: Town) -> None:
    for serial in range(7):
        make_employee(None, town.community, name="林" + "甲乙丙丁戊己庚"[serial])
    actor = clerk_of(town.street)
    for sort in ("number", "-number", "name", "-name", "joined", "-joined", "age", "-age"):
        found: list[str] = []
        after: str | None = None
        while True:
            page = people_as_of(actor, AsOf(THEN), PeopleFilters(), sort, after=after, size=3)
            found += [row.number for row in page.rows]
            after = page.after
            if after is None:
                break
        assert len(found) == len(set(found)) == 7, sort
    ages = [row.age for row in people_as_of(actor, AsOf(THEN), PeopleFilters(), "-age").rows]
    assert ages == sorted(ages, reverse=True)


def test_the_queries_stay_the_same_however_many_people(town: Town) -> None:
    make_employee(None, town.community)
    few = len(selects_of(lambda: listed(town, AsOf(THEN))))
    for _ in range(6):
        make_employee(None, town.community)
    assert len(selects_of(lambda: listed(town, AsOf(THEN)))) == few <= 4


def test_the_standing_of_today_is_what_the_files_say(town: Town) -> None:
    for serial in range(3):
        make_employee(None, town.community, post=("staff", "deputy", "chief")[serial])
    rows = db.session.execute(select(standing(AsOf(clock.today())))).all()
    kept = {one.id: one for one in db.session.scalars(select(Employee))}
    assert {row.id for row in rows} == set(kept)
    posts = {one.employee_id: one for one in db.session.scalars(select(Posting))}
    for row in rows:
        assert (row.unit_id, row.post, row.sex) == (kept[row.id].unit_id, posts[row.id].post, kept[row.id].sex)


def test_the_page_says_which_day_it_shows_and_leads_back_to_today(app: Flask, town: Town) -> None:
    make_employee(None, town.community, name="林某某")
    client = signed_in(app, make_actor(Role.STREET_HR, town.street))
    page = client.get(f"/employees?on={THEN}").get_data(as_text=True)
    assert "截至 2022-06-30" in page
    assert "按现有登记列出这一天的情况" in page
    assert "回到今天" in page
    then = client.get(f"/employees?on={THEN}&known=then").get_data(as_text=True)
    assert "当时已经登记的内容" in then
    assert "林某某" not in then, "the file was entered later"
    future = client.get("/employees?on=2099-01-01").get_data(as_text=True)
    assert "回到今天" not in future
