"""The report's section on honours: by kind and level, of the year and of all years, and mandates of the day."""

from datetime import date

import pytest
from flask import Flask

from careerpath.access.models import Unit
from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.queries.sections.honours import SECTION
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewHonour, NewPosting
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.honours.models import CallState, NomineeState
from tests.annual_reports.sections.agreeing import differences, line, report_scope, table, told
from tests.factories.access import Town
from tests.factories.employees import CLERK, make_employee, selects_of
from tests.factories.honours import make_call, make_nominee

ON = date(2025, 12, 5)


class Honoured:
    """A model worker of the county and then of the city, one of another street, and a delegate."""

    def __init__(self) -> None:
        self.town = Town()
        self.twice = make_employee(None, self.town.community)
        self.model(self.twice, date(2024, 5, 18))
        self.model(self.twice, date(2025, 5, 18), "city")
        self.model(make_employee(None, self.town.foreign), date(2025, 5, 18))
        self.delegate = make_employee(None, self.town.neighbour)
        self.honour(self.delegate, "party_delegate", "county", date(2021, 12, 28), date(2026, 12, 27))

    def model(self, person: Employee, on: date, level: str = "county") -> None:
        self.honour(person, "model_worker", level, on)

    @staticmethod
    def honour(person: Employee, kind: str, level: str, on: date, ends_on: date | None = None) -> None:
        add_fact(CLERK, person.id, NewHonour(kind=kind, level=level, title="荣誉称号", granted_on=on, ends_on=ends_on))

    def section(self, unit: Unit | None = None, year: int = 2025, on: date = ON) -> Section:
        return SECTION.build(report_scope(unit or self.town.district, year, on))


@pytest.fixture
def honoured(app: Flask) -> Honoured:
    return Honoured()


def test_people_count_once_and_honours_each(honoured: Honoured) -> None:
    numbers = told(honoured.section())
    assert numbers["honoured"] == (2, 1, 3)
    assert numbers["honours"] == (2, 1, 4)
    assert numbers["honours_high"] == (1, 0, 1)
    assert numbers["honoured_kind_model_worker"] == (2, 1, 2)
    assert numbers["honoured_kind_party_delegate"] == (0, 0, 1)


def test_honours_are_told_by_level_and_by_kind_and_level(honoured: Honoured) -> None:
    section = honoured.section()
    assert line(table(section, "honour_levels"), "city") == (1, 0, 1)
    both = table(section, "honours_both")
    assert [str(head) for head in both.heads] == ["city", "county"]
    assert line(both, "model_worker") == (1, 2)
    assert line(both, "party_delegate") == (0, 1)
    assert line(both, "合计") == (1, 3)


def test_a_mandate_is_held_within_its_term_by_those_in_service(honoured: Honoured) -> None:
    deputy = make_employee(None, honoured.town.foreign)
    honoured.honour(deputy, "peoples_deputy", "county", date(2022, 1, 10), date(2025, 1, 9))
    assert told(honoured.section())["mandates"] == (1, 2, None)
    end_service(CLERK, honoured.delegate.id, EndOfService(left_on=date(2025, 6, 30), reason="辞职"))
    numbers = told(honoured.section())
    assert numbers["mandates"] == (0, 2, None)
    assert numbers["honoured_kind_party_delegate"] == (0, 0, 1)


def test_an_honour_belongs_to_the_unit_where_it_was_earned(honoured: Honoured) -> None:
    town = honoured.town
    moved = make_employee(
        None, town.foreign, joined_community_on=date(2018, 7, 1),
        postings=(
            NewPosting(unit_id=town.community.id, post="staff", starts_on=date(2018, 7, 1), ends_on=date(2025, 8, 31)),
            NewPosting(unit_id=town.foreign.id, post="staff", starts_on=date(2025, 9, 1)),
        ),
    )  # fmt: skip
    honoured.model(moved, date(2025, 3, 1))
    assert told(honoured.section(town.street))["honours"] == (2, 1, 4)
    assert told(honoured.section(town.other_street))["honours"] == (1, 0, 1)
    honoured.model(moved, date(2025, 11, 1), "province")
    assert told(honoured.section(town.street))["honours"] == (2, 1, 4)
    assert told(honoured.section(town.other_street))["honours"] == (2, 0, 2)


def test_calls_and_nominations_of_the_year_are_told(honoured: Honoured) -> None:
    call = make_call(honoured.town.district, CallState.CONCLUDED, concluded_on=date(2025, 5, 18))
    for state in (NomineeState.GRANTED, NomineeState.NOT_CHOSEN, NomineeState.WITHDRAWN):
        person = make_employee(None, honoured.town.community)
        make_nominee(call, person, honoured.town.community, state=state, nominated_on=date(2025, 4, 1))
    make_call(honoured.town.district)
    numbers = told(honoured.section())
    assert numbers["honour_calls"] == (1, 0, 1)
    assert numbers["honour_nominees"] == (2, 0, 2)
    assert told(honoured.section(honoured.town.street))["honour_calls"] == (1, 0, 1)
    assert told(honoured.section(honoured.town.other_street))["honour_calls"] == (0, 0, 0)


def test_every_number_is_the_length_of_its_list(honoured: Honoured) -> None:
    for unit in (honoured.town.city, honoured.town.district, honoured.town.street):
        scope = report_scope(unit, 2025, ON)
        assert differences(SECTION, scope, SECTION.build(scope)) == []


def test_one_more_honour_changes_figure_list_and_words(honoured: Honoured) -> None:
    before = honoured.section()
    person = make_employee(None, honoured.town.neighbour)
    honoured.model(person, date(2025, 12, 1))
    after = honoured.section()
    assert (told(before)["honoured_kind_model_worker"], told(after)["honoured_kind_model_worker"]) == (
        (2, 1, 2),
        (3, 1, 3),
    )
    assert person.name in [row[0] for row in after.annexes[0].rows]


def test_units_below_stand_with_their_sum(honoured: Honoured) -> None:
    parts = table(honoured.section(), "honour_parts")
    assert line(parts, "费城街道") == (1, 1, 3, 1, 1)
    assert line(parts, "上冶镇") == (1, 1, 1, 1, 0)
    assert line(parts, "合计") == (2, 2, 4, 2, 1)


def test_kinds_that_nobody_ever_received_are_not_spoken_of(honoured: Honoured) -> None:
    assert "政协委员{担任政协委员人数" not in honoured.section().text
    honoured.honour(honoured.twice, "political_adviser", "county", date(2022, 1, 10), date(2027, 1, 9))
    assert "政协委员{担任政协委员人数·累计}" in honoured.section().text


def test_a_year_without_honours_says_so(app: Flask) -> None:
    section = SECTION.build(report_scope(Town().district, 2025, ON))
    assert section.text == "本年社区工作者未获得新的荣誉。"
    assert table(section, "honours_both").rows == ()


def test_the_section_costs_a_few_queries(honoured: Honoured) -> None:
    scope = report_scope(honoured.town.district, 2025, ON)
    assert len(selects_of(lambda: SECTION.build(scope))) <= 4
