"""The words of an edition of the pay rules."""

from collections.abc import Mapping
from typing import Any

from careerpath.policy.codes import Certificate, Grade, Post
from careerpath.policy.rounding import FineRounding, words_of_rounding
from careerpath.policy.shapes.shape import (
    CITATION,
    Field,
    Kind,
    Shape,
    Value,
    code,
    codes,
    flag,
    listed,
    mapped,
    money,
    number,
    share,
    table,
    text,
    whole,
    words_of,
)
from careerpath.words import msg

GRADES = words_of(Grade)
POSTS = words_of(Post)
NONE = msg("无")
YES_NO = {"yes": msg("是"), "no": msg("否")}
HEIGHTS = {"bachelor": msg("本科"), "master": msg("硕士"), "doctor": msg("博士")}
EDUCATIONS = {
    "doctor": msg("博士研究生"),
    "master": msg("硕士研究生"),
    "bachelor": msg("大学本科"),
    "college": msg("大学专科"),
    "secondary": msg("中专高中"),
    "lower": msg("初中及以下"),
}
DEGREES = {"doctor": msg("博士学位"), "master": msg("硕士学位"), "bachelor": msg("学士学位"), "none": NONE}
EFFECTIVE = {
    "same_day": msg("当日起"),
    "same_month": msg("当月起"),
    "next_month": msg("次月起"),
    "next_january": msg("次年一月起"),
}
WAYS = {
    "fixed": msg("固定金额"),
    "lookup": msg("按条件查表"),
    "level_table": msg("按等级查表"),
    "coefficient": msg("基数乘系数"),
    "per_level": msg("按级递增"),
    "per_year": msg("按年限"),
}

FACTS = {
    "post": msg("职务"),
    "tier": msg("档"),
    "level": msg("级"),
    "years": msg("工作年限"),
    "education": msg("学历"),
    "degree": msg("学位"),
    "certificate": msg("职业资格"),
    "dual_head": msg("一肩挑"),
    "elected": msg("选任"),
}
FACT_VALUES = {
    "post": Value(Kind.CODE, POSTS, many=True),
    "tier": Value(Kind.RANGE),
    "level": Value(Kind.RANGE),
    "years": Value(Kind.RANGE),
    "education": Value(Kind.CODE, EDUCATIONS, many=True),
    "degree": Value(Kind.CODE, DEGREES, many=True),
    "certificate": Value(Kind.CODE, {**words_of(Certificate), "none": NONE}, many=True),
    "dual_head": Value(Kind.CODE, YES_NO, many=True),
    "elected": Value(Kind.CODE, YES_NO, many=True),
}

WHEN = mapped("when", msg("条件"), msg("事实"), Value(Kind.TEXT, many=True), FACTS, FACT_VALUES)
"""Conditions: what an edition declares itself stands under its own name."""


def _effective() -> Field:
    return code("effective", msg("生效"), EFFECTIVE)


def _even(plain: Mapping[str, Any]) -> Mapping[str, Any]:
    """Level tables as rows, also those that were written as a list of values."""
    tables = plain.get("tables")
    if not isinstance(tables, list | tuple):
        return plain
    return {**plain, "tables": [_rows(each) for each in tables]}


def _rows(written: Any) -> Any:
    if not isinstance(written, Mapping) or not isinstance(written.get("values"), list | tuple):
        return written
    rows = [{"level": level, "value": value} for level, value in enumerate(written["values"], 1)]
    return {**{key: value for key, value in written.items() if key != "values"}, "rows": rows}


def _is_amount(plain: Mapping[str, Any], at: str) -> bool:
    """Whether a number of a level table is yuan: a table of coefficients is multiplied with a base."""
    head, _, rest = at.partition("].rows[")
    if not head.startswith("tables[") or not rest.endswith(".value"):
        return False
    tables, place = plain.get("tables", ()), int(head.removeprefix("tables[")) - 1
    name = tables[place].get("code") if place < len(tables) else None
    used = [each for each in plain.get("components", ()) if each.get("table") == name]
    return any(each.get("way") == "level_table" for each in used)


