"""What a reserve finds on their own start page."""

from datetime import date

from flask import Flask

from careerpath.access.permissions import Role
from careerpath.employees.operations.people import link_account
from careerpath.talent_pool.models import Leaving
from careerpath.talent_pool.operations.pool import LeavingGiven, leave_pool
from careerpath.talent_pool.queries.own_tasks import OwnTask, own_tasks_due
from tests.factories.access import make_actor, signed_in
from tests.factories.employees import CLERK, selects_of
from tests.factories.talent_pool import make_task
from tests.talent_pool.reserves import Pool

TODAY = date(2025, 12, 5)


def test_tasks_that_are_late_or_due_soon_are_brought_to_mind(app: Flask) -> None:
    pool = Pool()
    entry, other = pool.reserve(), pool.reserve()
    worker = make_actor(Role.WORKER, pool.town.community)
    link_account(CLERK, entry.employee_id, worker.user_id)
    make_task(entry, text="下月才到期", due_on=date(2026, 1, 4))
    make_task(entry, text="已逾期", due_on=date(2025, 12, 4))
    make_task(entry, text="今天到期", due_on=TODAY)
    make_task(entry, text="一个月以后", due_on=date(2026, 1, 5))
    make_task(entry, text="已完成", due_on=date(2025, 12, 1), done_on=date(2025, 11, 30))
    make_task(other, text="别人的", due_on=TODAY)
    assert own_tasks_due(worker) == [
        OwnTask("已逾期", date(2025, 12, 4), True),
        OwnTask("今天到期", TODAY, False),
        OwnTask("下月才到期", date(2026, 1, 4), False),
    ]
    assert len(selects_of(lambda: own_tasks_due(worker))) == 1
    page = signed_in(app, worker).get("/").text
    assert "培养任务：已逾期" in page
    assert "别人的" not in page


def test_who_has_left_the_pool_and_who_is_no_worker_are_left_alone(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    worker = make_actor(Role.WORKER, pool.town.community)
    link_account(CLERK, entry.employee_id, worker.user_id)
    make_task(entry, due_on=TODAY)
    leave_pool(pool.district, entry.id, LeavingGiven(Leaving.REFUSAL, date(2025, 12, 4), "家庭原因"))
    assert own_tasks_due(worker) == []
    assert own_tasks_due(pool.street) == []
