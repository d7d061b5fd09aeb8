"""Classes of the past, entered whole."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.core.db import db
from careerpath.employees.operations.facts import NewPosting
from careerpath.policy.training import Tier
from careerpath.training.models import ClassState, EnrolmentState, TrainingClass
from careerpath.training.operations.held import HeldGiven, record_held_class, record_held_classes
from careerpath.words import NotFound, Refused
from tests.factories.employees import make_employee, selects_of
from tests.factories.training import days_of_class, make_course
from tests.training.rooms import Offices, a_class, place_of

PAST = {"starts_on": date(2025, 3, 3), "ends_on": date(2025, 3, 4)}


@pytest.fixture
def town(app: Flask) -> Offices:
    return Offices()


def test_a_past_class_is_closed_at_once_with_everybody_in_it(town: Offices) -> None:
    course = make_course(town.district)
    given = a_class(course.id, score_wanted=Decimal(60), **PAST)
    people = [HeldGiven(town.first.id), HeldGiven(town.third.id, hours=Decimal(4), score=Decimal(70))]
    held = db.session.get_one(TrainingClass, record_held_class(town.hr, given, people))
    assert (held.state, held.closed_on, len(days_of_class(held))) == (ClassState.CLOSED, date(2025, 3, 4), 2)
    whole, part = place_of(held, town.first), place_of(held, town.third)
    assert (whole.state, whole.hours, whole.days, whole.passed) == (EnrolmentState.ATTENDED, 16, 2, None)
    assert (part.hours, part.days, part.passed) == (4, Decimal("0.50"), True)


def test_everybody_stands_with_the_unit_of_the_time(town: Offices) -> None:
    moved = make_employee(
        None,
        town.community,
        postings=(
            NewPosting(unit_id=town.community.id, post="staff", starts_on=date(2018, 7, 1), ends_on=date(2025, 6, 30)),
            NewPosting(unit_id=town.foreign.id, post="staff", starts_on=date(2025, 7, 1)),
        ),
    )
    assert moved.unit_id == town.foreign.id
    course = make_course(town.district)
    later = {"starts_on": date(2025, 8, 4), "ends_on": date(2025, 8, 5)}
    for days, unit in ((PAST, town.community), (later, town.foreign)):
        held_id = record_held_class(town.hr, a_class(course.id, **days), [HeldGiven(moved.id)])
        assert place_of(db.session.get_one(TrainingClass, held_id), moved).unit_id == unit.id


def test_a_class_that_is_not_over_is_planned_instead(town: Offices) -> None:
    with pytest.raises(Refused, match="还没有结束"):
        record_held_class(town.hr, a_class(make_course(town.district).id), [])


def test_nobody_is_entered_twice(town: Offices) -> None:
    with pytest.raises(Refused, match="重复"):
        record_held_class(town.hr, a_class(make_course(town.district).id, **PAST), [HeldGiven(town.first.id)] * 2)


def test_a_streets_past_class_holds_its_own_people_alone(town: Offices) -> None:
    course = make_course(town.street, Tier.STREET)
    with pytest.raises(NotFound):
        record_held_class(town.clerk, a_class(course.id, **PAST), [HeldGiven(town.third.id)])
    with pytest.raises(Refused, match="范围"):
        record_held_class(town.hr, a_class(course.id, **PAST), [HeldGiven(town.third.id)])


def test_many_classes_take_no_more_queries_than_one(town: Offices) -> None:
    course = make_course(town.district)
    people = [HeldGiven(make_employee(None, town.community).id) for _ in range(5)]
    rows = [(a_class(course.id, name=f"第{number}期", **PAST), people) for number in range(6)]
    one = len(selects_of(lambda: record_held_classes(town.hr, rows[:1])))
    assert len(selects_of(lambda: record_held_classes(town.hr, rows[1:]))) == one
