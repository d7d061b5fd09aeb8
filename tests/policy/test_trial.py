"""Trying a rule on plain data, as ``careerpath rules try`` does, and the example in docs/rules.md."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from careerpath.policy.catalogue import read_toml
from careerpath.policy.edition import to_plain
from careerpath.policy.trial import try_rule
from careerpath.words import Refused
from tests.policy.editions import FEIXIAN

DOCS = Path(__file__).parents[2] / "docs" / "rules.md"
GOOD: dict[str, Any] = {
    "year": 2025,
    "scores": {"tasks": "37.5", "integrity": 20, "training": 14.0},
    "satisfaction": "96.4",
}


def test_an_answer_has_score_grade_and_a_reason_for_each_step() -> None:
    answer = try_rule("appraisal", GOOD, FEIXIAN)
    assert answer["result"] == {"score": "95.60", "grade": "1"}
    assert [reason["rule"] for reason in answer["because"]] == [
        *["appraisal.indicator"] * 4,
        "appraisal.total",
        "appraisal.band",
    ]
    for reason in answer["because"]:
        assert set(reason) == {"rule", "document", "input", "value", "text"}
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"satisfacton": 96}, "facts：satisfacton 不认识这一项，是否应为“satisfaction”"),
        ({"scores": {"task": 1}}, "facts：scores.task 不认识这一项，是否应为“tasks”"),
        ({"scores": [37.5]}, "facts：scores 应为一张表"),
        ({"scores": {"tasks": "很好"}}, "facts：scores.tasks 应为数字"),
        ({"scores": {"tasks": float("inf")}}, "facts：scores.tasks 应为数字"),
        ({"year": "2025"}, "facts：year 应为整数"),
        ({"year": None}, "facts：year 缺少这一项"),
        ({"satisfaction": 101}, "facts：satisfaction 为 101，应在 0 至 100 之间"),
        ({"seconded": "yes"}, "facts：seconded 应为 true 或 false"),
        ({"on_probation_until": "2026.1.31"}, "facts：on_probation_until 应为日期"),
        ({"on_probation_until": "2026-02-30"}, "facts：on_probation_until 应为日期"),
        ({"earlier_grades": {"2024": "5"}}, "facts：earlier_grades.2024 的代码“5”不存在"),
        ({"earlier_grades": {"last": "4"}}, "facts：earlier_grades.last 应为四位年份"),
    ],
)
def test_facts_are_read_strictly(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        try_rule("appraisal", GOOD | facts, FEIXIAN)


def test_facts_that_are_a_list_are_refused() -> None:
    with pytest.raises(Refused, match="facts：全文 应为一张表"):
        try_rule("appraisal", [GOOD], FEIXIAN)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(Refused, match="没有名为“appraisals”的规则，请改用：appraisal"):
        try_rule("appraisals", GOOD, FEIXIAN)


def documented(language: str) -> list[str]:
    """The fenced blocks of one language in docs/rules.md, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", DOCS.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_the_documented_example_runs_as_written() -> None:
    (edition,) = documented("toml")
    facts, answer = documented("json")
    told = try_rule("appraisal", json.loads(facts), read_toml(edition, "docs/rules.md"), "docs/rules.md")
    assert told == json.loads(answer)


def test_the_documentation_names_every_key_of_an_edition_and_every_fact() -> None:
    text = DOCS.read_text("utf-8")

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for item in value.values() for key in keys(item)}
        return {key for item in value for key in keys(item)} if isinstance(value, list) else set()

    facts = {"absence_days", "sick_leave_days", "personal_leave_days", "on_probation_until", "under_investigation"}
    facts |= {"under_discipline_until", "seconded", "earlier_grades", "reference_on", "satisfaction", "scores", "year"}
    unnamed = [key for key in keys(to_plain(FEIXIAN)) | facts if not re.search(rf"\b{key}\b", text)]
    assert unnamed == []
