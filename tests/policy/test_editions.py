"""Reading editions: what is accepted, what is refused, and which one is in force."""

import json
from datetime import date
from typing import Any

import pytest

from careerpath.policy.appraisal import AppraisalEdition
from careerpath.policy.catalogue import read_plain, read_toml, shipped
from careerpath.policy.edition import in_force, parse_toml, shipped_texts, to_plain
from careerpath.words import Refused
from tests.policy.editions import FEIXIAN, SHIPPED

TEXT = shipped_texts("appraisal")["appraisal-feixian.toml"]


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_survives_being_frozen_as_json(key: str) -> None:
    edition = SHIPPED[key]
    assert AppraisalEdition.from_plain(json.loads(json.dumps(to_plain(edition)))) == edition


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_is_marked_as_an_example_and_says_where_its_numbers_come_from(key: str) -> None:
    head = SHIPPED[key].head
    assert head.example
    assert "示例" in head.note
    assert head.source


def test_the_indicators_of_dalian_add_up_to_a_hundred() -> None:
    dalian = SHIPPED["dalian-2020"]
    assert [(item.name, int(item.maximum)) for item in dalian.indicators] == [
        ("任务完成", 40),
        ("廉洁自律", 20),
        ("教育培训", 15),
        ("群众满意度", 25),
    ]
    assert dalian.highest == 100


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("share = 0.20", "shar = 0.20", r"test.toml：quota.share 缺少这一项，请补上"),
        ("minimum = 5", "minimum = 5\nminimun = 6", r"ballot.minimun 不认识这一项，是否应为“minimum”？请改名或删去"),
        ("share = 0.20", "share = 1.20", r"quota.share 为 1.2，应在 0 至 1 之间"),
        ("share = 0.20", "share = true", r"quota.share 应为数字"),
        ("share = 0.20", "share = nan", r"quota.share 应为数字"),
        ("share = 0.20", "share = 0.20001", r"quota.share 为 0.20001，最多 4 位小数"),
        ("share = 0.20", "share = 1e999999", r"quota.share 为 1.000e\+999999，应在"),
        ("with_approval_share = 0.25", "with_approval_share = 0.15", r"quota.with_approval_share 低于 share"),
        ('rounding = "down"', 'rounding = "off"', r"quota.rounding 的代码“off”不存在，请改用：down、half_up、up"),
        ('counted = ["1", "2", "3", "4"]', 'counted = ["1", "9"]', r"quota.counted.2 的代码“9”不存在"),
        ('counted = ["1", "2", "3", "4"]', "counted = 1", r"quota.counted 应为列表"),
        ("excellent = 95", "excellent = 70", r"bands.excellent 三个分数线应依次降低"),
        ("excellent = 95", "excellent = 101", r"bands.excellent 高于满分 100"),
        ("minimum = 5", "minimum = 5.5", r"ballot.minimum 应为整数"),
        ("minimum = 5", "minimum = 0", r"ballot.minimum 为 0，应在 1 至 10000 之间"),
        ("leader = 0.3", "leader = 0.2", r"ballot.class_weights 合计应为 1"),
        ('code = "integrity"', 'code = "tasks"', r"indicators\[2\].code “tasks”重复"),
        ('name = "廉洁自律"', 'name = " "', r"indicators\[2\].name 不能为空"),
        ('name = "廉洁自律"', "name = 20", r"indicators\[2\].name 应为文字"),
        ('name = "廉洁自律"', 'name = "' + "廉" * 2001 + '"', r"indicators\[2\].name 超过 2000 个字"),
        (
            'name = "廉洁自律"',
            'name = "廉洁自律"\nfrom_satisfaction = true',
            r"indicators 只能有一项",
        ),
        ("from_satisfaction = true", "from_satisfaction = 1", r"indicators\[4\].from_satisfaction 应为 true 或 false"),
        ("below = 60", "below = 60\nabove = 70", r"hard_fails\[1\].below 与 above 应当且只应填写一项"),
        ('fact = "absence_days"', 'fact = "late_days"', r"hard_fails\[2\].fact 的代码“late_days”不存在"),
        ('above = 15\ngrade = "4"', 'above = 15\ngrade = "5A"', r"hard_fails\[2\].grade 应为 1、2、3、4 之一"),
        ("over_share_of_year = 0.5\n", "", r"statuses\[1\].over_share_of_year 只用于 when"),
        ('grade = "5B"', 'grade = "4"', r"statuses\[2\].grade 应为 5A、5B、5C、6A 之一"),
        ("month = 12, day = 20", "month = 2, day = 29", r"calendar.street_due.day 为 29，应在 1 至 28 之间"),
        ("month = 12, day = 10", "month = 12, day = 16", r"calendar.self_summary_due 之后的各期限应依次在后"),
        ("effective_from = 2022-01-01", 'effective_from = "1 月"', r"head.effective_from 应为日期"),
        ("effective_from = 2022-01-01", "effective_from = 2022-01-01T00:00:00", r"head.effective_from 应为日期"),
        ('rule = "appraisal"', 'rule = "appraisel"', r"没有名为“appraisel”的规则，请改用：appraisal"),
        ("[head]", "[heat]", r"head 缺少这一项"),
        ("[head]", "bands = 3\n[head]", r"不是有效的 TOML 文件"),
        ("share = 0.20", "share = ", r"不是有效的 TOML 文件：.*line \d+.*请改正"),
        ("[names]\n", "names = 5\n[other]\n", r"head.names 不认识这一项"),
    ],
)
def test_a_wrong_edition_is_refused_with_place_and_remedy(old: str, new: str, words: str) -> None:
    assert old in TEXT
    with pytest.raises(Refused, match=words):
        read_toml(TEXT.replace(old, new, 1), "test.toml")


