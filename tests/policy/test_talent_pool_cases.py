"""The worked examples that an office can read and extend (cases/talent_pool.toml), and that of the document."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from careerpath.policy.catalogue import read_toml, shipped
from careerpath.policy.edition import parse_toml, to_plain
from careerpath.policy.talent_pool import TalentPoolEdition
from careerpath.policy.trial import try_rule
from careerpath.words import Refused
from tests.policy.documents import documented

DOCUMENT = "rules-talent-pool.md"
FILE = Path(__file__).parent / "cases" / "talent_pool.toml"
CASES = parse_toml(FILE.read_text("utf-8"), FILE.name)["case"]
SHIPPED = {edition.head.key: edition for edition in shipped("talent_pool")}


@pytest.mark.parametrize("case", [case for case in CASES if "refused" not in case], ids=lambda case: case["name"])
def test_the_worked_example_comes_out(case: dict[str, Any]) -> None:
    answer = try_rule("talent_pool", case["facts"], SHIPPED[case["edition"]], FILE.name)
    result = answer["result"]
    if "list" in case:
        found = [[line["id"], line["total"] or "", line["rank"] or 0, line["outcome"]] for line in result]
        assert found == case["list"]
    elif case.get("nothing"):
        assert result is None
    else:
        wanted = {key: None if value == "" else value for key, value in case["result"].items()}
        assert {key: result[key] for key in wanted} == wanted
    told = "\n".join(reason["document"] + reason["text"] for reason in answer["because"])
    for words in case.get("because", []):
        assert words in told
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize("case", [case for case in CASES if "refused" in case], ids=lambda case: case["name"])
def test_what_cannot_be_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=re.escape(case["refused"])):
        try_rule("talent_pool", case["facts"], SHIPPED[case["edition"]], FILE.name)


def test_every_shipped_edition_has_a_worked_example() -> None:
    assert {case["edition"] for case in CASES} == set(SHIPPED)


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_survives_as_json(key: str) -> None:
    edition = SHIPPED[key]
    assert isinstance(edition, TalentPoolEdition)
    assert TalentPoolEdition.from_plain(json.loads(json.dumps(to_plain(edition)))) == edition


def test_the_documented_example_runs_as_written() -> None:
    (edition,) = documented(DOCUMENT, "toml")
    facts, answer = documented(DOCUMENT, "json")
    assert try_rule("talent_pool", json.loads(facts), read_toml(edition, DOCUMENT), DOCUMENT) == json.loads(answer)
