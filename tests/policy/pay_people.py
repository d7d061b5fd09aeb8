"""People for tests of the rules of pay."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from careerpath.policy.codes import Certificate, Grade, Post
from careerpath.policy.pay import Certified, Held, PayEdition, PayFacts, Span, Study, level_on
from tests.policy.pay_editions import SHIPPED

COLLEGE = (Study("31"),)
LADDERS = sorted(key for key, edition in SHIPPED.items() if edition.ladder)
ON = date(2024, 6, 30)


def person(joined: date, *posts: Held, **more: Any) -> PayFacts:
    """Somebody with a junior college diploma, of general staff where no post is named."""
    known: dict[str, Any] = {"service": (Span(joined),), "posts": posts or (Held(Post.STAFF, joined),)}
    return PayFacts(on=ON, **({"studies": COLLEGE} | known | more))


def level(edition: PayEdition, facts: PayFacts, on: date) -> int:
    """The level of a day."""
    found = level_on(edition, facts, on)
    assert found is not None
    return found.level


days = st.dates(date(1995, 1, 1), date(2035, 12, 31))
grades = st.dictionaries(st.integers(1996, 2034), st.sampled_from(list(Grade)), max_size=12)


@st.composite
def people(draw: st.DrawFn) -> PayFacts:
    """People with changing posts, studies, certificates, grades and interruptions."""
    joined = draw(st.dates(date(1995, 1, 1), date(2025, 12, 31)))
    spans = [Span(joined)]
    if draw(st.booleans()):
        left = joined + timedelta(days=draw(st.integers(0, 3000)))
        spans = [Span(joined, left), Span(left + timedelta(days=draw(st.integers(1, 900))))]
    posts: list[Held] = []
    starts = joined
    for _ in range(draw(st.integers(0, 3))):
        ends = starts + timedelta(days=draw(st.integers(0, 2500)))
        posts.append(Held(draw(st.sampled_from(list(Post))), starts, ends))
        starts = ends + timedelta(days=1)
    posts.append(Held(draw(st.sampled_from(list(Post))), starts))
    if draw(st.booleans()):
        posts.append(Held(draw(st.sampled_from(list(Post))), draw(days), main=False))
    studies = st.builds(
        Study, st.sampled_from(["31", "21", "14", "11"]), st.sampled_from(["", "4", "3", "2"]), st.none() | days
    )
    certificates = st.builds(Certified, st.sampled_from(list(Certificate)), st.none(), st.none() | days)
    return PayFacts(
        on=ON,
        service=tuple(spans),
        posts=tuple(posts),
        studies=tuple(draw(st.lists(studies, max_size=3))),
        certificates=tuple(draw(st.lists(certificates, max_size=2))),
        appraisals=draw(grades),
        military_months=draw(st.integers(0, 60)),
    )