@pytest.mark.parametrize("values", [None, [], "text", {"head": []}, {"head": {"rule": 5}}])
def test_what_is_not_an_edition_at_all_is_refused(values: Any) -> None:
    with pytest.raises(Refused, match="edition："):
        read_plain(values)


def test_an_edition_of_another_rule_is_refused() -> None:
    plain = to_plain(FEIXIAN)
    plain["head"]["rule"] = "pay"
    with pytest.raises(Refused, match="为“pay”，这里需要“appraisal”的版本"):
        AppraisalEdition.from_plain(plain)


def test_a_nesting_without_end_is_refused() -> None:
    with pytest.raises(Refused, match="不是有效的 TOML 文件"):
        parse_toml("a = " + "[" * 100_000, "deep.toml")


def test_the_latest_edition_that_has_begun_is_in_force() -> None:
    editions = shipped("appraisal")
    assert in_force(editions, date(2025, 12, 31)).head.key == "feixian-2022"
    assert in_force(editions, date(2022, 1, 1)).head.key == "feixian-2022"
    assert in_force(editions, date(2021, 12, 31)).head.key == "dalian-2020"
    assert in_force(editions, date(2025, 12, 31), "大连市").head.key == "dalian-2020"


def test_a_day_before_every_edition_is_refused() -> None:
    with pytest.raises(Refused, match="费县在 2021-12-31 没有生效的办法（最早的一版自 2022-01-01 起）"):
        in_force(shipped("appraisal"), date(2021, 12, 31), "费县")
    with pytest.raises(Refused, match="无锡在 2021-12-31 没有生效的办法"):
        in_force(shipped("appraisal"), date(2021, 12, 31), "无锡")


def test_two_editions_of_the_same_day_must_be_told_apart() -> None:
    with pytest.raises(Refused, match="同日生效的办法不止一版"):
        in_force([FEIXIAN, FEIXIAN], date(2025, 1, 1))


def test_an_unknown_rule_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match="没有名为“payroll”的规则，请改用：pay"):
        shipped("payroll")
