"""The report's section on recruitment: what it counts, and that each number is the length of its list."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import event

from careerpath.access.models import Unit
from careerpath.annual_reports.queries.listings import Period, rows_in
from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.queries.sections.recruitment import SECTION
from careerpath.annual_reports.queries.sections.recruitment.listings import APPOINTED, POSITIONS
from careerpath.core.db import db, writing
from careerpath.employees.models import Channel, Employee, Source
from careerpath.policy.codes import Education, UnitKind
from careerpath.recruitment.models import ApplicationState, BatchState, RecruitmentBatch, RecruitmentPosition
from tests.annual_reports.sections.agreeing import differences, line, report_scope, table, told
from tests.factories.access import Town, make_unit
from tests.factories.employees import make_employee, make_identity
from tests.factories.recruitment import make_application, make_appointment, make_batch, make_position, make_tally

ON = date(2025, 12, 5)
ADDED_UP = ("recruitment_places", "recruitment_people", "recruited_batches/")
"""Numbers that are added up of the details of a list, not counted by its lines."""


class Recruited:
    """Two batches: one of 2023 that is done and purged, one of 2025 that appointed two."""

    def __init__(self) -> None:
        self.town = Town()
        self.first = self.batch("第一批（2023年）", date(2023, 3, 1))
        self.second = self.batch("第二批（2025年）", date(2025, 3, 1))
        self.old = make_position(self.first, self.town.foreign, 2)
        self.new = make_position(self.second, self.town.community, 2)
        self.elected = make_position(self.second, self.town.foreign, 1, channel=Channel.BY_ELECTION)
        self.appoint(self.old, date(2023, 7, 1))
        make_tally(self.old, 3)
        self.appoint(self.new, date(2025, 7, 1), source=Source.GRADUATE)
        self.appoint(self.elected, date(2025, 7, 1), source=Source.VETERAN)
        make_application(self.new, ApplicationState.REJECTED)
        make_application(self.new, ApplicationState.DRAFT)

    def batch(self, name: str, announced_on: date, state: BatchState = BatchState.CONCLUDED) -> RecruitmentBatch:
        return make_batch(self.town.district, state, name=name, announced_on=announced_on)

    def appoint(self, position: RecruitmentPosition, on: date, **changes: object) -> Employee:
        unit = db.session.get(Unit, position.unit_id)
        assert unit is not None
        identity = make_identity(date(1995, 12, 12))
        person = make_employee(None, unit, joined_community_on=on, identity=identity, **changes)
        make_appointment(position, person)
        return person

    def section(self, unit: Unit | None = None, year: int = 2025, on: date = ON) -> Section:
        return SECTION.build(report_scope(unit or self.town.district, year, on))


@pytest.fixture
def recruited(app: Flask) -> Recruited:
    return Recruited()


def test_batches_places_and_applicants_are_told_by_the_year_of_the_notice(recruited: Recruited) -> None:
    numbers = told(recruited.section())
    assert numbers["recruitment_batches"] == (1, 0, 2)
    assert numbers["recruitment_positions"] == (2, 0, 3)
    assert numbers["recruitment_places"] == (3, 0, 5)
    assert numbers["recruitment_people"] == (3, 0, 7)
    assert numbers["recruitment_contest"] == (Decimal("1.0"), None, Decimal("1.4"))


def test_those_appointed_are_told_by_channel_source_and_education(recruited: Recruited) -> None:
    section = recruited.section()
    numbers = told(section)
    assert numbers["recruited"] == (2, 0, 3)
    assert numbers["recruited_channel_open_recruitment"] == (1, 0, 2)
    assert numbers["recruited_channel_by_election"] == (1, 0, 1)
    assert numbers["recruited_source_veteran"] == (1, 0, 1)
    assert numbers["recruited_college_share"] == (100, None, 100)
    assert numbers["recruited_age"] == (Decimal("30.0"), None, Decimal("30.0"))
    assert line(table(section, "recruited_education"), Education.BACHELOR.value) == (2, 0, 3)
    assert line(table(section, "recruited_ages"), "26—30岁") == (2, 0, 3)
    assert line(table(section, "recruited_ages"), "41岁及以上") == (0, 0, 0)


def test_every_number_is_the_length_of_its_list(recruited: Recruited) -> None:
    for unit in (recruited.town.city, recruited.town.district, recruited.town.other_street):
        scope = report_scope(unit, 2025, ON)
        found = differences(SECTION, scope, SECTION.build(scope))
        assert [one for one in found if not one.startswith(ADDED_UP)] == []


def test_applicants_add_up_to_what_the_list_of_positions_says(recruited: Recruited) -> None:
    scope = report_scope(recruited.town.district, 2025, ON)
    rows = db.session.execute(rows_in(POSITIONS, scope, Period.TOTAL)).all()
    assert (
        sum(int(row.detail.partition("/")[2]) for row in rows)
        == SECTION.build(scope).figure("recruitment_people").total
    )
    assert sorted(str(POSITIONS.said(row.detail)) for row in rows) == [
        "计划1人，报名1人",
        "计划2人，报名2人",
        "计划2人，报名4人",
    ]


def test_one_more_appointment_changes_the_figure_its_list_and_the_words(recruited: Recruited) -> None:
    scope = report_scope(recruited.town.district, 2025, ON)
    before = recruited.section()
    person = recruited.appoint(recruited.new, date(2025, 12, 1))
    after = recruited.section()
    assert after.figure("recruited").value == (before.figure("recruited").value or 0) + 1
    assert person.name in [row.name for row in db.session.execute(rows_in(APPOINTED, scope, Period.YEAR))]
    assert len(after.annexes[0].rows) == len(before.annexes[0].rows) + 1


def test_who_starts_after_the_reports_day_does_not_count_yet(recruited: Recruited) -> None:
    before = told(recruited.section(on=date(2025, 6, 30)))
    assert before["recruited"] == (0, 0, 1)
    assert before["recruitment_batches"] == (1, 0, 2)


def test_a_street_tells_of_its_own_positions_alone(recruited: Recruited) -> None:
    section = recruited.section(recruited.town.street)
    numbers = told(section)
    assert numbers["recruitment_batches"] == (1, 0, 1)
    assert numbers["recruitment_places"] == (2, 0, 2)
    assert numbers["recruited"] == (1, 0, 1)
    assert {str(row.words) for row in table(section, "recruited_parts").rows} == {"书苑社区", "银杏社区"}
    assert line(table(section, "recruited_batches"), "费县 第二批（2025年）")[:3] == (1, 2, 2)


def test_units_below_and_the_sum_stand_in_one_table(recruited: Recruited) -> None:
    parts = table(recruited.section(), "recruited_parts")
    assert line(parts, "费城街道") == (1, 1, 0, 1, 1)
    assert line(parts, "上冶镇") == (1, 1, 0, 2, 2)
    assert line(parts, "合计") == (2, 2, 0, 3, 3)


def test_who_has_left_since_is_missing_among_those_who_stayed(recruited: Recruited) -> None:
    person = recruited.appoint(recruited.old, date(2023, 7, 1))
    with writing():
        db.session.get_one(Employee, person.id).left_on = date(2025, 5, 1)
    numbers = told(recruited.section())
    assert numbers["recruited_serving"] == (3, 2, None)
    assert numbers["recruited_kept"] == (75, 100, None)


def test_who_was_recruited_elsewhere_and_moved_here_is_none_of_those_who_stayed(recruited: Recruited) -> None:
    moved = make_employee(None, recruited.town.foreign, joined_community_on=date(2025, 7, 1))
    make_appointment(recruited.new, moved)
    here = told(recruited.section(recruited.town.other_street))
    assert (here["recruited"][2], here["recruited_serving"][0], here["recruited_kept"][0]) == (2, 2, 100)
    left = told(recruited.section(recruited.town.street))
    assert (left["recruited"][2], left["recruited_serving"][0], left["recruited_kept"][0]) == (2, 1, 50)
    assert told(recruited.section())["recruited_kept"] == (100, 100, None)


def test_a_street_that_is_no_more_stands_beside_what_was_counted_of_it_alone(recruited: Recruited) -> None:
    make_unit("旧街道", UnitKind.STREET, recruited.town.district, ends_on=date(2020, 1, 1))
    with writing():
        db.session.get_one(Unit, recruited.town.other_street.id).ends_on = date(2025, 8, 1)
    rows = table(recruited.section(), "recruited_parts").rows
    assert {str(row.words) for row in rows} == {"费城街道", "上冶镇"}


def test_what_was_cancelled_or_only_planned_counts_nowhere(recruited: Recruited) -> None:
    for state in (BatchState.CANCELLED, BatchState.PLANNED):
        make_position(recruited.batch(state.value, date(2025, 4, 1), state), recruited.town.community)
    numbers = told(recruited.section())
    assert numbers["recruitment_batches"] == (1, 0, 2)
    assert numbers["recruitment_positions"] == (2, 0, 3)


def test_two_districts_with_batches_of_one_name_are_told_apart_in_the_city(recruited: Recruited) -> None:
    other = make_unit("兰山区", UnitKind.DISTRICT, recruited.town.city)
    batch = make_batch(other, BatchState.CONCLUDED, name="第二批（2025年）", announced_on=date(2025, 3, 1))
    street = make_unit("兰山街道", UnitKind.STREET, other)
    recruited.appoint(make_position(batch, street), date(2025, 7, 1))
    section = recruited.section(recruited.town.city)
    names = [str(row.words) for row in table(section, "recruited_batches").rows]
    assert names == ["费县 第一批（2023年）", "费县 第二批（2025年）", "兰山区 第二批（2025年）"]
    assert line(table(section, "recruited_batches"), "兰山区 第二批（2025年）")[4] == 1
    assert line(table(section, "recruited_parts"), "兰山区")[1] == 1


def test_a_year_without_recruitment_says_so(recruited: Recruited) -> None:
    section = recruited.section(year=2024, on=date(2024, 12, 31))
    assert section.text.startswith("本年未组织社区工作者招聘。本年未新录用社区工作者。")
    assert "{招聘录用人数·累计}" in section.text


def test_nothing_at_all_is_an_ordinary_case(app: Flask) -> None:
    section = SECTION.build(report_scope(Town().district, 2025, ON))
    assert section.text == "本年未组织社区工作者招聘。本年未新录用社区工作者。"
    assert told(section)["recruited"] == (0, 0, 0)
    assert told(section)["recruited_kept"] == (None, None, None)


def test_the_section_costs_a_few_queries_however_many_there_are(recruited: Recruited) -> None:
    scope = report_scope(recruited.town.district, 2025, ON)
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    SECTION.build(scope)
    assert len(statements) <= 8
