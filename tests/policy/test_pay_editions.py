"""Reading pay editions: what is accepted, what is refused with its place, and which one is in force."""

import json
from datetime import date, timedelta

import pytest

from careerpath.policy.catalogue import read_toml
from careerpath.policy.edition import in_force, shipped_texts, to_plain
from careerpath.policy.pay import PayEdition
from careerpath.words import Refused
from tests.policy.pay_editions import FEIXIAN, SHIPPED, changed

TEXTS = shipped_texts("pay")
FEI = TEXTS["pay-feixian-2022.toml"]
DALIAN = TEXTS["pay-dalian-3x38.toml"]
OLD = TEXTS["pay-dalian-2013.toml"]
BEIJING = TEXTS["pay-beijing-2008.toml"]
TWELVE = TEXTS["pay-components-12.toml"]
CERTIFIED = TEXTS["pay-ningxia-2025.toml"]
BY_LEVEL = DALIAN.replace('tiers_by = "post"', 'tiers_by = "level"')
CHIEFS = '[[components.rows]]\nwhen = { post = "chief" }\namount = 720.00\n'


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_shipped_edition_survives_being_frozen_as_json(key: str) -> None:
    edition = SHIPPED[key]
    assert PayEdition.from_plain(json.loads(json.dumps(to_plain(edition)))) == edition


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_a_number_of_ours_is_never_shown_as_official(key: str) -> None:
    edition = SHIPPED[key]
    assert edition.head.source
    assert ("示例" in edition.head.note) or not edition.head.example
    for citation in [*(one.citation for one in edition.components), *(one.citation for one in edition.tables)]:
        assert ("示例" in edition.head.cite(citation)[0]) or citation.basis.value == "published"


def test_the_matrix_of_dalian_says_on_its_face_that_it_is_no_official_one() -> None:
    for key in ("dalian-3x38", "dalian-3x38-2026"):
        edition = SHIPPED[key]
        assert edition.head.example
        assert "示例数据/非官方" in edition.head.title
        assert all("示例" in edition.head.cite(one.citation)[0] for one in edition.components)
        assert edition.ladder is not None
        assert (len(edition.ladder.tiers), edition.ladder.levels) == (3, 38)


def test_every_place_has_one_edition_in_force_on_every_day_since_its_first() -> None:
    for place in {edition.head.place for edition in SHIPPED.values()}:
        begins = sorted(edition.head.effective_from for edition in SHIPPED.values() if edition.head.place == place)
        assert len(set(begins)) == len(begins)
        for day in begins:
            assert in_force(SHIPPED.values(), day, place).head.effective_from == day
            assert in_force(SHIPPED.values(), day + timedelta(days=1), place).head.effective_from == day


def test_two_days_have_two_editions() -> None:
    def key(place: str, *day: int) -> str:
        return in_force(SHIPPED.values(), date(*day), place).head.key

    assert key("大连市", 2022, 6, 30) == "dalian-2013"
    assert key("大连市", 2022, 7, 1) == "dalian-3x38"
    assert key("大连市", 2026, 1, 1) == "dalian-3x38-2026"
    assert key("费县", 2025, 12, 31) == "feixian-2022"
    assert key("费县", 2026, 1, 1) == "feixian-2026"


