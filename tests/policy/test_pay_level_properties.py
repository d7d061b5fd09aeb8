"""Levels: within their range, never falling by time alone, the same by history and by day, and by another formula."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from careerpath.policy.codes import Grade, Post
from careerpath.policy.pay import Held, PayFacts, Study, level_history, level_on, next_step, tenure
from tests.policy.pay_editions import LEVELS, SHIPPED
from tests.policy.pay_people import LADDERS, ON, days, level, people, person


@given(key=st.sampled_from(LADDERS), facts=people(), on=days)
def test_a_level_is_within_the_range_of_the_post_and_is_explained(key: str, facts: PayFacts, on: date) -> None:
    found = level_on(SHIPPED[key], facts, on)
    ladder = SHIPPED[key].ladder
    assert ladder is not None
    if found is None:
        return
    limits = ladder.range_of(found.post)
    assert limits.lowest <= found.level <= limits.highest
    assert found.tier == ladder.tier_of(found.post, found.level)
    added = {reason.rule.removeprefix("pay.level."): reason.value for reason in found.reasons}
    assert added["start"] == limits.lowest
    assert added.get("limit", found.parts.total) == found.level


@settings(max_examples=50)
@given(key=st.sampled_from(LADDERS), facts=people(), since=days, length=st.integers(0, 9000), data=st.data())
def test_history_and_a_single_day_agree(
    key: str, facts: PayFacts, since: date, length: int, data: st.DataObject
) -> None:
    edition, until = SHIPPED[key], since + timedelta(days=length)
    spans = level_history(edition, facts, since, until)
    assert [span.starts_on for span in spans] == sorted({span.starts_on for span in spans})
    for span in spans:
        assert level_on(edition, facts, span.starts_on) == span.level
    for _ in range(10):
        day = data.draw(st.dates(since, until))
        found = level_on(edition, facts, day)
        if found is None:
            continue
        last = [span for span in spans if span.starts_on <= day][-1]
        assert (last.level.level, last.level.tier, last.level.post) == (found.level, found.tier, found.post)


@given(key=st.sampled_from(LADDERS), facts=people(), on=days, later=st.integers(1, 4000))
def test_time_alone_never_lowers_a_level(key: str, facts: PayFacts, on: date, later: int) -> None:
    same = PayFacts(
        on=on,
        service=facts.service,
        posts=(Held(facts.posts[0].post, date(1990, 1, 1)),),
        studies=facts.studies,
        certificates=facts.certificates,
        appraisals=facts.appraisals,
        military_months=facts.military_months,
    )
    before, after = level_on(SHIPPED[key], same, on), level_on(SHIPPED[key], same, on + timedelta(days=later))
    assert before is None or after is None or before.level <= after.level


@given(key=st.sampled_from(LADDERS), facts=people(), year=st.integers(1996, 2034), on=days)
def test_a_failed_year_never_raises_a_level(key: str, facts: PayFacts, year: int, on: date) -> None:
    passed = PayFacts(ON, facts.service, facts.posts, facts.studies, appraisals={year: Grade.COMPETENT})
    failed = PayFacts(ON, facts.service, facts.posts, facts.studies, appraisals={year: Grade.INCOMPETENT})
    before, after = level_on(SHIPPED[key], failed, on), level_on(SHIPPED[key], passed, on)
    assert before is None or after is None or before.level <= after.level


@given(key=st.sampled_from(LADDERS), facts=people(), on=days)
def test_the_next_step_is_the_first_day_on_which_the_level_is_higher(key: str, facts: PayFacts, on: date) -> None:
    edition = SHIPPED[key]
    now, step = level_on(edition, facts, on), next_step(edition, facts, on)
    if step.starts_on is None or step.level is None:
        assert step.held_back
        return
    assert now is not None
    assert now.level < step.level == level(edition, facts, step.starts_on)
    eve = level_on(edition, facts, step.starts_on - timedelta(days=1))
    assert eve is None or eve.level <= now.level
    assert step.starts_on > on


@given(facts=people(), on=days)
def test_full_years_and_the_day_they_are_complete_agree(facts: PayFacts, on: date) -> None:
    counted = tenure(LEVELS.service, facts)
    years = counted.years_on(on)
    reached, following = counted.complete_on(years), counted.complete_on(years + 1)
    assert years == 0 or (reached is not None and reached <= on)
    assert following is None or following > on


@given(joined=days, years=st.integers(1, 40))
def test_service_without_interruption_is_complete_a_day_before_the_anniversary(joined: date, years: int) -> None:
    complete = tenure(LEVELS.service, person(joined)).complete_on(years)
    leap_day = (joined.month, joined.day) == (2, 29)
    anniversary = date(joined.year + years, joined.month, 28 if leap_day and (joined.year + years) % 4 else joined.day)
    assert complete == anniversary - timedelta(days=1)


@given(joined=st.dates(date(2000, 1, 1), date(2010, 12, 31)), year=st.integers(2001, 2012), years=st.integers(1, 15))
def test_a_whole_failed_year_puts_every_later_step_off_by_a_year(joined: date, year: int, years: int) -> None:
    plain = tenure(LEVELS.service, person(joined)).complete_on(years)
    failed = tenure(LEVELS.service, person(joined, appraisals={year: Grade.INCOMPETENT})).complete_on(years)
    assert plain is not None
    assert failed is not None
    if joined < date(year, 1, 1) <= plain:
        whole = {plain.replace(year=plain.year + 1)} if (plain.month, plain.day) != (2, 29) else set()
        assert failed in whole | {date(plain.year + 1, 2, 28), date(plain.year + 1, 2, 27)}
    elif plain < date(year, 1, 1):
        assert failed == plain


LOWEST_AND_HIGHEST = {Post.CHIEF: (7, 18), Post.DEPUTY: (4, 15), Post.STAFF: (1, 12)}
BOTH = {"31": 0, "21": 1, "14": 2, "11": 3}
DEGREES = {"31": "", "21": "4", "14": "3", "11": "2"}


@given(joined=st.dates(date(1980, 1, 1), ON), post=st.sampled_from(list(Post)), diploma=st.sampled_from(sorted(BOTH)))
def test_the_eighteen_levels_are_their_one_line_formula(joined: date, post: Post, diploma: str) -> None:
    lowest, highest = LOWEST_AND_HIGHEST[post]
    # By the end of last year: who came on 1 January has completed the year on 31 December.
    years = ON.year - joined.year - (joined.month > 1 or joined.day > 1)
    facts = person(joined, Held(post, joined), studies=(Study(diploma, DEGREES[diploma]),))
    assert level(LEVELS, facts, ON) == min(highest, lowest + max(0, years) // 3 + BOTH[diploma])
