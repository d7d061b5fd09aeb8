"""Points and tallies of the stages of a selection."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given as when
from hypothesis import strategies as st
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.policy.catalogue import shipped
from careerpath.talent_pool.models import EntrantState, SelectionState, StagePoints
from careerpath.talent_pool.operations.stages import (
    PointsGiven,
    finish_stages,
    put_points,
    reopen_stages,
    vote_points,
)
from careerpath.talent_pool.queries.ranking import lacking, standings, taking_part
from careerpath.talent_pool.queries.selections import rules_of
from careerpath.words import Conflict, NotFound, Refused
from tests.talent_pool.contests import HELD, Contest, day, given

EDITIONS: list[Any] = [one for one in shipped("talent_pool") if one.head.key == "feixian-pool-2016"]
STAGE = EDITIONS[0].stages[0]


def kept(contest: Contest, name: str, stage: str) -> StagePoints | None:
    """What stands of somebody in a stage."""
    query = select(StagePoints).where(StagePoints.entrant_id == contest.ids[name], StagePoints.stage == stage)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def test_points_are_kept_with_who_and_when_and_only_changes_count(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    contest.enter("乙")
    assert contest.put("recommendation", {"甲": "88.5", "乙": "70"}) == 2
    assert contest.put("recommendation", {"甲": "88.5", "乙": "71"}) == 1
    found = kept(contest, "甲", "recommendation")
    assert found is not None
    assert (found.points, found.by, found.votes_cast) == (Decimal("88.50"), "office", None)


def test_an_empty_cell_takes_points_back(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    contest.put("recommendation", {"甲": "88.5"})
    assert contest.put("recommendation", {"甲": None}) == 1
    assert kept(contest, "甲", "recommendation") is None
    assert contest.put("recommendation", {"甲": None}) == 0


def test_the_points_of_a_vote_are_its_share_of_the_maximum(app: Flask) -> None:
    contest = Contest()
    key = contest.enter("甲")
    with day(HELD):
        put_points(
            contest.office, contest.selection_id, "recommendation", {key: PointsGiven(votes_for=35, votes_cast=42)}
        )
    found = kept(contest, "甲", "recommendation")
    assert found is not None
    assert (found.points, found.votes_for, found.votes_cast) == (Decimal("83.33"), 35, 42)


@when(st.integers(1, 500), st.data())
def test_a_tally_is_worth_between_nothing_and_the_maximum(cast: int, data: st.DataObject) -> None:
    votes = data.draw(st.integers(0, cast))
    assert 0 <= vote_points(STAGE, votes, cast) <= STAGE.maximum
    assert vote_points(STAGE, cast, cast) == STAGE.maximum


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        (PointsGiven(points=Decimal("100.01")), "points"),
        (PointsGiven(points=Decimal("-1")), "points"),
        (PointsGiven(points=Decimal("NaN")), "points"),
        (PointsGiven(points=Decimal("7.125")), "points"),
        (PointsGiven(votes_for=8), "votes_cast"),
        (PointsGiven(votes_cast=8), "votes_for"),
        (PointsGiven(votes_for=9, votes_cast=8), "votes_for"),
        (PointsGiven(votes_for=0, votes_cast=0), "votes_cast"),
        (PointsGiven(points=Decimal(50), votes_for=8, votes_cast=8), "points"),
    ],
)
def test_points_beyond_the_stage_and_impossible_tallies_are_refused(
    app: Flask, wrong: PointsGiven, column: str
) -> None:
    contest = Contest()
    key, other = contest.enter("甲"), contest.enter("乙")
    with day(HELD), pytest.raises(Refused) as refused:
        put_points(contest.office, contest.selection_id, "recommendation", {other: given("60"), key: wrong})
    assert refused.value.field == f"{key}:{column}"
    assert kept(contest, "乙", "recommendation") is None


def test_whoever_was_second_is_told_what_stands(app: Flask) -> None:
    contest = Contest()
    key = contest.enter("甲")
    contest.put("recommendation", {"甲": "80"})
    with day(HELD), pytest.raises(Conflict) as conflict:
        put_points(contest.office, contest.selection_id, "recommendation", {key: given("90", version=0)})
    assert conflict.value.current["points"] == Decimal("80.00")
    with day(HELD):
        assert put_points(contest.office, contest.selection_id, "recommendation", {key: given("90", version=1)}) == 1


def test_points_come_in_from_the_day_on_which_the_stages_begin(app: Flask) -> None:
    contest = Contest()
    key = contest.enter("甲")
    with pytest.raises(Refused, match="2025-12-20"):
        put_points(contest.office, contest.selection_id, "recommendation", {key: given("80")})


def test_only_those_admitted_have_points_and_only_of_this_selection(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲", state=EntrantState.REJECTED)
    with pytest.raises(Refused, match="没有通过资格审查"):
        contest.put("recommendation", {"甲": "80"})
    contest.ids["外"] = 10**9
    with pytest.raises(NotFound):
        contest.put("recommendation", {"外": "80"})


def test_an_unknown_stage_is_refused_with_the_known_ones(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    with pytest.raises(Refused, match="民主推荐（recommendation）") as refused:
        contest.put("exam", {"甲": "80"})
    assert refused.value.field == "stage"


def test_the_best_three_for_a_place_go_on_with_all_who_are_level(app: Flask) -> None:
    contest = Contest()
    for name in "甲乙丙丁戊":
        contest.enter(name)
    contest.put("recommendation", {"甲": "90", "乙": "80", "丙": "70", "丁": "70", "戊": "60"})
    edition = rules_of(contest.selection)
    unit = standings(contest.selection)[0]
    assert taking_part(edition, unit, edition.stages[1]) == {contest.ids[name] for name in "甲乙丙丁"}
    with pytest.raises(Refused, match="没有进入“竞岗演讲”"):
        contest.put("speech", {"戊": "99"})
    assert contest.put("speech", {"丁": "99"}) == 1


def test_a_later_stage_waits_until_the_unit_has_all_points_of_the_one_before(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    contest.enter("乙")
    contest.enter("丙", "文昌")
    contest.put("recommendation", {"甲": "90", "丙": "80"})
    with pytest.raises(Refused, match="还没有录全"):
        contest.put("speech", {"甲": "90"})
    assert contest.put("speech", {"丙": "90"}) == 1


def test_whoever_stepped_back_has_no_more_points(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲", state=EntrantState.WITHDRAWN)
    with pytest.raises(Refused):
        contest.put("recommendation", {"甲": "80"})


def test_the_stages_end_when_nobody_lacks_points(app: Flask) -> None:
    contest = Contest()
    for name in "甲乙":
        contest.enter(name)
    for stage in ("recommendation", "speech"):
        contest.put(stage, {"甲": "90", "乙": "80"})
    contest.put("interview", {"甲": "59.99"})
    edition, found = rules_of(contest.selection), standings(contest.selection)
    assert [(stage.code, count) for stage, count in lacking(edition, found)] == [("interview", 1)]
    with day(HELD), pytest.raises(Refused, match="“面谈”环节还有 1 人"):
        finish_stages(contest.office, contest.selection_id)
    contest.put("interview", {"乙": "60"})
    with day(HELD):
        finish_stages(contest.office, contest.selection_id)
    assert contest.selection.state is SelectionState.DECISION
    lines = {one.entrant.id: one.line for one in standings(contest.selection)[0].placed}
    assert lines[contest.ids["甲"]].outcome == "out"
    assert lines[contest.ids["乙"]].rank == 1


def test_the_stages_are_taken_up_again_until_the_district_has_decided(app: Flask) -> None:
    contest = Contest()
    contest.enter("甲")
    contest.pass_stages({"甲": "80"})
    with pytest.raises(Refused):
        reopen_stages(contest.office, contest.selection_id, " ")
    reopen_stages(contest.office, contest.selection_id, "面谈成绩录入有误")
    assert contest.selection.state is SelectionState.STAGES
    contest.pass_stages({"甲": "81"})
    contest.decide()
    with pytest.raises(Refused, match="请先撤销结果"):
        reopen_stages(contest.office, contest.selection_id, "面谈成绩录入有误")
