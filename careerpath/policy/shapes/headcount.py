"""The words of an edition of the headcount norms (员额)."""

from careerpath.policy.codes import UnitKind
from careerpath.policy.rounding import Rounding, words_of_rounding
from careerpath.policy.shapes.shape import (
    CITATION,
    Field,
    Kind,
    Shape,
    Value,
    code,
    codes,
    listed,
    number,
    table,
    text,
    whole,
    words_of,
)
from careerpath.words import msg

UNITS = words_of(UnitKind)
FIGURES = {"households": msg("户数"), "residents": msg("常住人口")}
WAYS = {"per": msg("按比例"), "bands": msg("分档"), "fixed": msg("定额")}
COMBINATIONS = {"greatest": msg("取最高的一项"), "sum": msg("各项相加")}
STAGES = {"part": msg("各项分别取整"), "total": msg("合并后取整")}
PLACES = {"home": msg("计入派出单位"), "host": msg("计入接收单位")}

HEADCOUNT = Shape(
    "headcount",
    (
        table("units", msg("适用单位"), codes("kinds", msg("单位类型"), UNITS), CITATION),
        listed(
            "parts",
            msg("配备标准"),
            text("code", msg("代码")),
            text("name", msg("名称")),
            code("way", msg("配备方式"), WAYS),
            codes("kinds", msg("适用单位"), UNITS),
            code("of", msg("计算依据"), FIGURES),
            number("count", msg("名额（人）")),
            whole("per", msg("每多少户或人")),
            listed(
                "bands",
                msg("分档"),
                Field("range", msg("起止"), Value(Kind.RANGE)),
                whole("count", msg("名额（人）")),
                identity=("range",),
            ),
            CITATION,
            identity=("code",),
        ),
        table("combination", msg("多项标准"), code("way", msg("合并方式"), COMBINATIONS), CITATION),
        table(
            "rounding",
            msg("取整"),
            code("mode", msg("取整方式"), words_of_rounding(Rounding)),
            code("stage", msg("取整时机"), STAGES),
            CITATION,
        ),
        listed(
            "limits",
            msg("员额上下限"),
            codes("kinds", msg("适用单位"), UNITS),
            whole("floor", msg("下限（人）")),
            whole("cap", msg("上限（人）")),
            CITATION,
        ),
        table("secondment", msg("挂职、跟岗人员"), code("counted_at", msg("计入单位"), PLACES), CITATION),
    ),
)
"""How many people a unit may have."""
