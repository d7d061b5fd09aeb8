"""The report's section on the reserve pool: selections, the pool on a day, who came and left, and the standard."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import event

from careerpath.access.models import Unit
from careerpath.annual_reports.queries.listings import Period, rows_in
from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.queries.sections.pool import SECTION
from careerpath.annual_reports.queries.sections.pool.listings import CHOSEN, UNITS
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.policy.codes import Sex
from careerpath.policy.talent_pool import Outcome
from careerpath.talent_pool.models import (
    EntrantState,
    Leaving,
    PoolEntry,
    PoolReview,
    Readiness,
    Selection,
    SelectionState,
    TaskKind,
)
from tests.annual_reports.sections.agreeing import differences, line, report_scope, table, told
from tests.factories.access import Town
from tests.factories.employees import make_employee, make_identity
from tests.factories.talent_pool import make_entrant, make_entry, make_selection, make_task

ON = date(2025, 12, 5)
EXTREMES = ("pool_selected_fewest", "pool_selected_most")
"""The least and the most of something: the list behind them is that of the whole."""


class Pool:
    """A district with a concluded selection of each of two years and one that is still open."""

    def __init__(self) -> None:
        self.town = Town()
        self.before = self.concluded(date(2024, 6, 1))
        self.this = self.concluded(date(2025, 6, 1))
        self.twice = self.person(self.town.community)
        self.enter(self.before, self.twice, self.town.community, Outcome.NOT_SELECTED)
        self.enter(self.before, self.person(self.town.foreign), self.town.foreign, Outcome.SELECTED)
        self.enter(self.this, self.twice, self.town.community, Outcome.SELECTED)
        self.enter(self.this, self.person(self.town.community), self.town.community, Outcome.SELECTED)
        self.enter(self.this, self.person(self.town.foreign), self.town.foreign, Outcome.OUT)
        self.enter(self.this, self.person(self.town.foreign), self.town.foreign, None, EntrantState.REJECTED)
        still_open = make_selection(self.town.district, SelectionState.STAGES)
        self.enter(still_open, self.person(self.town.community), self.town.community, None)

    def concluded(self, on: date) -> Selection:
        return make_selection(self.town.district, SelectionState.CONCLUDED, concluded_on=on, decided_on=on)

    def person(self, unit: Unit, sex: Sex = Sex.FEMALE) -> Employee:
        return make_employee(None, unit, identity=make_identity(date(1995, 12, 12), sex))

    def enter(
        self,
        selection: Selection,
        person: Employee,
        unit: Unit,
        outcome: Outcome | None,
        state: EntrantState = EntrantState.ADMITTED,
    ) -> None:
        make_entrant(selection, person, unit, state, outcome=outcome)

    def reserve(self, unit: Unit, since: date = date(2025, 3, 1), **changes: object) -> PoolEntry:
        return make_entry(self.person(unit), unit, entered_on=since, **changes)

    def section(self, unit: Unit | None = None, year: int = 2025, on: date = ON) -> Section:
        return SECTION.build(report_scope(unit or self.town.district, year, on))


@pytest.fixture
def pool(app: Flask) -> Pool:
    return Pool()


def review(entry: PoolEntry, on: date, readiness: Readiness, *, passed: bool = True) -> None:
    with writing() as session:
        kept = PoolReview(entry_id=entry.id, on=on, passed=passed, readiness=readiness, by="经办", at=clock.now())
        session.add(kept)


def test_entrants_count_in_each_selection_and_the_selected_once(pool: Pool) -> None:
    pool.enter(pool.before, pool.person(pool.town.neighbour), pool.town.neighbour, Outcome.SELECTED)
    numbers = told(pool.section())
    assert numbers["pool_selections"] == (1, 1, 2)
    assert numbers["pool_nominated"] == (4, 3, 7)
    assert numbers["pool_entrants"] == (3, 3, 6)
    assert numbers["pool_selected"] == (2, 2, 4)
    assert numbers["pool_selected_share"] == (Decimal("66.7"), Decimal("66.7"), Decimal("66.7"))


def test_somebody_selected_in_two_years_is_one_person_altogether(pool: Pool) -> None:
    third = pool.concluded(date(2025, 11, 1))
    pool.enter(third, pool.twice, pool.town.community, Outcome.SELECTED)
    assert told(pool.section())["pool_selected"] == (2, 1, 3)


def test_the_fewest_and_the_most_of_a_community_are_told(pool: Pool) -> None:
    section = pool.section()
    assert told(section)["pool_selected_fewest"] == (1, 1, None)
    assert told(section)["pool_selected_most"] == (2, 1, None)
    assert line(table(section, "pool_spread"), "1人") == (1, 1)
    assert line(table(section, "pool_spread"), "2人") == (1, 0)
    scope = report_scope(pool.town.district, 2025, ON)
    two = db.session.execute(rows_in(CHOSEN, scope, Period.YEAR, "selected:2")).all()
    assert [(row.name, str(CHOSEN.said(row.detail))) for row in two] == [("书苑社区", "2人")]


def test_the_pool_is_counted_on_the_day_with_both_ends_included(pool: Pool) -> None:
    pool.reserve(pool.town.community, ON)
    pool.reserve(pool.town.community, date(2024, 2, 1), left_on=ON, leaving=Leaving.APPOINTED)
    pool.reserve(pool.town.community, date(2024, 2, 1), left_on=date(2024, 12, 30), leaving=Leaving.REFUSAL)
    section = pool.section()
    numbers = told(section)
    assert numbers["pool_reserves"] == (2, 1, None)
    assert numbers["pool_entered"] == (1, 2, 3)
    assert numbers["pool_left"] == (1, 1, 2)
    assert numbers["pool_left_leaving_appointed"] == (1, 0, 1)
    assert line(table(section, "pool_leaving"), "本人放弃") == (0, 1, 1)


def test_a_reserve_for_two_rungs_is_one_person(pool: Pool) -> None:
    entry = pool.reserve(pool.town.community)
    person = db.session.get_one(Employee, entry.employee_id)
    make_entry(person, pool.town.community, rung="compound_secretary", entered_on=date(2025, 4, 1))
    section = pool.section()
    assert told(section)["pool_reserves"] == (1, 0, None)
    rungs = table(section, "pool_rungs")
    assert {str(row.words): [int(cell or 0) for cell in row.cells] for row in rungs.rows} == {
        "小区党支部书记": [1, 0],
        "社区党组织书记": [1, 0],
    }


def test_readiness_is_that_of_the_day_and_not_of_a_later_review(pool: Pool) -> None:
    entry = pool.reserve(pool.town.community, date(2024, 3, 1), readiness=Readiness.NOW)
    review(entry, date(2024, 9, 1), Readiness.LATER)
    review(entry, date(2025, 9, 1), Readiness.NOW)
    numbers = told(pool.section())
    assert numbers["pool_reserves_readiness_now"] == (1, 0, None)
    assert numbers["pool_reserves_readiness_later"] == (0, 1, None)


def test_communities_are_held_against_the_standard_of_three_or_four(pool: Pool) -> None:
    for unit, count in ((pool.town.community, 3), (pool.town.neighbour, 5), (pool.town.foreign, 2)):
        for _ in range(count):
            pool.reserve(unit)
    section = pool.section()
    numbers = told(section)
    assert numbers["pool_communities"] == (4, 4, None)
    assert numbers["pool_communities_standing_short"] == (2, 4, None)
    assert numbers["pool_communities_standing_right"] == (1, 0, None)
    assert numbers["pool_communities_standing_over"] == (1, 0, None)
    assert numbers["pool_each"] == (Decimal("2.5"), 0, None)
    assert line(table(section, "pool_parts"), "上冶镇")[-2:] == (2, 0)
    scope = report_scope(pool.town.district, 2025, ON)
    over = db.session.execute(rows_in(UNITS, scope, Period.YEAR, "standing:over")).all()
    assert [(row.name, str(UNITS.said(row.detail))) for row in over] == [("银杏社区", "后备5人")]


def test_age_and_women_are_those_of_the_people_in_the_pool(pool: Pool) -> None:
    pool.reserve(pool.town.community)
    make_entry(pool.person(pool.town.foreign, Sex.MALE), pool.town.foreign, entered_on=date(2025, 3, 1))
    numbers = told(pool.section())
    assert numbers["pool_age"] == (30, None, None)
    assert numbers["pool_women"] == (50, None, None)


def test_reviews_and_tasks_of_the_year_are_told(pool: Pool) -> None:
    entry = pool.reserve(pool.town.community)
    review(entry, date(2025, 9, 1), Readiness.SOON)
    review(pool.reserve(pool.town.community), date(2025, 9, 1), Readiness.LATER, passed=False)
    make_task(entry, kind=TaskKind.STUDY, done_on=date(2025, 10, 1))
    make_task(entry)
    section = pool.section()
    assert told(section)["pool_reviewed"] == (2, 0, 2)
    assert told(section)["pool_reviewed_share"] == (50, None, None)
    assert line(table(section, "pool_tasks"), "学历证书") == (1, 0, 1)


def test_every_number_is_the_length_of_its_list(pool: Pool) -> None:
    entry = pool.reserve(pool.town.community)
    pool.reserve(pool.town.foreign, left_on=date(2025, 8, 1), leaving=Leaving.AGE)
    review(entry, date(2025, 9, 1), Readiness.SOON)
    make_task(entry, done_on=date(2025, 10, 1))
    for unit in (pool.town.city, pool.town.district, pool.town.other_street):
        scope = report_scope(unit, 2025, ON)
        found = differences(SECTION, scope, SECTION.build(scope))
        assert [one for one in found if not one.startswith(EXTREMES)] == []


def test_one_more_selected_changes_figure_list_and_words(pool: Pool) -> None:
    before = pool.section()
    person = pool.person(pool.town.neighbour)
    pool.enter(pool.this, person, pool.town.neighbour, Outcome.SELECTED)
    after = pool.section()
    assert (told(before)["pool_selected"], told(after)["pool_selected"]) == ((2, 1, 3), (3, 1, 4))
    assert (told(before)["pool_entrants"], told(after)["pool_entrants"]) == ((3, 2, 5), (4, 2, 6))
    assert person.name in [row[0] for row in after.annexes[0].rows]


def test_a_street_tells_of_its_own_reserves_alone(pool: Pool) -> None:
    pool.reserve(pool.town.community)
    pool.reserve(pool.town.foreign)
    numbers = told(pool.section(pool.town.street))
    assert numbers["pool_reserves"] == (1, 0, None)
    assert numbers["pool_communities"] == (2, 2, None)
    assert numbers["pool_entrants"] == (2, 1, 3)


def test_a_place_without_rules_of_the_pool_has_no_standard(pool: Pool) -> None:
    pool.reserve(pool.town.community, date(2015, 3, 1))
    section = pool.section(year=2015, on=date(2015, 12, 31))
    assert told(section)["pool_reserves"] == (1, 0, None)
    assert told(section)["pool_communities_standing_short"] == (0, 0, None)
    assert "个社区中" not in section.text
    assert section.text.startswith("本年未办结后备人才竞岗。")


def test_the_section_costs_a_fixed_number_of_queries(pool: Pool) -> None:
    pool.reserve(pool.town.neighbour)
    scope = report_scope(pool.town.district, 2025, ON)
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    SECTION.build(scope)
    few = [one for one in statements if one != "BEGIN"]
    for _ in range(5):
        pool.reserve(pool.town.neighbour)
    scope = report_scope(pool.town.district, 2025, ON)
    statements.clear()
    SECTION.build(scope)
    assert [one for one in statements if one != "BEGIN"] == few
    assert len(few) <= 10
