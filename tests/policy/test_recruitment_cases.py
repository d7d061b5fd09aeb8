"""The worked examples that an office can read and extend (cases/recruitment.toml), and that of the document."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from careerpath.policy.catalogue import read_toml
from careerpath.policy.edition import parse_toml, to_plain
from careerpath.policy.recruitment import Outcome
from careerpath.policy.recruitment.facts import Applicant, Candidate
from careerpath.policy.trial import try_rule
from careerpath.words import Refused
from tests.policy.documents import documented, text_of
from tests.policy.recruitment_editions import SHIPPED, changed

DOCUMENT = "rules-recruitment.md"
FILE = Path(__file__).parent / "cases" / "recruitment.toml"
HELD = parse_toml(FILE.read_text("utf-8"), FILE.name)
CASES, SIZES, ADVICE = HELD["case"], HELD["size"], HELD["eligibility"]


def told(answer: dict[str, Any]) -> str:
    return "\n".join(reason["document"] + reason["text"] for reason in answer["because"])


@pytest.mark.parametrize("case", [case for case in CASES if "list" in case], ids=lambda case: case["name"])
def test_the_worked_example_comes_out(case: dict[str, Any]) -> None:
    edition = changed(SHIPPED[case["edition"]], **case.get("change", {}))
    answer = try_rule("recruitment", case["facts"], edition, FILE.name)
    found = [[line["id"], line["total"] or "", line["rank"] or 0, line["outcome"]] for line in answer["result"]]
    assert found == case["list"]
    for words in case.get("because", []):
        assert words in told(answer)
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=lambda case: case["name"])
def test_what_cannot_be_is_refused_with_its_place(case: dict[str, Any]) -> None:
    edition = changed(SHIPPED[case["edition"]], **case.get("change", {}))
    with pytest.raises(Refused, match=re.escape(case["refused"])):
        try_rule("recruitment", case["facts"], edition, FILE.name)


@pytest.mark.parametrize("case", SIZES, ids=lambda case: case["name"])
def test_as_many_are_interviewed_as_the_ratio_says(case: dict[str, Any]) -> None:
    edition = changed(SHIPPED[case["edition"]], **case.get("change", {}))
    assert edition.shortlist_size(case["places"]) == case["size"]


@pytest.mark.parametrize("case", ADVICE, ids=lambda case: case["name"])
def test_the_advice_on_the_conditions_comes_out(case: dict[str, Any]) -> None:
    edition = changed(SHIPPED[case["edition"]], **case.get("change", {}))
    answer = try_rule("recruitment", {"applicant": case["applicant"], "on": case["on"]}, edition, FILE.name)
    assert answer["result"] == {
        "eligible": None if case["eligible"] == "" else case["eligible"],
        "missing": case.get("missing", []),
        "failed": case.get("failed", []),
        "to_check": case.get("to_check", []),
    }
    for words in case.get("because", []):
        assert words in told(answer)
    assert json.loads(json.dumps(answer)) == answer


def test_every_shipped_edition_and_every_outcome_has_a_worked_example() -> None:
    assert {case["edition"] for case in CASES} == set(SHIPPED)
    assert {line[3] for case in CASES for line in case.get("list", [])} == {outcome.value for outcome in Outcome}


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_is_an_example_and_passes_no_reading_as_official(key: str) -> None:
    edition = SHIPPED[key]
    assert edition.head.example
    assert "示例" in edition.head.note
    assert "示例，非官方" in edition.head.cite(edition.total.citation)[0]
    starts = [(one.head.place, one.head.effective_from) for one in SHIPPED.values()]
    assert len({day for _, day in starts}) == len({place for place, _ in starts}) == len(SHIPPED)


def test_the_documented_example_runs_as_written() -> None:
    (edition,) = documented(DOCUMENT, "toml")
    facts, answer = documented(DOCUMENT, "json")
    assert try_rule("recruitment", json.loads(facts), read_toml(edition, DOCUMENT), DOCUMENT) == json.loads(answer)


def test_the_documentation_names_every_key_of_an_edition_every_fact_and_every_outcome() -> None:
    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for item in value.values() for key in keys(item)}
        return {key for item in value for key in keys(item)} if isinstance(value, list) else set()

    text = text_of(DOCUMENT) + text_of("rules.md")
    names = keys(to_plain(SHIPPED["feixian-2016"])) | {outcome.value for outcome in Outcome}
    names |= {name for one in (Applicant, Candidate) for name in one.__dataclass_fields__} - {"applicant"}
    names |= {"papers", "candidates", "substitution", "published_on", "gone", "applicant", "on", "stage"}
    assert [name for name in sorted(names) if not re.search(rf"`\[*(\w+\.)?{name}\]*`", text)] == []
