"""The final list: how it is made, what waits for people, and what each line keeps."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.access.permissions import Role
from careerpath.core.db import db, writing
from careerpath.employees.models import Channel
from careerpath.policy.codes import UnitKind
from careerpath.policy.recruitment.trial import try_recruitment
from careerpath.recruitment.models import (
    Attendance,
    BatchState,
    BatchStep,
    DirectResult,
    Examinee,
    InterviewMark,
    ListLine,
)
from careerpath.recruitment.operations.lists import DirectGiven, decide_order, record_direct, release_final
from careerpath.recruitment.queries.rules import rules_of
from careerpath.words import NotFound, Refused
from tests.factories.access import make_actor, make_unit
from tests.recruitment.finals import PUBLISHED, Contest, day

HELD = date(2026, 1, 8)


def test_the_best_is_proposed_two_stand_in_reserve_and_the_rest_are_not_selected(app: Flask) -> None:
    contest = Contest()
    position = contest.position()
    for name, points in (("甲", "90"), ("乙", "85"), ("丙", "80"), ("丁", "75")):
        contest.candidate(name, position, points, points)
    assert contest.release() == 1
    assert contest.outcomes() == {"甲": "proposed", "乙": "reserve", "丙": "reserve", "丁": "not_selected"}
    line = contest.line("甲")
    assert (line.rank, line.written, line.interview, line.total) == (1, Decimal(90), Decimal(90), Decimal(90))
    assert line.first_outcome == line.outcome
    assert line.published_on == PUBLISHED
    assert contest.batch.state is BatchState.CHECKS
    step = db.session.scalars(select(BatchStep).where(BatchStep.batch_id == contest.batch_id)).all()[-1]
    assert (step.state, step.by) == (BatchState.CHECKS, "office")


def test_the_list_can_be_tried_again_from_what_its_lines_keep(app: Flask) -> None:
    contest = Contest()
    position = contest.position()
    contest.candidate("甲", position, "70.5", "88.25", groups=["veteran"], bonus_granted=["veteran"])
    contest.candidate("乙", position, "85", "59.99")
    contest.candidate("丙", position, "66", "81")
    contest.release()
    lines = db.session.scalars(select(ListLine).where(ListLine.batch_id == contest.batch_id)).all()
    facts = {"candidates": [line.facts for line in lines], "stage": "final"}
    answer = try_recruitment(rules_of(contest.batch), facts, "facts")
    tried = {one["id"]: (one["rank"], one["outcome"], one["total"]) for one in answer["result"]}
    kept = {
        line.facts["id"]: (line.rank, line.outcome.value, None if line.total is None else str(line.total))
        for line in lines
    }
    assert tried == kept
    assert contest.line("甲").bonus == Decimal(3)
    reasons = [reason for line in lines for reason in line.because]
    assert sorted(map(str, reasons)) == sorted(map(str, answer["because"]))


def test_a_missing_score_sheet_holds_the_list_up_and_names_the_candidate(app: Flask) -> None:
    contest = Contest()
    position = contest.position()
    contest.candidate("甲", position)
    contest.candidate("乙", position, "70")
    with writing() as session:
        for mark in session.scalars(select(InterviewMark)).all()[-5:]:
            session.delete(mark)
    with day(PUBLISHED), pytest.raises(Refused, match=f"还有 1 名考生的面试评分没有录全.*{contest.number('乙')}"):
        release_final(contest.office, contest.batch_id)
    with writing() as session:
        examinee = session.scalars(select(Examinee)).all()[-1]
        examinee.interview_attendance = Attendance.ABSENT
    assert contest.release() == 1
    assert contest.line("乙").outcome.value == "absent"


def test_a_tie_waits_until_people_decide_and_say_why(app: Flask) -> None:
    contest = Contest()
    position = contest.position()
    for name in "甲乙":
        contest.candidate(name, position)
    contest.candidate("丙", position, "70", "70")
    with day(PUBLISHED), pytest.raises(Refused, match="并列，规则分不出先后"):
        release_final(contest.office, contest.batch_id)
    numbers = [contest.number("乙"), contest.number("甲")]
    with pytest.raises(Refused, match="请写明决定先后的依据"):
        decide_order(contest.office, contest.batch_id, numbers, " ")
    with pytest.raises(Refused, match="全部列入"):
        decide_order(contest.office, contest.batch_id, [numbers[0], contest.number("丙")], "加试")
    with pytest.raises(Refused, match="重复填写"):
        decide_order(contest.office, contest.batch_id, [numbers[0], numbers[0]], "加试")
    decide_order(contest.office, contest.batch_id, numbers[::-1], "抽签")
    decide_order(contest.office, contest.batch_id, numbers, "加试成绩，2026年1月19日会议纪要")
    contest.release()
    assert contest.outcomes() == {"甲": "reserve", "乙": "proposed", "丙": "reserve"}
    assert contest.line("乙").facts["decided_order"] == 1
    assert any("按人工决定的顺序" in reason["text"] for reason in contest.line("甲").because)


def test_a_by_election_is_recorded_with_its_document_and_listed_without_marks(app: Flask) -> None:
    contest = Contest(BatchState.EXAM)
    position = contest.position(channel=Channel.BY_ELECTION, post="deputy")
    contest.elected("甲", position)
    assert contest.release() == 1
    line = contest.line("甲")
    assert (line.outcome.value, line.rank, line.total) == ("proposed", None, None)
    assert line.because[0]["document"] == "选举结果报告单"
    assert line.because[0]["text"] == "2026-01-08 补选当选，参加投票 80 人，得票 60。"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (DirectGiven(True, HELD, 60, 80, ""), "文号"),
        (DirectGiven(True, HELD, 90, 80, "报告单"), "得票 90 应在 0 至参加投票人数 80 之间"),
        (DirectGiven(True, HELD, 60, None, "报告单"), "同时填写"),
        (DirectGiven(True, date(2026, 1, 21), 60, 80, "报告单"), "晚于今天"),
    ],
)
def test_a_result_that_cannot_be_is_not_recorded(app: Flask, given: DirectGiven, why: str) -> None:
    contest = Contest(BatchState.EXAM)
    one = contest.elected("甲", contest.position(channel=Channel.BY_ELECTION))
    with day(PUBLISHED), pytest.raises(Refused, match=why):
        record_direct(contest.office, one.id, given)


def test_no_more_people_are_elected_than_there_are_places_and_the_last_correction_holds(app: Flask) -> None:
    contest = Contest(BatchState.EXAM)
    position = contest.position(channel=Channel.BY_ELECTION)
    first = contest.elected("甲", position)
    with pytest.raises(Refused, match="只有 1 个名额"):
        contest.elected("乙", position)
    with day(PUBLISHED), pytest.raises(Refused, match="还有 1 人的补选或转隶结果没有登记：乙"):
        release_final(contest.office, contest.batch_id)
    with day(PUBLISHED):
        record_direct(contest.office, contest.names["乙"], DirectGiven(False, HELD, 20, 80, "报告单"))
        record_direct(contest.office, first.id, DirectGiven(True, HELD, 61, 80, "更正后的报告单"))
    assert len(db.session.scalars(select(DirectResult)).all()) == 2
    contest.release()
    assert contest.outcomes() == {"甲": "proposed", "乙": "not_selected"}
    assert contest.line("甲").because[0]["document"] == "更正后的报告单"


def test_a_transfer_has_no_votes_and_an_exam_has_no_recorded_result(app: Flask) -> None:
    contest = Contest(BatchState.EXAM)
    moved = contest.elected("甲", contest.position(channel=Channel.TRANSFER_IN))
    sat = contest.candidate("乙", contest.position())
    with day(PUBLISHED), pytest.raises(Refused, match="转隶没有投票"):
        record_direct(contest.office, moved.id, DirectGiven(True, HELD, 3, 5, "批复"))
    with day(PUBLISHED), pytest.raises(Refused, match="不能直接登记"):
        record_direct(contest.office, sat.id, DirectGiven(True, HELD, document="批复"))


def test_a_batch_with_candidates_of_the_exam_is_not_listed_before_the_interviews(app: Flask) -> None:
    contest = Contest(BatchState.EXAM)
    contest.candidate("甲", contest.position())
    with day(PUBLISHED), pytest.raises(Refused, match="还有 1 名考生未公布笔试成绩"):
        release_final(contest.office, contest.batch_id)


def test_only_the_district_of_the_batch_publishes(app: Flask) -> None:
    contest = Contest()
    contest.candidate("甲", contest.position())
    with pytest.raises(Refused, match="权限"):
        release_final(contest.clerk, contest.batch_id)
    abroad = make_actor(Role.DISTRICT_HR, make_unit("平邑县", UnitKind.DISTRICT, contest.town.city), "abroad")
    with pytest.raises(NotFound):
        release_final(abroad, contest.batch_id)
