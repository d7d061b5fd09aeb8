"""What is brought forward during the public notice of a selection or a promotion."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.policy.talent_pool import Outcome
from careerpath.talent_pool.models import PoolObjection, Promotion, PromotionState, PromotionStep
from careerpath.talent_pool.operations.objections import (
    PoolObjectionGiven,
    answer_pool_objection,
    record_entrant_objection,
    record_promotion_objection,
)
from careerpath.words import NotFound, Refused
from tests.factories.employees import make_employee
from tests.factories.talent_pool import make_promotion
from tests.talent_pool.contests import NOTICE, Contest, day

HEARD = date(2025, 12, 29)
ANSWERED = date(2025, 12, 30)


def objected(contest: Contest, name: str, on: date = HEARD) -> int:
    """Keep what was brought forward about somebody."""
    with day(HEARD):
        return record_entrant_objection(contest.office, contest.ids[name], PoolObjectionGiven(on, True, "年限不足"))


def in_notice() -> Contest:
    """Two people of one place, the first of whom is selected."""
    contest = Contest()
    for name in "甲乙":
        contest.enter(name)
    contest.to_notice({"甲": "90", "乙": "80"})
    return contest


def test_nobody_enters_the_pool_until_an_objection_is_answered(app: Flask) -> None:
    contest = in_notice()
    objection_id = objected(contest, "甲")
    with pytest.raises(Refused, match="还有 1 条公示反映没有答复"):
        contest.conclude()
    with day(ANSWERED):
        answer_pool_objection(contest.office, objection_id, False, "经查不属实", ANSWERED)
    assert contest.one("甲").outcome is Outcome.SELECTED
    assert len(contest.conclude()) == 1


def test_an_objection_that_is_upheld_takes_the_selection_away(app: Flask) -> None:
    contest = in_notice()
    objection_id = objected(contest, "甲")
    with day(ANSWERED):
        answer_pool_objection(contest.office, objection_id, True, "经查属实", ANSWERED)
        with pytest.raises(Refused, match="已于 2025-12-30 答复"):
            answer_pool_objection(contest.office, objection_id, False, "经查不属实", ANSWERED)
    entrant = contest.one("甲")
    assert entrant.outcome is Outcome.OUT
    assert entrant.because[-1]["text"] == "公示期间的反映经核查属实，2025-12-30 取消入选。"


def test_what_is_brought_forward_is_about_somebody_on_the_notice_while_it_runs(app: Flask) -> None:
    contest = in_notice()
    with pytest.raises(Refused, match="不在公示的入选名单"):
        objected(contest, "乙")
    with pytest.raises(Refused, match="早于公示开始") as refused:
        objected(contest, "甲", date(2025, 12, 24))
    assert refused.value.field == "received_on"
    with pytest.raises(Refused, match="晚于今天"):
        objected(contest, "甲", ANSWERED)
    contest.conclude()
    with pytest.raises(Refused, match="只能在“公示”阶段"):
        objected(contest, "甲")


@pytest.mark.parametrize("text", ["  ", "字" * 2001])
def test_an_objection_and_its_answer_say_something_and_not_too_much(app: Flask, text: str) -> None:
    contest = in_notice()
    objection_id = objected(contest, "甲")
    with day(ANSWERED):
        with pytest.raises(Refused) as refused:
            record_entrant_objection(contest.office, contest.ids["甲"], PoolObjectionGiven(HEARD, False, text))
        assert refused.value.field == "text"
        with pytest.raises(Refused) as refused:
            answer_pool_objection(contest.office, objection_id, True, text, ANSWERED)
    assert refused.value.field == "answer"


@pytest.mark.parametrize("on", [date(2025, 12, 28), date(2025, 12, 31)])
def test_an_answer_comes_between_the_objection_and_today(app: Flask, on: date) -> None:
    contest = in_notice()
    objection_id = objected(contest, "甲")
    with day(ANSWERED), pytest.raises(Refused) as refused:
        answer_pool_objection(contest.office, objection_id, True, "经查属实", on)
    assert refused.value.field == "on"


def promotion_in_notice(contest: Contest) -> Promotion:
    """Somebody who is to become a secretary, named to the public."""
    employee = make_employee(None, contest.town.community)
    return make_promotion(
        employee,
        contest.town.community,
        PromotionState.NOTICE,
        notice_starts_on=NOTICE[0],
        notice_ends_on=NOTICE[1],
    )


def test_an_objection_that_is_upheld_ends_a_promotion_with_its_reason(app: Flask) -> None:
    contest = Contest()
    promotion = promotion_in_notice(contest)
    with day(HEARD):
        kept = record_promotion_objection(contest.office, promotion.id, PoolObjectionGiven(HEARD, False, "作风问题"))
        answer_pool_objection(contest.office, kept, True, "经查属实", HEARD)
    found = db.session.get_one(Promotion, promotion.id, populate_existing=True)
    assert (found.state, found.ended_reason) == (PromotionState.FAILED, "公示期间的反映经核查属实")
    steps = db.session.scalars(select(PromotionStep.state).where(PromotionStep.promotion_id == promotion.id)).all()
    assert list(steps) == [PromotionState.FAILED]


def test_an_objection_that_is_not_upheld_leaves_a_promotion_where_it_is(app: Flask) -> None:
    contest = Contest()
    promotion = promotion_in_notice(contest)
    with day(HEARD):
        kept = record_promotion_objection(contest.office, promotion.id, PoolObjectionGiven(HEARD, False, "作风问题"))
        answer_pool_objection(contest.office, kept, False, "经查不属实", HEARD)
    assert db.session.get_one(Promotion, promotion.id, populate_existing=True).state is PromotionState.NOTICE
    objection = db.session.get_one(PoolObjection, kept)
    assert (objection.upheld, objection.named, objection.unit_id) == (False, False, contest.town.community.id)


def test_streets_do_not_answer_what_is_brought_forward(app: Flask) -> None:
    contest = in_notice()
    objection_id = objected(contest, "甲")
    with day(HEARD), pytest.raises(Refused, match="没有办理这项业务的权限"):
        answer_pool_objection(contest.clerk, objection_id, False, "经查不属实", HEARD)
    with pytest.raises(NotFound):
        answer_pool_objection(contest.office, 10**9, False, "经查不属实", HEARD)
