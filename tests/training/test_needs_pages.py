"""The pages of who lacks what training, and of the rates by unit."""

from datetime import date

from flask import Flask

from careerpath.employees.operations.facts import NewCertificate
from careerpath.employees.operations.history import add_fact
from tests.factories.access import signed_in
from tests.factories.employees import CLERK, make_employee, selects_of
from tests.training.needed import Needed

MOST_QUERIES = 8
FOR_THE_FRAME = 2
"""Queries for the sign-in and the person behind it, on every page."""


def test_the_office_sees_who_lacks_what(app: Flask) -> None:
    world = Needed()
    world.attend(world.secretary, "6")
    text = signed_in(app, world.district).get("/training/needs?year=2025").text
    body = text.split("<tbody>")[1]
    assert "陈静" in body
    assert "区县级 6 天" in body
    assert "逾期未达标" in body
    assert "未达标人员" not in body
    only = signed_in(app, world.street).get("/training/needs?year=2025&requirement=entrants&state=").text
    assert ("赵敏" in only.split("<tbody>")[1], "陈静" in only.split("<tbody>")[1]) == (True, False)


def test_a_list_with_nobody_says_why(app: Flask) -> None:
    world = Needed()
    client = signed_in(app, world.district)
    assert "没有符合条件的人员" in client.get("/training/needs?year=2025&q=没有这个人").text
    assert "没有现行的教育培训要求" in client.get("/training/needs?year=2005").text
    assert "没有在岗人员" in client.get("/training/needs?year=2017").text
    world.attend(world.secretary, "7")
    world.attend(world.worker, "3")
    world.attend(world.entrant, "3", on=date(2024, 12, 1))
    assert "没有未达标的人员" in client.get("/training/needs?year=2025").text


def test_a_district_walks_down_from_rates_to_people(app: Flask) -> None:
    world = Needed()
    world.attend(world.worker, "1")
    add_fact(CLERK, world.worker.id, NewCertificate(grade="junior", obtained_on=date(2020, 9, 1)))
    client = signed_in(app, world.district)
    text = client.get("/training/overview?year=2025").text
    assert "在岗 3 人，参训 1 人（同一人只计一次），培训率 33.33%，目标 95%，尚未达到" in text
    assert "33.33%" in text.split("<tbody>")[1]
    below = client.get(f"/training/overview?year=2025&unit_id={world.town.street.id}").text
    assert "书苑社区" in below
    assert f"unit_id={world.town.community.id}" in below
    assert signed_in(app, world.street).get(f"/training/overview?unit_id={world.town.foreign.id}").status_code == 404


def test_the_pages_cost_no_more_for_many_people(app: Flask) -> None:
    world = Needed()
    client = signed_in(app, world.district)
    pages = ("/training/needs?year=2025", "/training/overview?year=2025")
    few = [len(selects_of(lambda page=page: client.get(page))) for page in pages]  # type: ignore[misc]
    for unit in (world.town.community, world.town.foreign):
        world.attend(make_employee(None, unit), "1")
    many = [len(selects_of(lambda page=page: client.get(page))) for page in pages]  # type: ignore[misc]
    assert many == few
    assert max(many) <= MOST_QUERIES + FOR_THE_FRAME
