"""员额空编: the quota of every community beside its people, and which ones are short or have too many."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.access.models import Unit
from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.queries.sections.headcount import SECTION
from careerpath.annual_reports.queries.wording import fill
from careerpath.core.db import writing
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.policy.codes import UnitKind
from tests.annual_reports.sections.agreeing import differences, line, report_scope, table, told
from tests.factories.access import Town, make_unit
from tests.factories.employees import CLERK, make_employee, selects_of

DAY = date(2025, 11, 30)


@pytest.fixture
def town(app: Flask) -> Town:
    """1500 households make a quota of 8, 800 one of 5; of the foreign communities one has no figure."""
    town = Town()
    with writing() as session:
        session.merge(town.community).households = 1500
        session.merge(town.neighbour).households = 800
        session.merge(town.foreign).households = 300
    for _ in range(6):
        make_employee(None, town.neighbour)
    make_employee(None, make_unit("书苑小区", UnitKind.COMPOUND, town.community))
    gone = make_employee(None, town.foreign)
    end_service(CLERK, gone.id, EndOfService(left_on=date(2025, 5, 31), reason="辞职"))
    return town


def built(unit: Unit) -> Section:
    return SECTION.build(report_scope(unit, 2025, DAY))


def test_vacancies_and_people_too_many_stand_beside_each_other(town: Town) -> None:
    found = told(built(town.district))
    assert found["headcount_units"][0] == 4
    assert found["headcount_quota"][0] == 8 + 5 + 5
    assert found["headcount_actual"][:2] == (7, 8)
    assert found["headcount_vacant"][:2] == (7 + 5, 7 + 4)
    assert found["headcount_excess"][0] == 1
    assert [found[f"headcount_{one}"][0] for one in ("short", "over", "full", "missing")] == [2, 1, 0, 1]
    assert found["headcount_rate"][0] == Decimal("38.9")
    assert found["headcount_each"][0] == Decimal("371.4")


def test_each_street_stands_in_the_table_with_its_own_sums(town: Town) -> None:
    parts = table(built(town.district), "headcount_parts")
    assert line(parts, town.street.short_name)[:7] == (13, 7, 2, 1, 1, 7, 1)
    assert line(parts, town.other_street.short_name)[:7] == (5, 0, 2, 1, 0, 5, 0)
    assert line(parts, "合计")[:7] == (18, 7, 4, 2, 1, 12, 1)
    own = table(built(town.street), "headcount_parts")
    assert line(own, town.community.short_name)[:7] == (8, 1, 1, 1, 0, 7, 0)


def test_the_list_behind_every_number_has_as_many_lines(town: Town) -> None:
    scope = report_scope(town.district, 2025, DAY)
    assert differences(SECTION, scope, SECTION.build(scope)) == []


def test_the_communities_that_are_short_are_named_with_quota_and_people(town: Town) -> None:
    short, over = built(town.district).annexes
    assert [str(head) for head in short.heads] == ["社区", "单位", "员额情况"]
    told = {tuple(str(cell) for cell in row) for row in short.rows}
    assert (town.community.short_name, town.street.short_name, "核定8名，实有1人，空编7名") in told
    assert [str(row[-1]) for row in over.rows] == ["核定5名，实有6人，超编1人"]


def test_another_person_fills_a_vacancy(town: Town) -> None:
    before = told(built(town.district))["headcount_vacant"][0]
    make_employee(None, town.community, joined_community_on=date(2025, 7, 1))
    section = built(town.district)
    assert (before, told(section)["headcount_vacant"][0]) == (12, 11)
    text = fill(section.text, section.figures)
    assert "4个社区核定员额18名，实有8人，员额使用率44.4%" in text
    assert "空编社区2个，空编11名，与上年持平" in text
    assert "另有1个社区因缺少户数或人口资料未核定员额" in text


def test_a_year_before_the_first_norm_says_so_and_has_noughts(town: Town) -> None:
    section = SECTION.build(report_scope(town.district, 2021, date(2021, 12, 31)))
    assert section.text == "本地区尚未制定员额核定标准，未核定员额。"
    assert told(section)["headcount_quota"] == (0, 0, None)
    assert told(section)["headcount_rate"][0] is None
    assert line(table(section, "headcount_parts"), town.street.short_name)[0] == 0


def test_the_number_of_queries_does_not_grow_with_the_communities(town: Town) -> None:
    scope = report_scope(town.district, 2025, DAY)
    few = len(selects_of(lambda: SECTION.build(scope)))
    for number in range(5):
        make_unit(f"新区{number}社区", UnitKind.COMMUNITY, town.street, households=900)
    scope = report_scope(town.district, 2025, DAY)
    assert len(selects_of(lambda: SECTION.build(scope))) == few <= 8
