"""What of exams, certificates and degree courses waits on the first page."""

from datetime import date

from flask import Flask

from careerpath.access.permissions import Role
from careerpath.dashboard.queries.tasks.studies import study_tasks
from careerpath.employees.operations.facts import NewCertificate
from careerpath.employees.operations.history import add_fact
from careerpath.employees.operations.people import link_account
from careerpath.training.models import TryState
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK, make_employee, selects_of
from tests.factories.studies import make_study, make_try
from tests.training.needed import Needed

HELD = NewCertificate(
    grade="junior", obtained_on=date(2023, 1, 5), registered_on=date(2023, 1, 5), registered_until=date(2026, 1, 4)
)


def test_the_office_is_told_what_to_follow_up_among_its_own_people(app: Flask) -> None:
    world = Needed()
    make_try(world.worker, year=2024, registered_on=date(2024, 3, 20))
    make_try(world.secretary, TryState.PASSED)
    add_fact(CLERK, world.entrant.id, HELD)
    make_study(world.worker, expected_on=date(2025, 7, 1))
    assert list(study_tasks(world.other_street())) == []
    with app.test_request_context():
        told = {str(task.title): str(task.detail) for task in study_tasks(world.street)}
        assert told == {
            "登记考试结果": "往年报考的 1 人次还没有结果",
            "记入职业资格证书": "1 人考试通过，证书尚未记入档案",
            "办理证书再登记": "1 人的证书登记 3 个月内到期或已到期",
            "跟进在职学历教育": "1 项学业已过预计毕业日期",
        }
        assert len(selects_of(lambda: list(study_tasks(world.street)))) == 1


def test_a_certificate_entered_in_the_file_by_another_way_is_not_asked_for(app: Flask) -> None:
    world = Needed()
    make_try(world.worker, TryState.PASSED)
    add_fact(CLERK, world.worker.id, NewCertificate(grade="junior", obtained_on=date(2025, 9, 10)))
    assert list(study_tasks(world.street)) == []
    assert "证书待记入" not in signed_in(app, world.street).get("/training/studies?year=2025").text


def test_a_worker_is_told_of_the_own_registration_alone(app: Flask) -> None:
    world = Needed()
    actor = make_actor(Role.WORKER, world.town.community, "lin")
    assert actor.user_id is not None
    link_account(CLERK, world.worker.id, actor.user_id)
    add_fact(CLERK, make_employee(None, world.town.community).id, HELD)
    assert list(study_tasks(actor)) == []
    add_fact(CLERK, world.worker.id, HELD)
    assert "请联系街道办理" in signed_in(app, actor).get("/").text
