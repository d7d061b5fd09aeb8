"""How a promotion ends: the notice and the appointment, or the result of an election."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewPosting
from careerpath.employees.operations.history import change_post
from careerpath.talent_pool.models import Leaving, PoolEntry, PromotionState
from careerpath.talent_pool.operations.appointments import (
    appoint_promotion,
    appoint_promotions,
    open_promotion_notice,
    open_promotion_notices,
    record_election,
    record_elections,
)
from careerpath.talent_pool.operations.objections import (
    PoolObjectionGiven,
    answer_pool_objection,
    record_promotion_objection,
)
from careerpath.talent_pool.operations.promotions import reject_promotion
from careerpath.words import Refused
from tests.talent_pool.promoting import (
    APPOINTED,
    APPROVED,
    COMPOUND,
    DEPUTY,
    NOTICE,
    STARTS,
    Promoting,
    elected,
    person_of,
    postings,
)
from tests.talent_pool.reserves import day

HELD = date(2025, 9, 20)


def test_an_appointment_stands_in_the_file_and_ends_the_post_before(app: Flask) -> None:
    office = Promoting()
    promotion = office.noticed(unit=office.town.neighbour)
    with day(APPOINTED):
        posting_id = appoint_promotion(office.district, promotion.id, STARTS)
    before, after = postings(promotion.employee_id)
    assert (before.title, before.ends_on) == ("社区工作者", STARTS - timedelta(days=1))
    assert (after.id, after.unit_id, after.post) == (posting_id, office.town.neighbour.id, "chief")
    assert (after.title, after.party_role, after.starts_on) == ("社区党组织书记", "党组织书记", STARTS)
    assert not after.elected
    assert (promotion.state, promotion.posting_id) == (PromotionState.CONCLUDED, posting_id)


def test_a_compound_secretary_holds_the_post_beside_the_main_one(app: Flask) -> None:
    office = Promoting()
    promotion = office.noticed(main=False, **COMPOUND)
    with day(APPOINTED):
        appoint_promotion(office.district, promotion.id, STARTS)
    main, beside = postings(promotion.employee_id)
    assert (main.main, main.ends_on) == (True, None)
    assert (beside.main, beside.title) == (False, "小区党支部书记")


def test_nobody_is_appointed_while_the_notice_runs(app: Flask) -> None:
    office = Promoting()
    promotion = office.noticed()
    with day(NOTICE[1]), pytest.raises(Refused, match="期满后"):
        appoint_promotion(office.district, promotion.id, STARTS)
    with day(APPOINTED), pytest.raises(Refused) as refused:
        appoint_promotion(office.district, promotion.id, NOTICE[1])
    assert refused.value.field == "starts_on"


def test_an_open_objection_holds_the_appointment_up(app: Flask) -> None:
    office = Promoting()
    promotion = office.noticed()
    with day(NOTICE[1]):
        given = PoolObjectionGiven(NOTICE[0], True, "年限不足")
        objection_id = record_promotion_objection(office.district, promotion.id, given)
    with day(APPOINTED):
        with pytest.raises(Refused, match="尚未答复"):
            appoint_promotion(office.district, promotion.id, STARTS)
        answer_pool_objection(office.district, objection_id, False, "经核查不属实", APPOINTED)
        appoint_promotion(office.district, promotion.id, STARTS)
    assert promotion.state is PromotionState.CONCLUDED


def test_an_objection_that_is_upheld_ends_the_promotion(app: Flask) -> None:
    office = Promoting()
    promotion = office.noticed()
    with day(NOTICE[1]):
        given = PoolObjectionGiven(NOTICE[0], True, "年限不足")
        objection_id = record_promotion_objection(office.district, promotion.id, given)
        answer_pool_objection(office.district, objection_id, True, "属实", NOTICE[1])
    assert promotion.state is PromotionState.FAILED
    with day(APPOINTED), pytest.raises(Refused, match="未通过"):
        appoint_promotion(office.district, promotion.id, STARTS)


def test_the_pool_is_left_when_its_rung_is_reached(app: Flask) -> None:
    office = Promoting()
    entry = office.reserve()
    promotion = office.noticed(db.session.get_one(Employee, entry.employee_id))
    with day(APPOINTED):
        appoint_promotion(office.district, promotion.id, STARTS)
    left = db.session.get_one(PoolEntry, entry.id)
    assert (left.leaving, left.left_on) == (Leaving.APPOINTED, APPOINTED)


def test_a_reserve_for_a_higher_rung_stays_in_the_pool(app: Flask) -> None:
    office = Promoting()
    entry = office.reserve()
    promotion = office.noticed(db.session.get_one(Employee, entry.employee_id), entry_id=entry.id, **COMPOUND)
    with day(APPOINTED):
        appoint_promotion(office.district, promotion.id, STARTS)
    assert db.session.get_one(PoolEntry, entry.id).left_on is None


def test_a_contradiction_in_the_file_leaves_nothing_behind(app: Flask) -> None:
    office = Promoting()
    promotion = office.noticed()
    moved = NewPosting(unit_id=office.town.neighbour.id, post="staff", starts_on=STARTS + timedelta(days=14))
    with day(APPOINTED):
        change_post(office.district, promotion.employee_id, moved)
        days = [(one.starts_on, one.ends_on) for one in postings(promotion.employee_id)]
        with pytest.raises(Refused, match="重叠") as refused:
            appoint_promotion(office.district, promotion.id, STARTS)
    assert refused.value.field == "starts_on"
    assert [(one.starts_on, one.ends_on) for one in postings(promotion.employee_id)] == days
    assert promotion.state is PromotionState.NOTICE


def test_an_appointment_beyond_a_year_is_taken_for_a_mistake(app: Flask) -> None:
    office = Promoting()
    promotion = office.noticed()
    with day(APPOINTED), pytest.raises(Refused, match="一年之后"):
        appoint_promotion(office.district, promotion.id, date(2027, 1, 1))


def test_several_share_a_notice_and_a_first_day(app: Flask) -> None:
    office = Promoting()
    first, second = office.approved(), office.approved(**COMPOUND)
    with day(APPROVED):
        assert open_promotion_notices(office.district, [first.id, second.id], *NOTICE) == 2
    with day(APPOINTED):
        assert len(appoint_promotions(office.district, [first.id, second.id], STARTS)) == 2
    assert {one.state for one in (first, second)} == {PromotionState.CONCLUDED}


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (date(2025, 9, 7), date(2025, 9, 15), "starts_on"),
        (date(2025, 9, 10), date(2025, 9, 9), "ends_on"),
        (date(2025, 9, 10), date(2025, 12, 9), "ends_on"),
    ],
)
def test_a_notice_has_sound_days(app: Flask, starts_on: date, ends_on: date, field: str) -> None:
    office = Promoting()
    promotion = office.approved()
    with day(APPROVED), pytest.raises(Refused) as refused:
        open_promotion_notice(office.district, promotion.id, starts_on, ends_on)
    assert refused.value.field == field


def test_an_elected_post_has_no_notice_and_no_appointment(app: Flask) -> None:
    office = Promoting()
    promotion = office.approved(**DEPUTY)
    with day(APPROVED):
        with pytest.raises(Refused, match="选举产生"):
            open_promotion_notice(office.district, promotion.id, *NOTICE)
        with pytest.raises(Refused, match="任前公示"):
            appoint_promotion(office.district, promotion.id, STARTS)


def test_who_was_elected_holds_the_post_by_election(app: Flask) -> None:
    office = Promoting()
    promotion = office.approved(**DEPUTY)
    with day(HELD + timedelta(days=1)):
        posting_id = record_election(office.district, promotion.id, elected())
    after = postings(promotion.employee_id)[-1]
    assert (after.id, after.elected, after.post) == (posting_id, True, "deputy")
    assert (promotion.state, promotion.held_on, promotion.votes_for) == (PromotionState.CONCLUDED, HELD, 42)


def test_who_was_not_elected_stays_where_they_are(app: Flask) -> None:
    office = Promoting()
    promotion = office.approved(**DEPUTY)
    with day(HELD):
        assert record_election(office.district, promotion.id, elected(elected=False, votes_for=20)) is None
    assert [one.ends_on for one in postings(promotion.employee_id)] == [None]
    assert promotion.state is PromotionState.FAILED
    assert promotion.ended_reason == "未当选（费城街道选举结果报告单）"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"votes_for": 51}, "votes_for"),
        ({"votes_for": None}, "votes_for"),
        ({"votes_cast": None}, "votes_cast"),
        ({"votes_for": 0, "votes_cast": 0}, "votes_cast"),
        ({"held_on": date(2025, 9, 1)}, "held_on"),
        ({"held_on": date(2025, 9, 22)}, "held_on"),
        ({"starts_on": None}, "starts_on"),
        ({"starts_on": date(2025, 9, 19)}, "starts_on"),
        ({"document": ""}, "document"),
    ],
)
def test_a_result_that_cannot_be_is_refused_beside_its_field(app: Flask, changes: dict[str, Any], field: str) -> None:
    office = Promoting()
    promotion = office.approved(**DEPUTY)
    with day(HELD + timedelta(days=1)), pytest.raises(Refused) as refused:
        record_election(office.district, promotion.id, elected(**changes))
    assert refused.value.field == field


def test_a_post_by_appointment_has_no_election(app: Flask) -> None:
    office = Promoting()
    promotion = office.approved()
    with day(HELD), pytest.raises(Refused, match="不是选举"):
        record_election(office.district, promotion.id, elected())


def test_several_results_are_recorded_together(app: Flask) -> None:
    office = Promoting()
    won, lost = office.approved(**DEPUTY), office.approved(**DEPUTY)
    with day(HELD + timedelta(days=1)):
        assert record_elections(office.district, {won.id: elected(), lost.id: elected(elected=False)}) == 1
    assert (won.state, lost.state) == (PromotionState.CONCLUDED, PromotionState.FAILED)


def test_an_approved_promotion_is_stopped_with_a_reason(app: Flask) -> None:
    office = Promoting()
    promotion = office.noticed()
    with day(APPOINTED):
        reject_promotion(office.district, promotion.id, "本人申请退出")
    assert promotion.state is PromotionState.FAILED
    assert [one.title for one in postings(person_of(promotion).id)] == ["社区工作者"]
