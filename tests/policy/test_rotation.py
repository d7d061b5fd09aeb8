"""Rotations: the worked examples (cases/rotation.toml), that of the document, and what an edition may not say."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.catalogue import read_toml, shipped
from careerpath.policy.edition import parse_toml, to_plain
from careerpath.policy.rotation import RotationEdition, Stay, Weight, check_stay, months_of, reports_due
from careerpath.policy.trial import try_rule
from careerpath.words import Refused
from tests.policy.documents import documented

DOCUMENT = "rules-rotation.md"
FILE = Path(__file__).parent / "cases" / "rotation.toml"
CASES = parse_toml(FILE.read_text("utf-8"), FILE.name)["case"]
SHIPPED: dict[str, Any] = {edition.head.key: edition for edition in shipped("rotation")}
COUNTY = SHIPPED["feixian-rotation-2016"]
DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("case", [case for case in CASES if "refused" not in case], ids=lambda case: case["name"])
def test_the_worked_example_comes_out(case: dict[str, Any]) -> None:
    answer = try_rule("rotation", case["facts"], SHIPPED[case["edition"]], FILE.name)
    assert {key: answer["result"][key] for key in case["result"]} == case["result"]
    told = "\n".join(reason["document"] + reason["text"] for reason in answer["because"])
    for words in case.get("because", []):
        assert words in told
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=lambda case: case["name"])
def test_what_cannot_be_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=re.escape(case["refused"])):
        try_rule("rotation", case["facts"], SHIPPED[case["edition"]], FILE.name)


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_survives_as_json(key: str) -> None:
    edition = SHIPPED[key]
    assert RotationEdition.from_plain(json.loads(json.dumps(to_plain(edition)))) == edition


def test_the_documented_example_runs_as_written() -> None:
    (edition,) = documented(DOCUMENT, "toml")
    facts, answer = documented(DOCUMENT, "json")
    assert try_rule("rotation", json.loads(facts), read_toml(edition, DOCUMENT), DOCUMENT) == json.loads(answer)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"least_months": 24}, "kinds[3].least_months 大于 most_months"),
        ({"code": "rotation"}, "kinds[3].code “rotation”重复"),
        ({"direction": "sideways"}, "kinds[3].direction 的代码“sideways”不存在"),
        ({"full_time": None}, "kinds[3].full_time 缺少这一项"),
        ({"most_months": None}, "没有最长期限时不必写延长"),
    ],
)
def test_an_edition_that_contradicts_itself_is_refused(change: dict[str, Any], words: str) -> None:
    plain = to_plain(COUNTY)
    plain["kinds"][2] |= change
    with pytest.raises(Refused, match=re.escape(words)):
        RotationEdition.from_plain(plain)


@given(DAYS, st.integers(0, 800), DAYS, st.integers(0, 800))
def test_two_full_time_rotations_are_refused_exactly_if_they_share_a_day(
    first: date, long: int, second: date, longer: int
) -> None:
    one = Stay("secondment", first, first + timedelta(days=long))
    other = Stay("shadowing", second, second + timedelta(days=longer))
    shared = max(one.starts_on, other.starts_on) <= min(one.ends_on, other.ends_on)
    for stay, beside in ((one, other), (other, one)):
        refusing = [found for found in check_stay(COUNTY, stay, [beside]) if found.weight is Weight.REFUSES]
        assert bool(refusing) == shared


@given(DAYS, st.integers(1, 60))
def test_the_last_report_is_due_on_the_last_day_and_all_others_before(first: date, days: int) -> None:
    stay = Stay("secondment", first, first + timedelta(days=days * 10))
    due = reports_due(COUNTY, stay)
    assert due[-1] == stay.ends_on
    assert list(due) == sorted(set(due))
    assert all(first < day <= stay.ends_on for day in due)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "found"),
    [
        (date(2025, 3, 1), date(2025, 5, 31), (3, 0)),
        (date(2025, 1, 31), date(2025, 2, 27), (1, 0)),
        (date(2025, 1, 31), date(2025, 2, 28), (1, 1)),
        (date(2024, 2, 29), date(2025, 2, 28), (12, 1)),
        (date(2025, 3, 1), date(2025, 3, 1), (0, 1)),
    ],
)
def test_months_count_both_days(starts_on: date, ends_on: date, found: tuple[int, int]) -> None:
    assert months_of(starts_on, ends_on) == found
