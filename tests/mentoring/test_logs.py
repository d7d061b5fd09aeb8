"""The log and the reviews of a pairing, and its end: who may write what on which days."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from careerpath.core.db import db
from careerpath.mentoring.models import MentoringLog, MentoringReview, Pairing, PairingState
from careerpath.mentoring.operations.evaluations import (
    EvaluationGiven,
    complete_pairing,
    evaluate_mentee,
    evaluate_mentor,
    reopen_pairing,
)
from careerpath.mentoring.operations.logs import (
    ReviewGiven,
    change_log,
    change_mentoring_review,
    drop_log,
    drop_mentoring_review,
    review_pairing,
    review_pairings,
    write_log,
    write_logs,
)
from careerpath.mentoring.queries.pairing import pairing_page
from careerpath.words import Conflict, NotFound, Refused
from tests.factories.employees import selects_of
from tests.factories.mentoring import make_log, make_mentor, make_mentoring_review, make_pairing
from tests.mentoring.office import LOG, Office

REVIEW = ReviewGiven(date(2025, 12, 1), "能独立受理。", "多入户。")
GOOD, POOR = EvaluationGiven("excellent", "肯学"), EvaluationGiven("poor")
OVER: dict[str, Any] = {"starts_on": date(2024, 12, 1), "ends_on": date(2025, 11, 30)}


def running(office: Office, **changes: Any) -> Pairing:
    """A pairing of somebody of the street's community."""
    return make_pairing(make_mentor(office.town.street), office.person(), office.town.community, **changes)


def test_a_log_lies_within_the_term_and_not_ahead(app: Flask) -> None:
    office = Office()
    pairing = running(office)
    for changes, field in (
        ({"on": date(2025, 2, 28)}, "on"),
        ({"on": date(2025, 12, 6)}, "on"),
        ({"hours": Decimal("24.5")}, "hours"),
        ({"hours": Decimal(-1)}, "hours"),
        ({"hours": Decimal("1.255")}, "hours"),
        ({"topic": " "}, "topic"),
        ({"topic": "学" * 81}, "topic"),
    ):
        with pytest.raises(Refused) as refused:
            write_log(office.secretary, pairing.id, replace(LOG, **changes))
        assert refused.value.field == field
    log = db.session.get_one(MentoringLog, write_log(office.secretary, pairing.id, LOG))
    assert (log.on, log.hours, log.by) == (LOG.on, Decimal(2), office.secretary.display_name)


def test_a_log_is_set_right_and_removed_while_the_pairing_runs(app: Flask) -> None:
    office = Office()
    pairing = running(office)
    log_id = write_log(office.secretary, pairing.id, LOG)
    change_log(office.street, log_id, replace(LOG, topic="高龄津贴"), 1)
    assert db.session.get_one(MentoringLog, log_id).topic == "高龄津贴"
    with pytest.raises(Conflict):
        change_log(office.street, log_id, LOG, 1)
    with pytest.raises(NotFound):
        drop_log(office.stranger, log_id)
    drop_log(office.street, log_id)
    ended = running(office, state=PairingState.ENDED, ended_on=date(2025, 11, 30))
    with pytest.raises(Refused, match="现为“提前结束”"):
        write_log(office.street, ended.id, replace(LOG, on=date(2025, 11, 1)))


def test_many_logs_and_reviews_are_kept_at_once_or_none(app: Flask) -> None:
    office = Office()
    pairings = [running(office) for _ in range(3)]
    logs = [(pairing.id, replace(LOG, on=date(2025, month, 5))) for pairing in pairings for month in range(4, 10)]
    few = len(selects_of(lambda: write_logs(office.street, logs[:1])))
    assert len(selects_of(lambda: write_logs(office.street, logs[1:]))) == few
    assert len(review_pairings(office.street, [(pairing.id, REVIEW) for pairing in pairings])) == 3
    with pytest.raises(Refused, match="2025-12-01 已有一次评估"):
        review_pairings(office.street, [(pairings[0].id, replace(REVIEW, on=LOG.on))])
    with pytest.raises(NotFound):
        write_logs(office.stranger, logs)
    assert db.session.scalar(select(func.count()).select_from(MentoringLog)) == 18


