"""Excel columns of promotions: one row for each; it only goes out."""

from careerpath.core.sheets import Column, SheetSpec, day, digits, text, whole

PROMOTIONS_SPEC = SheetSpec(
    "promotions",
    "晋升任用名单",
    (
        Column("number", "编号", digits(width=12)),
        Column("name", "姓名", text(64, width=10)),
        Column("former_post", "提出时职务", text(120, width=30)),
        Column("street", "街道（镇）", text(80, width=16)),
        Column("unit", "拟任单位", text(80, width=16)),
        Column("title", "拟任职务", text(60, width=18)),
        Column("party_role", "党内职务", text(40, width=14)),
        Column("held", "任职方式", text(10, width=10)),
        Column("rung", "台阶", text(60, width=18)),
        Column("way", "产生方式", text(10, width=10)),
        Column("relieved_of", "拟免职务", text(120, width=18)),
        Column("eligible", "台阶条件", text(20, width=12)),
        Column("state", "状态", text(20, width=12)),
        Column("proposed_on", "提出日期", day()),
        Column("document", "批准文号", text(120, width=22)),
        Column("approved_on", "批准日期", day()),
        Column("notice_starts_on", "公示开始", day()),
        Column("notice_ends_on", "公示结束", day()),
        Column("held_on", "选举日期", day()),
        Column("votes_for", "得票数", whole()),
        Column("votes_cast", "投票总数", whole()),
        Column("starts_on", "任职日期", day()),
        Column("ended_reason", "未任职的理由", text(200, width=24)),
    ),
)
