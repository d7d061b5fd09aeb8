"""The words of an edition of the contribution rules (五险一金)."""

from careerpath.policy.rounding import Rounding, words_of_rounding
from careerpath.policy.shapes.shape import CITATION, Shape, code, listed, money, share, table, text
from careerpath.words import msg

BASE_KINDS = {
    "declared": msg("申报工资"),
    "monthly": msg("当月应发工资"),
    "declared_or_monthly": msg("申报工资，未申报的按当月应发工资"),
}

INSURANCE = Shape(
    "insurance",
    (
        table(
            "base",
            msg("缴费基数"),
            code("kind", msg("基数来源"), BASE_KINDS),
            money("average_wage", msg("全省月平均工资（元）")),
            share("floor_share", msg("下限比例")),
            share("ceiling_share", msg("上限比例")),
            money("floor", msg("下限（元）")),
            money("ceiling", msg("上限（元）")),
            money("unit", msg("取整单位（元）")),
            code("rounding", msg("取整方式"), words_of_rounding(Rounding)),
            CITATION,
        ),
        listed(
            "items",
            msg("险种与公积金"),
            text("code", msg("代码")),
            text("name", msg("名称")),
            share("employer_rate", msg("单位费率")),
            share("employee_rate", msg("个人费率")),
            money("employee_amount", msg("个人定额（元）")),
            money("floor", msg("基数下限（元）")),
            money("ceiling", msg("基数上限（元）")),
            money("unit", msg("取整单位（元）")),
            code("rounding", msg("取整方式"), words_of_rounding(Rounding)),
            CITATION,
            identity=("code",),
        ),
    ),
)
"""What both sides contribute."""
