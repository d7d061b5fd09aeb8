"""Headcount editions are read strictly: every refusal names the place and the remedy."""

from datetime import date

import pytest

from careerpath.policy.catalogue import read_toml, shipped
from careerpath.policy.edition import in_force, shipped_texts
from careerpath.words import Refused

TEXTS = shipped_texts("headcount")
FEIXIAN, BANDS = TEXTS["headcount-feixian.toml"], TEXTS["headcount-bands.toml"]
LIMITS = "[[limits]]\nfloor = 5\ncap = 15"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kinds = ["community"]', "kinds = []", r"test.toml：units.kinds 至少要有一类单位"),
        ('kinds = ["community"]', 'kinds = ["community", "community"]', r"units.kinds 中“community”重复"),
        ('kinds = ["community"]', 'kinds = ["shequ"]', r"units.kinds.1 的代码“shequ”不存在"),
        ('code = "households"', 'code = "户数"', r"parts\[1\].code 为“户数”，应为小写英文字母"),
        ('code = "households"', 'code = "other"\nkinds = ["village"]', r"parts\[1\].kinds 含有“village”，而 units"),
        ('of = "households"', 'of = "people"', r"parts\[1\].of 的代码“people”不存在，请改用：households、residents"),
        ('of = "households"\n', "", r"parts\[1\].of 缺少这一项"),
        ("per = 200", "per = 0", r"parts\[1\].per 为 0，应在 1 至"),
        ("per = 200", "per = 200\nbands = []", r"parts\[1\].bands 不认识这一项"),
        ("count = 1", "count = 0.125", r"parts\[1\].count 为 0.125，最多 2 位小数"),
        ("count = 1", "count = -1", r"parts\[1\].count 为 -1，应在 0 至 10000 之间"),
        ('[rounding]\nmode = "up"\ncitation = { clause = "第四条" }', "", r"rounding 缺少这一项，按户数或人数折算"),
        ('mode = "up"', 'mode = "up"\nstage = "last"', r"rounding.stage 的代码“last”不存在，请改用：part、total"),
        ("floor = 5\ncap = 15", "floor = 16\ncap = 15", r"limits\[1\].floor 为 16，高于上限 15"),
        ("floor = 5\ncap = 15", "", r"limits\[1\].floor 与 cap 至少填写一项"),
        (LIMITS, f"[[limits]]\ncap = 9\n\n{LIMITS}", r"limits\[2\] 与第 1 项都适用于“community”，请只留一项"),
        (LIMITS, LIMITS + '\nkinds = ["grid"]', r"limits\[1\].kinds 含有“grid”，而 units.kinds 中没有"),
        ('counted_at = "home"', 'counted_at = "both"', r"secondment.counted_at 的代码“both”不存在，请改用：home、host"),
        ("[secondment]", "[secondmen]", r"secondment 缺少这一项"),
        ('rule = "headcount"', 'rule = "head_count"', r"没有名为“head_count”的规则，请改用：headcount"),
    ],
)
def test_a_wrong_edition_is_refused_with_place_and_remedy(old: str, new: str, words: str) -> None:
    assert old in FEIXIAN
    with pytest.raises(Refused, match=words):
        read_toml(FEIXIAN.replace(old, new, 1), "test.toml")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "low = 1001,",
            "low = 1101,",
            r"parts\[1\].bands\[2\].range.low 为 1101，1001 至 1100 不在任何一档，应从 1001",
        ),
        ("low = 1001,", "low = 1000,", r"parts\[1\].bands\[2\].range.low 为 1000，与上一档重叠，应从 1001 起"),
        ("low = 0,", "low = 1,", r"parts\[1\].bands\[1\].range.low 为 1，0 至 0 不在任何一档，应从 0 起"),
        ("low = 5001 }", "low = 5001, high = 9000 }", r"parts\[1\].bands\[5\].range.high 只有最后一档不设上限"),
        (", high = 3000", "", r"parts\[1\].bands\[3\].range.high 只有最后一档不设上限"),
        ("low = 2001, high = 3000", "low = 2001, high = 1500", r"parts\[1\].bands\[3\].range.high 小于 low"),
        ("count = 9", "count = 6", r"parts\[1\].bands\[3\].count 为 6，少于上一档的 7"),
        ("count = 9", "count = 9.5", r"parts\[1\].bands\[3\].count 应为整数"),
        ("count = 3", "count = 3.5", r"parts\[2\].count 为 3.5，最多 0 位小数"),
        ('code = "village"', 'code = "bands"', r"parts\[2\].code “bands”重复，请改用别的代码"),
        ('[combination]\nway = "greatest"', "", r"combination 缺少这一项：“village”有多项标准，请写明取高（greatest）"),
        ('way = "greatest"', 'way = "least"', r"combination.way 的代码“least”不存在"),
        ('"village"]', '"village", "grid"]', r"parts 没有适用于“grid”的一项，请补上"),
    ],
)
def test_a_step_table_is_refused_at_the_band_that_is_wrong(old: str, new: str, words: str) -> None:
    assert old in BANDS
    with pytest.raises(Refused, match=words):
        read_toml(BANDS.replace(old, new, 1), "test.toml")


def test_a_step_table_without_bands_is_refused() -> None:
    first, last = BANDS.index("bands = ["), BANDS.index("]\n\n# 村")
    with pytest.raises(Refused, match=r"parts\[1\].bands 至少要有一档"):
        read_toml(BANDS[:first] + BANDS[last + 2 :], "test.toml")


def test_the_norm_of_dalian_changes_with_2013() -> None:
    editions = shipped("headcount")
    assert in_force(editions, date(2012, 12, 31), "大连市").head.key == "dalian-2005"
    assert in_force(editions, date(2013, 1, 1), "大连市").head.key == "dalian-2013"
