"""The public notice of those to be appointed, and what is brought forward against it."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from careerpath.core.db import db
from careerpath.employees.models import Channel
from careerpath.recruitment.models import BatchState, CheckKind, Objection
from careerpath.recruitment.operations.appointments import appoint_one
from careerpath.recruitment.operations.checks import fill_places, undo_departure
from careerpath.recruitment.operations.notices import (
    ObjectionGiven,
    answer_objection,
    notice_warnings,
    open_notice,
    record_objection,
)
from careerpath.recruitment.queries.rules import rules_of
from careerpath.words import NotFound, Refused
from tests.recruitment.finals import APPOINTED, NOTICE, TERMS, Contest, day, ready

HEARD = date(2026, 1, 30)


def objected(contest: Contest, name: str | None, on: date = HEARD) -> int:
    """Keep an objection against somebody or the batch."""
    with day(on):
        application_id = None if name is None else contest.names[name]
        return record_objection(contest.office, contest.batch_id, ObjectionGiven(application_id, on, True, "学历不实"))


def answered(contest: Contest, objection_id: int, *, upheld: bool, on: date = date(2026, 2, 2)) -> None:
    """Answer it."""
    with day(on):
        answer_objection(contest.office, objection_id, upheld, "经核查学信网备案。", on)


def test_a_notice_names_everybody_proposed_and_the_batch_moves_on(app: Flask) -> None:
    contest = ready()
    assert contest.line("甲").notice_ends_on == NOTICE[1]
    assert contest.line("乙").notice_ends_on is None
    assert contest.batch.state is BatchState.NOTICE
    assert (contest.batch.notice_starts_on, contest.batch.notice_ends_on) == NOTICE
    with pytest.raises(Refused, match="没有需要公示的人员"):
        contest.publish()


def test_a_notice_shorter_than_the_rules_ask_for_is_refused_with_the_clause(app: Flask) -> None:
    contest = Contest()
    contest.candidate("甲", contest.position())
    contest.release()
    contest.check("甲")
    with pytest.raises(Refused, match=r"只有 4 个工作日.*第十三条要求 5 个"):
        contest.publish(NOTICE[0], date(2026, 2, 2))
    with pytest.raises(Refused, match="早于开始日期"):
        contest.publish(NOTICE[0], date(2026, 1, 27))
    with pytest.raises(Refused, match="超过 60 天"):
        contest.publish(NOTICE[0], date(2026, 6, 1))
    with pytest.raises(Refused, match="早于名单公布日期"):
        contest.publish(date(2026, 1, 19), date(2026, 2, 2))
    (text,) = notice_warnings(rules_of(contest.batch), *NOTICE)
    assert "扣除周末和法定节假日共 5 个工作日" in str(text)


def test_public_holidays_are_no_working_days_and_an_unknown_year_is_told(app: Flask) -> None:
    contest = Contest()
    contest.candidate("甲", contest.position())
    contest.release()
    contest.check("甲")
    # The Spring Festival of 2026: nine days off, and the Saturdays around it worked.
    with pytest.raises(Refused, match="只有 4 个工作日"):
        contest.publish(date(2026, 2, 12), date(2026, 2, 24))
    contest.publish(date(2026, 2, 12), date(2026, 2, 25))
    words = [str(one) for one in notice_warnings(rules_of(contest.batch), date(2026, 12, 28), date(2027, 1, 5))]
    assert "没有 2027 年的节假日安排" in words[1]


def test_nobody_is_named_without_both_checks_unless_the_others_go_ahead(app: Flask) -> None:
    contest = Contest()
    position = contest.position(2)
    contest.candidate("甲", position)
    contest.candidate("乙", position, "90")
    contest.release()
    contest.check("甲")
    with pytest.raises(Refused, match="还有 1 人缺少合格的体检或考察结论：乙（体检、考察）"):
        contest.publish()
    with day(NOTICE[0]):
        assert open_notice(contest.office, contest.batch_id, *NOTICE, application_ids=[contest.names["甲"]]) == 1
    contest.check("乙", on=date(2026, 2, 9))
    assert contest.publish(date(2026, 2, 10), date(2026, 2, 16)) == 1
    assert contest.line("甲").notice_ends_on == NOTICE[1]


def test_somebody_elected_is_named_on_the_document_alone(app: Flask) -> None:
    contest = Contest(BatchState.EXAM)
    contest.elected("甲", contest.position(channel=Channel.BY_ELECTION))
    contest.release()
    assert contest.publish() == 1


def test_an_objection_holds_up_the_person_it_is_about_until_it_is_answered(app: Flask) -> None:
    contest = ready()
    objection_id = objected(contest, "甲")
    with day(APPOINTED), pytest.raises(Refused, match="甲（对本人的异议尚未答复）"):
        appoint_one(contest.office, contest.names["甲"], TERMS)
    answered(contest, objection_id, upheld=False)
    with pytest.raises(Refused, match="已于 2026-02-02 答复"):
        answered(contest, objection_id, upheld=True)
    with day(APPOINTED):
        assert appoint_one(contest.office, contest.names["甲"], TERMS)


def test_an_objection_to_the_batch_holds_up_everybody(app: Flask) -> None:
    contest = ready()
    objection_id = objected(contest, None)
    with day(APPOINTED), pytest.raises(Refused, match="对本批次的异议尚未答复"):
        appoint_one(contest.office, contest.names["甲"], TERMS)
    answered(contest, objection_id, upheld=True)
    assert contest.outcomes()["甲"] == "proposed"


def test_an_objection_that_is_upheld_takes_the_person_off_and_the_next_one_needs_a_notice_of_their_own(
    app: Flask,
) -> None:
    contest = ready()
    answered(contest, objected(contest, "甲"), upheld=True)
    assert contest.outcomes() == {"甲": "failed_background", "乙": "reserve"}
    with day(date(2026, 2, 2)), pytest.raises(Refused, match="异议已认定成立"):
        undo_departure(contest.office, contest.names["甲"], "误登记")
    with day(date(2026, 2, 2)):
        fill_places(contest.office, contest.batch_id, date(2026, 2, 2))
    with day(APPOINTED), pytest.raises(Refused, match="乙（尚无合格的体检结论、尚无合格的考察结论、尚未公示）"):
        appoint_one(contest.office, contest.names["乙"], TERMS)
    contest.check("乙", on=date(2026, 2, 4))
    contest.publish(date(2026, 2, 5), date(2026, 2, 11))
    with day(date(2026, 2, 11)), pytest.raises(Refused, match="公示至 2026-02-11"):
        appoint_one(contest.office, contest.names["乙"], TERMS)
    with day(date(2026, 2, 12)):
        assert appoint_one(contest.office, contest.names["乙"], TERMS)


def test_an_objection_against_who_was_appointed_says_what_comes_first(app: Flask) -> None:
    contest = ready()
    with day(APPOINTED):
        appoint_one(contest.office, contest.names["甲"], TERMS)
    objection_id = objected(contest, "甲", APPOINTED)
    with pytest.raises(Refused, match="甲已经聘用，请先撤销聘用"):
        answered(contest, objection_id, upheld=True, on=APPOINTED)
    answered(contest, objection_id, upheld=False, on=APPOINTED)


def test_objections_and_answers_are_in_order_of_time_and_not_empty(app: Flask) -> None:
    contest = ready()
    for given, why in (
        (ObjectionGiven(None, date(2026, 1, 31), False, "徇私"), "晚于今天"),
        (ObjectionGiven(None, date(2026, 1, 19), False, "徇私"), "早于名单公布日期"),
        (ObjectionGiven(None, HEARD, False, " "), "请填写反映的内容"),
        (ObjectionGiven(None, HEARD, False, "长" * 2001), "最多 2000 字"),
    ):
        with day(HEARD), pytest.raises(Refused, match=why):
            record_objection(contest.office, contest.batch_id, given)
    with day(HEARD), pytest.raises(NotFound):
        record_objection(contest.office, contest.batch_id, ObjectionGiven(999, HEARD, True, "徇私"))
    objection_id = objected(contest, None)
    with pytest.raises(Refused, match="答复日期应在收到日期 2026-01-30 至今天之间"):
        answered(contest, objection_id, upheld=False, on=date(2026, 1, 29))
    with day(HEARD), pytest.raises(Refused, match="请填写核查情况"):
        answer_objection(contest.office, objection_id, False, "", HEARD)
    with day(HEARD), pytest.raises(NotFound):
        answer_objection(contest.office, 999, False, "已核查", HEARD)
    assert db.session.scalars(select(Objection)).one().answered_on is None


def test_a_failed_check_after_the_notice_still_ends_it(app: Flask) -> None:
    contest = ready()
    contest.check("甲", on=date(2026, 2, 2), but={"甲": CheckKind.BACKGROUND})
    assert contest.outcomes()["甲"] == "failed_background"
