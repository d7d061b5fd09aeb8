"""Editions of a notice: what is refused with its place, and what labour law is warned of."""

import json
from datetime import date

import pytest

from careerpath.policy.edition import in_force, shipped_texts, to_plain
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.policy.shapes import compare, shape_of
from careerpath.words import Refused
from tests.policy.recruitment_editions import FEIXIAN, PLAIN, SHIPPED, changed

TEXT = shipped_texts("recruitment")["recruitment-feixian.toml"]
AGE = 'kind = "age"\n'


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_survives_being_frozen_as_json(key: str) -> None:
    edition = SHIPPED[key]
    assert RecruitmentEdition.from_plain(json.loads(json.dumps(to_plain(edition)))) == edition


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("written = 0.5", "written = 0.6", r"test.toml：weights.written 与 interview 合计为 1.1，应为 1"),
        ("written = 0.5", "written = nan", r"weights.written 应为数字"),
        ("written = 0.5", "written = 0.50001", r"weights.written 为 0.50001，最多 4 位小数"),
        ("ratio = 2", "ratio = 0.99", r"shortlist.ratio 为 0.99，应在 1 至 100 之间"),
        ("ratio = 2", "ration = 2", r"shortlist.ratio 缺少这一项"),
        ('last_place = "all"', 'last_place = "none"', r"ties.last_place 的代码“none”不存在，请改用：all、tie_break"),
        ("judges = 5", "judges = 2", r"interview.judges 应多于去掉的 2 个分数"),
        ("line = 45", "line = 101", r"pass_lines\[1\].line 高于满分 100"),
        ("line = 45", "line = -1", r"pass_lines\[1\].line 为 -1"),
        ('of = "interview"', 'of = "written"', r"pass_lines\[2\].of “written”重复"),
        ('of = "interview"\nline = 60', 'of = "interview"\nline = 60\nwith_bonus = true', r"\[2\].with_bonus 为 true"),
        ("cap = 5\n", "", r"bonus.cap 只用于 way = \"capped\""),
        ('way = "capped"', 'way = "highest"', r"bonus.cap 只用于 way = \"capped\""),
        ('adds_to = "written"', 'adds_to = "total"', r"pass_lines\[1\].with_bonus 为 true，但这项成绩不含加分"),
        ('code = "social_worker"', 'code = "veteran"', r"bonus.items\[2\].code “veteran”重复"),
        ('by = "group"\ncode = "veteran"', 'by = "group"', r"tie_breaks\[3\].code 用于 by = paper 或 group 时必须填写"),
        (
            'by = "group"\ncode = "veteran"',
            'by = "group"\ncode = "hero"',
            r"tie_breaks\[3\].code “hero”不在 \[\[groups",
        ),
        ('by = "group"\ncode = "veteran"', 'by = "paper"\ncode = "law"', r"tie_breaks\[3\].code “law”不是笔试科目"),
        ('by = "written_without_bonus"', 'by = "interview"', r"tie_breaks\[2\].by 与前面的重复"),
        (
            'group = "veteran"\nyoungest',
            'group = "vet"\nyoungest',
            r"conditions\[3\].group “vet”不在 \[\[groups\]\] 中",
        ),
        ("oldest = 36", "oldest = 17", r"conditions\[2\].youngest 大于 oldest"),
        ("oldest_inclusive = false\n", "", r"conditions\[2\].oldest_inclusive 缺少这一项"),
        ("oldest = 36\n", "", r"conditions\[2\].oldest_inclusive 只能与 oldest 一起填写"),
        ('education = "31"', 'education = "10"', r"conditions\[1\].education 的代码“10”不存在"),
        (
            'education = "31"',
            'education = "31"\nmonths = 3\nmonths_inclusive = true',
            r"\[1\].months 不属于 education 类",
        ),
        ('education = "31"\n', "", r"conditions\[1\].education 缺少这一项，本类条件需要填写：education"),
        ('places = ["费县",', 'places = ["费县", "费县",', r"conditions\[6\].places 有重复的内容"),
        ('places = ["费县",', "places = [3,", r"conditions\[6\].places 应为文字的列表"),
        (
            'code = "household"\nname = "户籍"',
            'code = "age"\nname = "户籍"',
            r"conditions\[6\].code “age”已用于另一类条件",
        ),
        ('code = "photo"', 'code = "diploma"', r"documents\[3\].code “diploma”重复"),
        ("months = 2\n", "months = 2.5\n", r"probation.months 应为整数"),
        (
            "[probation]",
            "[calendar]\nopens_on = 2016-03-02\ncloses_on = 2016-03-01\n\n[probation]",
            r"calendar.closes_on 为",
        ),
        ('rounding = "half_up"', 'rounding = "nearest"', r"total.rounding 的代码“nearest”不存在"),
        ("[weights]", "[weight]", r"weights 缺少这一项"),
    ],
)
def test_a_wrong_edition_is_refused_with_place_and_remedy(old: str, new: str, words: str) -> None:
    assert old in TEXT
    with pytest.raises(Refused, match=words):
        RecruitmentEdition.from_toml(TEXT.replace(old, new, 1), "test.toml")


