"""The worked examples that an office can read and extend (cases/insurance.toml), and that of the document."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from careerpath.policy.catalogue import read_toml, shipped
from careerpath.policy.edition import parse_toml, to_plain
from careerpath.policy.insurance import InsuranceEdition
from careerpath.policy.trial import try_rule
from tests.policy.documents import documented, text_of

DOCUMENT = "rules-insurance.md"
FILE = Path(__file__).parent / "cases" / "insurance.toml"
CASES = parse_toml(FILE.read_text("utf-8"), FILE.name)["case"]
SHIPPED = {edition.head.key: edition for edition in shipped("insurance")}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_worked_example_comes_out(case: dict[str, Any]) -> None:
    answer = try_rule("insurance", case["facts"], SHIPPED[case["edition"]], FILE.name)
    assert answer["result"] == {
        "base": case["base"] or None,
        "items": {code: {"employer": ours, "employee": own} for code, (ours, own) in case["items"].items()},
        "employer": case["employer"] or None,
        "employee": case["employee"] or None,
    }
    told = "\n".join(reason["document"] + reason["text"] for reason in answer["because"])
    for words in case.get("because", []):
        assert words in told
    assert json.loads(json.dumps(answer)) == answer


def test_every_shipped_edition_has_a_worked_example() -> None:
    assert {case["edition"] for case in CASES} == set(SHIPPED)


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_is_an_example_survives_as_json_and_never_passes_a_local_number_as_official(key: str) -> None:
    edition = SHIPPED[key]
    assert isinstance(edition, InsuranceEdition)
    assert InsuranceEdition.from_plain(json.loads(json.dumps(to_plain(edition)))) == edition
    assert edition.head.example
    assert "示例" in edition.head.note
    local = [edition.base.citation, *(item.citation for item in edition.items if item.code in ("medical", "housing"))]
    assert all("示例，非官方" in edition.head.cite(citation)[0] for citation in local)
    national = [item.citation for item in edition.items if item.code in ("pension", "unemployment", "injury")]
    assert all(citation.document and "示例" not in edition.head.cite(citation)[0] for citation in national)


def test_the_documented_example_runs_as_written() -> None:
    (edition,) = documented(DOCUMENT, "toml")
    facts, answer = documented(DOCUMENT, "json")
    assert try_rule("insurance", json.loads(facts), read_toml(edition, DOCUMENT), DOCUMENT) == json.loads(answer)


def test_the_documentation_names_every_key_of_an_edition_and_every_fact() -> None:
    (edition,) = documented(DOCUMENT, "toml")
    plain = to_plain(read_toml(edition, DOCUMENT))
    keys = (
        {"on", "monthly", "declared_base", "exempt", "floor", "ceiling"} | set(plain["base"]) | set(plain["items"][0])
    )
    assert [key for key in keys if not re.search(rf"`{key}`", text_of(DOCUMENT))] == []
