"""Who moves up when somebody on the final list leaves, until when, and whom people must choose."""

from datetime import date

import pytest
from flask import Flask

from careerpath.core.db import db, writing
from careerpath.employees.models import Channel
from careerpath.employees.operations.people import EndOfService, end_service
from careerpath.policy.recruitment import Leaving, Outcome
from careerpath.recruitment.models import Application, CheckKind, Departure
from careerpath.recruitment.operations.appointments import appoint_one
from careerpath.recruitment.operations.checks import DepartureGiven, fill_places, record_departure, undo_departure
from careerpath.recruitment.operations.lists import decide_order
from careerpath.words import Refused
from tests.factories.employees import CLERK
from tests.recruitment.finals import APPOINTED, CHECKED, TERMS, Contest, day, ready


def contest_of(*scores: str, places: int = 1) -> Contest:
    """One position; candidates 甲, 乙, … with these scores in both parts."""
    contest = Contest()
    position = contest.position(places)
    for name, points in zip("甲乙丙丁戊己", scores, strict=False):
        contest.candidate(name, position, points, points)
    contest.release()
    return contest


def fill(contest: Contest, on: date = CHECKED) -> int:
    """Fill all places on a day."""
    with day(on):
        return fill_places(contest.office, contest.batch_id, on)


def test_the_first_reserve_moves_up_for_who_gave_up_and_the_list_says_why(app: Flask) -> None:
    contest = contest_of("90", "85", "80")
    contest.leave("甲")
    assert fill(contest) == 1
    assert contest.outcomes() == {"甲": "withdrawn", "乙": "proposed", "丙": "reserve"}
    left = contest.departure("甲")
    assert (left.successor_id, left.filled_on) == (contest.names["乙"], CHECKED)
    assert contest.line("乙").first_outcome is Outcome.RESERVE
    last = contest.line("乙").because[-1]
    assert last["rule"].endswith("substitution")
    assert "第十四条" in last["document"]
    assert "2026-01-26 由第 2 名递补" in last["text"]


def test_who_moved_up_and_fails_is_followed_by_the_next_until_nobody_is_left(app: Flask) -> None:
    contest = contest_of("90", "85", "80")
    contest.check("甲", but={"甲": CheckKind.MEDICAL})
    fill(contest)
    contest.check("乙", but={"乙": CheckKind.BACKGROUND})
    assert fill(contest) == 1
    assert contest.outcomes() == {"甲": "failed_medical", "乙": "failed_background", "丙": "proposed"}
    assert contest.departure("乙").successor_id == contest.names["丙"]
    contest.leave("丙")
    assert fill(contest) == 0
    assert contest.departure("丙").successor_id is None


def test_each_place_is_filled_once_however_often_it_is_asked(app: Flask) -> None:
    contest = contest_of("90", "88", "85", "80", places=2)
    contest.leave("乙")
    assert fill(contest) == 1
    with pytest.raises(Refused, match="没有需要递补的岗位"):
        fill(contest)
    contest.leave("甲")
    assert fill(contest) == 1
    assert contest.outcomes() == {"甲": "withdrawn", "乙": "withdrawn", "丙": "proposed", "丁": "proposed"}
    assert contest.departure("乙").successor_id == contest.names["丙"]
    assert contest.departure("甲").successor_id == contest.names["丁"]


def test_reserves_of_one_rank_wait_until_people_have_decided(app: Flask) -> None:
    contest = contest_of("90", "80", "80")
    contest.leave("甲")
    assert fill(contest) == 0
    assert contest.outcomes() == {"甲": "withdrawn", "乙": "tie", "丙": "tie"}
    with day(CHECKED), pytest.raises(Refused, match="全部列入"):
        decide_order(contest.office, contest.batch_id, [contest.number("乙")], "加试")
    with day(CHECKED):
        decide_order(contest.office, contest.batch_id, [contest.number("丙"), contest.number("乙")], "加试成绩")
    assert fill(contest) == 1
    assert contest.outcomes() == {"甲": "withdrawn", "乙": "reserve", "丙": "proposed"}
    contest.leave("丙")
    assert fill(contest) == 1
    assert contest.outcomes()["乙"] == "proposed"


def test_a_reserve_who_gave_up_is_passed_over_even_if_level(app: Flask) -> None:
    contest = contest_of("90", "80", "80")
    contest.leave("乙")
    contest.leave("甲")
    assert fill(contest) == 1
    assert contest.outcomes() == {"甲": "withdrawn", "乙": "withdrawn", "丙": "proposed"}


