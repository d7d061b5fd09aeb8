"""The worked examples that an office can read and extend (cases/retirement.toml), and that of the document."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from careerpath.policy.catalogue import read_toml, shipped
from careerpath.policy.edition import parse_toml, to_plain
from careerpath.policy.reason import plain
from careerpath.policy.retirement import RetirementEdition
from careerpath.policy.trial import try_rule
from tests.policy.documents import documented, text_of

DOCUMENT = "rules-retirement.md"
FILE = Path(__file__).parent / "cases" / "retirement.toml"
CASES = parse_toml(FILE.read_text("utf-8"), FILE.name)["case"]
SHIPPED = {edition.head.key: edition for edition in shipped("retirement")}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_worked_example_comes_out(case: dict[str, Any]) -> None:
    answer = try_rule("retirement", case["facts"], SHIPPED[case["edition"]], FILE.name)
    assert answer["result"] == {"retires_on": plain(case["retires_on"]) or None, "age": case.get("age")}
    told = "\n".join(reason["document"] + reason["text"] for reason in answer["because"])
    for words in case.get("because", []):
        assert words in told
    assert json.loads(json.dumps(answer)) == answer


def test_every_shipped_edition_has_a_worked_example() -> None:
    assert {case["edition"] for case in CASES} == set(SHIPPED)


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_survives_as_json_and_does_not_call_our_reading_official(key: str) -> None:
    edition = SHIPPED[key]
    assert isinstance(edition, RetirementEdition)
    assert RetirementEdition.from_plain(json.loads(json.dumps(to_plain(edition)))) == edition
    assert "示例，非官方" in edition.head.cite(edition.women_line.citation)[0]
    assert edition.head.document not in edition.head.cite(edition.service.citation)[0]


def test_the_documented_example_runs_as_written() -> None:
    (edition,) = documented(DOCUMENT, "toml")
    facts, answer = documented(DOCUMENT, "json")
    assert try_rule("retirement", json.loads(facts), read_toml(edition, DOCUMENT), DOCUMENT) == json.loads(answer)


def test_the_documentation_names_every_key_of_an_edition_and_every_fact() -> None:
    (edition,) = documented(DOCUMENT, "toml")
    found = to_plain(read_toml(edition, DOCUMENT))
    line = found["lines"][0]
    keys = {"born_on", "sex", "post"} | set(line) | set(line["ladder"]) | set(line["start"])
    keys |= set(found["women_line"]) | set(found["service"])
    assert [key for key in keys if not re.search(rf"`{key}`", text_of(DOCUMENT))] == []
