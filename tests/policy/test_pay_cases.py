"""The worked examples that an office can read and extend: cases/pay.toml."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from careerpath.policy.edition import in_force, parse_toml
from careerpath.policy.pay import PayEdition, PayFacts, pay_month
from careerpath.policy.reason import plain
from careerpath.policy.trial import try_rule
from tests.policy.pay_editions import SHIPPED

FILE = Path(__file__).parent / "cases" / "pay.toml"
READ = parse_toml(FILE.read_text("utf-8"), FILE.name)


def edition_of(case: dict[str, Any], on: date) -> PayEdition:
    """The edition that a case names, or the one of its place in force on a day."""
    return SHIPPED[case["edition"]] if "edition" in case else in_force(SHIPPED.values(), on, case["place"])


@pytest.mark.parametrize("case", READ["case"], ids=[case["name"] for case in READ["case"]])
def test_the_worked_example_comes_out(case: dict[str, Any]) -> None:
    answer = try_rule("pay", case["facts"], edition_of(case, date.fromisoformat(case["facts"]["on"])), FILE.name)
    found = answer["result"]
    assert {name: found.get(name) for name in case["result"]} == case["result"]
    assert ("missing" in found) == ("missing" in case["result"])
    assert ("monthly" in found) == ("missing" not in found)
    told = "\n".join(reason["document"] + reason["text"] for reason in answer["because"])
    for words in case.get("because", []):
        assert words in told
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize("case", READ["month"], ids=[case["name"] for case in READ["month"]])
def test_the_months_of_a_year_come_out(case: dict[str, Any]) -> None:
    facts = PayFacts.from_plain(case["facts"], FILE.name)
    totals: dict[str, str] = {}
    added = Decimal(0)
    for month in range(1, 13):
        first = date(case["year"], month, 1)
        edition = edition_of(case, first)
        found = pay_month(edition, facts, first, edition_on=lambda day: edition_of(case, day))
        assert found.total == sum(item.amount for item in found.items)
        totals[f"{month:02}"] = plain(found.total) if not found.missing else str(found.missing[0])[2:5]
        added += found.total
    assert {month: totals[month] for month in case["total"]} == case["total"]
    assert "sum" not in case or plain(added) == case["sum"]


def test_every_shipped_edition_has_a_worked_example() -> None:
    used = {edition_of(case, date.fromisoformat(case["facts"]["on"])).head.key for case in READ["case"]}
    assert used == set(SHIPPED)
