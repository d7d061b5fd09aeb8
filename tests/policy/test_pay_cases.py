"""The worked examples that an office can read and extend: cases/pay.toml."""

import json
import re
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from careerpath.policy.catalogue import read_toml
from careerpath.policy.edition import in_force, parse_toml, to_plain
from careerpath.policy.pay import Certified, Held, PayEdition, PayFacts, Span, Study, Way, pay_month
from careerpath.policy.pay.ladder import Effective
from careerpath.policy.reason import plain
from careerpath.policy.trial import try_rule
from tests.policy.documents import documented, text_of
from tests.policy.pay_editions import SHIPPED

FILE = Path(__file__).parent / "cases" / "pay.toml"
DOCUMENT, EXAMPLES = "rules-pay.md", "rules-pay-examples.md"
READ = parse_toml(FILE.read_text("utf-8"), FILE.name)
INVENTED = PayEdition.from_toml(FILE.with_name("pay-invented.toml").read_text("utf-8"), "pay-invented.toml")
EDITIONS = SHIPPED | {INVENTED.head.key: INVENTED}


def edition_of(case: dict[str, Any], on: date) -> PayEdition:
    """The edition that a case names, or the one of its place in force on a day."""
    return EDITIONS[case["edition"]] if "edition" in case else in_force(SHIPPED.values(), on, case["place"])


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
    assert used == set(EDITIONS)


@pytest.mark.parametrize("number", [0, 1, 2], ids=["coefficient", "components", "level table"])
def test_a_documented_example_runs_as_written(number: int) -> None:
    edition = read_toml(documented(EXAMPLES, "toml")[number], EXAMPLES)
    facts, answer = documented(EXAMPLES, "json")[2 * number : 2 * number + 2]
    assert try_rule("pay", json.loads(facts), edition, EXAMPLES) == json.loads(answer)
    assert len(documented(EXAMPLES, "toml")) == 3


def test_the_documentation_names_every_key_of_an_edition_every_fact_and_every_reason() -> None:
    text = text_of("rules.md") + text_of(DOCUMENT)

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return {key for key in value if not key.isdigit()} | {key for item in value.values() for key in keys(item)}
        return {key for item in value for key in keys(item)} if isinstance(value, list) else set()

    plain = {key: to_plain(edition) for key, edition in SHIPPED.items()}
    wanted = {key for one in plain.values() for part in one if part != "head" for key in keys({part: one[part]})}
    wanted |= {field.name for one in (PayFacts, Held, Span, Study, Certified) for field in fields(one)} - {"placed"}
    wanted |= {way.value for way in Way} | {effective.value for effective in Effective}
    # A value of a declared fact belongs to its edition.
    wanted -= {"area", "city", "outer"}
    assert [key for key in sorted(wanted) if not re.search(rf"`[^`]*\b{key}\b[^`]*`", text)] == []
    answers = [
        try_rule("pay", case["facts"], edition_of(case, date.fromisoformat(case["facts"]["on"])))
        for case in READ["case"]
    ]
    rules = {reason["rule"] for answer in answers for reason in answer["because"]}
    assert [rule for rule in sorted(rules) if f"`{rule}`" not in text and ".component." not in rule] == []