def test_the_reserve_list_holds_for_twelve_months_and_its_document_is_named_after_that(app: Flask) -> None:
    contest = contest_of("90", "85", "80")
    contest.leave("甲", date(2027, 1, 20))
    with day(date(2027, 1, 21)), pytest.raises(Refused, match=r"有效期 12 个月，至 2027-01-20 止.*第十四条"):
        fill_places(contest.office, contest.batch_id, date(2027, 1, 21))
    assert fill(contest, date(2027, 1, 20)) == 1


def test_a_list_without_reserves_says_so(app: Flask) -> None:
    contest = Contest()
    with writing():
        edition = dict(contest.batch.edition or {})
        edition.pop("reserve")
        contest.batch.edition = edition
    contest.candidate("甲", contest.position())
    contest.release()
    contest.leave("甲")
    with day(CHECKED), pytest.raises(Refused, match="没有规定递补"):
        fill_places(contest.office, contest.batch_id, CHECKED)


def test_nobody_moves_up_into_the_place_of_a_by_election(app: Flask) -> None:
    contest = Contest()
    contest.candidate("乙", contest.position())
    contest.elected("甲", contest.position(channel=Channel.BY_ELECTION))
    contest.release()
    contest.leave("甲")
    assert fill(contest) == 0
    assert contest.outcomes() == {"甲": "withdrawn", "乙": "proposed"}


def test_who_was_appointed_and_left_is_followed_months_later_while_the_notice_stage_lasts(app: Flask) -> None:
    contest = ready()
    with day(APPOINTED):
        employee_id = appoint_one(contest.office, contest.names["甲"], TERMS)
    with day(date(2026, 7, 1)):
        given = DepartureGiven(Leaving.WITHDRAWN, date(2026, 7, 1), "辞职")
        with pytest.raises(Refused, match="请先在人员档案办理离职"):
            record_departure(contest.office, contest.names["甲"], given)
        end_service(CLERK, employee_id, EndOfService(left_on=date(2026, 6, 30), reason="辞职"))
        record_departure(contest.office, contest.names["甲"], given)
    assert fill(contest, date(2026, 7, 2)) == 1
    assert contest.outcomes() == {"甲": "withdrawn", "乙": "proposed"}
    contest.check("乙", on=date(2026, 7, 3))
    assert contest.publish(date(2026, 7, 6), date(2026, 7, 10)) == 1
    assert contest.line("乙").notice_ends_on == date(2026, 7, 10)
    assert contest.line("甲").notice_ends_on == date(2026, 2, 3)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (DepartureGiven(Leaving.WITHDRAWN, CHECKED, " "), "放弃的原因"),
        (DepartureGiven(Leaving.WITHDRAWN, date(2026, 1, 19), "声明"), "早于名单公布日期"),
        (DepartureGiven(Leaving.WITHDRAWN, date(2026, 1, 27), "声明"), "晚于今天"),
    ],
)
def test_a_departure_that_cannot_be_is_refused(app: Flask, given: DepartureGiven, why: str) -> None:
    contest = contest_of("90", "85")
    with day(CHECKED), pytest.raises(Refused, match=why):
        record_departure(contest.office, contest.names["甲"], given)


def test_nobody_leaves_twice_and_who_was_not_selected_cannot_leave(app: Flask) -> None:
    contest = contest_of("90", "85", "80", "75")
    contest.leave("甲")
    for name in "甲丁":
        with pytest.raises(Refused, match="不在拟聘用或递补名单中"):
            contest.leave(name)


def test_a_departure_by_mistake_is_taken_back_until_somebody_has_moved_up(app: Flask) -> None:
    contest = contest_of("90", "85", "80")
    contest.leave("甲")
    with day(CHECKED):
        undo_departure(contest.office, contest.names["甲"], "登记错人")
    assert contest.outcomes()["甲"] == "proposed"
    assert db.session.query(Departure).count() == 0
    contest.leave("甲")
    fill(contest)
    with day(CHECKED), pytest.raises(Refused, match="甲的名额已于 2026-01-26 由乙递补"):
        undo_departure(contest.office, contest.names["甲"], "登记错人")
    contest.leave("乙")
    with day(CHECKED):
        undo_departure(contest.office, contest.names["乙"], "登记错人")
    assert contest.outcomes()["乙"] == "proposed"
    assert db.session.get_one(Application, contest.names["乙"]).name == "乙"
