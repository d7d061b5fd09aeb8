"""Quota, people and vacancies of communities: as of a day, with reasons, at home for the seconded."""

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import writing
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewPosting
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.policy.codes import UnitKind
from careerpath.recruitment.models import BatchState
from careerpath.recruitment.queries.staffing import StaffingLine, staffing_lines, staffing_reasons
from careerpath.recruitment.queries.vacancies import Standing, standing_of, vacancy_page, wanted_of
from careerpath.words import NotFound, Refused
from tests.factories.access import Town, make_actor, make_unit, signed_in
from tests.factories.employees import CLERK, make_employee, selects_of
from tests.factories.recruitment import make_batch, make_position

ON = date(2025, 12, 1)
MOST_QUERIES = 8


@pytest.fixture
def town(app: Flask) -> Town:
    """Households: the first community 1500 (quota 8), its neighbour 800 (quota 5), the foreign ones unknown."""
    town = Town()
    with writing() as session:
        session.merge(town.community).households = 1500
        session.merge(town.neighbour).households = 800
    return town


def lines_of(town: Town, on: date = ON) -> dict[str, StaffingLine]:
    hr = Actor(None, "hr", "hr", (Grant(Role.DISTRICT_HR, town.district.path),))
    return {line.name: line for line in staffing_lines(hr, on)}


def second_post(person: Employee, unit: Unit, ends_on: date | None = None) -> None:
    add_fact(
        CLERK,
        person.id,
        NewPosting(unit_id=unit.id, post="staff", starts_on=date(2025, 6, 1), ends_on=ends_on, main=False),
    )


def test_a_community_has_one_place_for_200_households_with_floor(town: Town) -> None:
    for _ in range(6):
        make_employee(None, town.neighbour)
    found = lines_of(town)
    line = found["书苑社区"]
    assert (line.quota, line.actual, line.vacant, line.excess) == (8, 0, 8, 0)
    over = found["银杏社区"]
    assert (over.quota, over.actual, over.vacant, over.excess) == (5, 6, 0, 1)
    assert over.street_name == "费城街道"


def test_a_community_without_households_says_so_and_has_no_vacancy(town: Town) -> None:
    line = lines_of(town)["文昌社区"]
    assert (line.quota, line.vacant, line.excess) == (None, None, None)
    assert "缺少户数" in str(line.missing[0])
    assert standing_of(line) is Standing.MISSING


def test_people_count_where_they_served_on_the_day(town: Town) -> None:
    person = make_employee(None, town.community, joined_community_on=date(2024, 3, 1))
    assert lines_of(town, date(2024, 2, 29))["书苑社区"].actual == 0
    assert lines_of(town, date(2024, 3, 1))["书苑社区"].actual == 1
    end_service(CLERK, person.id, EndOfService(left_on=date(2025, 6, 30), reason="辞职"))
    assert lines_of(town, date(2025, 6, 30))["书苑社区"].actual == 1
    assert lines_of(town, date(2025, 7, 1))["书苑社区"].actual == 0


def test_a_seconded_person_still_counts_at_home(town: Town) -> None:
    person = make_employee(None, town.community)
    second_post(person, town.foreign, date(2026, 5, 31))
    found = lines_of(town)
    assert (found["书苑社区"].actual, found["文昌社区"].actual) == (1, 0)
    page = staffing_reasons(make_actor(Role.DISTRICT_HR, town.district, "hr"), ON, town.community.id)
    assert (page.people.serving, page.people.seconded_away) == (0, 1)
    assert any("派往外单位 1 人仍计入本单位" in str(reason.message) for reason in page.vacancy.reasons)
    host = staffing_reasons(make_actor(Role.STREET_HR, town.other_street), ON, town.foreign.id)
    assert host.people.seconded_here == 1


def test_whoever_serves_in_a_compound_counts_at_its_community_once(town: Town) -> None:
    compound = make_unit("一小区", UnitKind.COMPOUND, town.community)
    person = make_employee(None, compound)
    second_post(person, town.community)
    line = lines_of(town)["书苑社区"]
    assert line.actual == 1


def test_a_street_sees_its_own_communities_and_the_reasons_of_no_other(town: Town) -> None:
    street = make_actor(Role.STREET_HR, town.street)
    assert {line.name for line in staffing_lines(street, ON)} == {"书苑社区", "银杏社区"}
    with pytest.raises(NotFound):
        staffing_reasons(street, ON, town.foreign.id)
    with pytest.raises(NotFound):
        staffing_reasons(street, ON, town.street.id)


def test_places_under_way_are_not_planned_twice(town: Town) -> None:
    batch = make_batch(town.district)
    make_position(batch, town.community, 3)
    make_position(make_batch(town.district, BatchState.CANCELLED), town.community, 2)
    line = lines_of(town)["书苑社区"]
    assert (line.recruiting, line.to_plan) == (3, 5)
    without = staffing_lines(make_actor(Role.DISTRICT_HR, town.district, "hr"), ON, without_batch=batch.id)
    assert {one.name: one.recruiting for one in without}["书苑社区"] == 0


def test_before_the_first_norm_nothing_is_reckoned(app: Flask, town: Town) -> None:
    with pytest.raises(Refused, match="没有生效的办法"):
        lines_of(town, date(1999, 1, 1))
    client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district, "hr"))
    answer = client.get("/recruitment/headcount?on=1999-01-01")
    assert answer.status_code == 422
    assert "没有生效的办法" in answer.text


def test_lines_are_filtered_sorted_and_summed(town: Town) -> None:
    hr = make_actor(Role.DISTRICT_HR, town.district)
    page = vacancy_page(hr, wanted_of({"on": "2025-12-01", "sort": "-vacant"}))
    assert [line.name for line in page.lines][:2] == ["书苑社区", "银杏社区"]
    assert (page.total.quota, page.total.vacant, page.total.missing) == (13, 13, 2)
    assert {street.name: street.quota for street in page.streets} == {"费城街道": 13, "上冶镇": 0}
    page = vacancy_page(hr, wanted_of({"on": "2025-12-01", "standing": "missing", "street": str(town.street.id)}))
    assert page.lines == ()
    page = vacancy_page(hr, wanted_of({"on": "2025-12-01", "q": "银杏", "standing": "nonsense", "sort": "x"}))
    assert [line.name for line in page.lines] == ["银杏社区"]


def test_the_page_shows_figures_and_their_grounds_and_gives_a_workbook(app: Flask, town: Town) -> None:
    client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
    page = client.get("/recruitment/headcount?on=2025-12-01").text
    assert "书苑社区" in page
    assert "示例" in page
    assert "按街道合计" in page
    assert "上冶镇" in client.get("/recruitment/headcount?on=2025-12-01&by=street").text
    grounds = client.get(f"/recruitment/headcount/{town.community.id}?on=2025-12-01").text
    assert "1500 户" in grounds
    assert "取整" in grounds
    answer = client.get("/recruitment/headcount.xlsx?on=2025-12-01&street=" + str(town.street.id))
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows if row[2] in ("书苑社区", "文昌社区")] == ["书苑社区"]


def test_a_district_of_many_communities_costs_what_one_costs(app: Flask, town: Town) -> None:
    client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
    client.get("/recruitment/headcount")
    few = selects_of(lambda: client.get("/recruitment/headcount?on=2025-12-01"))
    for number in range(30):
        make_unit(f"第{number}社区", UnitKind.COMMUNITY, town.street, households=900)
    many = selects_of(lambda: client.get("/recruitment/headcount?on=2025-12-01"))
    assert len(many) == len(few) <= MOST_QUERIES
