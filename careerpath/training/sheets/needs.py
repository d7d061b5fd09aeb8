"""Excel columns of who has and who lacks what training, and of the rates by unit; both only go out."""

from careerpath.core.sheets import Column, SheetSpec, day, decimal, digits, text, whole
from careerpath.policy.codes import Certificate
from careerpath.policy.training import Tier

NEEDS_SPEC = SheetSpec(
    "training-needs",
    "培训达标情况",
    (
        Column("street", "街道（镇）", text(80, width=16)),
        Column("unit", "单位", text(80, width=16)),
        Column("number", "编号", digits(width=12)),
        Column("name", "姓名", text(64, width=10)),
        Column("title", "职务", text(60, width=18)),
        Column("requirement", "要求", text(60, width=20)),
        Column("days", "已计入（天）", decimal(2)),
        Column("wanted", "要求（天）", decimal(2)),
        Column("lacking", "尚缺（天）", decimal(2)),
        Column("by", "完成期限", day()),
        Column("met", "是否达标", text(8, width=10)),
        *(Column(f"tier_{tier.value}", f"{tier.zh}培训（天）", decimal(2)) for tier in Tier),
        Column("reason", "说明", text(400, width=48)),
    ),
)

RATES_SPEC = SheetSpec(
    "training-rates",
    "培训率和持证率",
    (
        Column("unit", "单位", text(80, width=20)),
        Column("serving", "在岗（人）", whole()),
        Column("trained", "参训（人）", whole()),
        Column("rate", "培训率", decimal(4, percent=True)),
        Column("met", "是否达标", text(8, width=10)),
        Column("attendances", "参训人次", whole()),
        *(Column(grade.value, f"{grade.zh}（人）", whole()) for grade in Certificate),
        Column("certified", "持证合计（人）", whole()),
        Column("certified_rate", "持证率", decimal(4, percent=True)),
    ),
)
"""Where people hold several certificates the highest counts."""
