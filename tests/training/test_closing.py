"""A class is closed: what counts for each, who passed, which skills it showed; and taken up again."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.core.db import db
from careerpath.policy.training import Attended, Tier
from careerpath.skills.codes import ShownBy, SkillLevel
from careerpath.skills.models import Skill
from careerpath.training.models import ClassState, EnrolmentState
from careerpath.training.operations.attendance import ResultGiven, mark_present, put_results
from careerpath.training.operations.closing import close_class, reopen_class
from careerpath.training.queries.attendance import attended_of
from careerpath.words import NotFound, Refused
from tests.factories.employees import selects_of
from tests.factories.skills import make_line
from tests.factories.training import days_of_class, make_class, make_course, make_enrolment, make_sign_in
from tests.training.rooms import Offices, place_of

BEFORE = {"starts_on": date(2025, 12, 1), "ends_on": date(2025, 12, 2)}
TODAY = date(2025, 12, 5)


@pytest.fixture
def town(app: Flask) -> Offices:
    return Offices()


def test_hours_and_days_count_by_the_days_somebody_was_there(town: Offices) -> None:
    held = make_class(make_course(town.district), **BEFORE)
    days = days_of_class(held)
    all_of_it, half = make_enrolment(held, town.first), make_enrolment(held, town.second)
    make_enrolment(held, town.third)
    for day in days:
        make_sign_in(all_of_it, day)
    make_sign_in(half, days[0])
    assert close_class(town.hr, held.id, TODAY) == 2
    assert (all_of_it.state, all_of_it.hours, all_of_it.days) == (EnrolmentState.ATTENDED, 16, 2)
    assert (half.state, half.hours, half.days) == (EnrolmentState.ATTENDED, 8, 1)
    absent = place_of(held, town.third)
    assert (absent.state, absent.hours, absent.days) == (EnrolmentState.ABSENT, 0, None)
    assert (held.state, held.closed_on) == (ClassState.CLOSED, TODAY)


def test_a_class_that_is_not_counted_in_days_leaves_them_open(town: Offices) -> None:
    held = make_class(make_course(town.district, days=None), **BEFORE)
    place = make_enrolment(held, town.first)
    make_sign_in(place, days_of_class(held)[0])
    close_class(town.hr, held.id, TODAY)
    assert (place.hours, place.days) == (8, None)


def test_hours_put_by_hand_stand(town: Offices) -> None:
    held = make_class(make_course(town.district), **BEFORE)
    there, away = make_enrolment(held, town.first), make_enrolment(held, town.second)
    make_sign_in(away, days_of_class(held)[0])
    put_results(town.hr, held.id, {there.id: ResultGiven(hours=Decimal(12)), away.id: ResultGiven(hours=Decimal(0))})
    close_class(town.hr, held.id, TODAY)
    assert (there.state, there.hours, there.days) == (EnrolmentState.ATTENDED, 12, Decimal("1.50"))
    assert away.state is EnrolmentState.ABSENT


@pytest.mark.parametrize(("score", "passed"), [("60", True), ("59.99", False), (None, None)])
def test_the_score_that_is_wanted_passes(town: Offices, score: str | None, passed: bool | None) -> None:
    held = make_class(make_course(town.district), score_wanted=Decimal(60), **BEFORE)
    place = make_enrolment(held, town.first)
    make_sign_in(place, days_of_class(held)[0])
    put_results(town.hr, held.id, {place.id: ResultGiven(Decimal(score) if score else None)})
    close_class(town.hr, held.id, TODAY)
    assert place.passed is passed


def test_who_waited_to_the_end_is_out(town: Offices) -> None:
    held = make_class(make_course(town.district), **BEFORE)
    place = make_enrolment(held, town.first, state=EnrolmentState.WAITING)
    close_class(town.hr, held.id, TODAY)
    assert (place.state, place.note) == (EnrolmentState.WITHDRAWN, "名额已满，未能参训")


def test_no_class_is_closed_before_it_ends_or_ahead_of_the_day(town: Offices) -> None:
    course = make_course(town.district)
    with pytest.raises(Refused, match="才结束"):
        close_class(town.hr, make_class(course).id, TODAY)
    with pytest.raises(Refused, match="晚于今天"):
        close_class(town.hr, make_class(course, **BEFORE).id, date(2025, 12, 6))


def test_a_street_does_not_close_the_districts_class(town: Offices) -> None:
    with pytest.raises(NotFound):
        close_class(town.clerk, make_class(make_course(town.district), **BEFORE).id, TODAY)


def test_who_passes_has_shown_the_skill(town: Offices) -> None:
    line = make_line(town.district, "party", "党建")
    course = make_course(town.district, lines=["party", "elsewhere"], teaches="able")
    held = make_class(course, score_wanted=Decimal(60), **BEFORE)
    passed, failed = make_enrolment(held, town.first), make_enrolment(held, town.second)
    for place, score in ((passed, 80), (failed, 50)):
        make_sign_in(place, days_of_class(held)[0])
        put_results(town.hr, held.id, {place.id: ResultGiven(Decimal(score))})
    close_class(town.hr, held.id, TODAY)
    skill = db.session.query(Skill).one()
    assert (skill.employee_id, skill.line_id, skill.level) == (town.first.id, line.id, SkillLevel.ABLE)
    assert (skill.shown_by, skill.shown_on, skill.evidence) == (ShownBy.COURSE, held.ends_on, held.name)


def test_without_a_test_only_who_was_there_all_the_time_has_shown_it(town: Offices) -> None:
    make_line(town.district, "party", "党建")
    held = make_class(make_course(town.district, lines=["party"], teaches="able"), **BEFORE)
    whole, half = make_enrolment(held, town.first), make_enrolment(held, town.second)
    for place, days in ((whole, 2), (half, 1)):
        for day in days_of_class(held)[:days]:
            make_sign_in(place, day)
    close_class(town.hr, held.id, TODAY)
    assert [skill.employee_id for skill in db.session.query(Skill)] == [town.first.id]


def test_a_street_records_the_skills_of_its_own_class(town: Offices) -> None:
    make_line(town.district, "party", "党建")
    held = make_class(make_course(town.street, Tier.STREET, lines=["party"], teaches="learning"), **BEFORE)
    place = make_enrolment(held, town.first)
    for day in days_of_class(held):
        make_sign_in(place, day)
    close_class(town.clerk, held.id, TODAY)
    assert db.session.query(Skill).one().level is SkillLevel.LEARNING


def test_a_reopened_class_takes_its_skills_back_and_settles_anew(town: Offices) -> None:
    make_line(town.district, "party", "党建")
    held = make_class(make_course(town.district, lines=["party"], teaches="able"), **BEFORE)
    place, late = make_enrolment(held, town.first), make_enrolment(held, town.second)
    days = days_of_class(held)
    for day in days:
        make_sign_in(place, day)
    close_class(town.hr, held.id, TODAY)
    reopen_class(town.hr, held.id, "漏登一人")
    assert db.session.query(Skill).count() == 0
    assert (held.state, held.closed_on) == (ClassState.OPEN, None)
    assert held.remark.endswith("恢复办理：漏登一人")
    assert (place.state, place.hours) == (EnrolmentState.ENROLLED, None)
    mark_present(town.hr, days[1].id, [late.id], True)
    mark_present(town.hr, days[0].id, [place.id], False)
    close_class(town.hr, held.id, TODAY)
    assert (place.hours, late.hours) == (8, 8)
    assert db.session.query(Skill).count() == 0


def test_what_was_put_by_hand_stands_after_reopening(town: Offices) -> None:
    held = make_class(make_course(town.district), **BEFORE)
    place = make_enrolment(held, town.first)
    put_results(town.hr, held.id, {place.id: ResultGiven(hours=Decimal(12))})
    close_class(town.hr, held.id, TODAY)
    reopen_class(town.hr, held.id, "更正")
    close_class(town.hr, held.id, TODAY)
    assert place.hours == 12


def test_only_closed_classes_count_and_only_for_who_was_there(town: Offices) -> None:
    course = make_course(town.district)
    closed = make_class(course, ClassState.CLOSED, **BEFORE)
    make_enrolment(closed, town.first, state=EnrolmentState.ATTENDED)
    make_enrolment(closed, town.second, state=EnrolmentState.ABSENT)
    make_enrolment(make_class(course, **BEFORE), town.first)
    last_year = make_class(course, ClassState.CLOSED, starts_on=date(2024, 12, 30), ends_on=date(2024, 12, 31))
    make_enrolment(last_year, town.first, state=EnrolmentState.ATTENDED)
    ids = [town.first.id, town.second.id]
    whole = Attended(date(2025, 12, 2), Tier.DISTRICT, Decimal(16), Decimal(2))
    assert attended_of(ids, 2025, TODAY) == {town.first.id: [whole]}
    assert [one.on for one in attended_of(ids, None, TODAY)[town.first.id]] == [date(2024, 12, 31), date(2025, 12, 2)]
    assert attended_of(ids, 2025, date(2025, 12, 1)) == {}
    assert len(selects_of(lambda: attended_of(ids, None, TODAY))) == 1
