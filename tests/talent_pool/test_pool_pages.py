"""The pages of the pool: the district against the standard, the list, one entry with all that is done to it."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.codes import UnitKind
from careerpath.talent_pool.models import (
    DevelopmentTask,
    Leaving,
    PoolEntry,
    PoolProposal,
    PoolReview,
    ProposalState,
    Readiness,
    TaskKind,
)
from careerpath.talent_pool.operations.development import PoolReviewGiven, TaskGiven, add_task, review_reserve
from careerpath.talent_pool.operations.pool import LeavingGiven, leave_pool
from tests.factories.access import make_actor, make_unit, signed_in
from tests.factories.employees import selects_of
from tests.talent_pool.reserves import Pool

MOST_QUERIES = 8
FOR_FACTS = 6
"""Queries for what the rules ask of people, on pages with a checklist."""


def office(app: Flask, pool: Pool) -> FlaskClient:
    return signed_in(app, pool.district)


def test_the_district_sees_which_community_has_too_few_and_which_too_many(app: Flask) -> None:
    pool = Pool()
    for _ in range(5):
        pool.reserve(pool.town.community)
    for _ in range(3):
        pool.reserve(pool.town.foreign, readiness=Readiness.NOW)
    text = office(app, pool).get("/talent-pool/").text
    assert "每个社区后备 3—4 人" in text
    assert "不足 2 个，尚缺 6 人；超额 1 个，超出 1 人" in text
    assert text.index("超额</span> 1 人") > text.index("书苑社区")
    only = office(app, pool).get("/talent-pool/?standing=right").text
    assert "文昌社区" in only
    assert "书苑社区" not in only.split("<tbody>")[1]


def test_who_is_a_reserve_for_two_rungs_counts_once_by_the_readier_of_both(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve(readiness=Readiness.LATER)
    employee = db.session.get_one(Employee, entry.employee_id)
    pool.enter(employee, rung="compound_secretary", readiness=Readiness.NOW)
    rows = office(app, pool).get("/talent-pool/?q=书苑").text.split("<tbody>")[1]
    assert 'data-label="在库后备">1<' in rows
    assert 'data-label="可随时使用">1<' in rows
    assert 'data-label="需长期培养">0<' in rows


def test_the_page_is_true_for_the_day_that_was_asked_about(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    leave_pool(pool.district, entry.id, LeavingGiven(Leaving.AGE, date(2025, 9, 30)))
    client = office(app, pool)
    for on, reserves in (("2025-05-31", 0), ("2025-06-01", 1), ("2025-09-30", 1), ("2025-10-01", 0)):
        text = client.get(f"/talent-pool/?q=书苑&on={on}").text.split("<tbody>")[1]
        assert f'data-label="在库后备">{reserves}<' in text


def test_villages_are_listed_when_asked_for_or_with_reserves_and_owe_none(app: Flask) -> None:
    pool = Pool()
    village, empty = (make_unit(name, UnitKind.VILLAGE, pool.town.street) for name in ("东山村", "西山村"))
    pool.reserve(village)
    client = office(app, pool)
    usual = client.get("/talent-pool/").text
    assert "东山村" in usual
    assert empty.name not in usual
    assert empty.name in client.get("/talent-pool/?kinds=villages").text
    assert "不足 0 个" in client.get("/talent-pool/?kinds=villages").text


def test_streets_are_summed_up_and_lead_to_their_communities(app: Flask) -> None:
    pool = Pool()
    for _ in range(3):
        pool.reserve(pool.town.foreign)
    client = office(app, pool)
    text = client.get("/talent-pool/?by=street").text
    assert f"street={pool.town.other_street.id}" in text
    assert "合计" in text
    within = client.get(f"/talent-pool/?street={pool.town.other_street.id}").text.split("<tbody>")[1]
    assert "文昌社区" in within
    assert "书苑社区" not in within


def test_a_street_meets_its_own_reserves_alone(app: Flask) -> None:
    pool = Pool()
    own, foreign = pool.reserve(), pool.reserve(pool.town.foreign)
    client = signed_in(app, pool.street)
    assert "文昌社区" not in client.get("/talent-pool/").text
    listed = client.get("/talent-pool/entries").text
    assert f"/talent-pool/entries/{own.id}" in listed
    assert f"/talent-pool/entries/{foreign.id}" not in listed
    assert client.get(f"/talent-pool/entries/{foreign.id}").status_code == 404
    assert client.get(f"/talent-pool/entries/{own.id}/leave").status_code == 403
    assert client.get("/talent-pool/entries/new").status_code == 403


@pytest.mark.parametrize("path", ["/talent-pool/", "/talent-pool/?by=street", "/talent-pool/entries"])
def test_a_long_list_asks_no_more_questions_than_a_short_one(app: Flask, path: str) -> None:
    pool = Pool()
    pool.reserve()
    client = office(app, pool)
    client.get(path)
    few = len(selects_of(lambda: client.get(path)))
    for number in range(6):
        entry = pool.reserve(make_unit(f"第{number}社区", UnitKind.COMMUNITY, pool.town.street))
        add_task(pool.street, entry.id, TaskGiven(TaskKind.STUDY, "学习", date(2025, 12, 1)))
    assert len(selects_of(lambda: client.get(path))) == few <= MOST_QUERIES


def test_the_list_finds_whose_review_and_whose_task_is_due(app: Flask) -> None:
    pool = Pool()
    late, fresh, busy = (pool.reserve(entered_on=date(2024, day, 1)) for day in (11, 12, 12))
    review_reserve(pool.street, fresh.id, PoolReviewGiven(date(2025, 12, 1), True, Decimal(70), Readiness.SOON, "良好"))
    add_task(pool.street, busy.id, TaskGiven(TaskKind.STUDY, "考证", date(2025, 12, 4)))
    client = office(app, pool)

    def listed(query: str) -> set[int]:
        text = client.get(f"/talent-pool/entries?{query}").text
        return {one.id for one in (late, fresh, busy) if f'/talent-pool/entries/{one.id}"' in text}

    assert listed("due=review") == {late.id, busy.id}
    assert listed("due=task") == {busy.id}
    assert listed("readiness=soon&inside=all") == {late.id, fresh.id, busy.id}
    assert listed("inside=left") == set()
    assert listed(f"unit_id={pool.town.street.id}") == {late.id, fresh.id, busy.id}
    assert listed(f"unit_id={pool.town.neighbour.id}") == set()


def test_somebody_is_looked_up_held_against_the_conditions_and_taken_in(app: Flask) -> None:
    pool = Pool()
    employee = pool.person()
    client = office(app, pool)
    page = client.get(f"/talent-pool/entries/new?q={employee.number}").text
    assert "社区党组织书记后备人选" in page
    assert "年度考核：不符合" in page
    data = {
        "unit": "银杏社区",
        "rung": "compound_secretary",
        "entered_on": "2025.12.1",
        "readiness": "now",
        "potential": "88.5",
        "document": "费社工发〔2025〕41号",
    }
    url = f"/talent-pool/entries/new?q_id={employee.id}"
    wrong = client.post(url, data=data | {"entered_on": "2026-01-01"})
    assert wrong.status_code == 422
    assert "晚于今天" in wrong.text
    assert client.post(url, data=data | {"unit": "无名社区"}).status_code == 422
    answer = client.post(url, data=data)
    entry = db.session.scalars(select(PoolEntry)).one()
    assert answer.location == f"/talent-pool/entries/{entry.id}"
    assert (entry.unit_id, entry.potential) == (pool.town.neighbour.id, Decimal("88.50"))
    assert "没有找到" in client.get("/talent-pool/entries/new?q=无此人").text


def test_an_entry_shows_its_facts_and_the_conditions_of_the_rung(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve(remark="懂物业")
    add_task(pool.street, entry.id, TaskGiven(TaskKind.STUDY, "取得社会工作师证书", date(2025, 12, 1)))
    client = office(app, pool)
    url = f"/talent-pool/entries/{entry.id}"
    text = client.get(url).text
    for said in (
        "2026-06-01",
        "懂物业",
        "取得社会工作师证书",
        "逾期",
        "任社区党组织书记",
        "任小区党支部书记",
        "现任社区工作者",
    ):
        assert said in text
    assert len(selects_of(lambda: client.get(url))) <= MOST_QUERIES + FOR_FACTS


def test_a_reserve_is_developed_reviewed_and_leaves_page_by_page(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    url = f"/talent-pool/entries/{entry.id}"
    street = signed_in(app, pool.street)
    assert street.post(f"{url}/tasks/new", data={"kind": "study", "text": "", "due_on": "x"}).status_code == 422
    street.post(f"{url}/tasks/new", data={"kind": "study", "text": "考证", "due_on": "2026-06-30"})
    task = db.session.scalars(select(DevelopmentTask)).one()
    street.post(
        f"/talent-pool/tasks/{task.id}",
        data={"kind": "study", "text": "考社工证", "due_on": "2026-6-30", "version": "1"},
    )
    late = street.post(
        f"/talent-pool/tasks/{task.id}",
        data={"kind": "study", "text": "另一内容", "due_on": "2026-6-30", "version": "1"},
    )
    assert late.status_code == 409
    assert "考社工证" in late.text
    street.post(f"/talent-pool/tasks/{task.id}/finish", data={"done_on": "2025-12-3", "result": "已通过"})
    assert "2025-12-03 完成" in street.get(url).text
    street.post(f"/talent-pool/tasks/{task.id}/reopen")
    street.post(f"/talent-pool/tasks/{task.id}/drop")
    assert db.session.scalars(select(DevelopmentTask)).all() == []
    review = {"on": "2025-12-1", "passed": "yes", "potential": "75", "readiness": "now", "opinion": "可独当一面"}
    assert street.post(f"{url}/reviews/new", data=review).status_code == 302
    assert "可独当一面" in street.get(url).text
    again = street.post(f"{url}/reviews/new", data=review)
    assert again.status_code == 422
    kept = db.session.scalars(select(PoolReview)).one()
    street.post(f"/talent-pool/reviews/{kept.id}/withdraw")
    assert "可独当一面" not in street.get(url).text
    version = db.session.get_one(PoolEntry, entry.id).version
    said = {"readiness": "later", "remark": "需补学历", "version": str(version)}
    street.post(f"{url}/readiness", data=said)
    assert street.post(f"{url}/readiness", data=said | {"remark": "另写"}).status_code == 409
    client = office(app, pool)
    version = db.session.get_one(PoolEntry, entry.id).version
    client.post(
        f"{url}/edit",
        data={"unit": "银杏社区", "entered_on": "2025-06-02", "document": "", "remark": "", "version": str(version)},
    )
    assert db.session.get_one(PoolEntry, entry.id).unit_id == pool.town.neighbour.id
    assert client.post(f"{url}/leave", data={"leaving": "other", "left_on": "2025-12-5"}).status_code == 422
    client.post(f"{url}/leave", data={"leaving": "refusal", "left_on": "2025-12-5", "reason": "本人申请"})
    assert "已出库" in client.get(url).text
    client.post(f"{url}/undo-leaving")
    assert db.session.get_one(PoolEntry, entry.id).left_on is None
    assert "仍在库" in client.post(f"{url}/undo-leaving", follow_redirects=True).text


def test_proposals_are_listed_with_their_reasons_and_decided_together(app: Flask) -> None:
    pool = Pool()
    first, second, third = (pool.person() for _ in range(3))
    client = office(app, pool)
    assert "新增 3 条" in client.post("/talent-pool/check", follow_redirects=True).text
    text = client.get("/talent-pool/proposals").text
    assert "后备 0 人，标准 3—4 人，不足 3 人。" in text
    assert "小区党支部书记后备人选" in text
    ids = {one.employee_id: one.id for one in db.session.scalars(select(PoolProposal))}
    nothing = client.post("/talent-pool/proposals", data={"accept": "1", "on": "2025-12-5"})
    assert nothing.status_code == 422
    assert "请先勾选" in nothing.text
    without = client.post("/talent-pool/proposals", data={"dismiss": "1", "ids": str(ids[third.id])})
    assert without.status_code == 422
    assert f'value="{ids[third.id]}" aria-label="选择 {third.name}" checked' in without.text
    accepted = {"accept": "1", "on": "2025-12-5", "document": "费社工发〔2025〕41号"}
    chosen = [str(ids[first.id]), str(ids[second.id])]
    answer = client.post("/talent-pool/proposals?q=", data=accepted | {"ids": chosen})
    assert answer.location == "/talent-pool/proposals?q="
    client.post("/talent-pool/proposals", data={"dismiss": "1", "reason": "暂缓", "ids": str(ids[third.id])})
    assert {one.employee_id for one in db.session.scalars(select(PoolEntry))} == {first.id, second.id}
    assert "暂缓" in client.get("/talent-pool/proposals?state=dismissed").text
    states = {one.state for one in db.session.scalars(select(PoolProposal))}
    assert states == {ProposalState.ACCEPTED, ProposalState.DISMISSED}


def test_many_proposals_cost_what_one_costs(app: Flask) -> None:
    pool = Pool()
    client = office(app, pool)
    pool.person()
    client.post("/talent-pool/check")
    few = len(selects_of(lambda: client.get("/talent-pool/proposals")))
    for _ in range(4):
        pool.person()
    client.post("/talent-pool/check")
    assert len(selects_of(lambda: client.get("/talent-pool/proposals"))) == few <= MOST_QUERIES


def test_an_auditor_looks_on_and_decides_nothing(app: Flask) -> None:
    pool = Pool()
    entry = pool.reserve()
    client = signed_in(app, make_actor(Role.AUDITOR, pool.town.district))
    text = client.get(f"/talent-pool/entries/{entry.id}").text
    assert "年度评估" in text
    for verb in ("办理出库", "添加培养任务", "评定成熟程度"):
        assert verb not in text
    assert client.post("/talent-pool/check").status_code == 403
    assert client.post("/talent-pool/proposals").status_code == 403