LADDER = table(
    "ladder",
    msg("等级"),
    whole("levels", msg("级数")),
    code("tiers_by", msg("分档方式"), {"none": msg("不分档"), "post": msg("按职务"), "level": msg("按级")}),
    code("post_change", msg("职务变动生效"), EFFECTIVE),
    CITATION,
    listed(
        "tiers",
        msg("档次"),
        whole("tier", msg("档")),
        text("name", msg("名称")),
        whole("lowest", msg("起始级")),
        whole("highest", msg("终止级")),
        identity=("tier",),
    ),
    listed(
        "ranges",
        msg("各职务等级范围"),
        code("post", msg("职务"), POSTS),
        whole("lowest", msg("最低级")),
        whole("highest", msg("最高级")),
        whole("tier", msg("档")),
        identity=("post",),
    ),
    table(
        "tenure",
        msg("年限晋级"),
        whole("every_years", msg("每满年数")),
        whole("levels", msg("晋升级数")),
        whole("at_most", msg("累计最多级数")),
        _effective(),
        CITATION,
    ),
    table(
        "education",
        msg("学历晋级"),
        _effective(),
        CITATION,
        listed(
            "grants",
            msg("各学历"),
            code("height", msg("学历"), HEIGHTS),
            whole("both_levels", msg("学历学位齐全加级")),
            whole("both_years", msg("学历学位齐全计年")),
            whole("one_levels", msg("只有其一加级")),
            whole("one_years", msg("只有其一计年")),
            identity=("height",),
        ),
    ),
    table(
        "certificates",
        msg("证书晋级"),
        CITATION,
        listed(
            "grants",
            msg("各证书"),
            code("grade", msg("证书"), words_of(Certificate)),
            whole("levels", msg("加级")),
            identity=("grade",),
        ),
    ),
    table(
        "early",
        msg("提前晋级"),
        code("grade", msg("考核等次"), GRADES),
        whole("successive", msg("连续年数")),
        whole("levels", msg("晋升级数")),
        whole("at_most", msg("一生最多次数")),
        _effective(),
        CITATION,
    ),
)

PAY = Shape(
    "pay",
    (
        code("concurrent", msg("兼任职务"), {"higher": msg("就高"), "main": msg("按主职")}),
        table(
            "rounding",
            msg("取整"),
            money("unit", msg("取整单位（元）")),
            code("mode", msg("取整方式"), words_of_rounding(FineRounding)),
            code("stage", msg("取整阶段"), {"component": msg("各项"), "total": msg("合计")}),
        ),
        table(
            "month",
            msg("月份"),
            code("reference", msg("基准日"), {"first": msg("当月第一日"), "last": msg("当月最后一日")}),
            code("partial", msg("不足一月"), {"calendar_days": msg("按日历天数"), "whole": msg("按整月")}),
            CITATION,
        ),
        table(
            "service",
            msg("工作年限"),
            codes("uncounted", msg("不计年限的考核等次"), GRADES),
            flag("military", msg("服役计入年限")),
            CITATION,
        ),
        table(
            "certificates",
            msg("职业资格"),
            code("day", msg("计算日期"), {"registered": msg("登记日"), "obtained": msg("取得日")}),
            _effective(),
            CITATION,
        ),
        table(
            "performance",
            msg("绩效"),
            code("paid", msg("发放周期"), {"month": msg("按月"), "half_year": msg("按半年"), "year": msg("按年")}),
            codes("withheld_grades", msg("不发绩效的考核等次"), GRADES),
            code("withheld", msg("不发的年度"), {"same_year": msg("考核当年"), "next_year": msg("考核次年")}),
            CITATION,
        ),
        table(
            "probation", msg("试用期"), share("share", msg("发放比例")), flag("performance", msg("发放绩效")), CITATION
        ),
        listed(
            "facts",
            msg("本办法的事实"),
            text("code", msg("代码")),
            text("name", msg("名称")),
            text("usual", msg("通常取值")),
            mapped("values", msg("取值"), msg("代码"), Value(Kind.TEXT)),
            mapped("units", msg("单位代码"), msg("单位代码开头"), Value(Kind.TEXT)),
            identity=("code",),
        ),
        LADDER,
        listed(
            "tables",
            msg("等级表"),
            text("code", msg("代码")),
            text("name", msg("名称")),
            CITATION,
            listed(
                "rows",
                msg("各级"),
                whole("tier", msg("档")),
                whole("level", msg("级")),
                number("value", msg("金额或系数")),
                identity=("tier", "level"),
                matrix=("tier", "level", "value"),
            ),
            identity=("code",),
        ),
        listed(
            "components",
            msg("工资项目"),
            text("code", msg("代码")),
            text("name", msg("名称")),
            code("part", msg("性质"), {"basic": msg("基本"), "performance": msg("绩效")}),
            code("way", msg("计算方式"), WAYS),
            WHEN,
            money("amount", msg("金额（元）")),
            money("otherwise", msg("其余情形（元）")),
            text("table", msg("等级表")),
            money("base", msg("基数（元）")),
            share("share", msg("占比")),
            money("first", msg("第一级（元）")),
            money("step", msg("每级增加（元）")),
            money("each", msg("每年（元）")),
            whole("most_years", msg("最多年数")),
            flag("year_start", msg("按上年末年限")),
            CITATION,
            listed("rows", msg("各条件金额"), WHEN, money("amount", msg("金额（元）"))),
            identity=("code",),
        ),
    ),
    even=_even,
    is_amount=_is_amount,
)
"""Everything that a place decides about the pay of its community workers."""