def test_a_review_is_held_once_a_day_and_may_be_set_right(app: Flask) -> None:
    office = Office()
    pairing = running(office)
    first = review_pairing(office.secretary, pairing.id, REVIEW)
    other = review_pairing(office.secretary, pairing.id, replace(REVIEW, on=date(2025, 8, 31)))
    for wrong, field in (
        (REVIEW, "on"),
        (replace(REVIEW, on=date(2025, 2, 28)), "on"),
        (replace(REVIEW, on=date(2025, 12, 6)), "on"),
        (replace(REVIEW, on=date(2025, 12, 2), progress=" "), "progress"),
    ):
        with pytest.raises(Refused) as refused:
            review_pairing(office.secretary, pairing.id, wrong)
        assert refused.value.field == field
    with pytest.raises(Refused, match="已有一次评估"):
        change_mentoring_review(office.secretary, other, REVIEW, 1)
    change_mentoring_review(office.secretary, other, replace(REVIEW, on=date(2025, 9, 1)), 1)
    with pytest.raises(Conflict):
        change_mentoring_review(office.secretary, other, REVIEW, 1)
    drop_mentoring_review(office.secretary, first)
    assert db.session.scalars(select(MentoringReview.on)).all() == [date(2025, 9, 1)]


def test_the_page_tells_which_reviews_were_held_and_which_are_missing(app: Flask) -> None:
    office = Office()
    pairing = running(office)
    make_mentoring_review(pairing, date(2025, 5, 31))
    make_log(pairing, date(2025, 3, 10))
    make_log(pairing, date(2025, 11, 20))
    page = pairing_page(office.street, pairing.id)
    assert [(due.on, due.standing) for due in page.dues] == [
        (date(2025, 5, 31), "held"),
        (date(2025, 8, 31), "missing"),
        (date(2025, 11, 30), "missing"),
        (date(2026, 2, 28), "coming"),
    ]
    assert (page.logs, page.hours, page.months_without) == (2, Decimal(4), 7)


def test_nobody_is_evaluated_before_the_last_day_and_a_poor_grade_needs_words(app: Flask) -> None:
    office = Office()
    with pytest.raises(Refused, match="到 2026-02-28 才期满"):
        evaluate_mentee(office.secretary, running(office).id, GOOD)
    pairing = running(office, **OVER)
    for wrong, field in ((EvaluationGiven("best"), "grade"), (POOR, "opinion")):
        with pytest.raises(Refused) as refused:
            evaluate_mentor(office.secretary, pairing.id, wrong)
        assert refused.value.field == field
    evaluate_mentor(office.secretary, pairing.id, replace(POOR, opinion="很少见面"))
    evaluate_mentor(office.secretary, pairing.id, GOOD)
    assert db.session.get_one(Pairing, pairing.id).mentor_grade == "excellent"


def test_a_pairing_is_completed_when_both_have_evaluated_and_missing_reviews_are_explained(app: Flask) -> None:
    office = Office()
    pairing, on = running(office, **OVER), date(2025, 12, 5)
    for needed, evaluate in (("导师尚未评价", evaluate_mentee), ("帮带对象尚未评价", evaluate_mentor)):
        with pytest.raises(Refused, match=needed):
            complete_pairing(office.street, pairing.id, "同意。", on)
        evaluate(office.secretary, pairing.id, GOOD)
    for wrong, said in ((date(2025, 11, 29), "才期满"), (date(2025, 12, 6), "晚于今天")):
        with pytest.raises(Refused, match=said):
            complete_pairing(office.street, pairing.id, "同意。", wrong)
    with pytest.raises(Refused, match="缺 4 次季度评估"):
        complete_pairing(office.street, pairing.id, " ", on)
    for day in (date(2025, 2, 20), date(2025, 5, 20), date(2025, 8, 20), date(2025, 12, 3)):
        make_mentoring_review(pairing, day)
    complete_pairing(office.street, pairing.id, "", on)
    assert db.session.get_one(Pairing, pairing.id).state is PairingState.COMPLETED
    with pytest.raises(Refused, match="现为“已期满评价”"):
        evaluate_mentee(office.secretary, pairing.id, GOOD)


def test_a_completed_pairing_is_taken_up_again_with_a_reason(app: Flask) -> None:
    office = Office()
    done = {"state": PairingState.COMPLETED, "completed_on": date(2025, 12, 1)}
    pairing = running(office, **OVER, **done, mentee_grade="fair", mentor_grade="fair")
    with pytest.raises(Refused, match="恢复办理的原因"):
        reopen_pairing(office.street, pairing.id, "")
    reopen_pairing(office.street, pairing.id, "评语有误")
    evaluate_mentee(office.secretary, pairing.id, GOOD)
    complete_pairing(office.street, pairing.id, "评估缺项已说明。", date(2025, 12, 5))
    again = db.session.get_one(Pairing, pairing.id)
    assert (again.state, again.end_reason, again.mentee_grade) == (PairingState.COMPLETED, "", "excellent")
