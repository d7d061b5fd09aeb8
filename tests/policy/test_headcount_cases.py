"""The worked examples that an office can read and extend (cases/headcount.toml), and that of the document."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from careerpath.policy.catalogue import read_toml, shipped
from careerpath.policy.edition import parse_toml, to_plain
from careerpath.policy.headcount import HeadcountEdition
from careerpath.policy.trial import try_rule
from tests.policy.documents import documented, text_of

DOCUMENT = "rules-headcount.md"
FILE = Path(__file__).parent / "cases" / "headcount.toml"
CASES = parse_toml(FILE.read_text("utf-8"), FILE.name)["case"]
SHIPPED = {edition.head.key: edition for edition in shipped("headcount")}
RESULTS = ("quota", "actual", "vacancy", "excess")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_worked_example_comes_out(case: dict[str, Any]) -> None:
    answer = try_rule("headcount", case["facts"], SHIPPED[case["edition"]], FILE.name)
    assert answer["result"] == {key: None if case[key] == "" else case[key] for key in RESULTS if key in case}
    told = "\n".join(reason["document"] + reason["text"] for reason in answer["because"])
    for words in case.get("because", []):
        assert words in told
    assert json.loads(json.dumps(answer)) == answer


def test_every_shipped_edition_has_a_worked_example() -> None:
    assert {case["edition"] for case in CASES} == set(SHIPPED)


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_survives_as_json_says_what_is_ours_and_counts_the_seconded_at_home(key: str) -> None:
    edition = SHIPPED[key]
    assert isinstance(edition, HeadcountEdition)
    assert HeadcountEdition.from_plain(json.loads(json.dumps(to_plain(edition)))) == edition
    assert edition.head.example
    assert "示例" in edition.head.note
    if edition.rounding is not None:
        assert "示例，非官方" in edition.head.cite(edition.rounding.citation)[0]
    assert edition.secondment.counted_at == "home"


@pytest.mark.parametrize("key", ["dalian-2005", "dalian-2013", "ordos", "hubei-2021"])
def test_a_published_number_is_cited_as_published(key: str) -> None:
    edition = SHIPPED[key]
    assert isinstance(edition, HeadcountEdition)
    assert [edition.head.cite(part.citation)[0] for part in edition.parts] == [edition.head.document]


def test_the_documented_example_runs_as_written() -> None:
    (edition,) = documented(DOCUMENT, "toml")
    facts, answer = documented(DOCUMENT, "json")
    assert try_rule("headcount", json.loads(facts), read_toml(edition, DOCUMENT), DOCUMENT) == json.loads(answer)


def test_the_documentation_names_every_key_of_an_edition_and_every_fact() -> None:
    keys = {"unit_kind", "households", "residents", "staff", "serving", "seconded_away", "seconded_here"}
    for edition in SHIPPED.values():
        found = to_plain(edition)
        keys |= {key for table in [*found["parts"], *found["limits"]] for key in table}
        keys |= {key for table in ("units", "combination", "rounding", "secondment") for key in found.get(table, {})}
        keys |= set(found)
    assert [key for key in keys if not re.search(rf"`(\[+)?{key}(\]+)?`", text_of(DOCUMENT))] == []
