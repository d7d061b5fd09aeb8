"""薪酬待遇: who has a level, whose level rose, and what the confirmed months came to; never what one person is paid."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.access.models import Unit
from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.queries.sections.pay import SECTION
from careerpath.annual_reports.queries.wording import fill
from careerpath.core.db import writing
from careerpath.pay.models import Placement
from careerpath.policy.pay import Cause
from tests.annual_reports.sections.agreeing import differences, line, report_scope, table, told
from tests.factories.employees import make_employee, selects_of
from tests.pay.months import OCTOBER, SEPTEMBER, PaidTown

DAY = date(2025, 11, 30)


@pytest.fixture
def paid(app: Flask) -> PaidTown:
    """Three in the first community of our street, one in its neighbour, one in the other street."""
    paid = PaidTown(ladder=True)
    for _ in range(2):
        paid.place(make_employee(None, paid.town.community), 1, date(2024, 1, 1))
    paid.place(paid.worker, 2, date(2025, 3, 1))
    paid.place(paid.worker, 3, date(2025, 12, 1))
    return paid


def built(unit: Unit) -> Section:
    return SECTION.build(report_scope(unit, 2025, DAY))


def test_levels_count_as_of_the_day_and_not_before_they_begin(paid: PaidTown) -> None:
    section = built(paid.town.district)
    found = told(section)
    assert found["pay_placed"][:2] == (3, 2)
    assert found["pay_placed_share"][:2] == (Decimal("60.0"), Decimal("40.0"))
    levels = table(section, "pay_levels")
    assert line(levels, "1级") == (2,)
    assert line(levels, "2级") == (1,)
    assert line(levels, "合计") == (3,)


def test_months_count_once_they_are_confirmed(paid: PaidTown) -> None:
    paid.pay(SEPTEMBER, without_lacking=True)
    paid.draft(OCTOBER)
    section = built(paid.town.district)
    found = told(section)
    assert found["pay_months"][:2] == (1, 0)
    # Those without an approved level are not paid.
    assert line(table(section, "pay_by_month"), "9月")[1] == 3
    # 2500 + 500 by level 1, 100 more by level 2.
    assert found["pay_average"][0] == Decimal("3033.33")
    assert found["pay_gross"][0] == Decimal("0.91")
    text = fill(section.text, section.figures)
    assert "已确认发放工资1个月，应发工资总额0.91万元，月人均3033.33元" in text


def test_amounts_of_fewer_than_three_people_are_not_told(paid: PaidTown) -> None:
    paid.place(paid.elsewhere, 1, date(2024, 1, 1))
    paid.pay(SEPTEMBER, without_lacking=True)
    parts = table(built(paid.town.district), "pay_parts")
    assert line(parts, paid.town.other_street.short_name)[2:] == (None, 1, None, None)
    # From the sum of both streets the one person's pay could be subtracted.
    assert line(parts, paid.town.street.short_name)[2:] == (None, 3, None, None)
    assert line(parts, "合计")[3] == 4
    own = table(built(paid.town.street), "pay_parts")
    assert line(own, paid.town.community.short_name)[:4] == (3, 0, Decimal("3033.33"), 3)
    assert line(own, paid.town.neighbour.short_name)[2:] == (None, 0, 0, 0)


def test_a_step_of_the_year_is_told_with_its_cause(paid: PaidTown) -> None:
    step = paid.place(paid.deputy, 3, date(2025, 7, 1))
    with writing() as session:
        session.get_one(Placement, step).cause = Cause.TENURE
    section = built(paid.town.district)
    found = told(section)
    assert [found[one][:2] for one in ("pay_newly", "pay_stepped", "pay_changes")] == [(1, 2), (1, 0), (2, 2)]
    causes = table(section, "pay_causes")
    assert [line(causes, one) for one in ("初次套级", "年限晋级", "合计")] == [(1, 2), (1, 0), (2, 2)]
    assert "本年初次套级1人，晋级1人，级别变动共2人次。" in fill(section.text, section.figures)


def test_the_list_behind_every_number_has_as_many_lines(paid: PaidTown) -> None:
    paid.pay(SEPTEMBER, without_lacking=True)
    for unit in (paid.town.district, paid.town.street):
        scope = report_scope(unit, 2025, DAY)
        assert differences(SECTION, scope, SECTION.build(scope)) == []


def test_example_amounts_are_marked_as_such(app: Flask) -> None:
    paid = PaidTown(example=True)
    assert "示例数据" not in "".join(str(note) for note in built(paid.town.district).notes)
    paid.pay(SEPTEMBER)
    assert "示例数据" in "".join(str(note) for note in built(paid.town.district).notes)


def test_a_place_that_pays_nobody_says_so(app: Flask) -> None:
    paid = PaidTown()
    section = built(paid.town.district)
    assert section.text == ("截至统计截止日，尚未核定薪酬级别。本年没有级别变动。\n本年没有已确认发放的工资月份。")
    assert told(section)["pay_average"][0] is None
    assert "pay_tiers" not in [one.code for one in section.tables]


def test_the_number_of_queries_does_not_grow_with_the_people(paid: PaidTown) -> None:
    scope = report_scope(paid.town.district, 2025, DAY)
    few = len(selects_of(lambda: SECTION.build(scope)))
    for _ in range(4):
        paid.place(make_employee(None, paid.town.foreign), 1, date(2024, 1, 1))
    scope = report_scope(paid.town.district, 2025, DAY)
    assert len(selects_of(lambda: SECTION.build(scope))) == few <= 8
