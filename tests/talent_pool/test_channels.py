"""The green channel: planned, announced, names, the review against the rule's advice, results, the end of service."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.people import EndOfService, end_service, link_account
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult, ChannelState, ChannelStep
from careerpath.talent_pool.operations.channels import (
    CandidateFinding,
    ChannelOutcome,
    add_channel_candidate,
    add_eligible,
    announce_channel,
    apply_to_channel,
    cancel_channel,
    change_channel,
    close_channel_review,
    conclude_channel,
    drop_channel,
    extend_channel,
    plan_channel,
    record_channel_result,
    record_channel_results,
    reopen_channel,
    review_channel_candidate,
    review_channel_candidates,
    withdraw_channel_candidate,
    withdraw_from_channel,
)
from careerpath.talent_pool.queries.rules import rules_named
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.access import make_actor
from tests.factories.employees import CLERK, selects_of
from tests.talent_pool.channel_people import CLOSES, DOCUMENT, Channels
from tests.talent_pool.reserves import day

LONG = ("chief", date(2015, 3, 1), None)
SHORT = ("staff", date(2020, 3, 1), None)
AFTER = date(2025, 12, 11)
HIRED = ChannelOutcome(
    result=ChannelResult.HIRED,
    total=Decimal("81.50"),
    rank=1,
    hired_by="费城街道综合服务中心",
    hired_on=date(2026, 1, 5),
)
NOT_HIRED = ChannelOutcome(result=ChannelResult.NOT_HIRED)
PASS = CandidateFinding(True)


@pytest.fixture
def place(app: Flask) -> Channels:
    return Channels()


def candidate(candidate_id: int) -> ChannelCandidate:
    return db.session.get_one(ChannelCandidate, candidate_id)


def test_a_channel_goes_from_its_plan_to_the_hired_and_its_steps_are_kept(place: Channels) -> None:
    person = place.person("王立", [LONG])
    channel = place.announced()
    assert channel.edition is not None
    assert channel.edition["head"]["key"] == "jixi-2021"
    found = add_channel_candidate(place.street, channel.id, person.id, "街道推荐")
    assert candidate(found).home_name == "费城街道 书苑社区 社区党组织书记"
    review_channel_candidate(place.district, found, PASS)
    assert candidate(found).eligible is True
    assert any("累计 129 个月" in reason["text"] for reason in candidate(found).eligibility)
    with day(AFTER):
        assert close_channel_review(place.district, channel.id) == 1
        record_channel_result(place.district, found, HIRED)
        assert conclude_channel(place.district, channel.id) == 1
    steps = db.session.scalars(select(ChannelStep.state).where(ChannelStep.channel_id == channel.id))
    assert list(steps) == [ChannelState.PLANNED, ChannelState.OPEN, ChannelState.RESULTS, ChannelState.CONCLUDED]
    assert db.session.get_one(Employee, person.id).left_on is None


def test_who_is_hired_and_goes_leaves_service_on_the_eve_with_the_reason_in_the_file(place: Channels) -> None:
    person = place.person("王立", [LONG])
    channel = place.announced()
    found = add_channel_candidate(place.street, channel.id, person.id)
    review_channel_candidate(place.district, found, PASS)
    with day(AFTER):
        close_channel_review(place.district, channel.id)
        record_channel_result(place.district, found, replace(HIRED, left_service=True))
        file = db.session.get_one(Employee, person.id)
        assert (file.left_on, file.left_reason) == (date(2026, 1, 4), "聘用为事业编制人员")
        record_channel_result(place.district, found, replace(HIRED, left_service=True, note="已报到"))
        with pytest.raises(Refused, match="恢复在职"):
            record_channel_result(place.district, found, NOT_HIRED)
    assert candidate(found).note == "已报到"


def test_the_plan_of_a_channel_is_checked(place: Channels) -> None:
    place.planned()
    unit = place.town.district.id
    for changes, told in (
        ({}, "已有名为"),
        ({"name": " "}, "请填写名称"),
        ({"name": "长" * 81}, "最多 80 个字"),
        ({"name": "甲", "year": 1999}, "年度"),
        ({"name": "甲", "places": 0}, "招聘人数"),
        ({"name": "甲", "remark": "长" * 4001}, "说明最多"),
        ({"name": "甲", "edition_key": "feixian-pool-2016", "gate": "reserve_secretary"}, "不是事业编招聘的资格条件"),
        ({"name": "甲", "gate": "nothing"}, "没有“nothing”"),
    ):
        with pytest.raises(Refused, match=told):
            plan_channel(place.district, unit, place.plan(**changes))
    with pytest.raises(Refused, match="区（县）级单位"):
        plan_channel(place.district, place.town.street.id, place.plan(name="甲"))


def test_a_planned_channel_may_change_or_go_and_an_announced_one_may_not(place: Channels) -> None:
    channel = place.planned()
    change_channel(place.district, channel.id, place.plan(places=5), channel.version)
    assert channel.places == 5
    with pytest.raises(Conflict):
        change_channel(place.district, channel.id, place.plan(places=6), channel.version - 1)
    announce_channel(place.district, channel.id, DOCUMENT)
    told = "只能在“拟定”阶段办理"
    with pytest.raises(Refused, match=told):
        change_channel(place.district, channel.id, place.plan(), channel.version)
    with pytest.raises(Refused, match=told):
        drop_channel(place.district, channel.id)
    with pytest.raises(Refused, match=told):
        announce_channel(place.district, channel.id, DOCUMENT)
    other = place.planned(name="另一次")
    drop_channel(place.district, other.id)
    with pytest.raises(NotFound):
        announce_channel(place.district, other.id, DOCUMENT)


def test_a_channel_is_announced_under_a_number_and_before_its_last_day(place: Channels) -> None:
    channel = place.planned()
    for document, told in ((" ", "请填写公告的文号"), ("长" * 121, "文号最多")):
        with pytest.raises(Refused, match=told):
            announce_channel(place.district, channel.id, document)
    with day(AFTER), pytest.raises(Refused, match="已过"):
        announce_channel(place.district, channel.id, DOCUMENT)


def test_the_last_day_only_moves_back(place: Channels) -> None:
    channel = place.announced()
    with pytest.raises(Refused, match="只能推后"):
        extend_channel(place.district, channel.id, CLOSES, "报名不足")
    with pytest.raises(Refused, match="原因"):
        extend_channel(place.district, channel.id, AFTER, " ")
    extend_channel(place.district, channel.id, AFTER, "报名不足")
    assert channel.closes_on == AFTER


def test_names_come_in_until_the_last_day_included(place: Channels) -> None:
    channel = place.announced()
    first, second = (place.person(name, [LONG]) for name in ("王立", "李然"))
    with day(CLOSES):
        add_channel_candidate(place.street, channel.id, first.id)
    with day(AFTER), pytest.raises(Refused, match="已于 2025-12-10 截止"):
        add_channel_candidate(place.street, channel.id, second.id)


def test_a_name_comes_in_once_and_may_come_again_after_it_was_withdrawn(place: Channels) -> None:
    channel, person = place.announced(), place.person("王立", [LONG])
    found = add_channel_candidate(place.street, channel.id, person.id)
    with pytest.raises(Refused, match="已在名单中"):
        add_channel_candidate(place.district, channel.id, person.id)
    review_channel_candidate(place.district, found, PASS)
    withdraw_channel_candidate(place.street, found, "本人放弃")
    assert candidate(found).result is ChannelResult.WITHDRAWN
    with pytest.raises(Refused, match="已退出"):
        withdraw_channel_candidate(place.street, found, "本人放弃")
    with pytest.raises(Refused, match="已退出"):
        review_channel_candidate(place.district, found, PASS)
    assert add_channel_candidate(place.street, channel.id, person.id) == found
    assert (candidate(found).result, candidate(found).reviewed_on) == (ChannelResult.APPLIED, None)


def test_who_has_left_does_not_come_in_and_a_strange_street_names_nobody_of_this_one(place: Channels) -> None:
    channel, person = place.announced(), place.person("王立", [LONG])
    with pytest.raises(NotFound):
        add_channel_candidate(place.stranger, channel.id, person.id)
    end_service(CLERK, person.id, EndOfService(left_on=date(2025, 11, 30), reason="辞职"))
    with pytest.raises(Refused, match="已经离职"):
        add_channel_candidate(place.street, channel.id, person.id)


def test_many_come_in_together_only_if_the_rule_finds_them_eligible(place: Channels) -> None:
    channel = place.announced()
    people = [place.person(f"王{n}", [LONG]) for n in "甲乙丙"]
    young = place.person("周新", [SHORT])
    with pytest.raises(Refused, match="周新等 1 人"):
        add_eligible(place.street, channel.id, [people[0].id, young.id])
    assert not db.session.scalars(select(ChannelCandidate)).all()
    ids = [people[2].id, people[0].id]
    found = add_eligible(place.street, channel.id, ids)
    assert [candidate(one).employee_id for one in found] == ids
    with pytest.raises(Refused, match="请先勾选"):
        add_eligible(place.street, channel.id, [])
    with pytest.raises(NotFound):
        add_eligible(place.stranger, channel.id, [people[1].id])


def test_many_names_cost_as_many_queries_as_one(place: Channels) -> None:
    one, many = place.announced(), place.announced(name="另一次")
    people = [place.person(f"王{n}", [LONG]).id for n in "甲乙丙丁戊己"]
    single = selects_of(lambda: add_eligible(place.district, one.id, people[:1]))
    assert len(selects_of(lambda: add_eligible(place.district, many.id, people))) == len(single)


def test_a_worker_puts_themselves_in_and_takes_themselves_out(place: Channels) -> None:
    channel, person = place.announced(), place.person("王立", [LONG])
    worker = make_actor(Role.WORKER, place.town.community)
    with pytest.raises(Refused, match="没有关联人员档案"):
        apply_to_channel(worker, channel.id)
    link_account(place.street, person.id, worker.user_id)
    found = apply_to_channel(worker, channel.id)
    assert candidate(found).employee_id == person.id
    withdraw_from_channel(worker, channel.id, "另有安排")
    assert candidate(found).result is ChannelResult.WITHDRAWN
    assert apply_to_channel(worker, channel.id) == found


def test_going_against_the_advice_needs_a_reason(place: Channels) -> None:
    channel = place.announced()
    old, young = place.person("王立", [LONG]), place.person("周新", [SHORT])
    first, second = (add_channel_candidate(place.street, channel.id, one.id) for one in (old, young))
    with pytest.raises(Refused, match="“周新”按规则不符合"):
        review_channel_candidate(place.district, second, PASS)
    with pytest.raises(Refused, match="请写明原因"):
        review_channel_candidate(place.district, first, CandidateFinding(False))
    review_channel_candidate(place.district, second, CandidateFinding(True, "有任职文件，档案待补"))
    review_channel_candidate(place.district, first, CandidateFinding(False, "正在接受调查"))
    assert (candidate(second).result, candidate(second).eligible) == (ChannelResult.ADMITTED, False)
    assert candidate(first).result is ChannelResult.REJECTED
    with pytest.raises(Refused, match="没有“support”"):
        review_channel_candidate(place.district, first, CandidateFinding(True, "", {"support": True}))


def test_many_are_admitted_together_only_if_the_rule_finds_them_eligible(place: Channels) -> None:
    channel = place.announced()
    people = [place.person("王立", [LONG]), place.person("李然", [LONG]), place.person("周新", [SHORT])]
    ids = [add_channel_candidate(place.street, channel.id, one.id) for one in people]
    with pytest.raises(Refused, match="周新等 1 人"):
        review_channel_candidates(place.district, channel.id, ids, CandidateFinding(True, "一并通过"))
    assert review_channel_candidates(place.district, channel.id, ids[:2], PASS) == 2
    assert review_channel_candidates(place.district, channel.id, ids[2:], CandidateFinding(False, "年限不足")) == 1
    assert [candidate(one).result.value for one in ids] == ["admitted", "admitted", "rejected"]
    with pytest.raises(NotFound):
        review_channel_candidates(place.district, channel.id, [999999], PASS)


def test_the_review_is_closed_after_the_last_day_when_nobody_waits(place: Channels) -> None:
    channel, person = place.announced(), place.person("王立", [LONG])
    with day(CLOSES), pytest.raises(Refused, match="含当日"):
        close_channel_review(place.district, channel.id)
    with day(AFTER), pytest.raises(Refused, match="没有审查通过的人选"):
        close_channel_review(place.district, channel.id)
    found = add_channel_candidate(place.street, channel.id, person.id)
    with day(AFTER), pytest.raises(Refused, match="还有 1 人待资格审查"):
        close_channel_review(place.district, channel.id)
    review_channel_candidate(place.district, found, PASS)
    with day(AFTER):
        close_channel_review(place.district, channel.id)
        with pytest.raises(Refused, match="只能在“报名审查”阶段办理"):
            review_channel_candidate(place.district, found, PASS)
        with pytest.raises(Refused, match="还有 1 人没有登记结果"):
            conclude_channel(place.district, channel.id)


def results_open(place: Channels, count: int = 3) -> tuple[int, list[int]]:
    """A channel with two places and so many who passed the review."""
    channel = place.announced()
    ids = [add_channel_candidate(place.street, channel.id, place.person(f"王{n}", [LONG]).id) for n in "甲乙丙"[:count]]
    review_channel_candidates(place.district, channel.id, ids, PASS)
    with day(AFTER):
        close_channel_review(place.district, channel.id)
    return channel.id, ids


def test_results_are_checked_and_never_more_are_hired_than_there_are_places(place: Channels) -> None:
    channel_id, ids = results_open(place)
    for given, told in (
        (replace(HIRED, hired_by=" "), "请填写聘用单位"),
        (replace(HIRED, hired_by="长" * 81), "聘用单位最多"),
        (replace(HIRED, hired_on=None), "请填写聘用日期"),
        (replace(HIRED, hired_on=CLOSES), "应晚于报名截止日"),
        (replace(HIRED, total=Decimal(-1)), "总成绩"),
        (replace(HIRED, rank=0), "名次"),
        (replace(HIRED, note="长" * 201), "说明最多"),
        (replace(NOT_HIRED, hired_by="某中心"), "没有聘用的不填写"),
        (ChannelOutcome(result=ChannelResult.WITHDRAWN), "请重新选择"),
    ):
        with pytest.raises(Refused, match=told):
            record_channel_result(place.district, ids[0], given)
    with pytest.raises(Refused, match="王丙：招聘 2 人，聘用人数已满") as refused:
        record_channel_results(place.district, channel_id, dict.fromkeys(ids, HIRED))
    assert refused.value.field == f"{ids[2]}.result"
    assert candidate(ids[0]).result is ChannelResult.ADMITTED
    assert record_channel_results(place.district, channel_id, {ids[0]: HIRED, ids[1]: HIRED, ids[2]: NOT_HIRED}) == 3
    assert record_channel_results(place.district, channel_id, {ids[0]: HIRED, ids[2]: NOT_HIRED}) == 0
    record_channel_result(place.district, ids[0], ChannelOutcome(result=ChannelResult.ADMITTED))
    record_channel_result(place.district, ids[2], HIRED)
    assert [candidate(one).result.value for one in ids] == ["admitted", "hired", "hired"]


def test_who_was_rejected_gets_no_result(place: Channels) -> None:
    channel = place.announced()
    passed, rejected = (
        add_channel_candidate(place.street, channel.id, place.person(name, [LONG]).id) for name in ("王立", "李然")
    )
    review_channel_candidate(place.district, passed, PASS)
    review_channel_candidate(place.district, rejected, CandidateFinding(False, "材料不实"))
    with day(AFTER):
        close_channel_review(place.district, channel.id)
        with pytest.raises(Refused, match="没有通过资格审查"):
            record_channel_result(place.district, rejected, NOT_HIRED)
        with pytest.raises(NotFound):
            record_channel_results(place.district, channel.id, {999999: NOT_HIRED})


def test_a_channel_is_cancelled_until_somebody_is_hired_and_a_concluded_one_may_be_taken_up(place: Channels) -> None:
    channel_id, ids = results_open(place, 1)
    record_channel_result(place.district, ids[0], HIRED)
    with pytest.raises(Refused, match="已有人员登记聘用"):
        cancel_channel(place.district, channel_id, "计划调整")
    conclude_channel(place.district, channel_id)
    with pytest.raises(Refused, match="原因"):
        reopen_channel(place.district, channel_id, "")
    reopen_channel(place.district, channel_id, "补登记")
    record_channel_result(place.district, ids[0], NOT_HIRED)
    cancel_channel(place.district, channel_id, "计划调整")
    with pytest.raises(Refused, match="现为“已取消”阶段"):
        reopen_channel(place.district, channel_id, "补登记")


def test_the_rules_of_an_announced_channel_do_not_change_with_the_rulebook(place: Channels) -> None:
    channel = place.announced()
    assert channel.edition is not None
    kept = channel.edition["conditions"]
    assert [one["code"] for one in kept] == [one.code for one in rules_named("jixi-2021").conditions]
