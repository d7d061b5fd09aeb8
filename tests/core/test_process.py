"""The steps of a process across the top of its pages, and what has been done."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from careerpath.core.web.process import Process
from careerpath.words import msg


class Standing(StrEnum):
    """Where an invented process stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Moment:
    """A state that was reached."""

    state: Standing
    at: datetime
    by: str
    note: str = ""


NAMES = {
    Standing.PLANNED: msg("拟定"),
    Standing.OPEN: msg("办理"),
    Standing.CLOSED: msg("办结"),
    Standing.CANCELLED: msg("已取消"),
}
PROCESS = Process((Standing.PLANNED, Standing.OPEN, Standing.CLOSED), NAMES, Standing.CANCELLED, moved=msg("调整日程"))


def reached(state: Standing, day: int, note: str = "") -> Moment:
    return Moment(state, datetime(2026, 3, day, 1, tzinfo=UTC), "张三", note)


PLANNED, OPEN, CLOSED = (reached(state, day) for state, day in zip(PROCESS.order, (1, 5, 9), strict=True))


def test_what_is_behind_has_its_day_and_what_lies_ahead_the_day_that_is_planned() -> None:
    steps = PROCESS.steps(Standing.OPEN, [PLANNED, OPEN], {Standing.CLOSED: date(2026, 4, 1)})
    assert [(str(one.title), str(one.note), one.standing) for one in steps] == [
        ("拟定", "2026-03-01 张三", "done"),
        ("办理", "2026-03-05 张三", "current"),
        ("办结", "预定 2026-04-01", "later"),
    ]


def test_what_is_over_has_no_present_step() -> None:
    steps = PROCESS.steps(Standing.CLOSED, [PLANNED, OPEN, CLOSED])
    assert {one.standing for one in steps} == {"done"}


def test_a_change_of_days_does_not_move_the_day_on_which_a_state_was_reached() -> None:
    steps = PROCESS.steps(Standing.OPEN, [PLANNED, OPEN, reached(Standing.OPEN, 7, "下雪")])
    assert str(steps[1].note) == "2026-03-05 张三"


def test_a_cancelled_process_shows_how_far_it_came_and_no_further() -> None:
    steps = PROCESS.steps(Standing.CANCELLED, [PLANNED, reached(Standing.CANCELLED, 8)])
    assert [(str(one.title), one.standing) for one in steps] == [("拟定", "done"), ("已取消", "current")]


def test_what_was_done_is_told_newest_first() -> None:
    way = [PLANNED, OPEN, reached(Standing.OPEN, 6, "下雪"), CLOSED, reached(Standing.OPEN, 10), PLANNED]
    told = [(str(one.what), one.note) for one in PROCESS.done(way)]
    assert told == [
        ("退回“拟定”阶段", ""),
        ("恢复办理", ""),
        ("进入“办结”阶段", ""),
        ("调整日程", "下雪"),
        ("进入“办理”阶段", ""),
        ("进入“拟定”阶段", ""),
    ]