def test_the_days_of_a_batch_that_run_backwards_are_refused() -> None:
    days = {"announced_on": "2025-03-01", "closes_on": "2025-03-20", "written_on": "2025-03-19"}
    with pytest.raises(Refused, match=r"calendar.written_on 为 2025-03-19，早于 closes_on（2025-03-20）"):
        changed(PLAIN, calendar=days)
    assert changed(PLAIN, calendar=days | {"written_on": "2025-03-20"}).calendar is not None


def test_births_that_run_backwards_are_refused() -> None:
    wrong = {"born_from": "2000-01-01", "born_from_inclusive": True}
    wrong |= {"born_until": "1990-01-01", "born_until_inclusive": True}
    with pytest.raises(Refused, match=r"conditions\[1\].born_from 晚于 born_until"):
        changed(PLAIN, conditions=[{"code": "age", "name": "年龄", "kind": "age"} | wrong])


def test_a_ratio_without_a_policy_for_the_last_place_is_refused() -> None:
    with pytest.raises(Refused, match="ties 缺少这一项"):
        changed(FEIXIAN, ties=None)
    with pytest.raises(Refused, match="shortlist 缺少这一项"):
        changed(FEIXIAN, shortlist=None)


def test_papers_add_up_to_the_full_score() -> None:
    papers = [{"code": "law", "name": "法律", "maximum": 40}, {"code": "work", "name": "社区工作", "maximum": 50}]
    with pytest.raises(Refused, match=r"written.maximum 为 100，各科合计 90，应相等"):
        changed(PLAIN, written={"maximum": 100, "decimals": 2, "papers": papers})


@pytest.mark.parametrize(
    ("months", "contract", "warned"), [(2, 12, False), (3, 12, True), (6, 36, False), (7, 36, True), (6, None, False)]
)
def test_a_probation_beyond_the_law_is_warned_of_and_never_refused(
    months: int, contract: int | None, warned: bool
) -> None:
    probation = {"months": months} | ({} if contract is None else {"contract_months": contract})
    warnings = changed(PLAIN, probation=probation).warnings(date(2025, 3, 1))
    assert bool(warnings) is warned
    assert all("劳动合同法" in str(warning) for warning in warnings)


def test_without_probation_there_is_nothing_to_warn_of() -> None:
    assert PLAIN.warnings(date(2025, 3, 1)) == ()


def test_every_day_has_one_edition_in_force_for_a_place() -> None:
    assert in_force(SHIPPED.values(), date(2017, 6, 1), "大连市中山区").head.key == "dalian-zhongshan-2017"
    assert in_force(SHIPPED.values(), date(2019, 4, 1), "费县").head.key == "feixian-2016"
    assert in_force(SHIPPED.values(), date(2026, 11, 21)).head.key == "dalian-shahekou-2022"


def test_two_notices_are_compared_in_words() -> None:
    old = to_plain(FEIXIAN)
    new = json.loads(json.dumps(old))
    new["weights"] |= {"written": "0.6", "interview": "0.4"}
    new["shortlist"]["ratio"] = "3"
    found = [change for part in compare(shape_of("recruitment"), old, new) for change in part.changes]
    told = [(str(change.column), str(change.old), str(change.new)) for change in found]
    assert told == [("笔试", "50%", "60%"), ("面试", "50%", "40%"), ("每个岗位人数", "2", "3")]
