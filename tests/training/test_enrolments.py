"""Who takes part in a class: sent by the office, called by the rule, by themselves, and out again."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.core.db import db
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.policy.training import Tier
from careerpath.training.models import ClassState, Enrolment, EnrolmentState, EnrolmentWay
from careerpath.training.operations.enrolments import (
    enrol_by_rule,
    enrol_oneself,
    enrol_people,
    withdraw_enrolment,
    withdraw_oneself_from_class,
)
from careerpath.words import NotFound, Refused
from tests.factories.employees import make_employee, selects_of
from tests.factories.skills import make_line, make_skill
from tests.factories.training import days_of_class, make_class, make_course, make_enrolment, make_sign_in
from tests.training.rooms import Offices, place_of


@pytest.fixture
def town(app: Flask) -> Offices:
    return Offices()


def test_a_street_sends_its_people_to_the_districts_class(town: Offices) -> None:
    held = make_class(make_course(town.district))
    assert enrol_people(town.clerk, held.id, [town.first.id, town.second.id]) == 2
    place = place_of(held, town.first)
    assert (place.state, place.way, place.unit_id) == (
        EnrolmentState.ENROLLED,
        EnrolmentWay.HAND,
        town.community.id,
    )
    assert enrol_people(town.clerk, held.id, [town.first.id]) == 0


def test_a_street_sends_nobody_elses_people(town: Offices) -> None:
    held = make_class(make_course(town.district))
    with pytest.raises(NotFound):
        enrol_people(town.clerk, held.id, [town.first.id, town.third.id])
    assert db.session.query(Enrolment).count() == 0


def test_a_street_does_not_meet_the_class_of_the_next_one(town: Offices) -> None:
    held = make_class(make_course(town.street, Tier.STREET))
    with pytest.raises(NotFound):
        enrol_people(town.other_clerk, held.id, [town.third.id])


def test_what_is_planned_only_shows_to_its_holder(town: Offices) -> None:
    held = make_class(make_course(town.district), ClassState.PLANNED)
    with pytest.raises(NotFound):
        enrol_people(town.clerk, held.id, [town.first.id])
    assert enrol_people(town.hr, held.id, [town.first.id]) == 1


def test_nobody_from_outside_joins_a_streets_class(town: Offices) -> None:
    held = make_class(make_course(town.street, Tier.STREET))
    with pytest.raises(Refused, match="范围"):
        enrol_people(town.hr, held.id, [town.third.id])


def test_who_left_is_not_sent(town: Offices) -> None:
    end_service(town.clerk, town.first.id, EndOfService(left_on=date(2025, 11, 30), reason="辞职"))
    held = make_class(make_course(town.district))
    with pytest.raises(Refused, match="已经离职"):
        enrol_people(town.clerk, held.id, [town.first.id])


def test_who_comes_when_it_is_full_waits_and_moves_up(town: Offices) -> None:
    held = make_class(make_course(town.district), capacity=1)
    enrol_people(town.hr, held.id, [town.first.id, town.third.id, town.second.id])
    assert place_of(held, town.third).state is EnrolmentState.WAITING
    withdraw_enrolment(town.clerk, place_of(held, town.first).id, "公务")
    assert place_of(held, town.first).note == "公务"
    assert place_of(held, town.third).state is EnrolmentState.ENROLLED
    assert place_of(held, town.second).state is EnrolmentState.WAITING


def test_who_waits_and_leaves_lets_nobody_in(town: Offices) -> None:
    held = make_class(make_course(town.district), capacity=1)
    enrol_people(town.hr, held.id, [town.first.id, town.third.id, town.second.id])
    withdraw_enrolment(town.hr, place_of(held, town.third).id, "公务")
    assert place_of(held, town.second).state is EnrolmentState.WAITING


def test_who_withdrew_may_be_sent_again(town: Offices) -> None:
    held = make_class(make_course(town.district))
    make_enrolment(held, town.first, state=EnrolmentState.WITHDRAWN, note="病假")
    assert enrol_people(town.clerk, held.id, [town.first.id]) == 1
    assert (place_of(held, town.first).state, place_of(held, town.first).note) == (EnrolmentState.ENROLLED, "")


def test_who_signed_in_is_not_taken_out(town: Offices) -> None:
    held = make_class(make_course(town.district))
    place = make_enrolment(held, town.first)
    make_sign_in(place, days_of_class(held)[0])
    with pytest.raises(Refused, match="已经签到"):
        withdraw_enrolment(town.clerk, place.id, "公务")


def test_the_next_street_takes_nobody_out(town: Offices) -> None:
    place = make_enrolment(make_class(make_course(town.district)), town.first)
    with pytest.raises(NotFound):
        withdraw_enrolment(town.other_clerk, place.id, "公务")


def test_the_rule_calls_those_in_the_posts_of_the_audience(town: Offices) -> None:
    chief = make_employee(None, town.community, post="chief")
    held = make_class(make_course(town.district), audience={"posts": ["chief"]})
    assert enrol_by_rule(town.clerk, held.id) == 1
    assert place_of(held, chief).way is EnrolmentWay.RULE
    assert enrol_by_rule(town.clerk, held.id) == 0


def test_the_rule_calls_those_who_lack_the_days(town: Offices) -> None:
    chiefs = [make_employee(None, town.community, post="chief") for _ in range(2)]
    week = make_class(
        make_course(town.district, days=Decimal(7)),
        ClassState.CLOSED,
        starts_on=date(2025, 3, 1),
        ends_on=date(2025, 3, 7),
    )
    make_enrolment(week, chiefs[0], state=EnrolmentState.ATTENDED)
    held = make_class(make_course(town.district), audience={"requirement": "secretaries"})
    assert enrol_by_rule(town.hr, held.id) == 1
    assert place_of(held, chiefs[1]).state is EnrolmentState.ENROLLED


def test_the_rule_calls_those_who_join_within_days(town: Offices) -> None:
    late = make_employee(None, town.community, joined_community_on=date(2025, 11, 1))
    held = make_class(make_course(town.district), audience={"joined_from": "2025-10-01", "joined_until": "2025-12-31"})
    enrol_by_rule(town.clerk, held.id)
    assert [one.employee_id for one in db.session.query(Enrolment)] == [late.id]


def test_the_rule_calls_who_cannot_do_what_their_community_lacks(town: Offices) -> None:
    line = make_line(town.district, "party", "党建", wanted=1)
    make_skill(town.first, line)
    held = make_class(make_course(town.district), audience={"lines": ["party"]})
    enrol_by_rule(town.clerk, held.id)
    assert [one.employee_id for one in db.session.query(Enrolment)] == [town.second.id]


def test_a_rule_that_says_nothing_calls_nobody(town: Offices) -> None:
    with pytest.raises(Refused, match="没有设定"):
        enrol_by_rule(town.clerk, make_class(make_course(town.district)).id)


def test_many_are_sent_with_as_many_queries_as_few(town: Offices) -> None:
    people = [make_employee(None, town.community).id for _ in range(12)]
    course = make_course(town.district)
    few, many = make_class(course), make_class(course)
    counts = [
        len(selects_of(lambda held=held, ids=ids: enrol_people(town.clerk, held.id, ids)))  # type: ignore[misc]
        for held, ids in ((few, people[:1]), (many, people))
    ]
    assert counts[0] == counts[1]


def test_a_worker_enrols_while_names_come_in(town: Offices) -> None:
    worker = town.worker(town.first)
    held = make_class(make_course(town.district), enrol_until=date(2025, 12, 5))
    enrol_oneself(worker, held.id)
    assert place_of(held, town.first).way is EnrolmentWay.SELF
    with pytest.raises(Refused, match="已在"):
        enrol_oneself(worker, held.id)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "单位选派"),
        ({"enrol_until": date(2025, 12, 4)}, "截止"),
        ({"enrol_until": date(2025, 12, 5), "audience": {"posts": ["chief"]}}, "对象"),
    ],
)
def test_a_worker_does_not_enrol_where_it_is_not_open_to_them(
    town: Offices, changes: dict[str, object], words: str
) -> None:
    held = make_class(make_course(town.district), **changes)
    with pytest.raises(Refused, match=words):
        enrol_oneself(town.worker(town.first), held.id)


def test_a_worker_leaves_before_the_first_day_only(town: Offices) -> None:
    worker = town.worker(town.first)
    course = make_course(town.district)
    later = make_class(course, starts_on=date(2025, 12, 8), ends_on=date(2025, 12, 9))
    today = make_class(course)
    for held in (later, today):
        make_enrolment(held, town.first)
    withdraw_oneself_from_class(worker, later.id, "照顾家人")
    assert place_of(later, town.first).state is EnrolmentState.WITHDRAWN
    with pytest.raises(Refused, match="已开班"):
        withdraw_oneself_from_class(worker, today.id, "照顾家人")
