"""The rungs that somebody has stood on, from the posts that the file holds."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.catalogue import shipped
from careerpath.policy.codes import Post
from careerpath.policy.talent_pool import HeldPost, HeldRung, Person, Span, check_gate
from careerpath.policy.talent_pool.ladder import next_rung, rung_on, rungs_held, spans_on, stands_on, stood_since

SHIPPED: Mapping[str, Any] = {edition.head.key: edition for edition in shipped("talent_pool")}
COUNTY = SHIPPED["feixian-pool-2016"]
DAY = timedelta(days=1)
TODAY = date(2025, 12, 5)

CODES = tuple(rung.code for rung in COUNTY.rungs)


def held(post: Post, role: str = "", starts_on: date = date(2020, 1, 1), ends_on: date | None = None) -> HeldPost:
    """A post for a time."""
    return HeldPost(post, role, Span(starts_on, ends_on))


def standing(*posts: HeldPost) -> Person:
    """Somebody known by the posts alone."""
    return Person(posts=posts, rungs=rungs_held(COUNTY, posts))


@pytest.mark.parametrize(
    ("post", "role", "rungs"),
    [
        (Post.STAFF, "社区工作者", ("worker",)),
        (Post.STAFF, "", ("worker",)),
        (Post.STAFF, "书苑小区党支部书记", ("worker", "compound_secretary")),
        (Post.STAFF, "社区工作者 小区党支部书记", ("worker", "compound_secretary")),
        (Post.STAFF, "小区党支部副书记", ("worker",)),
        (Post.DEPUTY, "社区副主任", ("committee",)),
        (Post.DEPUTY, "社区党组织副书记 小区党支部书记", ("compound_secretary", "committee")),
        (Post.CHIEF, "社区党组织书记", ("secretary",)),
    ],
)
def test_a_post_stands_on_the_rungs_that_its_kind_and_its_words_name(
    post: Post, role: str, rungs: tuple[str, ...]
) -> None:
    assert tuple(rung.code for rung in COUNTY.rungs if stands_on(rung, held(post, role))) == rungs


def test_somebody_stands_on_the_highest_rung_of_all_posts_held_that_day() -> None:
    person = standing(
        held(Post.STAFF, "社区工作者", date(2018, 7, 1), date(2022, 3, 31)),
        held(Post.STAFF, "小区党支部书记", date(2020, 11, 1), date(2024, 3, 31)),
        held(Post.DEPUTY, "社区副主任", date(2022, 4, 1), date(2024, 3, 31)),
        held(Post.CHIEF, "社区党组织书记", date(2024, 4, 1)),
    )
    days = {
        date(2018, 6, 30): None,
        date(2018, 7, 1): "worker",
        date(2020, 10, 31): "worker",
        date(2020, 11, 1): "compound_secretary",
        date(2022, 4, 1): "committee",
        date(2024, 3, 31): "committee",
        date(2024, 4, 1): "secretary",
    }
    found = {day: rung_on(COUNTY, person, day) for day in days}
    assert {day: rung.code if rung else None for day, rung in found.items()} == days


def test_a_rung_is_held_since_the_first_of_posts_without_a_day_between() -> None:
    rung = COUNTY.rung("secretary")
    person = standing(
        held(Post.CHIEF, "书苑社区党组织书记", date(2016, 1, 1), date(2017, 12, 31)),
        held(Post.CHIEF, "书苑社区党组织书记", date(2019, 1, 1), date(2021, 12, 31)),
        held(Post.CHIEF, "银杏社区党组织书记", date(2022, 1, 1)),
    )
    assert stood_since(person, rung, TODAY) == date(2019, 1, 1)
    assert stood_since(person, rung, date(2018, 6, 1)) is None
    assert spans_on(person, rung) == (Span(date(2016, 1, 1), date(2017, 12, 31)), Span(date(2019, 1, 1)))


def test_the_next_rung_is_the_one_above_the_lowest_for_who_stands_on_none_and_none_at_the_top() -> None:
    assert next_rung(COUNTY, None) == COUNTY.rungs[0]
    assert next_rung(COUNTY, COUNTY.rung("worker")) == COUNTY.rung("compound_secretary")
    assert next_rung(COUNTY, COUNTY.rungs[-1]) is None
    without = next(edition for edition in SHIPPED.values() if not edition.rungs)
    assert next_rung(without, None) is None


def test_of_alternatives_that_are_all_out_of_reach_each_is_named() -> None:
    names = {item.code: item.name for item in check_gate(COUNTY, "to_secretary", standing(), TODAY).items}
    assert names["rung"] == "任社区“两委”委员或任小区党支部书记"
    soon = standing(held(Post.STAFF, "小区党支部书记", date(2025, 1, 1)))
    (item,) = (one for one in check_gate(COUNTY, "to_secretary", soon, TODAY).items if one.code == "rung")
    assert (item.name, item.met_on) == ("任小区党支部书记", date(2027, 1, 1))


spans = st.builds(
    lambda first, length: Span(first, None if length is None else first + length * DAY),
    st.dates(date(2000, 1, 1), date(2025, 12, 31)),
    st.none() | st.integers(0, 3000),
)


@given(st.lists(st.builds(HeldRung, st.sampled_from(CODES), spans), max_size=6), st.dates(date(1999, 1, 1), TODAY))
def test_whoever_stands_on_a_rung_has_stood_there_since_a_day_that_is_not_later(
    rungs: list[HeldRung], on: date
) -> None:
    person = Person(rungs=tuple(rungs))
    rung = rung_on(COUNTY, person, on)
    above = COUNTY.rungs[CODES.index(rung.code) + 1 :] if rung else COUNTY.rungs
    assert all(stood_since(person, one, on) is None for one in above)
    if rung is not None:
        since = stood_since(person, rung, on)
        assert since is not None
        assert since <= on
        assert not any(one.rung == rung.code and one.span.holds(since - DAY) for one in rungs)
