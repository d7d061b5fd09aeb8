"""The statutory age: the whole published ladder, the order of births, and editions read strictly."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.codes import Post, Sex
from careerpath.policy.edition import in_force, shipped_texts, to_plain
from careerpath.policy.employment import add_months
from careerpath.policy.retirement import (
    Age,
    Line,
    RetirementEdition,
    RetirementFacts,
    last_day_or_none,
    retirement,
    retires_on,
)
from careerpath.policy.trial import try_rule
from careerpath.words import Refused

TEXTS = shipped_texts("retirement")
SHIPPED = [RetirementEdition.from_toml(text, file) for file, text in TEXTS.items()]
OLD, GRADUAL = SHIPPED
TEXT = TEXTS["retirement-national-2025.toml"]
PEOPLE = {
    Line.MEN: (Sex.MALE, None),
    Line.WOMEN_CADRE: (Sex.FEMALE, Post.CHIEF),
    Line.WOMEN_OTHER: (Sex.FEMALE, Post.STAFF),
}
LINES = st.sampled_from(list(Line))
BIRTHS = st.dates(date(1940, 1, 1), date(2010, 12, 31))


def facts_of(line: Line, born_on: date) -> RetirementFacts:
    """Somebody of a line."""
    sex, post = PEOPLE[line]
    return RetirementFacts(born_on, sex, post)


def changed(**parts: Any) -> RetirementEdition:
    """The gradual edition with some of its parts replaced by plain values."""
    return RetirementEdition.from_plain(to_plain(GRADUAL) | parts)


@pytest.mark.parametrize(
    ("line", "first", "every", "start", "final", "last"),
    [
        (Line.MEN, date(1965, 1, 1), 4, 60, 63, date(1976, 9, 1)),
        (Line.WOMEN_CADRE, date(1970, 1, 1), 4, 55, 58, date(1981, 9, 1)),
        (Line.WOMEN_OTHER, date(1975, 1, 1), 2, 50, 55, date(1984, 11, 1)),
    ],
)
def test_the_published_ladder_rises_by_one_month_at_each_rung_and_nowhere_else(
    line: Line, first: date, every: int, start: int, final: int, last: date
) -> None:
    rule = GRADUAL.line(line)
    assert rule.age_of(first - timedelta(days=1)) == Age(start, 0)
    rungs = [add_months(first, month) for month in range(0, 600, every)]
    for delay, rung in enumerate(rungs, start=1):
        expected = min(start * 12 + delay, final * 12)
        for month in range(every):
            born = add_months(rung, month)
            end = born.replace(day=monthrange(born.year, born.month)[1])
            assert rule.age_of(born).total == rule.age_of(end).total == expected
    assert rule.age_of(last) == Age(final, 0)
    assert rule.age_of(last - timedelta(days=1)) == Age(final - 1, 11)


@given(line=LINES, births=st.tuples(BIRTHS, BIRTHS))
def test_whoever_is_born_later_never_retires_earlier(line: Line, births: tuple[date, date]) -> None:
    older, younger = (retirement(GRADUAL, facts_of(line, born)) for born in sorted(births))
    assert older.retires_on is not None
    assert younger.retires_on is not None
    assert older.retires_on <= younger.retires_on
    assert older.reached_on is not None
    assert younger.reached_on is not None
    assert older.reached_on <= younger.reached_on


@given(line=LINES, born_on=BIRTHS)
def test_the_delay_never_shortens_service_and_never_exceeds_the_end_of_the_ladder(line: Line, born_on: date) -> None:
    facts = facts_of(line, born_on)
    before, after = retires_on(OLD, facts), retires_on(GRADUAL, facts)
    most = {Line.MEN: 36, Line.WOMEN_CADRE: 36, Line.WOMEN_OTHER: 60}[line]
    months = (after.year - before.year) * 12 + after.month - before.month
    assert 0 <= months <= most
    assert before >= date(2025, 1, 1) or months == 0


@given(line=LINES, born_on=BIRTHS)
def test_the_last_day_of_service_ends_the_month_in_which_the_age_is_reached(line: Line, born_on: date) -> None:
    found = retirement(GRADUAL, facts_of(line, born_on))
    assert found.age is not None
    assert found.reached_on == add_months(born_on, found.age.total)
    assert found.retires_on is not None
    assert (found.retires_on + timedelta(days=1)).day == 1
    assert found.retires_on.replace(day=1) == found.reached_on.replace(day=1)


def test_a_place_may_let_service_end_on_the_very_day() -> None:
    facts = RetirementFacts(date(1965, 1, 15), Sex.MALE)
    found = retirement(changed(service={"last_day": "reached"}), facts)
    assert found.retires_on == found.reached_on == date(2025, 2, 15)
    assert "当日为在岗最后一日" in str(found.reasons[-1].message)


def test_a_place_decides_which_line_the_women_of_a_post_follow() -> None:
    facts = RetirementFacts(date(1980, 1, 1), Sex.FEMALE, Post.STAFF)
    assert retirement(GRADUAL, facts).line is Line.WOMEN_OTHER
    lines = {"chief": "women_cadre", "deputy": "women_cadre", "staff": "women_cadre"}
    assert retirement(changed(women_line=lines), facts).line is Line.WOMEN_CADRE


@pytest.mark.parametrize("post", [None, *Post])
def test_the_post_of_a_man_does_not_matter(post: Post | None) -> None:
    assert retires_on(GRADUAL, RetirementFacts(date(1970, 6, 15), Sex.MALE, post)) == date(2031, 11, 30)


@pytest.mark.parametrize(
    ("sex", "post", "words"),
    [(Sex.UNKNOWN, Post.CHIEF, "性别为“未知”"), (Sex.UNSTATED, None, "性别为“未说明”"), (Sex.FEMALE, None, "缺少职务")],
)
def test_what_the_facts_do_not_settle_is_named_and_not_guessed(sex: Sex, post: Post | None, words: str) -> None:
    facts = RetirementFacts(date(1980, 1, 1), sex, post)
    found = retirement(GRADUAL, facts)
    assert (found.line, found.age, found.reached_on, found.retires_on) == (None, None, None, None)
    assert words in str(found.missing[0])
    with pytest.raises(Refused, match=words):
        retires_on(GRADUAL, facts)


def test_the_gradual_delay_is_in_force_from_2025() -> None:
    assert in_force(SHIPPED, date(2024, 12, 31)) is OLD
    assert in_force(SHIPPED, date(2025, 1, 1)) is GRADUAL


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("start = { years = 60 }", "start = { years = 39 }", r"lines\[1\].start.years 为 39，应在 40 至 80 之间"),
        (
            "start = { years = 60 }",
            "start = { years = 60, months = 12 }",
            r"lines\[1\].start.months 为 12，应在 0 至 11",
        ),
        ("start = { years = 60 }", "start = { years = 63 }", r"lines\[1\].ladder.final 应高于原退休年龄 start"),
        (
            "1976-09-01",
            "1976-10-01",
            r"lines\[1\].ladder.final_from 为 1976-10-01，而自 1965-01-01 起.*应为 1976-09-01",
        ),
        ("every_months = 4", "every_months = 3", r"lines\[1\].ladder.final_from 为 1976-09-01，.*应为 1973-10-01"),
        ("every_months = 4", "every_months = 0", r"lines\[1\].ladder.every_months 为 0，应在 1 至 60 之间"),
        ("1965-01-01", "1965-01-02", r"lines\[1\].ladder.born_from 为 1965-01-02，应为某月 1 日"),
        ("every_months = 2", "every_month = 2", r"lines\[3\].ladder.every_months 缺少这一项"),
        ('code = "women_cadre"', 'code = "men"', r"lines\[2\].code “men”重复，请删去其中一项"),
        ('code = "women_cadre"', 'code = "women"', r"lines\[2\].code 的代码“women”不存在，请改用：men、women_cadre"),
        ('chief = "women_cadre"', 'chief = "men"', r"women_line.chief 应为 women_cadre 或 women_other"),
        ('deputy = "women_cadre"\n', "", r"women_line.deputy 缺少这一项"),
        ('last_day = "month_end"', 'last_day = "birthday"', r"service.last_day 的代码“birthday”不存在"),
        ("[service]", "[servce]", r"service 缺少这一项"),
        ("[women_line]", "[other]\na = 1\n[women_line]", r"other 不认识这一项"),
    ],
)
def test_a_wrong_edition_is_refused_with_place_and_remedy(old: str, new: str, words: str) -> None:
    assert old in TEXT
    with pytest.raises(Refused, match=rf"test.toml：{words}"):
        RetirementEdition.from_toml(TEXT.replace(old, new, 1), "test.toml")


def test_an_edition_that_leaves_out_a_line_is_refused() -> None:
    with pytest.raises(Refused, match="lines 缺少代码为“women_other”的一项，请补上"):
        changed(lines=to_plain(GRADUAL)["lines"][:2])


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"born_on": None}, "facts：born_on 缺少这一项"),
        ({"born_on": "1965"}, "facts：born_on 应为日期"),
        ({"born_on": "0965-01-01"}, "出生日期 0965-01-01 不正确"),
        ({"sex": "3"}, "facts：sex 的代码“3”不存在，请改用：0、1、2、9"),
        ({"sex": 1}, "facts：sex 的代码“1”不存在"),
        ({"post": "head"}, "facts：post 的代码“head”不存在"),
        ({"posts": "chief"}, "facts：posts 不认识这一项，是否应为“post”"),
    ],
)
def test_facts_are_read_strictly(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        try_rule("retirement", {"born_on": "1965-01-15", "sex": "1"} | facts, GRADUAL)


@given(st.sampled_from(list(Sex)), st.sampled_from([None, *Post]), BIRTHS)
def test_the_last_day_alone_is_the_one_that_the_reasons_lead_to(sex: Sex, post: Post | None, born_on: date) -> None:
    facts = RetirementFacts(born_on, sex, post)
    assert last_day_or_none(GRADUAL, facts) == retirement(GRADUAL, facts).retires_on
