"""A worker's own page: what is open, signing in on the phone, papers, what one thinks; and the tasks of the day."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.dashboard.queries.tasks.training import training_tasks
from careerpath.policy.training import Tier
from careerpath.training.models import ClassSignIn, ClassState, EnrolmentState
from careerpath.training.operations.papers import add_class_paper
from careerpath.training.queries.own import own_training
from careerpath.training.queries.person import person_lines
from tests.employees.test_papers import make_image
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import make_employee, selects_of
from tests.factories.training import (
    days_of_class,
    make_class,
    make_course,
    make_enrolment,
    make_sign_in,
)
from tests.training.rooms import Offices, place_of

AHEAD = {"starts_on": date(2025, 12, 8), "ends_on": date(2025, 12, 9)}
BEFORE = {"starts_on": date(2025, 12, 1), "ends_on": date(2025, 12, 2)}


@pytest.fixture
def town(app: Flask) -> Offices:
    return Offices()


def test_a_worker_enrols_and_steps_back_on_the_phone(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district), enrol_until=date(2025, 12, 7), **AHEAD)
    phone = signed_in(app, town.worker(town.first))
    page = phone.get("/training/own").text
    assert held.name in page
    assert "可报名" in page
    assert phone.post(f"/training/own/classes/{held.id}/enrol").status_code == 302
    assert place_of(held, town.first).state is EnrolmentState.ENROLLED
    answer = phone.post(f"/training/own/classes/{held.id}/withdraw", data={"reason": ""})
    assert answer.status_code == 422
    assert "请写明原因" in answer.text
    assert phone.post(f"/training/own/classes/{held.id}/withdraw", data={"reason": "家事"}).status_code == 302
    assert place_of(held, town.first).state is EnrolmentState.WITHDRAWN


def test_only_classes_that_are_meant_for_one_are_offered(app: Flask, town: Offices) -> None:
    course, until = make_course(town.district), date(2025, 12, 7)
    shown = [
        make_class(course, name="全员班", enrol_until=until, **AHEAD),
        make_class(course, name="一般人员班", enrol_until=until, audience={"posts": ["staff"]}, **AHEAD),
    ]
    for name, changes in (
        ("书记班", {"enrol_until": until, "audience": {"posts": ["chief"]}}),
        ("选派班", {}),
        ("截止班", {"enrol_until": date(2025, 12, 4)}),
    ):
        make_class(course, name=name, **(AHEAD | changes))
    make_class(make_course(town.other_street, Tier.STREET), name="外街道班", enrol_until=until, **AHEAD)
    page = own_training(town.worker(town.first))
    assert page is not None
    assert [one.name for one, _ in page.open] == [one.name for one in shown]


def test_the_code_is_typed_on_the_phone(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district))
    make_enrolment(held, town.first)
    phone, code = signed_in(app, town.worker(town.first)), days_of_class(held)[0].code
    page = phone.get("/training/own").text
    assert 'name="code"' in page
    assert code not in page
    answer = phone.post("/training/own/sign-in", data={"code": "000000"})
    assert answer.status_code == 422
    assert "签到码不对" in answer.text
    answer = phone.post("/training/own/sign-in", data={"code": code}, follow_redirects=True)
    assert "签到成功" in answer.text
    assert db.session.query(ClassSignIn).count() == 1
    assert "无需重复" in phone.post("/training/own/sign-in", data={"code": code}, follow_redirects=True).text


def test_who_waits_is_told_on_the_phone(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district))
    make_enrolment(held, town.first, state=EnrolmentState.WAITING)
    phone = signed_in(app, town.worker(town.first))
    answer = phone.post("/training/own/sign-in", data={"code": days_of_class(held)[0].code})
    assert answer.status_code == 422
    assert "候补" in answer.text


def test_papers_are_handed_to_who_takes_part(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district))
    make_enrolment(held, town.first)
    paper_id = add_class_paper(town.hr, held.id, "讲义.jpg", make_image())
    phone = signed_in(app, town.worker(town.first))
    assert "讲义.jpg" in phone.get("/training/own").text
    assert phone.get(f"/training/own/papers/{paper_id}").data[:3] == b"\xff\xd8\xff"
    stranger = signed_in(app, town.worker(town.third))
    assert stranger.get(f"/training/own/papers/{paper_id}").status_code == 404


def test_a_closed_class_shows_what_counts_and_asks_what_one_thinks(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district), ClassState.CLOSED, score_wanted=Decimal(60), **BEFORE)
    make_enrolment(held, town.first, state=EnrolmentState.ATTENDED, score=Decimal(88), passed=True)
    phone = signed_in(app, town.worker(town.first))
    page = phone.get("/training/own").text
    assert "计 16 学时，成绩 88" in page
    assert "2025年学时" in page
    address = f"/training/own/classes/{held.id}/rating"
    assert phone.post(address, data={"rating": ""}).status_code == 422
    assert phone.post(address, data={"rating": "5", "comment": "实用"}).status_code == 302
    assert (place_of(held, town.first).rating, place_of(held, town.first).comment) == (5, "实用")


def test_only_the_newest_class_asks_at_once_what_one_thinks(app: Flask, town: Offices) -> None:
    course = make_course(town.district)
    for month in (3, 4, 5):
        days = {"starts_on": date(2025, month, 1), "ends_on": date(2025, month, 2)}
        make_enrolment(make_class(course, ClassState.CLOSED, **days), town.first, state=EnrolmentState.ATTENDED)
    page = signed_in(app, town.worker(town.first)).get("/training/own").text
    assert (page.count("评价这个班"), page.count("<details open>")) == (3, 1)
    # Classes that were entered whole have no signs to speak of.
    assert "0/2 次" not in page


def test_an_account_without_a_file_is_led_to_the_street(app: Flask, town: Offices) -> None:
    page = signed_in(app, make_actor(Role.WORKER, town.community, "no-file")).get("/training/own")
    assert page.status_code == 200
    assert "没有关联人员档案" in page.text


def test_ones_own_page_costs_the_same_however_many_classes(app: Flask, town: Offices) -> None:
    actor, course = town.worker(town.first), make_course(town.district)

    def fill(count: int) -> None:
        for _ in range(count):
            held = make_class(course)
            make_sign_in(make_enrolment(held, town.first), days_of_class(held)[0])
            make_class(course, enrol_until=date(2025, 12, 7), audience={"posts": ["staff"]}, **AHEAD)

    fill(1)
    few = len(selects_of(lambda: own_training(actor)))
    fill(5)
    assert len(selects_of(lambda: own_training(actor))) == few


def test_the_file_tells_what_somebody_took_part_in_up_to_a_day(town: Offices) -> None:
    course = make_course(town.district)
    attended = make_class(course, ClassState.CLOSED, **BEFORE)
    make_enrolment(attended, town.first, state=EnrolmentState.ATTENDED)
    make_enrolment(make_class(course, ClassState.CANCELLED, **BEFORE), town.first)
    make_enrolment(make_class(course, **AHEAD), town.first)
    make_enrolment(make_class(course, **BEFORE), town.first, state=EnrolmentState.WITHDRAWN)
    lines = person_lines(town.first.id, date(2025, 12, 5))
    assert [(one.class_id, one.on, one.hours, one.state) for one in lines] == [
        (attended.id, date(2025, 12, 1), 16, EnrolmentState.ATTENDED)
    ]
    assert len(person_lines(town.first.id, date(2025, 12, 8))) == 2
    assert person_lines(town.first.id, date(2025, 11, 30)) == ()


def titles(app: Flask, actor: Actor) -> list[str]:
    """The tasks of training of an actor."""
    with app.test_request_context():
        return [str(task.title) for task in training_tasks(actor)]


def test_the_holder_is_told_what_to_publish_hold_and_close(app: Flask, town: Offices) -> None:
    course = make_course(town.district)
    assert titles(app, town.hr) == []
    make_class(course)
    make_class(course, **BEFORE)
    make_class(course, ClassState.PLANNED, **AHEAD)
    assert titles(app, town.hr) == ["办结培训班", "组织培训签到", "发布培训班"]
    with app.test_request_context():
        assert len(selects_of(lambda: list(training_tasks(town.hr)))) == 1


def test_a_street_is_told_to_send_people_until_it_has(app: Flask, town: Offices) -> None:
    held = make_class(make_course(town.district), **AHEAD)
    assert titles(app, town.clerk) == ["选派参训人员"]
    make_enrolment(held, town.first)
    assert titles(app, town.clerk) == []
    assert titles(app, town.other_clerk) == ["选派参训人员"]


def test_a_worker_is_told_to_sign_in_and_to_rate(app: Flask, town: Offices) -> None:
    worker, course = town.worker(town.first), make_course(town.district)
    place = make_enrolment(make_class(course, name="今天的班"), town.first)
    past = make_class(course, ClassState.CLOSED, **BEFORE)
    make_enrolment(past, town.first, state=EnrolmentState.ATTENDED)
    assert titles(app, worker) == ["今天培训签到", "评价培训班"]
    make_sign_in(place, days_of_class(db.session.get_one(type(past), place.class_id))[0])
    assert titles(app, worker) == ["评价培训班"]
    with clock.Stopped(datetime(2026, 3, 1, tzinfo=UTC)):
        assert titles(app, worker) == []


def test_nobody_else_is_bothered(app: Flask, town: Offices) -> None:
    make_employee(None, town.community)
    make_class(make_course(town.district))
    assert titles(app, make_actor(Role.FINANCE, town.district)) == []
