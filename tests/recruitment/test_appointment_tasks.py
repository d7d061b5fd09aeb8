"""What of final lists waits on the start page of the district."""

from datetime import date

from flask import Flask

from careerpath.access.actor import Actor
from careerpath.dashboard.queries.tasks.recruitment import appointment_tasks
from careerpath.recruitment.operations.appointments import appoint_one
from careerpath.recruitment.operations.notices import ObjectionGiven, answer_objection, record_objection
from tests.recruitment.finals import APPOINTED, NOTICE, TERMS, Contest, day, ready

ENDING = date(2026, 12, 25)


def told(app: Flask, contest: Contest, on: date, actor: Actor | None = None) -> list[str]:
    """Title, detail and day of each task."""
    with day(on), app.test_request_context():
        found = list(appointment_tasks(actor or contest.office))
    return [f"{one.title}｜{one.detail}｜{one.due or ''}" for one in found]


def test_a_notice_that_ran_out_is_a_task_until_everybody_is_appointed(app: Flask) -> None:
    contest = ready()
    name = f"费县{contest.batch.name}"
    assert told(app, contest, NOTICE[1]) == []
    assert told(app, contest, APPOINTED) == [f"办理{name}聘用｜1 人公示期满｜"]
    assert told(app, contest, APPOINTED, contest.clerk) == []
    with day(APPOINTED):
        appoint_one(contest.office, contest.names["甲"], TERMS)
    assert told(app, contest, APPOINTED) == []


def test_an_objection_waits_for_its_answer(app: Flask) -> None:
    contest = ready()
    with day(NOTICE[1]):
        given = ObjectionGiven(None, NOTICE[1], False, "程序问题")
        objection_id = record_objection(contest.office, contest.batch_id, given)
    assert ["1 条异议未答复" in one for one in told(app, contest, NOTICE[1])] == [True]
    with day(NOTICE[1]):
        answer_objection(contest.office, objection_id, False, "程序符合公告", NOTICE[1])
    assert told(app, contest, NOTICE[1]) == []


def test_an_empty_place_is_told_while_the_reserve_list_ends_soon(app: Flask) -> None:
    contest = ready()
    contest.leave("甲", NOTICE[0])
    assert told(app, contest, date(2026, 6, 1)) == []
    assert told(app, contest, ENDING) == [
        f"递补费县{contest.batch.name}空缺名额｜空缺 1 个，递补人选 1 人｜递补有效期至 2027-01-20"
    ]
    assert told(app, contest, date(2027, 1, 21)) == []
