"""Levels: tenure, changes of post, history with its causes, and the next step."""

from datetime import date, timedelta

import pytest

from careerpath.policy.codes import Certificate, Grade, Post
from careerpath.policy.pay import (
    Cause,
    Certified,
    Held,
    PayEdition,
    PayFacts,
    Placed,
    Span,
    Study,
    level_history,
    level_lacks,
    level_on,
    next_step,
    pay,
    tenure,
)
from careerpath.policy.pay.ladder import Effective
from careerpath.policy.pay.levels import held_post, steps_on
from tests.policy.pay_editions import FEIXIAN, LEVELS, SHIPPED
from tests.policy.pay_people import COLLEGE, ON, level, person


def test_steps_by_day_are_those_of_the_level() -> None:
    facts = person(date(2010, 5, 21))
    assert LEVELS.ladder is not None
    counted = tenure(LEVELS.service, facts)
    assert [steps_on(LEVELS.ladder, counted, date(year, 1, 1), 0) for year in (2013, 2014, 2016, 2017)] == [0, 1, 1, 2]
    assert [steps_on(LEVELS.ladder, counted, date(2014, 1, 1), deemed) for deemed in (0, 1, 3, 5, 7)] == [1, 1, 2, 2, 3]


def test_two_days_that_fall_on_the_end_of_february_come_after_the_interruption() -> None:
    spans = (Span(date(2021, 1, 31), date(2023, 1, 29)), Span(date(2023, 2, 28)))
    counted = tenure(LEVELS.service, PayFacts(ON, spans))
    assert counted.complete_on(2) == date(2023, 2, 28)
    assert counted.years_on(date(2023, 2, 27)) == 1


def test_spans_that_overlap_count_once() -> None:
    spans = (Span(date(2020, 1, 1), date(2021, 6, 30)), Span(date(2021, 1, 1)))
    assert tenure(LEVELS.service, PayFacts(ON, spans)).complete_on(2) == date(2021, 12, 31)


def test_a_service_that_ended_completes_no_more_years() -> None:
    counted = tenure(LEVELS.service, PayFacts(ON, (Span(date(2020, 1, 1), date(2022, 12, 30)),)))
    assert counted.complete_on(2) == date(2021, 12, 31)
    assert counted.complete_on(3) is None
    assert counted.years_on(date(2040, 1, 1)) == 2


def test_somebody_whose_only_year_failed_has_no_years_but_was_there() -> None:
    counted = tenure(
        LEVELS.service, PayFacts(ON, (Span(date(2023, 3, 1), date(2023, 9, 30)),), appraisals={2023: Grade.INCOMPETENT})
    )
    assert counted.uncounted == (2023,)
    assert counted.complete_on(1) is None
    assert counted.complete_on(3, 3) == date(2023, 3, 1)


def test_out_of_service_there_is_no_level() -> None:
    facts = PayFacts(ON, (Span(date(2020, 1, 1), date(2022, 12, 31)),), (Held(Post.STAFF, date(2019, 1, 1)),), COLLEGE)
    assert level_on(LEVELS, facts, date(2019, 12, 31)) is None
    assert level_on(LEVELS, facts, date(2020, 1, 1)) is not None
    assert level_on(LEVELS, facts, date(2023, 1, 1)) is None
    (reason,) = next_step(LEVELS, facts, date(2023, 1, 1)).held_back
    assert str(reason) == "当日没有职务或不在岗，无法推算。"


STAFF = Held(Post.STAFF, date(2020, 1, 1), date(2024, 6, 14))


@pytest.mark.parametrize(
    ("effective", "first"),
    [
        (Effective.SAME_DAY, date(2024, 6, 15)),
        (Effective.SAME_MONTH, date(2024, 6, 1)),
        (Effective.NEXT_MONTH, date(2024, 7, 1)),
        (Effective.NEXT_JANUARY, date(2025, 1, 1)),
    ],
)
def test_a_new_post_counts_from_the_day_that_the_rule_names(effective: Effective, first: date) -> None:
    edition = post_change(effective)
    facts = person(date(2020, 1, 1), STAFF, Held(Post.DEPUTY, date(2024, 6, 15)))
    eve, then = held_post(edition, facts, first - timedelta(days=1)), held_post(edition, facts, first)
    assert eve is not None
    assert then is not None
    assert (eve.post, then.post) == (Post.STAFF, Post.DEPUTY)
    assert level_history(edition, facts, date(2024, 2, 1), date(2025, 1, 1))[1].starts_on == first


