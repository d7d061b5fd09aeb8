"""What an announcement says of the conditions of a gate."""

import pytest
from flask import Flask

from careerpath.talent_pool.queries.condition_words import condition_lines
from careerpath.talent_pool.queries.rules import known_rules, rules_named


def said(key: str, gate: str) -> dict[str, str]:
    """The sentences of a gate by code; alternatives in one."""
    return {
        line.code: "，或者".join(str(words) for words in line.words) for line in condition_lines(rules_named(key), gate)
    }


def test_the_conditions_of_a_reserve_are_said_with_their_numbers(app: Flask) -> None:
    assert said("feixian-pool-2016", "reserve_secretary") == {
        "political": "政治面貌：中共党员",
        "age": "年龄：未超过 40 周岁生日",
        "education": "学历：大学专科及以上",
        "service": "社区工作年限：满 24 个月",
        "appraisals": "年度考核：近 2 个年度均为优秀、称职",
        "discipline": "处分和调查：不在处分影响期内，没有未结案的立案调查",
    }


def test_alternatives_stand_in_one_line(app: Flask) -> None:
    found = said("feixian-pool-2016", "to_secretary")
    assert found["rung"] == (
        "任社区“两委”委员：任社区“两委”委员满 12 个月，或者任小区党支部书记：任小区党支部书记满 24 个月"
    )
    assert said("feixian-pool-2016", "to_committee")["support"] == "群众基础：群众认可，居民代表评议满意率较高"


@pytest.mark.parametrize("key", ["jixi-2021", "dongbao"])
def test_years_in_posts_say_whether_they_add_up(app: Flask, key: str) -> None:
    words = said(key, "institution")["post"]
    assert ("累计满 36 个月" in words) is (key == "jixi-2021")
    assert ("连续任" in words) is (key == "dongbao")


def test_every_condition_of_every_edition_can_be_said(app: Flask) -> None:
    for edition in known_rules():
        for gate in edition.gates:
            lines = condition_lines(edition, gate.code)
            assert {line.code for line in lines} == {one.code for one in edition.conditions if one.gate == gate.code}
            assert all(str(words) and line.ground for line in lines for words in line.words)
