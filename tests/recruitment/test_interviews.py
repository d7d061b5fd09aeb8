"""Interviews: panels and order by lot, who came, and the judges' sheets with the highest and the lowest dropped."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.policy.recruitment import Stage
from careerpath.recruitment.models import Attendance, Examinee, InterviewGroup, InterviewMark
from careerpath.recruitment.operations.interviews import (
    NewGroup,
    draw_interviews,
    join_interviews,
    mark_interview_attendance,
    put_sheets,
)
from careerpath.recruitment.queries.interviews import groups_of, missing_sheets
from careerpath.recruitment.queries.rule_candidates import candidates
from careerpath.words import Refused
from tests.recruitment.exams import INTERVIEW_ON, ExamDay

ROOM = NewGroup("第一会议室", INTERVIEW_ON, "上午8:30", 5)
OTHER = NewGroup("第二会议室", INTERVIEW_ON, "上午8:30", 7)
FIVE = {1: Decimal(80), 2: Decimal("85.5"), 3: Decimal(90), 4: Decimal(60), 5: Decimal(84)}


def shortlisted(*scores: list[str]) -> ExamDay:
    """Two places at the first position and one at the second; so many sat, and the shortlist is out."""
    given = scores or (["90", "85", "80", "75"], ["88", "70"])
    day = ExamDay(people=[len(one) for one in given], places=(2, 1))
    day.released(*given)
    return day


def recheck(examinee_id: int, *, held: bool) -> None:
    """A second look at somebody's papers."""
    with writing() as session:
        session.get_one(Examinee, examinee_id).rechecked = held


def test_everybody_on_the_shortlist_draws_a_lot_of_their_own(app: Flask) -> None:
    day = shortlisted(["90", "85", "80", "75", "60"], ["88", "70", "50"])
    assert day.grouped() == 6
    drawn = [one for one in day.people() if one.shortlisted]
    assert sorted(one.interview_order or 0 for one in drawn) == [1, 2, 3, 4, 5, 6]
    assert all(one.interview_group_id is None for one in day.people() if not one.shortlisted)


def test_those_of_one_position_come_before_the_same_panel(app: Flask) -> None:
    day = shortlisted()
    day.grouped(ROOM, OTHER)
    for place in (0, 1):
        assert len({one.interview_group_id for one in day.people(place)}) == 1
    assert len({one.interview_group_id for one in day.people()}) == 2


def test_a_position_is_divided_only_where_there_are_more_panels_than_positions(app: Flask) -> None:
    day = shortlisted()
    day.grouped(ROOM, OTHER, NewGroup("第三会议室", INTERVIEW_ON, "下午1:30", 5))
    sizes = Counter(one.interview_group_id for one in day.people())
    assert sorted(sizes.values()) == [2, 2, 2]
    assert len({one.interview_group_id for one in day.people(1)}) == 1


def test_whoever_gave_up_or_failed_the_second_look_draws_no_lot(app: Flask) -> None:
    day = shortlisted()
    day.withdraw(day.people(0)[0])
    recheck(day.people(1)[0].id, held=False)
    assert day.grouped() == 4
    assert [one.interview_order is None for one in day.people()] == [True, False, False, False, True, False]
    gone = {one.id for one in candidates(day.batch, Stage.FINAL) if one.withdrawn}
    assert gone == {day.people(0)[0].exam_number, day.people(1)[0].exam_number}


def test_whoever_comes_back_after_the_draw_goes_last_before_the_panel_of_the_position(app: Flask) -> None:
    day = shortlisted()
    late = day.people(0)[0].id
    recheck(late, held=False)
    day.grouped(ROOM, OTHER)
    put_sheets(day.hr, day.id, {day.people(1)[0].exam_number: {1: Decimal(80)}})
    assert join_interviews(day.hr, day.id) == 0
    recheck(late, held=True)
    assert join_interviews(day.hr, day.id) == 1
    panel = {one.interview_group_id for one in day.people(0)}
    assert len(panel) == 1
    assert day.people(0)[0].interview_order == 4
    assert join_interviews(day.hr, day.id) == 0


def test_nobody_joins_panels_that_are_not_drawn(app: Flask) -> None:
    day = shortlisted()
    with pytest.raises(Refused, match="请先抽签"):
        join_interviews(day.hr, day.id)


@pytest.mark.parametrize(
    ("groups", "fault"),
    [
        ((), "至少填写一个面试组"),
        ((NewGroup("一室", INTERVIEW_ON, "", 4),), "4 名考官，本批次规定至少 5 名"),
        ((NewGroup(" ", INTERVIEW_ON, "", 5),), "第 1 面试组的地点"),
        ((NewGroup("一室", date(2025, 11, 30), "", 5),), "早于笔试"),
        ((ROOM,) * 7, "少于 7 个面试组"),
    ],
)
def test_a_panel_that_cannot_be_is_refused(app: Flask, groups: tuple[NewGroup, ...], fault: str) -> None:
    day = shortlisted()
    with pytest.raises(Refused, match=fault):
        draw_interviews(day.hr, day.id, groups)