@pytest.mark.parametrize(
    ("text", "old", "new", "words"),
    [
        # Numbers and names.
        (FEI, "[probation]\nshare = 0.80", "[probation]\nshar = 0.80", r"probation.share 缺少这一项"),
        (FEI, "[probation]", "[probations]", r"probations 不认识这一项，是否应为“probation”"),
        (FEI, "share = 0.80\nperformance", "share = 1.80\nperformance", r"probation.share 为 1.8，应在 0 至 1 之间"),
        (FEI, "share = 0.80\nperformance", "share = -0.8\nperformance", r"probation.share 为 -0.8"),
        (FEI, "base = 3000.00", "base = -3000.00", r"components\[1\].base 为 -3000，应在 0 至"),
        (FEI, "base = 3000.00", "base = nan", r"components\[1\].base 应为数字"),
        (FEI, "base = 3000.00", "base = inf", r"components\[1\].base 应为数字"),
        (FEI, "base = 3000.00", "base = 3000.005", r"components\[1\].base 为 3000.005，最多 2 位小数"),
        (FEI, "base = 3000.00", "base = 30000000", r"components\[1\].base 为 30000000，应在 0 至 1000000 之间"),
        (FEI, "base = 3000.00", "base = true", r"components\[1\].base 应为数字"),
        (FEI, "amount = 300.00\nwhen", "amount = -0.01\nwhen", r"components\[3\].amount 为 -0.01"),
        (FEI, "1.00, 1.03,", "1.00, -1.03,", r"tables\[1\].values.2 为 -1.03"),
        (FEI, "1.00, 1.03,", "1.00, nan,", r"tables\[1\].values.2 应为数字"),
        (FEI, "unit = 0.01", "unit = 0.05", r"rounding.unit 应为 0.01、0.1、1 或 10"),
        (FEI, 'mode = "half_up"', 'mode = "nearest"', r"rounding.mode 的代码“nearest”不存在"),
        (FEI, "effective_from = 2022-01-01", "effective_from = 2022-02-30", r"不是有效的 TOML 文件"),
        (FEI, "effective_from = 2022-01-01", 'effective_from = "2022.1.1"', r"head.effective_from 应为日期"),
        (FEI, 'uncounted = ["4"]', 'uncounted = ["5"]', r"service.uncounted.1 的代码“5”不存在"),
        # Levels and ranges.
        (FEI, "levels = 18", "levels = 17", r"ladder.ranges\[1\].highest 为 18，应在 1 至 17 之间"),
        (FEI, "levels = 18", "levels = 19", r"ladder.ranges 19 级不属于任何职务的范围"),
        (FEI, "levels = 18", "levels = 0", r"ladder.levels 为 0，应在 1 至 200 之间"),
        (FEI, "lowest = 7\nhighest = 18", "lowest = 18\nhighest = 7", r"ranges\[1\].highest 小于 lowest"),
        (FEI, "lowest = 1\nhighest = 12", "lowest = 2\nhighest = 12", r"ranges 1 级不属于任何职务的范围"),
        (FEI, 'post = "deputy"\nlowest', 'post = "staff"\nlowest', r"ladder.ranges\[3\].post 一般重复"),
        (FEI, 'post = "deputy"\nlowest', 'post = "vice"\nlowest', r"ranges\[2\].post 的代码“vice”不存在"),
        (
            FEI,
            '[[ladder.ranges]]\npost = "staff"\nlowest = 1\nhighest = 12\n',
            "",
            r"ranges 缺少一般（staff）的等级范围",
        ),
        (FEI, "every_years = 3", "every_years = 0", r"ladder.tenure.every_years 为 0，应在 1 至 20 之间"),
        (FEI, 'height = "master"', 'height = "bachelor"', r"education.grants\[2\].height “bachelor”重复"),
        (FEI, "both_levels = 2", "both_levels = -2", r"education.grants\[2\].both_levels 为 -2"),
        (FEI, "successive = 2", "successive = 0", r"ladder.early.successive 为 0"),
        (FEI, "at_most = 2", "at_mots = 2", r"ladder.early.at_most 缺少这一项"),
        (
            CERTIFIED,
            'grade = "intermediate"\nlevels',
            'grade = "junior"\nlevels',
            r"certificates.grants\[2\].grade “junior”",
        ),
        # Tiers.
        (DALIAN, 'post = "staff"\ntier = 3', 'post = "staff"\ntier = 4', r"ranges\[3\].tier 这一档没有列在 tiers 中"),
        (DALIAN, 'post = "staff"\ntier = 3', 'post = "staff"\ntier = 2', r"tiers\[3\].tier 第 3 档不是任何职务的档"),
        (DALIAN, 'tier = 2\nname = "副职"', 'tier = 1\nname = "副职"', r"tiers\[2\].tier 第 1 档重复"),
        (DALIAN, 'tiers_by = "post"', 'tiers_by = "none"', r"tiers_by 为 none 时不能列档次"),
        (
            BY_LEVEL,
            'name = "正职"',
            'name = "正职"\nlowest = 1\nhighest = 50',
            r"tiers\[1\].highest 为 50，应在 1 至 38",
        ),
        # Level tables.
        (FEI, "1.59, 1.64, 1.69,", "1.59, 1.64,", r"components\[1\].table 金额表“等级系数”缺少18 级的数"),
        (FEI, "1.59, 1.64, 1.69,", "1.59, 1.64, 1.69, 1.74,", r"金额表“等级系数”有 19 级，而等级只到 18 级"),
        (DALIAN, "{ tier = 3, level = 5, value = 200 },", "", r"缺少第 3 档 5 级的数，请补上"),
        (DALIAN, "{ tier = 3, level = 5,", "{ tier = 3, level = 4,", r"tables\[1\].rows\[5\] 第 3 档 4 级重复"),
        (DALIAN, "level = 5, value = 200", "level = 5, value = -200", r"tables\[1\].rows\[5\].value 为 -200"),
        (DALIAN, "level = 5, value = 200", "level = 5, value = 200.001", r"“级差补贴表”的数最多两位小数"),
        (
            DALIAN,
            "rows = [\n",
            "rows = [\n{ tier = 3, level = 38, value = 9 },\n",
            r"第 3 档 38 级不在任何职务的范围内",
        ),
        (DALIAN, 'table = "step"', 'table = "steps"', r"table 的代码“steps”不存在，请改用：step"),
        (
            DALIAN,
            'way = "level_table"\ntable = "step"',
            'way = "fixed"\namount = 1',
            r"tables\[1\].code 没有工资项目使用这张表",
        ),
        (TWELVE, 'code = "level"', 'code = "post"', r"components\[3\].code “post”重复"),
        # Conditions.
        (
            FEI,
            'when = { certificate = "junior" }',
            'when = { certifcate = "junior" }',
            r"没有名为“certifcate”的事实，请改用",
        ),
        (
            FEI,
            'when = { certificate = "junior" }',
            'when = { certificate = "first" }',
            r"certificate 的代码“first”不存在",
        ),
        (FEI, 'when = { certificate = "junior" }', "when = { certificate = [] }", r"when.certificate 缺少这一项"),
        (FEI, 'when = { certificate = "junior" }', "when = { level = 19 }", r"rows\[1\].when.level 最高只到 18"),
        (FEI, 'when = { certificate = "junior" }', "when = { tier = 1 }", r"rows\[1\].when.tier 办法不分档"),
        (FEI, 'when = { certificate = "junior" }', "when = { years = {} }", r"when.years low 和 high 至少填写一项"),
        (FEI, 'when = { certificate = "junior" }', "when = { years = { low = 5, high = 3 } }", r"years.high 小于 low"),
        (
            FEI,
            'when = { certificate = "senior" }',
            'when = { certificate = "junior" }',
            r"rows\[3\].when 与前面一行条件相同",
        ),
        (BEIJING, CHIEFS, "", r"rows 没有一行适用于 post=chief，请补一行或写 otherwise"),
        (BEIJING, 'way = "per_year"', 'way = "per_level"', r"components\[3\].first 缺少这一项"),
        (BEIJING, 'way = "per_year"\neach', 'way = "per_level"\nstep = 1\nfirst', r"components\[3\].way 按等级计算"),
        (BEIJING, 'when = { post = "chief" }', "when = { level = 1 }", r"rows\[1\].when.level 按等级计算，但办法没有"),
        # Facts of the edition itself.
        (OLD, 'code = "area"', 'code = "post"', r"facts\[1\].code “post”是系统已有的事实"),
        (OLD, '210214 = "outer"', '210214 = "outside"', r"facts\[1\].units.210214 的代码“outside”不存在"),
        (OLD, 'usual = "city"', 'usual = "town"', r"facts\[1\].usual 的代码“town”不存在"),
        (OLD, 'when = { area = "outer" }\namount = 1800.00', 'when = { area = "city" }\namount = 1', r"条件相同"),
        (
            OLD,
            'when = { area = "city" }',
            'when = { area = "city", post = "chief" }',
            r"没有一行适用于 area=city，post=deputy",
        ),
    ],
)
def test_a_wrong_edition_is_refused_with_place_and_remedy(text: str, old: str, new: str, words: str) -> None:
    assert old in text
    with pytest.raises(Refused, match=words) as refusal:
        read_toml(text.replace(old, new, 1), "test.toml")
    assert "test.toml" in str(refusal.value)


