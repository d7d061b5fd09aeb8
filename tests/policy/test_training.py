"""Training: the worked examples (cases/training.toml), that of the document, and what an edition may not say."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.catalogue import read_toml, shipped
from careerpath.policy.edition import parse_toml, to_plain
from careerpath.policy.training import Attended, Tier, Trainee, TrainingEdition, is_trained, needs_of
from careerpath.policy.trial import try_rule
from careerpath.words import Refused
from tests.policy.documents import documented

DOCUMENT = "rules-training.md"
FILE = Path(__file__).parent / "cases" / "training.toml"
CASES = parse_toml(FILE.read_text("utf-8"), FILE.name)["case"]
SHIPPED: dict[str, Any] = {edition.head.key: edition for edition in shipped("training")}
COUNTY = SHIPPED["feixian-training-2016"]


@pytest.mark.parametrize("case", [case for case in CASES if "refused" not in case], ids=lambda case: case["name"])
def test_the_worked_example_comes_out(case: dict[str, Any]) -> None:
    answer = try_rule("training", case["facts"], SHIPPED[case["edition"]], FILE.name)
    wanted = {key: None if value == "" else value for key, value in case["result"].items()}
    assert {key: answer["result"][key] for key in wanted} == wanted
    told = "\n".join(reason["document"] + reason["text"] for reason in answer["because"])
    for words in case.get("because", []):
        assert words in told
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=lambda case: case["name"])
def test_what_cannot_be_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=re.escape(case["refused"])):
        try_rule("training", case["facts"], SHIPPED[case["edition"]], FILE.name)


def test_every_shipped_edition_has_a_worked_example() -> None:
    assert {case["edition"] for case in CASES} == set(SHIPPED)


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_survives_as_json(key: str) -> None:
    edition = SHIPPED[key]
    assert TrainingEdition.from_plain(json.loads(json.dumps(to_plain(edition)))) == edition


def test_the_documented_example_runs_as_written() -> None:
    (edition,) = documented(DOCUMENT, "toml")
    facts, answer = documented(DOCUMENT, "json")
    assert try_rule("training", json.loads(facts), read_toml(edition, DOCUMENT), DOCUMENT) == json.loads(answer)


courses = st.lists(
    st.builds(
        Attended,
        on=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
        tier=st.sampled_from(Tier),
        hours=st.decimals(0, 40, places=1),
    ),
    max_size=8,
)


@given(courses, courses)
def test_more_courses_never_make_a_need_larger(first: list[Attended], second: list[Attended]) -> None:
    trainee = Trainee(date(2020, 1, 1), attended=tuple(first))
    more = Trainee(date(2020, 1, 1), attended=(*first, *second))
    before, after = (needs_of(COUNTY, one, 2025, date(2025, 12, 31)) for one in (trainee, more))
    assert [need.code for need in before] == [need.code for need in after]
    assert all(old.days <= new.days for old, new in zip(before, after, strict=True))


def test_who_took_part_for_an_hour_is_not_trained_yet() -> None:
    hour = Attended(date(2025, 3, 1), Tier.STREET, Decimal(1))
    half_day = Attended(date(2025, 3, 1), Tier.STREET, days=Decimal("0.5"))
    assert not is_trained(COUNTY, [hour], 2025)
    assert is_trained(COUNTY, [half_day], 2025)
    assert not is_trained(COUNTY, [half_day], 2024)
    assert not is_trained(COUNTY, [Attended(date(2025, 3, 1), Tier.COMMUNITY, Decimal(40))], 2025)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"requirements": [{"code": "a", "name": "甲", "period": "before_start", "days": 3}]}, "window"),
        ({"requirements": [{"code": "a", "name": "甲", "period": "year", "days": 3, "window": 30}]}, "只用于上岗前"),
        ({"requirements": [{"code": "a", "name": "甲", "period": "year", "days": 3}] * 2}, "requirements[2].code"),
        ({"target": {"share": 2, "least_hours": 4}}, "target.share"),
        ({"hours_per_day": 0}, "hours_per_day"),
    ],
)
def test_an_edition_that_cannot_be_is_refused_with_its_place(part: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=re.escape(told)):
        TrainingEdition.from_plain({**to_plain(COUNTY), **part}, "edition")
