"""导师帮带: mentors in office, pairings of the year and of the day, and how they were judged."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.queries.sections.mentoring import SECTION
from careerpath.annual_reports.queries.wording import fill
from careerpath.mentoring.models import PairingState
from tests.annual_reports.sections.agreeing import differences, line, report_scope, table, told
from tests.factories.access import Town
from tests.factories.employees import make_employee, selects_of
from tests.factories.mentoring import make_log, make_mentor, make_mentoring_review, make_pairing

DAY = date(2025, 11, 30)
LAST_YEAR = {"starts_on": date(2024, 3, 1), "ends_on": date(2025, 2, 28)}


@pytest.fixture
def town(app: Flask) -> Town:
    """One secretary and one cadre mentor in 2025; an earlier pairing is completed, one ended, one waits."""
    town = Town()
    secretary = make_employee(None, town.community)
    mentees = [make_employee(None, town.neighbour), make_employee(None, town.foreign)]
    own = make_mentor(town.community, secretary, starts_on=date(2024, 1, 1))
    cadre = make_mentor(town.district)
    make_mentor(town.district, starts_on=date(2023, 1, 1), ends_on=date(2024, 6, 30))
    completed = make_pairing(
        own,
        mentees[0],
        town.neighbour,
        state=PairingState.COMPLETED,
        mentee_grade="fair",
        completed_on=date(2025, 3, 5),
        **LAST_YEAR,
    )
    make_pairing(own, mentees[1], town.foreign, **LAST_YEAR)
    make_pairing(cadre, mentees[0], town.neighbour)
    make_pairing(own, mentees[0], town.neighbour)
    make_pairing(cadre, mentees[1], town.foreign, state=PairingState.ENDED, ended_on=date(2025, 6, 30))
    make_pairing(cadre, mentees[1], town.foreign, state=PairingState.DROPPED)
    make_log(completed, date(2024, 12, 20))
    make_log(completed, date(2025, 2, 20), hours=Decimal("1.5"))
    make_log(completed, date(2025, 12, 1))
    make_mentoring_review(completed, date(2025, 2, 28))
    return town


def built(town: Town, on: date = DAY) -> Section:
    return SECTION.build(report_scope(town.district, on.year, on))


def test_mentors_and_pairings_are_counted_as_of_the_day_and_in_the_year(town: Town) -> None:
    found = told(built(town))
    assert found["mentors"] == (2, 1, None)
    assert found["mentors_appointed"] == (1, 1, 3)
    assert found["pairings"] == (2, 2, None)
    assert found["mentees"] == (1, 2, None)
    assert found["pairings_begun"] == (3, 2, 5)
    assert found["pairings_completed"] == (1, 0, 1)
    assert found["pairings_ended"] == (1, 0, 1)
    assert found["pairings_to_evaluate"] == (1, 0, None)
    assert found["mentoring_logs"] == (1, 1, 2)
    assert found["mentoring_hours"] == (Decimal("1.5"), 2, Decimal("3.5"))
    assert found["mentoring_reviews"] == (1, 0, 1)
    assert found["mentoring_passed_share"] == (100, None, None)


def test_tables_tell_kinds_grades_and_streets(town: Town) -> None:
    section = built(town)
    kinds = table(section, "mentors_by_kind")
    assert line(kinds, "优秀社区党组织书记") == (1, 1)
    assert line(kinds, "机关干部") == (1, 0)
    assert line(table(section, "pairings_by_grade"), "合格") == (1, 0, 1)
    parts = table(section, "mentoring_by_part")
    assert line(parts, town.street.short_name) == (1, 2, 1, 2, 1)
    assert line(parts, "本级") == (1, 0, 0, 0, 0)
    assert line(parts, "合计") == (2, 2, 1, 3, 1)


def test_the_list_behind_every_number_has_as_many_lines(town: Town) -> None:
    scope = report_scope(town.district, 2025, DAY)
    assert differences(SECTION, scope, SECTION.build(scope)) == []


def test_one_more_pairing_is_in_the_number_and_in_the_text(town: Town) -> None:
    mentor = make_mentor(town.street, starts_on=date(2025, 5, 1))
    make_pairing(mentor, make_employee(None, town.community), town.community)
    section = built(town)
    assert told(section)["pairings_begun"] == (4, 2, 6)
    text = fill(section.text, section.figures)
    assert "在聘导师3人，比上年增加2人，其中本年新聘2人；在帮结对3对，帮带对象2人" in text
    assert "本年新结对4对，期满评价1对，提前结束1对；开展帮带活动1次，共1.5小时" in text
    assert "另有1对帮带期满尚未评价" in text


def test_a_place_without_mentors_says_so(app: Flask) -> None:
    section = built(Town())
    assert section.text == "本年未开展导师帮带。"
    assert section.figures[0].value == 0


def test_another_street_has_its_own_people_alone(town: Town) -> None:
    section = SECTION.build(report_scope(town.other_street, 2025, DAY))
    found = told(section)
    assert found["mentors"] == (0, 0, None)
    assert found["pairings_ended"] == (1, 0, 1)
    assert len(selects_of(lambda: SECTION.build(report_scope(town.other_street, 2025, DAY)))) <= 10
