"""The worked examples that an office can read and extend: cases/appraisal.toml."""

from pathlib import Path
from typing import Any

import pytest

from careerpath.policy.edition import parse_toml
from careerpath.policy.trial import try_rule
from tests.policy.editions import SHIPPED

FILE = Path(__file__).parent / "cases" / "appraisal.toml"
CASES = parse_toml(FILE.read_text("utf-8"), FILE.name)["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_worked_example_comes_out(case: dict[str, Any]) -> None:
    answer = try_rule("appraisal", case["facts"], SHIPPED[case["edition"]], FILE.name)
    assert set(answer) == {"result", "because"}
    assert answer["result"] == {"score": case["score"] or None, "grade": case["grade"] or None}
    told = "\n".join(reason["document"] + reason["text"] for reason in answer["because"])
    for words in case.get("because", []):
        assert words in told


def test_every_shipped_edition_has_a_worked_example() -> None:
    assert {case["edition"] for case in CASES} == set(SHIPPED)