def post_change(effective: Effective) -> PayEdition:
    """The eighteen levels with another day for a new post."""
    plain = {**LEVELS.given, "ladder": LEVELS.given["ladder"] | {"post_change": effective.value}}
    return PayEdition.from_plain(plain)


def test_a_post_long_before_does_not_go_on_when_somebody_comes_back() -> None:
    posts = (Held(Post.CHIEF, date(2010, 1, 1), date(2015, 6, 30)), Held(Post.STAFF, date(2024, 6, 15)))
    spans = (Span(date(2010, 1, 1), date(2015, 6, 30)), Span(date(2024, 6, 15)))
    held = held_post(LEVELS, PayFacts(ON, spans, posts, COLLEGE), date(2024, 6, 20))
    assert held is not None
    assert held.post is Post.STAFF


def test_a_side_post_does_not_hide_the_post_that_goes_on() -> None:
    posts = (
        Held(Post.DEPUTY, date(2020, 1, 1), date(2024, 6, 14)),
        Held(Post.STAFF, date(2020, 1, 1), main=False),
        Held(Post.CHIEF, date(2024, 6, 15)),
    )
    facts = person(date(2020, 1, 1), *posts)
    assert level(LEVELS, facts, date(2024, 6, 30)) == 5
    assert level(LEVELS, facts, date(2024, 7, 1)) == 8


def test_two_changes_in_one_month_skip_the_post_between() -> None:
    posts = (
        Held(Post.STAFF, date(2023, 1, 1), date(2024, 6, 9)),
        Held(Post.CHIEF, date(2024, 6, 10), date(2024, 6, 20)),
        Held(Post.DEPUTY, date(2024, 6, 21)),
    )
    spans = level_history(LEVELS, person(date(2023, 1, 1), *posts), date(2024, 1, 1), date(2024, 12, 31))
    assert [(span.starts_on, span.cause, span.level.post) for span in spans] == [
        (date(2024, 1, 1), Cause.INITIAL, Post.STAFF),
        (date(2024, 7, 1), Cause.POST_CHANGE, Post.DEPUTY),
    ]


def test_the_main_post_is_paid_where_the_edition_says_so() -> None:
    edition = PayEdition.from_plain({**LEVELS.given, "concurrent": "main"})
    posts = (Held(Post.STAFF, date(2024, 1, 1)), Held(Post.CHIEF, date(2024, 1, 1), main=False))
    facts = person(date(2024, 1, 1), *posts)
    assert level(edition, facts, ON) == 1
    assert level(LEVELS, facts, ON) == 7


def test_the_history_says_why_each_level_came() -> None:
    facts = person(
        date(2015, 3, 1),
        Held(Post.STAFF, date(2015, 3, 1), date(2022, 4, 10)),
        Held(Post.DEPUTY, date(2022, 4, 11)),
        studies=(Study("31"), Study("21", "4", date(2019, 6, 20))),
        certificates=(Certified(Certificate.JUNIOR, date(2020, 6, 1), date(2020, 8, 15)),),
        appraisals={2015: Grade.EXCELLENT, 2016: Grade.EXCELLENT, 2020: Grade.INCOMPETENT},
    )
    spans = level_history(LEVELS, facts, date(2015, 3, 1), date(2026, 12, 31))
    assert [(str(span.starts_on), span.cause.value, span.level.level) for span in spans] == [
        ("2015-03-01", "initial", 1),
        ("2017-01-01", "early", 2),
        ("2019-01-01", "tenure", 3),
        ("2019-07-01", "education", 4),
        ("2020-08-01", "certificate", 5),
        ("2022-05-01", "post_change", 8),
        # Six years are complete on 28 February 2022, for 2020 did not count.
        ("2023-01-01", "tenure", 9),
        ("2026-01-01", "tenure", 10),
    ]


