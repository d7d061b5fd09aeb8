"""Several reviewers at the same moment: each look has one effect, and nobody reviews into a closed batch."""

from flask import Flask

from careerpath.core import clock
from careerpath.core.db import db
from careerpath.recruitment.models import ApplicationState, RecruitmentBatch, Verdict
from careerpath.recruitment.operations.review import Finding, close_review, review_application, review_applications
from tests.pay.test_at_the_same_moment import together
from tests.recruitment.test_review import AFTER_CLOSING, FAILED, PASSED, Desk, application, reviews


def test_six_second_looks_have_one_effect(app: Flask) -> None:
    desk = Desk()
    one, batch_id = desk.looked_at(), desk.batch.id
    outcomes = together(
        app,
        *[lambda: review_application(desk.second, one, PASSED)] * 3,
        *[lambda: review_applications(desk.district, batch_id, [one], PASSED)] * 3,
    )
    assert outcomes.count("done") == 1
    assert sum("不在待审查之列" in outcome for outcome in outcomes) == 5
    assert len(reviews(one)) == 2
    assert application(one).state is ApplicationState.ADMITTED


def test_two_first_looks_at_the_same_moment_do_not_make_a_second(app: Flask) -> None:
    desk = Desk()
    one = desk.applied()
    seen = application(one).version
    outcomes = together(
        app,
        lambda: review_application(desk.first, one, Finding(Verdict.PASSED, version=seen)),
        lambda: review_application(desk.second, one, Finding(Verdict.FAILED, "户籍不符", version=seen)),
    )
    assert outcomes.count("done") == 1
    assert any("刚刚被修改或审查过" in outcome for outcome in outcomes)
    assert len(reviews(one)) == 1


def test_the_closing_and_a_late_review_do_not_pass_each_other(app: Flask) -> None:
    desk = Desk()
    one, batch_id = desk.looked_at(), desk.batch.id
    admitted = desk.looked_at()
    with clock.Stopped(AFTER_CLOSING):
        review_application(desk.second, admitted, PASSED)
        outcomes = together(
            app,
            lambda: review_application(desk.second, one, FAILED),
            lambda: close_review(desk.district, batch_id),
        )
    # Either the review came first and both are done, or the closing was refused because of it.
    assert "done" in outcomes
    assert application(one).state is ApplicationState.REJECTED
    closed = db.session.get_one(RecruitmentBatch, batch_id).state.value == "exam"
    assert closed == (outcomes.count("done") == 2)
