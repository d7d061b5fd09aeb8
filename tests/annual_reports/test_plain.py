"""The report as JSON."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from careerpath.annual_reports.documents.plain import SCHEMA, plain_report
from tests.annual_reports.samples import RECRUITMENT, SECTIONS, TEAM
from tests.annual_reports.test_paper import report_of

pytestmark = pytest.mark.usefixtures("app")

TOLD = Path(__file__).parents[2] / "docs" / "annual-report.md"


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys_of(each)


def test_every_key_is_told_in_the_documentation() -> None:
    told = set(re.findall(r"`([a-z_/1-]+)`", TOLD.read_text(encoding="utf-8")))
    assert set(keys_of(plain_report(report_of(*SECTIONS)))) - told == set()
    assert SCHEMA in told


def test_numbers_are_exact_as_shown_and_what_is_not_known_is_null() -> None:
    team, recruitment = plain_report(report_of(TEAM, RECRUITMENT))["sections"]
    age, points = team["figures"]
    assert [age[key] for key in ("value", "last", "change", "total")] == ["36.5", "36.9", "-0.4", None]
    assert points["value"] is None
    assert recruitment["figures"][0]["total"] == "212"
    table = team["tables"][0]
    assert table["total"] == {"name": "合计", "cells": ["42", "68"]}
    assert [row["name"] for row in table["rows"]] == ["费城街道", "上冶镇"]
    assert recruitment["lists"][0]["left_out"] == 58


def test_a_signed_report_says_by_whom_when_and_under_which_number() -> None:
    head = plain_report(report_of(TEAM))["report"]
    assert (head["state"], head["signed_on"], head["number"]) == ("frozen", "2026-01-20", "ND-2025-000001")
    assert head["unit"] == {"code": "371325", "name": "费县"}
