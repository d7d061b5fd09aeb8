"""The rules of a notice in sentences, with exact dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.recruitment import Applicant, Condition, RecruitmentEdition, check_eligibility
from careerpath.recruitment.queries.notice_words import born_between, condition_sentence, notice_parts
from careerpath.recruitment.queries.rules import shipped_rules

CLOSES_ON = date(2025, 12, 12)


def edition(key: str = "feixian-2016") -> RecruitmentEdition:
    return next(one for one in shipped_rules() if one.head.key == key)


def with_age(**limits: object) -> tuple[RecruitmentEdition, Condition]:
    """Rules with one age condition."""
    plain = {
        "head": {
            "rule": "recruitment",
            "key": "x",
            "title": "x",
            "place": "x",
            "effective_from": date(2020, 1, 1),
            "document": "x",
            "source": "x",
            "example": False,
        },
        "conditions": [{"code": "age", "name": "年龄", "kind": "age", **limits}],
        "weights": {"written": 1, "interview": 0},
        "written": {"maximum": 100, "decimals": 2},
        "interview": {"maximum": 100, "decimals": 2, "judges": 1, "drop_highest": 0, "drop_lowest": 0},
        "total": {"decimals": 2, "rounding": "half_up", "stage": "total"},
    }
    rules = RecruitmentEdition.from_plain(plain)
    return rules, rules.conditions[0]


def said(key: str = "feixian-2016") -> str:
    return "".join(str(one) for part in notice_parts(edition(key), CLOSES_ON) for one in part.sentences)


def test_limits_of_age_are_told_as_exact_dates_of_birth() -> None:
    rules = edition()
    sentence = str(condition_sentence(rules, rules.conditions[1], CLOSES_ON))
    assert "年满 18 周岁（含生日当天），36 周岁以下（不含生日当天）" in sentence
    assert "1989-12-13 至 2007-12-12 期间出生（均含当日）" in sentence
    assert "（适用于退役军人）" in str(condition_sentence(rules, rules.conditions[2], CLOSES_ON))


@pytest.mark.parametrize(
    ("inclusive", "words"), [(True, "1985-01-01（含当日）以后"), (False, "1985-01-01（不含当日）以后")]
)
def test_a_date_of_birth_says_whether_the_day_itself_is_in(inclusive: bool, words: str) -> None:
    rules, condition = with_age(born_from=date(1985, 1, 1), born_from_inclusive=inclusive)
    assert words in str(condition_sentence(rules, condition, CLOSES_ON))


@given(
    on=st.dates(date(2020, 1, 1), date(2032, 12, 31)),
    youngest=st.integers(16, 30),
    more=st.integers(0, 30),
    youngest_in=st.booleans(),
    oldest_in=st.booleans(),
    off=st.integers(-2, 2),
)
def test_the_dates_that_are_told_are_those_that_the_advice_goes_by(
    on: date, youngest: int, more: int, youngest_in: bool, oldest_in: bool, off: int
) -> None:
    rules, condition = with_age(
        youngest=youngest, youngest_inclusive=youngest_in, oldest=youngest + more, oldest_inclusive=oldest_in
    )
    first, last = born_between(condition, on)
    assert first is not None
    assert last is not None
    for day in (first + timedelta(days=off), last + timedelta(days=off)):
        advice = check_eligibility(rules, Applicant(born_on=day), on)
        assert advice.eligible is (first <= day <= last)


def test_scores_bonus_lines_shortlist_ties_reserve_and_notice_are_told() -> None:
    text = said()
    for words in (
        "总成绩由笔试成绩的 50% 和面试成绩的 50% 组成",
        "去掉 1 个最高分和 1 个最低分",
        "总成绩保留 2 位小数，四舍五入",
        "退役军人 3 分",
        "可以累计，最多 5 分",
        "笔试成绩（含加分）低于 45 分的淘汰",
        "招聘人数 1:2",
        "末位并列的全部进入面试",
        "依次比较：面试成绩、不含加分的笔试成绩、退役军人优先",
        "递补人选 2 人，有效期 12 个月（含期满当日）",
        "不少于 5 个工作日",
        "试用期 2 个月",
        "居民身份证（查验原件）",
        "户籍在费县、山东省临沂市费县。",
    ):
        assert words in text


@pytest.mark.parametrize("key", [one.head.key for one in shipped_rules()])
def test_every_shipped_notice_can_be_told(key: str) -> None:
    text = said(key)
    assert "总成绩由" in text
    assert "%(" not in text
    assert "None" not in text
