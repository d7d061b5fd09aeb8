"""Courses: who keeps which tier, and what is refused."""

from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.core.db import db
from careerpath.policy.training import Tier
from careerpath.training.models import Course
from careerpath.training.operations.classes import plan_class
from careerpath.training.operations.courses import change_course, keep_course, restore_course, retire_course
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.skills import make_line
from tests.training.rooms import Offices, a_class, a_course


@pytest.fixture
def town(app: Flask) -> Offices:
    return Offices()


def test_each_unit_keeps_courses_of_its_own_tier(town: Offices) -> None:
    district = keep_course(town.hr, town.district.id, a_course())
    street = keep_course(town.clerk, town.street.id, a_course(tier=Tier.STREET))
    assert [db.session.get_one(Course, one).tier for one in (district, street)] == [Tier.DISTRICT, Tier.STREET]


def test_a_district_enters_what_the_city_held(town: Offices) -> None:
    assert keep_course(town.hr, town.district.id, a_course(tier=Tier.CITY))


@pytest.mark.parametrize("tier", [Tier.DISTRICT, Tier.CITY])
def test_a_street_keeps_no_course_above_its_tier(town: Offices, tier: Tier) -> None:
    with pytest.raises(Refused, match="街道级"):
        keep_course(town.clerk, town.street.id, a_course(tier=tier))


def test_a_community_keeps_no_courses_of_its_own(town: Offices) -> None:
    with pytest.raises(Refused) as refused:
        keep_course(town.clerk, town.community.id, a_course(tier=Tier.COMMUNITY))
    assert refused.value.field == "unit_id"


def test_a_street_keeps_nothing_for_the_district_or_the_next_street(town: Offices) -> None:
    for unit in (town.district, town.other_street):
        with pytest.raises(NotFound):
            keep_course(town.clerk, unit.id, a_course(tier=Tier.STREET))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "长" * 81}, "name"),
        ({"hours": Decimal(-1)}, "hours"),
        ({"hours": Decimal("1.005")}, "hours"),
        ({"hours": Decimal(0), "days": None}, "hours"),
        ({"days": Decimal(400)}, "days"),
        ({"lines": ("nowhere",)}, "lines"),
        ({"teaches": "able"}, "lines"),
        ({"teaches": "genius"}, "teaches"),
    ],
)
def test_a_course_that_says_nothing_sound_is_refused(town: Offices, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        keep_course(town.hr, town.district.id, a_course(**changes))
    assert refused.value.field == field


def test_two_courses_of_a_unit_do_not_share_a_name(town: Offices) -> None:
    keep_course(town.hr, town.district.id, a_course())
    with pytest.raises(Refused, match="已有名为"):
        keep_course(town.hr, town.district.id, a_course())


def test_a_course_names_lines_that_the_district_keeps(town: Offices) -> None:
    make_line(town.district, "party", "党建")
    course = db.session.get_one(
        Course, keep_course(town.clerk, town.street.id, a_course(tier=Tier.STREET, lines=("party",), teaches="able"))
    )
    assert course.lines == ["party"]


def test_a_course_of_no_days_is_counted_by_its_hours(town: Offices) -> None:
    course = db.session.get_one(Course, keep_course(town.hr, town.district.id, a_course(days=Decimal(0))))
    assert course.days is None


def test_who_comes_second_sees_both_versions_of_a_course(town: Offices) -> None:
    course_id = keep_course(town.hr, town.district.id, a_course())
    change_course(town.hr, course_id, a_course(category="党建引领"), 1)
    with pytest.raises(Conflict) as conflict:
        change_course(town.hr, course_id, replace(a_course(), category="基层治理"), 1)
    assert conflict.value.current["category"] == "党建引领"


def test_a_retired_course_has_no_new_classes_until_it_is_restored(town: Offices) -> None:
    course_id = keep_course(town.hr, town.district.id, a_course())
    retire_course(town.hr, course_id)
    with pytest.raises(Refused, match="已停用"):
        plan_class(town.hr, a_class(course_id))
    restore_course(town.hr, course_id)
    assert plan_class(town.hr, a_class(course_id))