@pytest.mark.parametrize(
    ("tiers", "words"),
    [
        ([(1, 1, 10), (2, 12, 18)], r"tiers\[2\].lowest 11 级至 11 级不属于任何一档"),
        ([(1, 1, 10), (2, 10, 18)], r"tiers\[2\].lowest 第 2 档从 10 级起，与前一档重叠，应从 11 级起"),
        ([(1, 1, 10), (2, 11, 17)], r"ladder.tiers 18 级至 18 级不属于任何一档"),
        ([(1, 2, 10), (2, 11, 18)], r"tiers\[1\].lowest 1 级至 1 级不属于任何一档"),
        ([(1, 10, 1), (2, 11, 18)], r"tiers\[2\].lowest|tiers\[1\].highest"),
        ([(1, 1, 18), (1, 1, 18)], r"tiers\[2\].tier 第 1 档重复"),
        ([], r"ladder.tiers 缺少档次，请逐档列出"),
    ],
)
def test_tiers_that_overlap_or_leave_a_gap_are_refused(tiers: list[tuple[int, int, int]], words: str) -> None:
    ladder = to_plain(FEIXIAN)["ladder"] | {
        "tiers_by": "level",
        "tiers": [{"tier": tier, "name": f"{tier} 档", "lowest": low, "highest": high} for tier, low, high in tiers],
    }
    with pytest.raises(Refused, match=words):
        changed(FEIXIAN, ladder=ladder)