def test_another_study_that_gives_more_because_the_years_went_by_is_a_step_of_tenure() -> None:
    studies = (Study("21", "4", date(2015, 6, 30)), Study("14", "", date(2019, 6, 30)))
    spans = level_history(LEVELS, person(date(2021, 1, 1), studies=studies), date(2021, 1, 1), date(2024, 1, 1))
    assert [(span.starts_on, span.cause, span.level.level) for span in spans] == [
        (date(2021, 1, 1), Cause.INITIAL, 2),
        (date(2024, 1, 1), Cause.TENURE, 3),
    ]


def test_deemed_years_that_come_with_a_diploma_are_a_change_of_education() -> None:
    studies = (Study("31"), Study("21", "", date(2024, 6, 20)))
    facts = person(date(2023, 3, 1), studies=studies)
    spans = level_history(SHIPPED["levels-18-y"], facts, date(2023, 3, 1), date(2024, 12, 31))
    assert [(span.starts_on, span.cause, span.level.level) for span in spans][1:] == [
        (date(2024, 7, 1), Cause.EDUCATION, 2)
    ]


def test_a_level_needs_service_and_education_but_an_approved_one_needs_neither() -> None:
    nothing = PayFacts(ON, posts=(Held(Post.STAFF, date(2020, 1, 1)),))
    assert [str(one) for one in level_lacks(LEVELS, nothing)] == ["缺少进入社区工作的时间。", "缺少学历。"]
    served = PayFacts(ON, posts=nothing.posts, service=(Span(date(2020, 1, 1)),), placed=Placed(3, since=ON))
    assert not pay(LEVELS, served, ON).missing
    # An approval that only begins later is no answer for the day before it.
    assert "缺少学历。" in [str(one) for one in pay(LEVELS, served, ON - timedelta(days=1)).missing]
    assert level_lacks(SHIPPED["beijing-2008"], nothing) == ()


def told(edition: PayEdition, facts: PayFacts, on: date) -> tuple[str | None, int | None, list[str], list[str]]:
    """The next step in words."""
    step = next_step(edition, facts, on)
    day = None if step.starts_on is None else str(step.starts_on)
    return day, step.level, [str(one) for one in step.conditions], [str(one) for one in step.held_back]


def test_the_next_step_names_its_conditions() -> None:
    facts = person(date(2021, 5, 21), appraisals={2023: Grade.INCOMPETENT})
    assert told(FEIXIAN, facts, date(2024, 6, 30)) == (
        "2026-01-01",
        2,
        ["仍任一般", "其间没有不称职的年度", "连续 2 年优秀可提前"],
        ["2023 年度考核结果不计入工作年限，晋级相应顺延。"],
    )


def test_at_the_top_there_is_no_next_step() -> None:
    facts = person(date(1980, 1, 1))
    assert told(FEIXIAN, facts, ON) == (None, None, [], ["已到一般最高 12 级。"])


def test_at_the_top_a_new_post_that_is_known_is_the_next_step() -> None:
    posts = (Held(Post.STAFF, date(1980, 1, 1), date(2024, 8, 14)), Held(Post.DEPUTY, date(2024, 8, 15)))
    day, new, conditions, _ = told(LEVELS, person(date(1980, 1, 1), *posts), ON)
    assert (day, new, conditions[0]) == ("2024-09-01", 15, "届时任副职")


def test_after_the_career_is_over_no_step_comes() -> None:
    facts = PayFacts(ON, (Span(date(2022, 1, 1), date(2024, 10, 31)),), (Held(Post.STAFF, date(2022, 1, 1)),), COLLEGE)
    assert told(FEIXIAN, facts, ON) == (None, None, [], ["现有条件下不再晋级。"])


def test_both_early_steps_used_are_promised_no_more() -> None:
    facts = person(date(2018, 1, 1), appraisals=dict.fromkeys(range(2018, 2024), Grade.EXCELLENT))
    _, _, conditions, _ = told(FEIXIAN, facts, ON)
    assert conditions == ["仍任一般", "其间没有不称职的年度"]


def test_a_scheme_without_levels_has_no_next_step() -> None:
    assert told(SHIPPED["beijing-2008"], person(ON), ON) == (None, None, [], ["现行办法不分等级。"])
    assert level_history(SHIPPED["beijing-2008"], person(ON), ON, ON) == ()
