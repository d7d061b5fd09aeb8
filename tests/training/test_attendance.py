"""Who was there: the code on the wall, ticks by hand, results and what people say of a class."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.core import clock
from careerpath.core.db import db
from careerpath.training.models import ClassSignIn, ClassState, EnrolmentState
from careerpath.training.operations.attendance import (
    ResultGiven,
    mark_present,
    put_results,
    rate_own_class,
    sign_in_to_class,
)
from careerpath.words import NotFound, Refused
from tests.factories.training import days_of_class, make_class, make_course, make_enrolment, make_sign_in
from tests.training.rooms import Offices, place_of


@pytest.fixture
def town(app: Flask) -> Offices:
    return Offices()


def test_the_code_on_the_wall_signs_in_once(town: Offices) -> None:
    held = make_class(make_course(town.district))
    make_enrolment(held, town.first)
    worker, day = town.worker(town.first), days_of_class(held)[0]
    found = sign_in_to_class(worker, f" {day.code[:3]} {day.code[3:]} ")
    assert found is not None
    assert (found.class_name, found.day.id, found.again) == (held.name, day.id, False)
    again = sign_in_to_class(worker, day.code)
    assert again is not None
    assert again.again
    assert db.session.query(ClassSignIn).count() == 1


def test_tomorrows_code_does_not_open_today(town: Offices) -> None:
    held = make_class(make_course(town.district))
    make_enrolment(held, town.first)
    assert sign_in_to_class(town.worker(town.first), days_of_class(held)[1].code) is None


@pytest.mark.parametrize(
    ("at", "works"),
    [(time(7, 59), False), (time(8, 0), True), (time(17, 0), True), (time(17, 1), False)],
)
def test_a_code_works_from_half_an_hour_before_until_the_end(town: Offices, at: time, works: bool) -> None:
    held = make_class(make_course(town.district))
    make_enrolment(held, town.first)
    worker, day = town.worker(town.first), days_of_class(held)[0]
    now = datetime.combine(day.on, at, clock.office_time(clock.now()).tzinfo)
    with clock.Stopped(now.astimezone(UTC)):
        assert (sign_in_to_class(worker, day.code) is not None) is works


def test_a_code_opens_nothing_for_who_is_not_in_the_class(town: Offices) -> None:
    held = make_class(make_course(town.district))
    make_enrolment(held, town.first, state=EnrolmentState.WITHDRAWN)
    assert sign_in_to_class(town.worker(town.first), days_of_class(held)[0].code) is None


def test_who_waits_is_told_so(town: Offices) -> None:
    held = make_class(make_course(town.district))
    make_enrolment(held, town.first, state=EnrolmentState.WAITING)
    with pytest.raises(Refused, match="候补"):
        sign_in_to_class(town.worker(town.first), days_of_class(held)[0].code)


def test_after_ten_wrong_codes_the_right_one_waits_an_hour(town: Offices) -> None:
    held = make_class(make_course(town.district))
    make_enrolment(held, town.first)
    worker, code = town.worker(town.first), days_of_class(held)[0].code
    for _ in range(10):
        assert sign_in_to_class(worker, "999999") is None
    with pytest.raises(Refused, match="一小时"):
        sign_in_to_class(worker, code)
    with clock.Stopped(datetime(2025, 12, 5, 3, 1, tzinfo=UTC)):
        assert sign_in_to_class(worker, code) is not None


def test_the_holder_ticks_who_was_there_and_takes_it_back(town: Offices) -> None:
    held = make_class(make_course(town.district))
    places = [make_enrolment(held, one).id for one in (town.first, town.second)]
    day = days_of_class(held)[0]
    assert mark_present(town.hr, day.id, places, True) == 2
    assert mark_present(town.hr, day.id, places, True) == 0
    assert all(sign.by_hand for sign in db.session.query(ClassSignIn))
    assert mark_present(town.hr, day.id, places[:1], False) == 1
    assert db.session.query(ClassSignIn).count() == 1


def test_nobody_is_ticked_ahead_of_the_day(town: Offices) -> None:
    held = make_class(make_course(town.district))
    place = make_enrolment(held, town.first)
    with pytest.raises(Refused, match="还没有到"):
        mark_present(town.hr, days_of_class(held)[1].id, [place.id], True)


def test_nobody_is_ticked_into_another_class(town: Offices) -> None:
    course = make_course(town.district)
    held, other = make_class(course), make_class(course)
    place = make_enrolment(other, town.first)
    with pytest.raises(NotFound):
        mark_present(town.hr, days_of_class(held)[0].id, [place.id], True)


def test_a_street_that_sent_people_does_not_tick_them(town: Offices) -> None:
    held = make_class(make_course(town.district))
    place = make_enrolment(held, town.first)
    with pytest.raises(NotFound):
        mark_present(town.clerk, days_of_class(held)[0].id, [place.id], True)


def test_scores_are_kept_where_a_class_is_tested(town: Offices) -> None:
    held = make_class(make_course(town.district), score_wanted=Decimal(60))
    place = make_enrolment(held, town.first)
    put_results(town.hr, held.id, {place.id: ResultGiven(Decimal("88.5"), Decimal(8), "半天请假")})
    assert (place.score, place.hours, place.note) == (Decimal("88.50"), 8, "半天请假")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (ResultGiven(score=Decimal(101)), "score"),
        (ResultGiven(hours=Decimal(17)), "hours"),
        (ResultGiven(hours=Decimal(-1)), "hours"),
        (ResultGiven(note="长" * 201), "note"),
    ],
)
def test_results_that_cannot_be_are_refused(town: Offices, given: ResultGiven, field: str) -> None:
    held = make_class(make_course(town.district), score_wanted=Decimal(60))
    place = make_enrolment(held, town.first)
    with pytest.raises(Refused) as refused:
        put_results(town.hr, held.id, {place.id: given})
    assert refused.value.field == field


def test_a_class_without_a_test_has_no_scores(town: Offices) -> None:
    held = make_class(make_course(town.district))
    place = make_enrolment(held, town.first)
    with pytest.raises(Refused, match="未设合格分数"):
        put_results(town.hr, held.id, {place.id: ResultGiven(Decimal(90))})


def test_who_took_part_says_what_they_think_once_it_is_closed(town: Offices) -> None:
    held = make_class(make_course(town.district), ClassState.CLOSED)
    make_enrolment(held, town.first, state=EnrolmentState.ATTENDED)
    worker = town.worker(town.first)
    rate_own_class(worker, held.id, 5, "内容实用")
    rate_own_class(worker, held.id, 4, "内容实用")
    assert (place_of(held, town.first).rating, place_of(held, town.first).comment) == (4, "内容实用")
    with pytest.raises(Refused):
        rate_own_class(worker, held.id, 6)


def test_who_was_absent_says_nothing_of_a_class(town: Offices) -> None:
    held = make_class(make_course(town.district), ClassState.CLOSED)
    make_enrolment(held, town.first, state=EnrolmentState.ABSENT)
    with pytest.raises(Refused, match="参训人员"):
        rate_own_class(town.worker(town.first), held.id, 5)


def test_a_sign_of_an_earlier_day_stays_when_the_person_signs_again(town: Offices) -> None:
    held = make_class(make_course(town.district), starts_on=date(2025, 12, 4), ends_on=date(2025, 12, 5))
    place = make_enrolment(held, town.first)
    make_sign_in(place, days_of_class(held)[0])
    assert sign_in_to_class(town.worker(town.first), days_of_class(held)[1].code) is not None
    assert db.session.query(ClassSignIn).count() == 2