def test_tiers_may_be_parts_of_the_ladder() -> None:
    tiers = [
        {"tier": 2, "name": "高档", "lowest": 11, "highest": 18},
        {"tier": 1, "name": "低档", "lowest": 1, "highest": 10},
    ]
    edition = changed(FEIXIAN, ladder=to_plain(FEIXIAN)["ladder"] | {"tiers_by": "level", "tiers": tiers})
    assert edition.ladder is not None
    assert [edition.ladder.tier_of(edition.ladder.ranges[0].post, level) for level in (10, 11)] == [1, 2]


def test_rows_need_not_speak_of_levels_that_a_post_cannot_have() -> None:
    rows = [
        {"when": {"post": "chief", "level": {"low": 7}}, "amount": 3},
        {"when": {"post": "deputy", "level": {"low": 4, "high": 15}}, "amount": 2},
        {"when": {"post": "staff", "level": {"high": 12}}, "amount": 1},
    ]
    component = {"code": "extra", "name": "其他", "way": "lookup", "rows": rows}
    edition = changed(FEIXIAN, components=[*to_plain(FEIXIAN)["components"], component])
    assert edition.components[-1].otherwise is None
    rows[2]["when"] = {"post": "staff", "level": {"high": 11}}
    with pytest.raises(Refused, match="没有一行适用于 post=staff，level=12"):
        changed(FEIXIAN, components=[*to_plain(FEIXIAN)["components"], component])


def test_rows_need_not_speak_of_people_whom_the_component_leaves_out() -> None:
    component = {
        "code": "extra",
        "name": "其他",
        "way": "lookup",
        "when": {"post": ["chief", "deputy"]},
        "rows": [{"when": {"post": "chief"}, "amount": 2}, {"when": {"post": "deputy"}, "amount": 1}],
    }
    edition = changed(FEIXIAN, components=[*to_plain(FEIXIAN)["components"], component])
    assert edition.components[-1].code == "extra"


def test_an_edition_without_components_is_refused() -> None:
    with pytest.raises(Refused, match="components 缺少这一项"):
        changed(SHIPPED["beijing-2008"], components=[])
