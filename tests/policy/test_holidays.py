"""Public holidays: the worked examples (cases/holidays.toml), that of the document, and working days by calendar."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerpath.policy.catalogue import read_toml, shipped
from careerpath.policy.edition import parse_toml, to_plain
from careerpath.policy.holidays import HolidayEdition, WorkCalendar, shipped_calendar
from careerpath.policy.trial import try_rule
from careerpath.words import Refused
from tests.policy.documents import documented

DOCUMENT = "rules-holidays.md"
FILE = Path(__file__).parent / "cases" / "holidays.toml"
CASES = parse_toml(FILE.read_text("utf-8"), FILE.name)["case"]
SHIPPED: dict[str, Any] = {edition.head.key: edition for edition in shipped("holidays")}
THIS_YEAR = SHIPPED["national-holidays-2026"]
DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize("case", [case for case in CASES if "refused" not in case], ids=lambda case: case["name"])
def test_the_worked_example_comes_out(case: dict[str, Any]) -> None:
    answer = try_rule("holidays", case["facts"], SHIPPED[case["edition"]], FILE.name)
    assert {key: answer["result"][key] for key in case["result"]} == case["result"]
    told = "\n".join(reason["document"] + reason["text"] for reason in answer["because"])
    for words in case.get("because", []):
        assert words in told
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=lambda case: case["name"])
def test_what_cannot_be_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=re.escape(case["refused"])):
        try_rule("holidays", case["facts"], SHIPPED[case["edition"]], FILE.name)


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_survives_as_json(key: str) -> None:
    edition = SHIPPED[key]
    assert HolidayEdition.from_plain(json.loads(json.dumps(to_plain(edition)))) == edition


def test_the_documented_example_runs_as_written() -> None:
    (edition,) = documented(DOCUMENT, "toml")
    facts, answer = documented(DOCUMENT, "json")
    assert try_rule("holidays", json.loads(facts), read_toml(edition, DOCUMENT), DOCUMENT) == json.loads(answer)


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_year_has_as_many_weekend_days_worked_as_holidays_on_weekdays_beyond_the_legal_ones(key: str) -> None:
    edition = SHIPPED[key]
    calendar = WorkCalendar.of([edition])
    first, last = date(edition.year, 1, 1), date(edition.year, 12, 31)
    every = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    assert all(day.on.weekday() >= 5 for day in edition.worked)
    # Working days of a whole year: 全国年节及纪念日放假办法 leaves about 250 of them.
    assert 247 <= sum(calendar.is_working(day) for day in every) <= 251


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"worked": [{"on": "2026-10-01"}]}, "worked[1].on 2026-10-01 已列为放假，不能又上班"),
        ({"worked": [{"on": "2026-02-14"}, {"on": "2026-02-14"}]}, "worked[2].on 2026-02-14 重复"),
        ({"worked": [{"on": "2025-02-14"}]}, "2025-02-14 不在 2025-12-01 至 2027-01-31 之间"),
        ({"holidays": [{"name": "国庆节", "starts_on": "2026-10-07", "ends_on": "2026-10-01"}]}, "应不早于 starts_on"),
        ({"year": 26}, "year 为 26"),
    ],
)
def test_an_edition_that_contradicts_itself_is_refused(change: dict[str, Any], words: str) -> None:
    plain = {
        "head": to_plain(THIS_YEAR)["head"],
        "year": 2026,
        "holidays": [{"name": "国庆节", "starts_on": "2026-10-01", "ends_on": "2026-10-07"}],
    }
    with pytest.raises(Refused, match=re.escape(words)):
        HolidayEdition.from_plain(plain | change)


def test_the_arrangement_of_a_year_that_came_last_replaces_the_one_before() -> None:
    head = replace(THIS_YEAR.head, key="changed", effective_from=date(2026, 6, 1))
    changed = replace(THIS_YEAR, head=head, holidays=(), worked=())
    assert WorkCalendar.of([THIS_YEAR]).count(date(2026, 10, 1), date(2026, 10, 7)) == 0
    assert WorkCalendar.of([changed, THIS_YEAR]).count(date(2026, 10, 1), date(2026, 10, 7)) == 5


@given(DAYS, st.integers(1, 40))
def test_so_many_working_days_end_on_the_first_day_that_completes_them(first: date, count: int) -> None:
    calendar = shipped_calendar()
    last = calendar.last_of(first, count)
    assert calendar.count(first, last) == count
    assert calendar.is_working(last)
    assert calendar.count(first, last - timedelta(days=1)) == count - 1


@given(DAYS)
def test_nothing_is_counted_for_no_days(first: date) -> None:
    assert shipped_calendar().last_of(first, 0) == first
    assert shipped_calendar().count(first, first - timedelta(days=1)) == 0
