"""Scores, statuses, hard rules and the street's choice."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.appraisal import (
    Facts,
    check_street_grade,
    grade,
    propose_dismissal,
    propose_status,
    score,
)
from careerpath.policy.codes import DETERMINED, Grade
from careerpath.words import Refused
from tests.policy.editions import FEIXIAN, SHIPPED, changed

FULL = {"tasks": Decimal(40), "integrity": Decimal(20), "training": Decimal(15)}


def facts(**given_facts: object) -> Facts:
    """A year of somebody with full points, changed as the test needs."""
    usual: dict[str, object] = {"year": 2025, "scores": FULL, "satisfaction": Decimal(100)}
    return Facts(**(usual | given_facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "points", "words"),
    [
        ("tasks", "40.1", "“任务完成”为 40.1 分，应在 0 至 40 分之间"),
        ("integrity", "-0.5", "“廉洁自律”为 -0.5 分，应在 0 至 20 分之间"),
        ("training", "13.55", "“教育培训”为 13.55 分，最多 1 位小数"),
        ("training", "NaN", "“教育培训”应为数字"),
        ("train", "13", "没有代码为“train”的考核指标，请改用：training"),
        ("satisfaction", "24.1", "与满意度 100% 折算的 25 分不一致"),
    ],
)
def test_points_that_cannot_be_are_refused_with_the_indicator(code: str, points: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        score(FEIXIAN, facts(scores=FULL | {code: Decimal(points)}))
    assert refusal.value.field == code


def test_satisfaction_given_as_points_and_as_percentage_may_agree() -> None:
    both = facts(scores=FULL | {"satisfaction": Decimal("24.1")}, satisfaction=Decimal("96.4"))
    assert score(FEIXIAN, both).total == Decimal("99.10")


def test_the_points_shown_add_up_to_the_total_shown() -> None:
    scored = score(FEIXIAN, facts(satisfaction=Decimal("58.51")))
    assert scored.points["satisfaction"] == Decimal("14.63")
    assert scored.total == sum(scored.points.values())


def test_missing_indicators_are_named_and_block_the_record() -> None:
    assessment = grade(FEIXIAN, facts(scores={"tasks": Decimal(30), "training": None}))
    assert [indicator.code for indicator in assessment.missing] == ["integrity", "training"]
    assert [str(message) for message in assessment.blocking] == [
        "“廉洁自律”未填，请补上得分。",
        "“教育培训”未填，请补上得分。",
    ]
    assert assessment.score is None
    assert assessment.grade is None


def test_a_person_without_a_grade_is_not_blocked_by_missing_points() -> None:
    assessment = grade(FEIXIAN, Facts(2025, on_probation_until=date(2026, 1, 31)))
    assert assessment.grade is Grade.ON_PROBATION
    assert assessment.blocking == ()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("year", 20250, "考核年度 20250 不正确"),
        ("satisfaction", Decimal("100.01"), "群众满意度 100.01 不正确"),
        ("sick_leave_days", Decimal(366), "病假天数为 366，应在 0 至 365 之间"),
        ("absence_days", Decimal(-1), "无故缺勤天数为 -1"),
    ],
)
def test_facts_that_cannot_be_are_refused(name: str, value: object, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        facts(**{name: value})
    assert refusal.value.field == name


def test_a_status_is_explained_with_its_document_and_day() -> None:
    status = propose_status(FEIXIAN, Facts(2025, on_probation_until=date(2026, 1, 31)), date(2025, 12, 31))
    assert status is not None
    told = status.reason.as_json()
    assert told["rule"] == "appraisal.status"
    assert told["document"].endswith("（示例，非官方）第十条")
    assert told["input"] == {"reference_on": "2025-12-31", "on_probation_until": "2026-01-31"}
    assert told["value"] == "5A"


def test_nobody_special_has_no_status() -> None:
    assert propose_status(FEIXIAN, facts()) is None


@pytest.mark.parametrize("chosen", DETERMINED)
def test_a_street_may_not_grade_somebody_on_probation(chosen: Grade) -> None:
    (message,) = check_street_grade(FEIXIAN, facts(on_probation_until=date(2026, 1, 31)), chosen)
    assert str(message).startswith("试用期至 2026-01-31，记 5A")
    assert f"不能评定为{chosen.zh}，请改为 5A" in str(message)


def test_a_street_may_choose_any_code_that_the_facts_give() -> None:
    both = facts(on_probation_until=date(2026, 1, 31), under_investigation=True)
    assert check_street_grade(FEIXIAN, both, Grade.ON_PROBATION) == ()
    assert check_street_grade(FEIXIAN, both, Grade.UNDER_INVESTIGATION) == ()
    assert len(check_street_grade(FEIXIAN, both, Grade.LONG_LEAVE)) == 1


def test_a_street_may_not_invent_a_code() -> None:
    (message,) = check_street_grade(FEIXIAN, facts(), Grade.ON_PROBATION)
    assert "没有可记 5A" in str(message)


def test_a_street_may_not_pass_somebody_whom_a_hard_rule_fails() -> None:
    failed = facts(satisfaction=Decimal("58.5"), absence_days=Decimal(16))
    for chosen in (Grade.EXCELLENT, Grade.COMPETENT, Grade.BASIC):
        messages = [str(message) for message in check_street_grade(FEIXIAN, failed, chosen)]
        assert len(messages) == 2
        assert "按第九条应为不称职" in messages[0]
    assert check_street_grade(FEIXIAN, failed, Grade.INCOMPETENT) == ()


def test_a_street_may_depart_from_the_suggestion() -> None:
    assert grade(FEIXIAN, facts()).grade is Grade.EXCELLENT
    for chosen in DETERMINED:
        assert check_street_grade(FEIXIAN, facts(), chosen) == ()


@pytest.mark.parametrize(
    ("earlier", "decided", "proposed"),
    [
        ({2024: Grade.INCOMPETENT}, Grade.INCOMPETENT, True),
        ({2023: Grade.INCOMPETENT}, Grade.INCOMPETENT, False),
        ({2024: Grade.BASIC}, Grade.INCOMPETENT, False),
        ({2024: Grade.INCOMPETENT}, Grade.BASIC, False),
        ({}, Grade.INCOMPETENT, False),
    ],
)
def test_only_two_failed_years_running_propose_dismissal(
    earlier: dict[int, Grade], decided: Grade, proposed: bool
) -> None:
    reason = propose_dismissal(FEIXIAN, facts(earlier_grades=earlier), decided)
    assert (reason is not None) is proposed
    assert reason is None or reason.value == "propose"


def test_the_words_of_a_grade_come_from_the_edition() -> None:
    passing = changed(FEIXIAN, names={"1": "优秀", "2": "合格", "3": "基本合格", "4": "不合格"})
    (reason,) = (item for item in grade(passing, facts(satisfaction=Decimal(50))).reasons if "hard" in item.rule)
    assert str(reason.message).endswith("应为不合格。")
    assert passing.name(Grade.ON_PROBATION) == Grade.ON_PROBATION.zh


def test_a_number_of_ours_is_never_shown_as_official() -> None:
    for key, edition in SHIPPED.items():
        for finding in grade(edition, Facts(2025, satisfaction=Decimal(50))).reasons:
            published = key == "beijing-2012" and finding.rule == "appraisal.hard_fail"
            assert ("（示例，非官方）" in finding.document) is not published


POINTS = {"tasks": 400, "integrity": 200, "training": 150}


@given(
    points=st.fixed_dictionaries({code: st.integers(0, most) for code, most in POINTS.items()}),
    satisfaction=st.integers(0, 10000),
    code=st.sampled_from([*POINTS, "satisfaction"]),
    more=st.integers(1, 10000),
)
def test_more_points_never_make_a_smaller_total_or_a_worse_grade(
    points: dict[str, int], satisfaction: int, code: str, more: int
) -> None:
    def assessed(points: dict[str, int], satisfaction: int) -> tuple[Decimal, str]:
        scores = {name: Decimal(value) / 10 for name, value in points.items()}
        assessment = grade(FEIXIAN, facts(scores=scores, satisfaction=Decimal(satisfaction) / 100))
        assert assessment.score is not None
        assert assessment.grade is not None
        return assessment.score, assessment.grade.value

    before = assessed(points, satisfaction)
    if code == "satisfaction":
        satisfaction = min(10000, satisfaction + more)
    else:
        points = points | {code: min(POINTS[code], points[code] + more)}
    after = assessed(points, satisfaction)
    assert after[0] >= before[0]
    assert after[1] <= before[1]
