"""From the points of a selection to the entries into the pool."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.policy.talent_pool import Outcome
from careerpath.talent_pool.models import EntrantState, PoolEntry, SelectionState
from careerpath.talent_pool.operations.nominations import withdraw_nomination
from careerpath.talent_pool.operations.selecting import (
    decide_entrant_order,
    decide_selection,
    move_up,
    open_selection_notice,
    release_selected,
    undo_decision,
)
from careerpath.words import NotFound, Refused
from tests.factories.employees import CLERK
from tests.talent_pool.contests import DECIDED, DOCUMENT, ENTERED, NOTICE, Contest, day

HEARD = date(2025, 12, 29)
LONGER = date(2026, 1, 6)


def ids(contest: Contest, names: str) -> list[int]:
    """Entrants by their short names."""
    return [contest.ids[name] for name in names]


def outcomes(contest: Contest) -> dict[str, Outcome | None]:
    """What became of everybody."""
    return {name: contest.one(name).outcome for name in contest.ids}


def test_the_best_of_each_unit_are_selected_as_far_as_its_places_go(app: Flask) -> None:
    contest = Contest()
    for name, unit in (("甲", "书苑"), ("乙", "书苑"), ("丙", "文昌"), ("丁", "文昌"), ("戊", "文昌")):
        contest.enter(name, unit)
    contest.pass_stages({"甲": "80", "乙": "90.25", "丙": "70", "丁": "75", "戊": "65"})
    assert contest.decide() == 3
    assert [name for name, found in outcomes(contest).items() if found is Outcome.SELECTED] == ["乙", "丙", "丁"]
    second = contest.one("甲")
    assert (second.rank, second.total, second.last_stage) == (2, Decimal("80.00"), "interview")
    assert second.because[-1]["text"] == "总分 80，第 2 名，选拔 1 人。"
    assert (contest.selection.decision_document, contest.selection.decided_on) == (DOCUMENT, DECIDED)
    assert contest.selection.state is SelectionState.DECISION


def test_whoever_is_below_the_line_is_out_with_the_stage_and_the_reason(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    contest.enter("乙")
    contest.pass_stages({"甲": "59", "乙": "60"})
    contest.decide()
    out = contest.one("甲")
    assert (out.outcome, out.last_stage, out.rank) == (Outcome.OUT, "interview", None)
    assert "低于 60 分" in out.because[-1]["text"]


def test_level_ones_at_the_last_place_wait_for_an_order_that_people_decide(app: Flask) -> None:
    contest = Contest()
    for name in "甲乙丙":
        contest.enter(name, "文昌")
    contest.pass_stages({"甲": "80", "乙": "80", "丙": "80"})
    with pytest.raises(Refused, match="林甲、林乙、林丙总分并列"):
        contest.decide()
    decide_entrant_order(contest.office, contest.selection_id, ids(contest, "丙甲乙"), "部务会研究")
    contest.decide()
    assert outcomes(contest) == {"甲": Outcome.SELECTED, "乙": Outcome.NOT_SELECTED, "丙": Outcome.SELECTED}
    assert [contest.one(name).rank for name in "丙甲乙"] == [1, 2, 3]
    assert contest.one("丙").because[-1]["text"] == "总分并列，经研究排在第 1 位。"


def test_an_order_may_be_decided_anew_until_the_result_stands(app: Flask) -> None:
    contest = Contest()
    for name in "甲乙":
        contest.enter(name)
    contest.pass_stages({"甲": "80", "乙": "80"})
    decide_entrant_order(contest.office, contest.selection_id, ids(contest, "甲乙"), "部务会研究")
    decide_entrant_order(contest.office, contest.selection_id, ids(contest, "乙甲"), "部务会复议")
    contest.decide()
    assert contest.one("乙").outcome is Outcome.SELECTED
    with pytest.raises(Refused, match="请先撤销结果"):
        decide_entrant_order(contest.office, contest.selection_id, ids(contest, "甲乙"), "部务会复议")


@pytest.mark.parametrize("named", ["甲", "甲甲", "甲丙", ""])
def test_an_order_names_all_who_are_level_and_only_them(app: Flask, named: str) -> None:
    contest = Contest()
    for name in "甲乙丙":
        contest.enter(name)
    contest.pass_stages({"甲": "80", "乙": "80", "丙": "70"})
    with pytest.raises(Refused) as refused:
        decide_entrant_order(contest.office, contest.selection_id, ids(contest, named), "部务会研究")
    assert refused.value.field == "order"
    with pytest.raises(NotFound):
        decide_entrant_order(contest.office, contest.selection_id, [10**9], "部务会研究")


@pytest.mark.parametrize(
    ("document", "on", "field"),
    [(" ", DECIDED, "document"), ("文" * 121, DECIDED, "document"), (DOCUMENT, DECIDED + timedelta(days=1), "on"),
     (DOCUMENT, date(2025, 12, 19), "on")],
)  # fmt: skip
def test_a_decision_has_minutes_and_a_day_after_the_stages(app: Flask, document: str, on: date, field: str) -> None:
    contest = Contest()
    contest.enter("甲")
    contest.pass_stages({"甲": "80"})
    with day(DECIDED), pytest.raises(Refused) as refused:
        decide_selection(contest.office, contest.selection_id, document, on)
    assert refused.value.field == field


def test_a_result_without_anybody_is_no_decision(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    contest.pass_stages({"甲": "50"})
    with pytest.raises(Refused, match="没有人选进入名次"):
        contest.decide()


def test_whoever_stepped_back_after_the_first_points_stands_behind(app: Flask) -> None:
    contest = Contest()
    for name in "甲乙":
        contest.enter(name)
    contest.pass_stages({"甲": "90", "乙": "80"})
    withdraw_nomination(contest.clerk, contest.ids["甲"], "本人放弃")
    contest.decide()
    assert outcomes(contest) == {"甲": Outcome.WITHDRAWN, "乙": Outcome.SELECTED}


def test_a_result_is_taken_back_before_the_notice(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    contest.pass_stages({"甲": "80"})
    with pytest.raises(Refused, match="还没有研究确定"):
        undo_decision(contest.office, contest.selection_id, "文号有误")
    contest.decide()
    undo_decision(contest.office, contest.selection_id, "文号有误")
    assert contest.selection.decided_on is None
    assert (contest.one("甲").outcome, contest.one("甲").because) == (None, [])
    assert contest.decide() == 1


def test_a_notice_shows_those_selected_for_at_least_the_working_days_of_the_rules(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    contest.pass_stages({"甲": "80"})
    with pytest.raises(Refused, match="还没有研究确定"):
        open_selection_notice(contest.office, contest.selection_id, *NOTICE)
    contest.decide()
    with pytest.raises(Refused, match="只有 4 个工作日"):
        open_selection_notice(contest.office, contest.selection_id, NOTICE[0], date(2025, 12, 30))
    with pytest.raises(Refused) as refused:
        open_selection_notice(contest.office, contest.selection_id, date(2025, 12, 23), NOTICE[1])
    assert refused.value.field == "starts_on"
    assert open_selection_notice(contest.office, contest.selection_id, *NOTICE) == 1
    assert contest.selection.state is SelectionState.NOTICE


def test_everybody_selected_enters_the_pool_when_the_notice_is_over(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    contest.enter("乙")
    contest.enter("丙", "文昌")
    contest.to_notice({"甲": "80", "乙": "90", "丙": "70"})
    with pytest.raises(Refused, match="公示至 2025-12-31"):
        contest.conclude(NOTICE[1])
    entries = contest.conclude()
    found = db.session.scalars(select(PoolEntry).where(PoolEntry.id.in_(entries)).order_by(PoolEntry.id)).all()
    assert [one.employee_id for one in found] == [contest.one(name).employee_id for name in "乙丙"]
    assert {(one.rung, one.entered_on, one.document, one.selection_id) for one in found} == {
        ("secretary", ENTERED, DOCUMENT, contest.selection_id)
    }
    assert (contest.selection.state, contest.selection.concluded_on) == (SelectionState.CONCLUDED, ENTERED)


def test_somebody_who_has_left_does_not_enter_and_may_be_let_go_first(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    contest.enter("乙")
    contest.to_notice({"甲": "90", "乙": "80"})
    with day(HEARD):
        end_service(CLERK, contest.one("甲").employee_id, EndOfService(left_on=HEARD, reason="辞职"))
    with pytest.raises(Refused, match="林甲"):
        contest.conclude()
    with day(HEARD):
        release_selected(contest.office, contest.ids["甲"], "已辞职")
        with pytest.raises(Refused, match="不在公示的入选名单中"):
            release_selected(contest.office, contest.ids["甲"], "已辞职")
        move_up(contest.office, contest.ids["乙"], LONGER)
    assert contest.one("甲").outcome is Outcome.WITHDRAWN
    assert contest.one("乙").because[-1]["text"] == "2025-12-29 因名额空出递补入选。"
    assert contest.selection.notice_ends_on == LONGER
    assert len(contest.conclude(LONGER + timedelta(days=1))) == 1


def test_places_are_refilled_in_rank_order_and_only_free_ones(app: Flask) -> None:
    contest = Contest()
    for name in "甲乙丙":
        contest.enter(name)
    contest.to_notice({"甲": "90", "乙": "80", "丙": "70"})
    with day(HEARD):
        with pytest.raises(Refused, match="没有空出"):
            move_up(contest.office, contest.ids["乙"], LONGER)
        release_selected(contest.office, contest.ids["甲"], "本人放弃")
        with pytest.raises(Refused, match="第 2 名排在前面"):
            move_up(contest.office, contest.ids["丙"], LONGER)
        with pytest.raises(Refused, match="工作日"):
            move_up(contest.office, contest.ids["乙"], HEARD)
        with pytest.raises(Refused, match="只有未入选的人选"):
            move_up(contest.office, contest.ids["甲"], LONGER)
        move_up(contest.office, contest.ids["乙"], LONGER)
    assert contest.one("乙").outcome is Outcome.SELECTED


def test_a_day_of_entry_lies_between_the_notice_and_today(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    contest.to_notice({"甲": "80"})
    with day(ENTERED), pytest.raises(Refused) as refused:
        contest.conclude_on(NOTICE[1])
    assert refused.value.field == "entered_on"


def test_a_rejected_entrant_has_no_part_in_the_result(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    contest.enter("乙", state=EntrantState.REJECTED)
    contest.to_notice({"甲": "80"})
    assert contest.one("乙").outcome is None
