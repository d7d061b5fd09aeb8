"""Excel columns of who follows whom: one row for each holder, or for a vacant post."""

from careerpath.core.sheets import Column, SheetSpec, day, digits, text, whole

SUCCESSION_SPEC = SheetSpec(
    "succession",
    "梯队储备",
    (
        Column("street", "街道（镇）", text(80, width=16)),
        Column("unit", "社区", text(80, width=16)),
        Column("rung", "岗位", text(60, width=18)),
        Column("holder", "在任", text(64, width=10)),
        Column("number", "编号", digits(width=12)),
        Column("age", "年龄", whole()),
        Column("title", "职务", text(60, width=18)),
        Column("since", "任职时间", day()),
        Column("retires_on", "退休日期", day()),
        Column("term_ends_on", "任期届满", day()),
        Column("months", "先到期尚余月数", whole()),
        Column("now", "可随时使用", text(400, width=24)),
        Column("soon", "培养1—2年", text(400, width=24)),
        Column("later", "需长期培养", text(400, width=24)),
        Column("concerns", "情形", text(120, width=24)),
    ),
)
"""Posts of secretaries and deputies; it only goes out."""
