"""Seats and numbers drawn by lot, and who came to the written exam."""

import random
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from stdnum import damm

from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.employees.models import Channel
from careerpath.recruitment.models import ApplicationState, Attendance, BatchState
from careerpath.recruitment.operations.rooms import NewRoom, apart, draw_numbers, mark_attendance
from careerpath.recruitment.operations.scores import type_scores
from careerpath.words import NotFound, Refused
from tests.factories.access import make_actor
from tests.factories.recruitment import make_application, make_batch, make_position
from tests.recruitment.exams import ExamDay

SMALL = (NewRoom("一中 101", 4), NewRoom("一中 102", 4))


def test_everybody_admitted_gets_one_seat_one_number_and_one_secret_number(app: Flask) -> None:
    day = ExamDay()
    make_application(day.positions[0], ApplicationState.REJECTED)
    make_application(day.positions[0], ApplicationState.WITHDRAWN)
    assert day.draw(*SMALL) == 6
    people = day.people()
    assert {one.application_id for one in people} == {*day.applications[0], *day.applications[1]}
    for column in ("exam_number", "secret_number"):
        assert len({getattr(one, column) for one in people}) == 6
    assert len({(one.room_id, one.seat) for one in people}) == 6


def test_the_exam_number_says_year_batch_room_and_seat(app: Flask) -> None:
    day = ExamDay()
    day.draw(*SMALL)
    rooms = {room.id: room.number for room in day.batch_rooms()}
    for one in day.people():
        assert one.exam_number == f"2025{day.id:03d}{rooms[one.room_id]:02d}{one.seat:02d}"


def test_the_secret_number_is_drawn_and_a_slip_of_the_finger_hits_nobody_else(app: Flask) -> None:
    day = ExamDay()
    day.draw(*SMALL, seed=1)
    first = {one.application_id: one.secret_number for one in day.people()}
    assert all(damm.is_valid(number) and len(number) == 7 and number[0] != "0" for number in first.values())
    ordered = [first[one.application_id] for one in sorted(day.people(), key=lambda one: one.exam_number)]
    assert ordered != sorted(ordered)
    day.draw(*SMALL, seed=2)
    assert {one.application_id: one.secret_number for one in day.people()} != first


def test_those_of_by_elections_and_transfers_take_no_exam(app: Flask) -> None:
    day = ExamDay(people=(1, 1))
    elected = make_position(day.batch, day.town.neighbour, code="900", channel=Channel.BY_ELECTION)
    make_application(elected, ApplicationState.ADMITTED)
    assert day.draw() == 2


@given(st.lists(st.integers(0, 4), max_size=40), st.integers(0, 2**32))
def test_nobody_sits_beside_an_applicant_of_the_same_position_where_that_can_be_avoided(
    positions: list[int], seed: int
) -> None:
    order = apart(list(enumerate(positions)), random.Random(seed))  # noqa: S311
    assert sorted(order) == list(range(len(positions)))
    most = max(Counter(positions).values(), default=0)
    together = sum(positions[one] == positions[two] for one, two in pairwise(order))
    # The largest position needs somebody of another one between each two of its people.
    assert together == max(0, most - 1 - (len(positions) - most))


def test_within_a_position_everybody_is_as_likely_to_get_any_seat() -> None:
    lot = random.Random(7)  # noqa: S311
    seats = Counter(apart([(1, 1), (2, 1), (3, 2)], lot)[0] for _ in range(2000))
    assert set(seats) == {1, 2}
    assert abs(seats[1] - seats[2]) < 200


def test_too_few_seats_are_told_with_how_many_are_missing(app: Flask) -> None:
    with pytest.raises(Refused, match="考生 6 人，座位只有 5 个，还少 1 个"):
        ExamDay().draw(NewRoom("一中 101", 5))


@pytest.mark.parametrize(
    ("rooms", "fault"),
    [
        ((), "至少填写一个考场"),
        ((NewRoom(" ", 30),), "第 1 考场的地点"),
        ((NewRoom("101", 30), NewRoom("101 ", 30)), "第 2 考场与第 1 考场地点相同"),
        ((NewRoom("101", 0),), "第 1 考场的座位"),
    ],
)
def test_a_room_needs_a_place_of_its_own_and_seats(app: Flask, rooms: tuple[NewRoom, ...], fault: str) -> None:
    day = ExamDay()
    with pytest.raises(Refused, match=fault):
        draw_numbers(day.hr, day.id, rooms)


