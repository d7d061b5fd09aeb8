"""What the home page tells of the pool: proposals to decide on, reviews due, tasks that are late."""

from datetime import date

from flask import Flask

from careerpath.access.permissions import Role
from careerpath.talent_pool.models import TaskKind
from careerpath.talent_pool.operations.development import TaskGiven, add_task
from careerpath.talent_pool.operations.proposals import check_pool
from tests.factories.access import make_actor, signed_in
from tests.talent_pool.reserves import Pool

TODAY = date(2025, 12, 5)


def test_the_district_is_told_of_proposals_and_the_street_of_reviews_and_tasks(app: Flask) -> None:
    pool = Pool()
    pool.person()
    entry = pool.reserve(entered_on=date(2024, 12, 5))
    add_task(pool.street, entry.id, TaskGiven(TaskKind.STUDY, "考证", date(2025, 12, 4)))
    check_pool(pool.district, TODAY)
    district, street = (signed_in(app, actor).get("/").text for actor in (pool.district, pool.street))
    assert "建议入库 1 人，建议出库 0 条" in district
    assert "研究入库出库建议" not in street
    for said in ("1 人评估已到期", "1 项培养任务逾期未完成"):
        assert said in street
    other = signed_in(app, pool.stranger).get("/").text
    assert "评估已到期" not in other


def test_nothing_is_told_where_nothing_waits(app: Flask) -> None:
    pool = Pool()
    pool.reserve()
    auditor = make_actor(Role.AUDITOR, pool.town.district)
    for actor in (pool.district, pool.street, auditor):
        text = signed_in(app, actor).get("/").text
        assert "后备人才年度评估" not in text
        assert "研究入库出库建议" not in text
