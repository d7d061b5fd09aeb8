"""The overview: a district by its streets, each figure with its standing and the list behind it."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import writing
from careerpath.dashboard.queries.overview import Column, OverviewPage, Standing, overview_page
from careerpath.employees.operations.facts import NewCertificate
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.employees.queries.as_of import AsOf
from careerpath.training.models import ClassState, EnrolmentState
from careerpath.words import NotFound
from tests.factories.access import Town, make_actor, make_unit, signed_in
from tests.factories.employees import CLERK, make_employee, make_identity, selects_of
from tests.factories.training import make_class, make_course, make_enrolment

TODAY = date(2025, 12, 5)


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


def of(role: Role, unit: Unit) -> Actor:
    return Actor(None, "somebody", "somebody", (Grant(role, unit.path),))


def shown(app: Flask, actor: Actor, unit: Unit | None = None, measure: str = "", on: date = TODAY) -> OverviewPage:
    with app.test_request_context():
        return overview_page(actor, AsOf(on), unit.id if unit else None, measure)


def column(page: OverviewPage, code: str) -> Column:
    return next(one for one in page.columns if one.code == code)


def households(unit: Unit, count: int) -> None:
    with writing() as session:
        session.get_one(Unit, unit.id).households = count


def test_a_district_is_divided_by_streets_a_street_by_communities(app: Flask, town: Town) -> None:
    for unit in (town.community, town.neighbour, town.foreign):
        make_employee(None, unit)
    hr = of(Role.DISTRICT_HR, town.district)
    page = shown(app, hr)
    assert {part.name: page.people[part.id] for part in page.parts} == {"费城街道": 2, "上冶镇": 1}
    assert page.total == 3
    below = shown(app, hr, town.street)
    assert {part.name for part in below.parts} == {"书苑社区", "银杏社区"}
    assert [part.divisible for part in page.parts] == [True, True]
    assert not any(part.divisible for part in below.parts)


def test_a_city_is_divided_by_districts_once_it_has_several(app: Flask, town: Town) -> None:
    make_employee(None, make_unit("兰山社区", town.community.kind, make_unit("兰山区", town.district.kind, town.city)))
    make_employee(None, town.community)
    page = shown(app, of(Role.DISTRICT_HR, town.city))
    assert {part.name: page.people[part.id] for part in page.parts} == {"费县": 1, "兰山区": 1}


def test_vacancies_of_a_street_stand_beside_the_list_of_its_communities(app: Flask, town: Town) -> None:
    for unit in (town.community, *[town.foreign] * 5):
        make_employee(None, unit)
    for unit in (town.community, town.foreign):
        households(unit, 1000)
    found = column(shown(app, of(Role.DISTRICT_HR, town.district)), "vacancy")
    short, full = found.cells[town.street.id], found.cells[town.other_street.id]
    assert (short.standing, str(short.words)) == (Standing.FAR, "空 4 名（80%）")
    assert full.standing is Standing.MET
    assert short.url.endswith(f"/headcount?street={town.street.id}")


def test_a_share_that_misses_the_target_is_held_against_the_whole(app: Flask, town: Town) -> None:
    everybody = [make_employee(None, unit) for unit in (*[town.community] * 8, *[town.foreign] * 4)]
    held = make_class(make_course(town.district), ClassState.CLOSED, starts_on=date(2025, 11, 3),
                      ends_on=date(2025, 11, 4))  # fmt: skip
    for one in everybody[:7]:
        make_enrolment(held, one, state=EnrolmentState.ATTENDED, hours=Decimal(8))
    found = column(shown(app, of(Role.DISTRICT_HR, town.district)), "training")
    better, worse = found.cells[town.street.id], found.cells[town.other_street.id]
    assert (str(better.words), better.standing) == ("87.5%", Standing.NEAR)
    assert (str(worse.words), worse.standing) == ("0%", Standing.FAR)
    assert str(found.total.words) == "58.3%"


def test_of_a_target_for_communities_those_are_counted_that_reach_it(app: Flask, town: Town) -> None:
    make_employee(None, town.community, identity=make_identity(date(1999, 6, 1)))
    make_employee(None, town.neighbour, identity=make_identity(date(1975, 6, 1)))
    hr = of(Role.DISTRICT_HR, town.district)
    found = column(shown(app, hr), "young_cadres")
    assert str(found.cells[town.street.id].words) == "1/2 个社区"
    below = column(shown(app, hr, town.street), "young_cadres")
    assert (str(below.cells[town.community.id].words), below.cells[town.community.id].standing) == (
        "1 人",
        Standing.MET,
    )
    assert below.cells[town.neighbour.id].standing is Standing.FAR, "the average of the street is half a person"


def test_a_community_that_misses_its_target_is_held_against_the_average(app: Flask, town: Town) -> None:
    for unit, people in ((town.community, 2), (town.neighbour, 1)):
        households(unit, 900)
        for _ in range(people):
            make_employee(None, unit)
    found = column(shown(app, of(Role.STREET_HR, town.street)), "households")
    better, worse = found.cells[town.community.id], found.cells[town.neighbour.id]
    assert (str(better.words), better.standing) == ("450.00 户", Standing.NEAR)
    assert worse.standing is Standing.FAR


def test_a_past_day_shows_who_served_then_and_nothing_of_the_files_of_today(app: Flask, town: Town) -> None:
    gone = make_employee(None, town.community)
    make_employee(None, town.foreign)
    add_fact(CLERK, gone.id, NewCertificate(grade="junior", obtained_on=date(2020, 6, 1)))
    end_service(CLERK, gone.id, EndOfService(left_on=date(2025, 6, 30), reason="辞职"))
    hr = of(Role.DISTRICT_HR, town.district)
    now, then = shown(app, hr), shown(app, hr, on=date(2024, 12, 31))
    assert (now.people[town.street.id], then.people[town.street.id]) == (0, 1)
    assert str(column(then, "certificates").cells[town.street.id].words) == "100%"
    assert "complete" in {one.code for one in now.columns}
    assert "complete" not in {one.code for one in then.columns}
    assert "on=2024-12-31" in column(then, "certificates").cells[town.street.id].url


def test_each_sees_the_own_units_and_only_what_they_may(app: Flask, town: Town) -> None:
    make_employee(None, town.community)
    make_employee(None, town.foreign)
    street = shown(app, of(Role.STREET_HR, town.street))
    assert street.total == 1
    with pytest.raises(NotFound):
        shown(app, of(Role.STREET_HR, town.street), town.other_street)
    secretary = shown(app, of(Role.COMMUNITY_SECRETARY, town.community))
    assert [part.name for part in secretary.parts] == ["书苑社区"]
    assert {"vacancy", "reserves"}.isdisjoint(one.code for one in secretary.columns)
    assert secretary.map() is None


def test_villages_where_nobody_serves_are_told_by_their_number(app: Flask, town: Town) -> None:
    make_employee(None, town.community)
    make_unit("柳行村", town.community.kind.VILLAGE, town.street)
    page = shown(app, of(Role.STREET_HR, town.street))
    assert "柳行村" not in {part.name for part in page.parts}
    assert page.left_out == 1


def test_the_overview_costs_the_same_however_many_people(app: Flask, town: Town) -> None:
    hr = of(Role.DISTRICT_HR, town.district)
    make_employee(None, town.community)
    shown(app, hr)
    few = len(selects_of(lambda: shown(app, hr)))
    for unit in (town.community, town.neighbour, town.foreign, town.foreign_neighbour):
        make_employee(None, unit)
    assert len(selects_of(lambda: shown(app, hr))) == few <= 14


def test_the_page_shows_the_chosen_measure_as_a_map_and_all_of_them_as_a_table(app: Flask, town: Town) -> None:
    for unit in (town.community, town.foreign):
        make_employee(None, unit)
    client = signed_in(app, make_actor(Role.DISTRICT_HR, town.district))
    page = client.get("/overview?measure=certificates").get_data(as_text=True)
    assert "队伍总览" in page
    assert 'class="chart"' in page
    assert f'<a href="/employees?unit_id={town.street.id}&amp;certificate=none" aria-label="费城街道' in page
    assert f'href="/overview?unit_id={town.street.id}' in page or f"unit_id={town.street.id}" in page
    assert "未达到，差于总体" in page
    inside = client.get(f"/overview?unit_id={town.street.id}").get_data(as_text=True)
    assert "队伍总览 · 费城街道" in inside
    assert client.get(f"/overview?unit_id={town.city.id}").status_code == 404
