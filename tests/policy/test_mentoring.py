"""Mentoring: the worked examples (cases/mentoring.toml), that of the document, and what an edition may not say."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.catalogue import read_toml, shipped
from careerpath.policy.edition import parse_toml, to_plain
from careerpath.policy.mentoring import (
    Chain,
    Mentee,
    Mentor,
    MentoringEdition,
    Pairing,
    check_place,
    distance,
    fit,
    free_places,
    points_of,
    reviews_due,
    reviews_missing,
    usual_end,
)
from careerpath.policy.trial import try_rule
from careerpath.words import Refused
from tests.policy.documents import documented

DOCUMENT = "rules-mentoring.md"
FILE = Path(__file__).parent / "cases" / "mentoring.toml"
CASES = parse_toml(FILE.read_text("utf-8"), FILE.name)["case"]
SHIPPED: dict[str, Any] = {edition.head.key: edition for edition in shipped("mentoring")}
COUNTY = SHIPPED["feixian-mentoring-2016"]
PATHS = st.lists(st.integers(1, 3), min_size=1, max_size=5).map(lambda parts: "/".join(map(str, parts)) + "/")
SKILLS = st.frozensets(st.sampled_from(["党务", "治理", "调解", "养老"]))


@pytest.mark.parametrize("case", [case for case in CASES if "refused" not in case], ids=lambda case: case["name"])
def test_the_worked_example_comes_out(case: dict[str, Any]) -> None:
    answer = try_rule("mentoring", case["facts"], SHIPPED[case["edition"]], FILE.name)
    assert {key: answer["result"][key] for key in case["result"]} == case["result"]
    told = "\n".join(reason["document"] + reason["text"] for reason in answer["because"])
    for words in case.get("because", []):
        assert words in told
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=lambda case: case["name"])
def test_what_cannot_be_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=re.escape(case["refused"])):
        try_rule("mentoring", case["facts"], SHIPPED[case["edition"]], FILE.name)


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_survives_as_json(key: str) -> None:
    edition = SHIPPED[key]
    assert MentoringEdition.from_plain(json.loads(json.dumps(to_plain(edition)))) == edition


def test_the_documented_example_runs_as_written() -> None:
    (edition,) = documented(DOCUMENT, "toml")
    facts, answer = documented(DOCUMENT, "json")
    assert try_rule("mentoring", json.loads(facts), read_toml(edition, DOCUMENT), DOCUMENT) == json.loads(answer)


@pytest.mark.parametrize(
    ("part", "change", "words"),
    [
        ("matching", {"expertise": "0.6"}, "matching.expertise 各项权重合计应为 1"),
        ("matching", {"chain": "ignore"}, "matching.chain_weight 只在 chain 为 prefer 或 avoid 时填写"),
        ("term", {"review_every": 13}, "term.review_every 大于 months"),
        ("term", {"months": None}, "term.months 缺少这一项"),
    ],
)
def test_an_edition_that_contradicts_itself_is_refused(part: str, change: dict[str, Any], words: str) -> None:
    plain = to_plain(COUNTY)
    plain[part] |= change
    with pytest.raises(Refused, match=re.escape(words)):
        MentoringEdition.from_plain(plain)


def test_a_mentor_beyond_the_cap_needs_a_reason() -> None:
    full = Mentor(1, "secretary", "1/2/", mentees=3)
    with pytest.raises(Refused, match="已达 3 人，确需超额结对的请填写理由"):
        check_place(COUNTY, full)
    assert "经说明理由超额结对：新社区急需" in str(check_place(COUNTY, full, "新社区急需。").message)
    assert "可以结对" in str(check_place(COUNTY, replace(full, mentees=2)).message)


def test_a_mentor_who_agreed_to_fewer_people_than_the_kind_allows_is_full_earlier() -> None:
    own = Mentor(1, "secretary", "1/2/", mentees=1, cap=1)
    assert free_places(COUNTY, own) == 0
    with pytest.raises(Refused, match="现带 1 人，已达 1 人"):
        check_place(COUNTY, own)
    assert free_places(COUNTY, replace(own, cap=4)) == 3


def test_a_commander_may_be_forbidden_and_a_former_mentor_is_never_proposed() -> None:
    mentee, chief = Mentee(1, "1/2/3/"), Mentor(7, "secretary", "1/2/3/", commands="1/2/3/")
    rule = COUNTY.matching
    strict = replace(rule, chain=Chain.FORBID, chain_weight=Decimal(0), expertise=Decimal("0.6"))
    assert fit(COUNTY, mentee, chief) is not None
    assert fit(replace(COUNTY, matching=strict), mentee, chief) is None
    assert fit(COUNTY, replace(mentee, former=frozenset({7})), chief) is None


def test_nobody_without_the_wanted_expertise_or_too_far_is_proposed_where_the_edition_says_so() -> None:
    mentee, mentor = Mentee(1, "1/2/3/", frozenset({"党务"})), Mentor(7, "agency_cadre", "1/9/8/7/")
    rule = COUNTY.matching
    assert fit(COUNTY, mentee, mentor) is not None
    assert fit(replace(COUNTY, matching=replace(rule, needs_expertise=True)), mentee, mentor) is None
    assert fit(replace(COUNTY, matching=replace(rule, farthest=4, forbid_beyond=True)), mentee, mentor) is None


@given(PATHS, PATHS, PATHS)
def test_distance_is_that_of_a_tree(one: str, other: str, third: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, third) <= distance(one, other) + distance(other, third)


@given(PATHS, PATHS, SKILLS, SKILLS, st.integers(0, 5))
def test_points_lie_between_nothing_and_a_hundred_and_are_the_sum_of_their_reasons(
    one: str, other: str, wanted: frozenset[str], held: frozenset[str], mentees: int
) -> None:
    found = fit(COUNTY, Mentee(1, one, wanted), Mentor(2, "secretary", other, held, mentees))
    assert found is not None
    assert 0 <= found.points <= 100
    total = sum((Decimal(str(reason.value)) for reason in found.reasons), Decimal(0))
    # Each line and the sum are rounded by themselves.
    assert abs(total - found.points) <= Decimal("0.2")


@given(st.dates(date(2020, 1, 1), date(2026, 1, 1)))
def test_a_year_has_four_reviews_and_who_held_them_all_misses_none(first: date) -> None:
    pairing = Pairing(first, usual_end(COUNTY, first))
    due = reviews_due(COUNTY, pairing)
    assert (len(due), due[-1]) == (4, pairing.ends_on)
    later = pairing.ends_on + timedelta(days=30)
    assert reviews_missing(COUNTY, pairing, later) == due
    assert reviews_missing(COUNTY, replace(pairing, reviews=due), later) == ()
    assert reviews_missing(COUNTY, replace(pairing, reviews=(*due[:3], later)), later) == ()


@given(SKILLS, SKILLS, PATHS, st.integers(0, 4))
def test_points_alone_are_those_that_have_reasons(
    wanted: frozenset[str], held: frozenset[str], path: str, mentees: int
) -> None:
    mentee, mentor = Mentee(1, "1/2/3/", wanted), Mentor(2, "secretary", path, held, mentees)
    found = fit(COUNTY, mentee, mentor)
    assert points_of(COUNTY, mentee, mentor) == (found.points if found else None)
