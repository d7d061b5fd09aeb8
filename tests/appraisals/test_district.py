"""The district decides within the quota, or returns."""

import threading

import pytest
from flask import Flask

from careerpath.appraisals.models import Appraisal
from careerpath.appraisals.operations.district import (
    Decision,
    approve_larger_quota,
    decide_records,
    return_records,
    revoke_decision,
)
from careerpath.appraisals.operations.street import submit_street
from careerpath.core.db import db
from careerpath.policy.appraisal_steps import State
from careerpath.words import NotFound, Refused
from tests.factories.appraisals import Year


def submitted(people: int, excellent: int) -> Year:
    """A street of so many people, submitted, the first ones proposed as 优秀."""
    year = Year(people=people)
    for place, record in enumerate(year.records):
        year.fill(record, grade="1" if place < excellent else "2", satisfaction="100")
    submit_street(year.clerk, year.street.id)
    return year


def ids(year: Year) -> tuple[int, ...]:
    return tuple(record.id for record in year.records)


def test_deciding_takes_the_streets_grade_unless_another_is_given_with_a_reason(app: Flask) -> None:
    year = submitted(5, 1)
    first = ids(year)[0]
    with pytest.raises(Refused, match="写明理由"):
        decide_records(year.hr, year.street.id, Decision((first,), {first: "2"}))
    decide_records(year.hr, year.street.id, Decision((first,), {first: "2"}, "群众反映核实后调整"))
    decide_records(year.hr, year.street.id, Decision(ids(year)[1:], {}))
    assert [record.grade for record in year.records] == ["2"] * 5


def test_the_quota_blocks_one_excellent_too_many_and_nothing_is_half_decided(app: Flask) -> None:
    year = submitted(5, 2)
    with pytest.raises(Refused, match=r"优秀名额已超出（2/1"):
        decide_records(year.hr, year.street.id, Decision(ids(year), {}))
    assert {record.state for record in year.records} == {State.SUBMITTED}


def test_an_approval_document_raises_the_quota_and_is_kept(app: Flask) -> None:
    year = submitted(8, 2)
    with pytest.raises(Refused):
        decide_records(year.hr, year.street.id, Decision(ids(year), {}))
    approve_larger_quota(year.hr, year.street.id, "费组字〔2025〕18号")
    assert decide_records(year.hr, year.street.id, Decision(ids(year), {})) == 8
    assert year.street.quota_document == "费组字〔2025〕18号"
    with pytest.raises(Refused):
        approve_larger_quota(year.hr, year.street.id, "")


def test_two_decisions_at_the_same_moment_do_not_exceed_the_quota_together(app: Flask) -> None:
    year = submitted(5, 2)
    first, second = ids(year)[:2]
    street_id, hr = year.street.id, year.hr
    db.session.remove()
    start, outcomes = threading.Barrier(2), []

    def decide(record_id: int) -> None:
        with app.app_context():
            start.wait()
            try:
                decide_records(hr, street_id, Decision((record_id,), {}))
                outcomes.append("decided")
            except Refused as refusal:
                outcomes.append(str(refusal))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=decide, args=(record_id,)) for record_id in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("decided") == 1
    assert any("优秀名额" in outcome for outcome in outcomes)
    decided = db.session.query(Appraisal).filter_by(grade="1", state=State.DECIDED).count()
    assert decided == 1


def test_a_returned_record_is_the_streets_again_with_the_comment(app: Flask) -> None:
    year = submitted(2, 0)
    first = year.records[0]
    with pytest.raises(Refused, match="退回原因"):
        return_records(year.hr, year.street.id, (first.id,), " ")
    assert return_records(year.hr, year.street.id, (first.id,), "满意度与台账不符") == 1
    assert (first.state, first.return_comment) == (State.RETURNED, "满意度与台账不符")
    with pytest.raises(Refused, match="尚未由街道提交"):
        decide_records(year.hr, year.street.id, Decision((first.id,), {}))
    year.fill(first, satisfaction="88")
    assert submit_street(year.clerk, year.street.id) == 1
    assert first.return_comment == ""


def test_deciding_the_same_six_times_has_one_effect_and_another_grade_is_refused(app: Flask) -> None:
    year = submitted(2, 0)
    everyone = Decision(ids(year), {})
    assert [decide_records(year.hr, year.street.id, everyone) for _ in range(6)] == [2, 0, 0, 0, 0, 0]
    first = ids(year)[0]
    with pytest.raises(Refused, match="已由"):
        decide_records(year.hr, year.street.id, Decision((first,), {first: "3"}, "改判"))


def test_a_decision_can_be_taken_back_with_a_reason(app: Flask) -> None:
    year = submitted(1, 0)
    record = year.records[0]
    decide_records(year.hr, year.street.id, Decision((record.id,), {}))
    with pytest.raises(Refused, match="理由"):
        revoke_decision(year.hr, record.id, "")
    revoke_decision(year.hr, record.id, "举报核查中")
    assert (record.state, record.grade) == (State.SUBMITTED, "")


def test_the_district_cannot_decide_another_streets_record_under_this_street(app: Flask) -> None:
    year = submitted(1, 0)
    foreign = year.record_of(year.elsewhere).id
    with pytest.raises(NotFound):
        decide_records(year.hr, year.street.id, Decision((foreign,), {}))


def test_a_document_or_comment_that_is_too_long_is_refused_rather_than_cut(app: Flask) -> None:
    year = submitted(2, 0)
    with pytest.raises(Refused, match="最多 120 字"):
        approve_larger_quota(year.hr, year.street.id, "费" * 121)
    with pytest.raises(Refused, match="最多 500 字"):
        return_records(year.hr, year.street.id, ids(year), "请" * 501)
    with pytest.raises(Refused, match="最多 500 字"):
        decide_records(year.hr, year.street.id, Decision(ids(year), {}, "同" * 501))
    assert {record.state for record in year.records} == {State.SUBMITTED}
