"""A class as a whole: planned with its days, announced, changed, cancelled, taken back."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.training.models import ClassDay, ClassState, Enrolment, TrainingClass
from careerpath.training.operations.classes import (
    AudienceGiven,
    DayGiven,
    cancel_class,
    change_class,
    drop_class,
    open_class,
    plan_class,
    renew_day_code,
    restore_class,
)
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.training import days_of_class, make_class, make_course, make_enrolment, make_sign_in
from tests.training.rooms import FIRST, LAST, Offices, a_class


@pytest.fixture
def town(app: Flask) -> Offices:
    return Offices()


def test_without_a_schedule_the_hours_are_shared_out_evenly(town: Offices) -> None:
    course = make_course(town.district, hours=Decimal(10))
    held = db.session.get_one(TrainingClass, plan_class(town.hr, a_class(course.id, ends_on=date(2025, 12, 7))))
    days = days_of_class(held)
    assert [day.on.day for day in days] == [5, 6, 7]
    assert [day.hours for day in days] == [Decimal("3.33"), Decimal("3.33"), Decimal("3.34")]
    assert len({day.code for day in days}) == 3
    assert all(len(day.code) == 6 and day.code.isdigit() for day in days)


def test_a_class_keeps_the_hours_of_its_course_at_the_time(town: Offices) -> None:
    course = make_course(town.district)
    held = db.session.get_one(TrainingClass, plan_class(town.hr, a_class(course.id)))
    assert (held.tier, held.hours, held.days, held.unit_id) == (course.tier, 16, 2, town.district.id)


def test_half_days_carry_their_own_hours(town: Offices) -> None:
    course = make_course(town.district, hours=Decimal(6))
    days = (
        DayGiven(FIRST, time(8, 30), time(11, 30), Decimal(2)),
        DayGiven(FIRST, time(14), time(17), Decimal(4)),
    )
    held = db.session.get_one(TrainingClass, plan_class(town.hr, a_class(course.id, days=days)))
    assert [day.hours for day in days_of_class(held)] == [2, 4]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"ends_on": date(2025, 12, 4)}, "ends_on"),
        ({"ends_on": date(2027, 12, 4)}, "ends_on"),
        ({"enrol_until": date(2025, 12, 7)}, "enrol_until"),
        ({"capacity": 0}, "capacity"),
        ({"score_wanted": Decimal(101)}, "score_wanted"),
        ({"days": (DayGiven(date(2025, 12, 8)),)}, "days"),
        ({"days": (DayGiven(FIRST), DayGiven(FIRST))}, "days"),
        ({"days": (DayGiven(FIRST, time(9), time(9)),)}, "days"),
        ({"days": (DayGiven(FIRST, hours=Decimal(3)),)}, "days"),
        ({"audience": AudienceGiven(posts=("king",))}, "posts"),
        ({"audience": AudienceGiven(joined_from=LAST, joined_until=FIRST)}, "joined_until"),
    ],
)
def test_a_plan_that_does_not_hold_together_is_refused(town: Offices, changes: dict[str, object], field: str) -> None:
    course = make_course(town.district)
    with pytest.raises(Refused) as refused:
        plan_class(town.hr, a_class(course.id, **changes))
    assert refused.value.field == field


def test_a_street_plans_no_class_of_the_districts_course(town: Offices) -> None:
    course = make_course(town.district)
    with pytest.raises(NotFound):
        plan_class(town.clerk, a_class(course.id))


def test_an_announced_class_carries_its_document(town: Offices) -> None:
    held = make_class(make_course(town.district), ClassState.PLANNED)
    open_class(town.hr, held.id, " 费社工发〔2025〕31号 ")
    assert (held.state, held.document) == (ClassState.OPEN, "费社工发〔2025〕31号")
    with pytest.raises(Refused, match="已发布"):
        open_class(town.hr, held.id, "再发")


def test_no_class_is_announced_after_the_last_day_to_enrol(town: Offices) -> None:
    held = make_class(make_course(town.district), ClassState.PLANNED, enrol_until=date(2025, 12, 4))
    with pytest.raises(Refused, match="已过"):
        open_class(town.hr, held.id, "")


def test_changed_days_keep_their_codes(town: Offices) -> None:
    course = make_course(town.district)
    held = make_class(course)
    codes = {day.on: day.code for day in days_of_class(held)}
    given = a_class(
        course.id,
        ends_on=date(2025, 12, 7),
        days=tuple(DayGiven(date(2025, 12, number), time(8, 30), time(16)) for number in (6, 7)),
    )
    change_class(town.hr, held.id, given, held.version)
    days = days_of_class(held)
    assert [day.on.day for day in days] == [6, 7]
    assert days[0].code == codes[LAST]
    assert [(day.hours, day.ends) for day in days] == [(8, time(16)), (8, time(16))]


def test_a_day_on_which_somebody_signed_in_stays(town: Offices) -> None:
    course = make_course(town.district)
    held = make_class(course)
    make_sign_in(make_enrolment(held, town.first), days_of_class(held)[0])
    with pytest.raises(Refused, match="已有人签到"):
        change_class(town.hr, held.id, a_class(course.id, starts_on=LAST), held.version)
    assert len(days_of_class(held)) == 2


def test_places_never_fall_below_those_inside(town: Offices) -> None:
    course = make_course(town.district)
    held = make_class(course)
    for one in (town.first, town.second):
        make_enrolment(held, one)
    with pytest.raises(Refused) as refused:
        change_class(town.hr, held.id, a_class(course.id, capacity=1), held.version)
    assert refused.value.field == "capacity"


def test_who_comes_second_sees_both_versions_of_a_class(town: Offices) -> None:
    course = make_course(town.district)
    held = make_class(course)
    change_class(town.hr, held.id, a_class(course.id, held_at="县委党校"), 1)
    with pytest.raises(Conflict):
        change_class(town.hr, held.id, replace(a_class(course.id), held_at="会议中心"), 1)


def test_a_class_is_cancelled_for_a_reason_and_taken_up_again(town: Offices) -> None:
    held = make_class(make_course(town.district))
    with pytest.raises(Refused):
        cancel_class(town.hr, held.id, " ")
    cancel_class(town.hr, held.id, "台风")
    assert (held.state, held.cancelled_reason) == (ClassState.CANCELLED, "台风")
    restore_class(town.hr, held.id)
    assert (held.state, held.cancelled_reason) == (ClassState.OPEN, "")


def test_a_class_that_began_is_not_cancelled(town: Offices) -> None:
    held = make_class(make_course(town.district))
    make_sign_in(make_enrolment(held, town.first), days_of_class(held)[0])
    with pytest.raises(Refused, match="已有人签到"):
        cancel_class(town.hr, held.id, "台风")


def test_a_planned_class_goes_with_its_days_and_names(town: Offices) -> None:
    held = make_class(make_course(town.district), ClassState.PLANNED)
    make_enrolment(held, town.first)
    drop_class(town.hr, held.id)
    for model in (TrainingClass, ClassDay, Enrolment):
        assert db.session.scalars(select(model)).all() == []


def test_an_announced_class_is_not_dropped(town: Offices) -> None:
    held = make_class(make_course(town.district))
    with pytest.raises(Refused, match="拟定"):
        drop_class(town.hr, held.id)


def test_a_code_that_went_about_is_drawn_again(town: Offices) -> None:
    day = days_of_class(make_class(make_course(town.district)))[0]
    before = day.code
    assert renew_day_code(town.hr, day.id) != before
    with pytest.raises(NotFound):
        renew_day_code(town.clerk, day.id)
