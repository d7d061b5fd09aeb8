"""The words of an edition of the rules of rotations."""

from careerpath.policy.rotation.edition import Direction
from careerpath.policy.shapes.shape import CITATION, Shape, code, flag, listed, share, table, text, whole
from careerpath.words import msg

DIRECTIONS = {
    Direction.UP.value: msg("上挂"),
    Direction.DOWN.value: msg("下派"),
    Direction.BESIDE.value: msg("平级交流"),
}

ROTATION = Shape(
    "rotation",
    (
        whole("remind_days", msg("到期前提醒天数")),
        listed(
            "kinds",
            msg("锻炼方式"),
            text("code", msg("代码")),
            text("name", msg("名称")),
            code("direction", msg("方向"), DIRECTIONS),
            whole("least_months", msg("最短月数")),
            whole("most_months", msg("最长月数")),
            whole("extension", msg("最多延长月数")),
            flag("full_time", msg("全脱产")),
            whole("report_every", msg("每几个月报告一次")),
            CITATION,
            identity=("code",),
        ),
        listed(
            "grades",
            msg("鉴定等次"),
            text("code", msg("代码")),
            text("name", msg("名称")),
            flag("passes", msg("视为完成")),
            identity=("code",),
        ),
        table(
            "turn",
            msg("轮岗周期"),
            whole("within_years", msg("每几年至少一次")),
            whole("after_years", msg("满几年工龄起")),
            CITATION,
        ),
        table(
            "planning",
            msg("轮岗计划建议"),
            share("wish", msg("本人意愿权重")),
            share("turn", msg("轮到先后权重")),
            share("gap", msg("业务缺口权重")),
            CITATION,
        ),
    ),
)
"""The words of the parts, in the order in which an edition is read."""