def test_numbers_may_be_drawn_anew_until_somebody_was_marked(app: Flask) -> None:
    day = ExamDay()
    day.draw(*SMALL)
    day.draw(NewRoom("实验小学 201", 10))
    assert [room.place for room in day.batch_rooms()] == ["实验小学 201"]
    mark_attendance(day.hr, day.id, {day.people()[0].exam_number: Attendance.PRESENT})
    with pytest.raises(Refused, match="不能重新编排"):
        day.draw(*SMALL)


def test_numbers_are_drawn_only_once_the_review_is_closed(app: Flask) -> None:
    day = ExamDay()
    batch = make_batch(day.town.district, BatchState.PUBLISHED)
    with pytest.raises(Refused, match="“报名审查”阶段"):
        draw_numbers(day.hr, batch.id, SMALL)


def test_a_batch_without_examinees_needs_no_rooms(app: Flask) -> None:
    with pytest.raises(Refused, match="不用编排考场"):
        ExamDay(people=(0, 0)).draw()


def test_another_district_cannot_draw(app: Flask) -> None:
    day = ExamDay()
    stranger = make_actor(Role.DISTRICT_HR, day.town.street, "stranger")
    with pytest.raises(NotFound):
        draw_numbers(stranger, day.id, SMALL)


def test_attendance_is_kept_and_counted(app: Flask) -> None:
    day = ExamDay()
    day.draw()
    one, two, *_ = day.people()
    marks = {one.exam_number: Attendance.PRESENT, two.exam_number: Attendance.EXPELLED}
    assert mark_attendance(day.hr, day.id, marks) == 2
    assert mark_attendance(day.hr, day.id, marks) == 0
    assert [one.attendance for one in day.people()[:3]] == [Attendance.PRESENT, Attendance.EXPELLED, None]


def test_nobody_is_marked_before_the_day_of_the_exam(app: Flask) -> None:
    day = ExamDay()
    day.draw()
    number = day.people()[0].exam_number
    with (
        clock.Stopped(datetime(2025, 11, 30, 2, tzinfo=UTC)),
        pytest.raises(Refused, match="2025-12-01"),
    ):
        mark_attendance(day.hr, day.id, {number: Attendance.PRESENT})


def test_an_unknown_exam_number_is_named(app: Flask) -> None:
    day = ExamDay()
    day.draw()
    with pytest.raises(Refused, match="99990101") as refusal:
        mark_attendance(day.hr, day.id, {"99990101": Attendance.PRESENT})
    assert refusal.value.field == "99990101"


def test_somebody_with_a_score_cannot_have_been_absent(app: Flask) -> None:
    day = ExamDay()
    day.draw()
    day.present()
    one = day.people()[0]
    type_scores(day.hr, day.id, 1, "", {one.secret_number: Decimal(80)})
    with pytest.raises(Refused, match="已有录入的笔试成绩"):
        mark_attendance(day.hr, day.id, {one.exam_number: Attendance.ABSENT})
    type_scores(day.hr, day.id, 1, "", {one.secret_number: None})
    assert mark_attendance(day.hr, day.id, {one.exam_number: Attendance.ABSENT}) == 1


def test_the_score_of_somebody_expelled_does_not_count_and_comes_back_with_them(app: Flask) -> None:
    day = ExamDay()
    day.sat(["80", "70", "60", "50"], ["90", "85"])
    number = day.people()[0].exam_number
    mark_attendance(day.hr, day.id, {number: Attendance.EXPELLED})
    assert day.people()[0].written is None
    mark_attendance(day.hr, day.id, {number: Attendance.PRESENT})
    assert day.people()[0].written == {"": Decimal(80)}


def test_rooms_stand_in_the_order_in_which_they_were_given(app: Flask) -> None:
    day = ExamDay()
    day.draw(*SMALL)
    assert [(room.number, room.place, room.seats) for room in day.batch_rooms()] == [
        (1, "一中 101", 4),
        (2, "一中 102", 4),
    ]
    assert Counter(room.number for room in day.batch_rooms() for one in day.people() if one.room_id == room.id) == {
        1: 4,
        2: 2,
    }