def test_lots_are_drawn_anew_until_the_first_mark(app: Flask) -> None:
    day = shortlisted()
    day.grouped(ROOM, OTHER)
    day.grouped(ROOM)
    assert len(db.session.scalars(select(InterviewGroup)).all()) == 1
    put_sheets(day.hr, day.id, {day.people()[0].exam_number: {1: Decimal(80)}})
    with pytest.raises(Refused, match="不能重新抽签"):
        day.grouped(ROOM)


def test_the_highest_and_the_lowest_are_dropped_as_the_rules_say(app: Flask) -> None:
    day = shortlisted()
    day.grouped()
    number = day.people()[0].exam_number
    assert put_sheets(day.hr, day.id, {number: FIVE}) == 5
    sheet = next(one for one in groups_of(day.batch)[0].sheets if one.number == number)
    assert (sheet.mean, sheet.dropped) == (Decimal("83.17"), (Decimal(90), Decimal(60)))
    assert sheet.attendance is Attendance.PRESENT
    assert put_sheets(day.hr, day.id, {number: FIVE}) == 0


def test_a_sheet_counts_only_when_every_judge_of_the_panel_gave_points(app: Flask) -> None:
    day = shortlisted()
    day.grouped(OTHER)
    number = day.people()[0].exam_number
    put_sheets(day.hr, day.id, {number: FIVE})
    assert number in missing_sheets(day.batch)
    put_sheets(day.hr, day.id, {number: {6: Decimal(70), 7: Decimal(71)}})
    assert number not in missing_sheets(day.batch)
    put_sheets(day.hr, day.id, {number: {6: None}})
    assert number in missing_sheets(day.batch)
    assert len(db.session.scalars(select(InterviewMark)).all()) == 6


def test_missing_sheets_are_those_of_people_who_came(app: Flask) -> None:
    day = shortlisted()
    assert len(missing_sheets(day.batch)) == 6
    day.grouped()
    absent, *rest = (one.exam_number for one in day.people())
    mark_interview_attendance(day.hr, day.id, {absent: Attendance.ABSENT})
    put_sheets(day.hr, day.id, dict.fromkeys(rest[1:], FIVE))
    assert missing_sheets(day.batch) == (rest[0],)


def test_an_absence_and_marks_exclude_each_other(app: Flask) -> None:
    day = shortlisted()
    day.grouped()
    absent, marked, *_ = (one.exam_number for one in day.people())
    mark_interview_attendance(day.hr, day.id, {absent: Attendance.ABSENT})
    with pytest.raises(Refused, match="面试缺考"):
        put_sheets(day.hr, day.id, {absent: FIVE})
    put_sheets(day.hr, day.id, {marked: FIVE})
    with pytest.raises(Refused, match="已有考官评分"):
        mark_interview_attendance(day.hr, day.id, {marked: Attendance.ABSENT})
    assert mark_interview_attendance(day.hr, day.id, {marked: Attendance.EXPELLED}) == 1
    known = {one.id: one for one in candidates(day.batch, Stage.FINAL)}
    assert (known[marked].absent_interview, known[marked].judges) == (True, ())


@pytest.mark.parametrize(
    ("sheet", "fault", "judge"),
    [
        ({2: "100.5"}, "第 2 名考官：100.5 分应在 0 至 100 分之间", 2),
        ({3: "80.125"}, "最多 2 位小数", 3),
        ({6: "80"}, "有 5 名考官，没有第 6 名", 6),
        ({0: "80"}, "没有第 0 名", 0),
    ],
)
def test_a_mark_that_cannot_be_is_refused_with_its_place(
    app: Flask, sheet: dict[int, str], fault: str, judge: int
) -> None:
    day = shortlisted()
    day.grouped()
    number = day.people()[0].exam_number
    with pytest.raises(Refused, match=fault) as refusal:
        put_sheets(day.hr, day.id, {number: {seat: Decimal(text) for seat, text in sheet.items()}})
    assert refusal.value.field == f"{number}:{judge}"


def test_only_somebody_on_the_shortlist_with_a_lot_is_interviewed(app: Flask) -> None:
    day = shortlisted(["90", "85", "80", "75", "60"], ["88", "70"])
    out = next(one.exam_number for one in day.people() if not one.shortlisted)
    inside = day.people()[0].exam_number
    for number, fault in (("999", "没有准考证号 999"), (out, "没有进入面试"), (inside, "还没有抽签分组")):
        with pytest.raises(Refused, match=fault):
            put_sheets(day.hr, day.id, {number: FIVE})


def test_no_sheet_is_kept_before_the_day_of_the_interview(app: Flask) -> None:
    day = shortlisted()
    day.grouped()
    with clock.Stopped(datetime(2025, 12, 3, 2, tzinfo=UTC)), pytest.raises(Refused, match="2025-12-04"):
        put_sheets(day.hr, day.id, {day.people()[0].exam_number: FIVE})


def test_the_judges_of_the_final_list_stand_in_the_order_of_their_seats(app: Flask) -> None:
    day = shortlisted()
    day.grouped()
    number = day.people()[0].exam_number
    put_sheets(day.hr, day.id, {number: dict(reversed(FIVE.items()))})
    found = next(one for one in candidates(day.batch, Stage.FINAL) if one.id == number)
    assert found.judges == tuple(FIVE.values())
    assert found.shortlisted is True
