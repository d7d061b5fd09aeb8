"""While somebody is away: extension, return on the day, early and late, evaluation, and taking each back."""

from datetime import date, timedelta

import pytest
from flask import Flask

from careerpath.rotations.models import RotationState
from careerpath.rotations.operations.evaluations import (
    RotationJudged,
    evaluate_rotation,
    reopen_rotation,
    summarise_rotation,
)
from careerpath.rotations.operations.returns import extend_rotation, return_rotation, undo_return
from careerpath.words import Refused
from tests.rotations.lending import ENDS, STARTS, Lending, day

JUDGED = RotationJudged(grade="good", host_opinion="表现良好。", on=ENDS)


def test_an_extension_keeps_the_day_as_first_planned(app: Flask) -> None:
    office = Lending()
    rotation = office.approved(ends_on=date(2026, 8, 31))
    with day(date(2026, 8, 1)):
        extend_rotation(office.district, rotation.id, date(2026, 10, 31))
        extend_rotation(office.district, rotation.id, date(2027, 2, 28))
    now = office.again(rotation.id)
    assert (now.ends_on, now.first_end) == (date(2027, 2, 28), date(2026, 8, 31))


def test_an_extension_beyond_what_the_kind_allows_asks_for_a_reason(app: Flask) -> None:
    office = Lending()
    rotation = office.approved(ends_on=date(2026, 8, 31))
    with day(date(2026, 8, 1)):
        with pytest.raises(Refused, match="超过规定的 6 个月") as refusal:
            extend_rotation(office.district, rotation.id, date(2027, 3, 31))
        assert refusal.value.field == "reason"
        extend_rotation(office.district, rotation.id, date(2027, 3, 31), "专班任务未完")
    assert office.again(rotation.id).ends_on == date(2027, 3, 31)


def test_an_extension_may_be_taken_back_but_not_run_into_the_next_rotation(app: Flask) -> None:
    office = Lending()
    person = office.person()
    rotation = office.approved(person)
    office.approved(person, starts_on=date(2026, 5, 1), ends_on=date(2026, 10, 31))
    with day(ENDS):
        with pytest.raises(Refused, match="重叠"):
            extend_rotation(office.district, rotation.id, date(2026, 5, 1))
        extend_rotation(office.district, rotation.id, date(2026, 4, 30))
        extend_rotation(office.district, rotation.id, ENDS)
        assert office.again(rotation.id).first_end is None
        with pytest.raises(Refused, match="提前结束的请办理返回"):
            extend_rotation(office.district, rotation.id, date(2026, 1, 31))


def test_who_comes_back_on_the_day_needs_no_reason_and_everybody_else_does(app: Flask) -> None:
    office = Lending()
    on_time, early, late = (office.approved() for _ in range(3))
    with day(date(2026, 3, 10)):
        return_rotation(office.district, on_time.id, ENDS)
        with pytest.raises(Refused, match="提前返回的请写明原因"):
            return_rotation(office.district, early.id, date(2026, 1, 31))
        with pytest.raises(Refused, match="逾期返回的请写明原因"):
            return_rotation(office.district, late.id, date(2026, 3, 5))
        return_rotation(office.district, early.id, date(2026, 1, 31), "家庭原因")
        return_rotation(office.district, late.id, date(2026, 3, 5), "任务未完")
    assert office.again(early.id).returned_on == date(2026, 1, 31)
    assert office.again(late.id).state is RotationState.RETURNED


def test_nobody_returns_tomorrow_or_before_the_first_day(app: Flask) -> None:
    office = Lending()
    rotation = office.approved()
    with day(STARTS + timedelta(days=5)):
        with pytest.raises(Refused, match="晚于今天"):
            return_rotation(office.district, rotation.id, STARTS + timedelta(days=6), "原因")
        with pytest.raises(Refused, match="早于开始日期"):
            return_rotation(office.district, rotation.id, STARTS - timedelta(days=1), "原因")


def test_an_early_return_frees_the_days_and_is_taken_back_only_while_they_are_free(app: Flask) -> None:
    office = Lending()
    person = office.person()
    rotation = office.approved(person)
    with day(date(2025, 12, 31)):
        return_rotation(office.district, rotation.id, date(2025, 12, 31), "工作需要")
        undo_return(office.district, rotation.id, "登记有误")
        assert office.again(rotation.id).returned_on is None
        return_rotation(office.district, rotation.id, date(2025, 12, 31), "工作需要")
    office.approved(person, starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))
    with day(date(2026, 1, 5)), pytest.raises(Refused, match="重叠"):
        undo_return(office.district, rotation.id, "登记有误")


def test_the_evaluation_ends_a_rotation_and_may_be_reopened(app: Flask) -> None:
    office = Lending()
    rotation = office.returned()
    with day(ENDS):
        summarise_rotation(office.street, rotation.id, "走访居民", "收获很大。")
        evaluate_rotation(office.district, rotation.id, JUDGED)
        now = office.again(rotation.id)
        assert (now.state, now.grade, now.work) == (RotationState.EVALUATED, "good", "走访居民")
        with pytest.raises(Refused, match="现为“已鉴定”"):
            evaluate_rotation(office.district, rotation.id, JUDGED)
        reopen_rotation(office.district, rotation.id, "等次有误")
    now = office.again(rotation.id)
    assert (now.state, now.grade, now.host_opinion) == (RotationState.RETURNED, "", "表现良好。")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"grade": "best"}, "没有“best”这个鉴定等次"),
        ({"host_opinion": " "}, "请填写接收单位的鉴定意见"),
        ({"on": date(2026, 2, 1)}, "早于返回日期"),
        ({"on": date(2026, 3, 1)}, "晚于今天"),
    ],
)
def test_an_evaluation_has_a_known_grade_the_hosts_opinion_and_a_day(
    app: Flask, changes: dict[str, object], said: str
) -> None:
    office = Lending()
    rotation = office.returned()
    values = {"grade": "good", "host_opinion": "表现良好。", "on": ENDS} | changes
    with day(ENDS), pytest.raises(Refused, match=said):
        evaluate_rotation(office.district, rotation.id, RotationJudged(**values))  # type: ignore[arg-type]


def test_nobody_is_evaluated_before_the_return(app: Flask) -> None:
    office = Lending()
    rotation = office.approved()
    with day(ENDS), pytest.raises(Refused, match="现为“已批准”"):
        evaluate_rotation(office.district, rotation.id, JUDGED)
