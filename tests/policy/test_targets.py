"""Targets: the worked examples (cases/targets.toml), that of the document, and what an edition may not say."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.catalogue import read_toml, shipped
from careerpath.policy.edition import parse_toml, to_plain
from careerpath.policy.targets import Figure, TargetsEdition, judge
from careerpath.policy.trial import try_rule
from careerpath.words import Refused
from tests.policy.documents import documented

DOCUMENT = "rules-targets.md"
FILE = Path(__file__).parent / "cases" / "targets.toml"
CASES = parse_toml(FILE.read_text("utf-8"), FILE.name)["case"]
SHIPPED: dict[str, Any] = {edition.head.key: edition for edition in shipped("targets")}
COUNTY = SHIPPED["feixian-targets-2016"]


@pytest.mark.parametrize("case", [case for case in CASES if "refused" not in case], ids=lambda case: case["name"])
def test_the_worked_example_comes_out(case: dict[str, Any]) -> None:
    answer = try_rule("targets", case["facts"], SHIPPED[case["edition"]], FILE.name)
    assert answer["result"] == case.get("result", answer["result"])
    told = "\n".join(reason["document"] + reason["text"] for reason in answer["because"])
    for words in case.get("because", []):
        assert words in told
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=lambda case: case["name"])
def test_what_cannot_be_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=re.escape(case["refused"])):
        try_rule("targets", case["facts"], SHIPPED[case["edition"]], FILE.name)


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_survives_as_json(key: str) -> None:
    edition = SHIPPED[key]
    assert TargetsEdition.from_plain(json.loads(json.dumps(to_plain(edition)))) == edition


def test_the_documented_example_runs_as_written() -> None:
    (edition,) = documented(DOCUMENT, "toml")
    facts, answer = documented(DOCUMENT, "json")
    assert try_rule("targets", json.loads(facts), read_toml(edition, DOCUMENT), DOCUMENT) == json.loads(answer)


@pytest.mark.parametrize(
    ("place", "change", "words"),
    [
        (0, {"age": None}, "targets[1].age 缺少这一项"),
        (0, {"least": None}, "targets[1].least 请写明 least 或 most"),
        (0, {"certificate": "junior"}, "targets[1].certificate 只用于 certificate_share，请删去"),
        (1, {"least": "5"}, "targets[2].least 大于 most"),
        (1, {"code": "young_cadres"}, "targets[2].code “young_cadres”重复"),
        (3, {"least": "95"}, "targets[4].least"),
    ],
)
def test_an_edition_that_contradicts_itself_is_refused(place: int, change: dict[str, Any], words: str) -> None:
    plain = to_plain(COUNTY)
    plain["targets"][place] |= change
    with pytest.raises(Refused, match=re.escape(words)):
        TargetsEdition.from_plain(plain)


def test_nobody_in_service_is_no_verdict() -> None:
    found = judge(COUNTY, COUNTY.target("certificates"), Figure(0, 0))
    assert (found.value, found.met, found.lacking, found.over) == (None, None, 0, 0)


@given(st.integers(0, 400), st.integers(1, 400), st.integers(0, 10_000))
def test_as_many_more_people_as_are_lacking_reach_a_share(count: int, whole: int, least: int) -> None:
    count = min(count, whole)
    target = replace(COUNTY.target("training"), least=Decimal(least) / 10_000)
    found = judge(COUNTY, target, Figure(count, whole))
    reached = judge(COUNTY, target, Figure(count + found.lacking, whole))
    assert reached.met
    if found.lacking:
        assert judge(COUNTY, target, Figure(count + found.lacking - 1, whole)).met is False


@given(st.integers(0, 20_000), st.integers(1, 100))
def test_as_many_more_workers_as_are_lacking_serve_the_households(households: int, workers: int) -> None:
    target = COUNTY.target("households")
    found = judge(COUNTY, target, Figure(households, workers))
    assert judge(COUNTY, target, Figure(households, workers + found.lacking)).met
    if found.lacking:
        assert judge(COUNTY, target, Figure(households, workers + found.lacking - 1)).met is False
