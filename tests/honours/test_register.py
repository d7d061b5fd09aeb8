"""The register of honours: who holds what on a day, and what one person's file tells of it."""

from datetime import date

import pytest
from flask import Flask

from careerpath.access.permissions import Role
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewHonour
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.honours.operations import ChoiceGiven, choose_nominees, close_nominations_of_call, withdraw_nominee
from careerpath.honours.queries.person import person_lines
from careerpath.honours.queries.register import MANDATES, RegisterFilters, register_of
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK, selects_of
from tests.honours.calling import AFTER, Calling, day

TODAY = date(2025, 12, 5)


@pytest.fixture
def place(app: Flask) -> Calling:
    return Calling()


def honour(person: Employee, kind: str, level: str, granted_on: date, ends_on: date | None = None) -> int:
    return add_fact(CLERK, person.id, NewHonour(kind=kind, level=level, granted_on=granted_on, ends_on=ends_on))


def titles(place: Calling, **filters: object) -> list[str]:
    found = register_of(place.district, RegisterFilters(**({"on": TODAY} | filters)), "granted")
    return [line.honour.title for line in found.page.rows]


def test_a_mandate_is_held_within_its_term_and_a_title_from_the_day_it_was_granted(place: Calling) -> None:
    person = place.person("王立")
    honour(person, "party_delegate", "county", date(2016, 12, 1), date(2021, 11, 30))
    honour(person, "peoples_deputy", "county", date(2022, 1, 1), date(2026, 12, 31))
    honour(person, "model_worker", "county", date(2024, 12, 1))
    assert titles(place) == ["区县级人大代表", "区县级最美社工"]
    assert titles(place, on=date(2021, 11, 30)) == ["区县级党代表"]
    assert titles(place, on=date(2021, 12, 1)) == []
    assert titles(place, kind=MANDATES) == ["区县级人大代表"]
    assert titles(place, kind="model_worker", level="county") == ["区县级最美社工"]
    assert titles(place, level="city") == []


def test_honours_and_people_are_counted_by_kind_and_level(place: Calling) -> None:
    people = [place.person(f"王{one}") for one in "甲乙"]
    for person in people:
        honour(person, "model_worker", "county", date(2024, 12, 1))
    honour(people[0], "model_worker", "county", date(2025, 12, 1))
    honour(people[0], "model_worker", "city", date(2025, 12, 1))
    found = register_of(place.district, RegisterFilters(TODAY))
    assert [(one.kind, one.level, one.honours, one.people) for one in found.counts] == [
        ("model_worker", "city", 1, 1),
        ("model_worker", "county", 3, 2),
    ]
    assert (found.page.total, found.people) == (4, 2)


def test_who_has_left_is_listed_only_where_it_is_asked_for(place: Calling) -> None:
    person = place.person("王立")
    honour(person, "model_worker", "county", date(2024, 12, 1))
    end_service(CLERK, person.id, EndOfService(left_on=date(2025, 6, 30), reason="辞职"))
    assert titles(place) == []
    assert titles(place, left=True) == ["区县级最美社工"]
    assert titles(place, on=date(2025, 6, 30)) == ["区县级最美社工"]


def test_the_page_narrows_and_keeps_to_the_readers_units(app: Flask, place: Calling) -> None:
    honour(place.person("王立"), "model_worker", "county", date(2024, 12, 1))
    honour(place.person("李然", place.town.foreign), "labour_model", "city", date(2024, 12, 1))
    street = signed_in(app, place.street).get("/honours/register").get_data(as_text=True)
    assert "王立" in street
    assert "李然" not in street
    client = signed_in(app, place.district)
    for query, there in (
        ("", {"王立", "李然"}),
        ("?q=李然", {"李然"}),
        ("?unit=上冶", {"李然"}),
        ("?kind=labour_model", {"李然"}),
        ("?level=county&sort=-name", {"王立"}),
        ("?on=2024-11-30", set()),
        ("?on=明天&kind=x&level=y&sort=z", {"王立", "李然"}),
    ):
        page = client.get(f"/honours/register{query}").get_data(as_text=True)
        assert {name for name in ("王立", "李然") if name in page} == there, query
    assert signed_in(app, make_actor(Role.WORKER, place.town.community)).get("/honours/register").status_code == 403


def test_the_register_costs_the_same_however_long_it_is(app: Flask, place: Calling) -> None:
    honour(place.person("王立"), "model_worker", "county", date(2024, 12, 1))
    client = signed_in(app, place.district)
    few = len(selects_of(lambda: client.get("/honours/register")))
    for one in "甲乙丙丁":
        honour(place.person(f"王{one}"), "model_worker", "county", date(2024, 12, 1))
    assert len(selects_of(lambda: client.get("/honours/register"))) == few <= 2 + 8


def told(person: Employee, on: date) -> list[tuple[str, str, bool]]:
    return [(line.title, str(line.state), line.granted) for line in person_lines(person.id, on)]


def test_a_person_is_told_of_nominations_and_honours_as_they_were_known_on_a_day(place: Calling) -> None:
    person, other = place.person("王立"), place.person("李然")
    call, _ = place.concluded(person, other)
    with day(AFTER):
        assert told(person, AFTER) == [("费县最美社工", "已授予", True)]
        assert told(person, TODAY) == [("费县最美社工", "已推荐", False)]
        assert told(person, date(2025, 12, 4)) == []
        (line,) = person_lines(person.id, AFTER)
        assert (line.on, line.call_id, line.detail) == (AFTER, call.id, "中共费县县委社会工作部 费委〔2025〕9号")


def test_nobody_reads_in_a_file_who_is_being_chosen(place: Calling) -> None:
    call, person, other = place.announced(), place.person("王立"), place.person("李然")
    first, second = (place.nominate(call, one) for one in (person, other))
    close_nominations_of_call(place.district, call.id)
    choose_nominees(place.district, call.id, {first: ChoiceGiven(chosen=False)})
    assert told(person, TODAY) == [("费县最美社工", "已推荐", False)]
    withdraw_nominee(place.street, second, "本人不愿参评")
    assert told(other, TODAY) == [("费县最美社工", "已撤回", False)]


def test_a_mandate_that_has_ended_says_so(place: Calling) -> None:
    person = place.person("王立")
    honour(person, "party_delegate", "county", date(2016, 12, 1), date(2021, 11, 30))
    assert told(person, date(2020, 1, 1)) == [("区县级党代表", "任期内", True)]
    assert told(person, TODAY) == [("区县级党代表", "任期已满", True)]
