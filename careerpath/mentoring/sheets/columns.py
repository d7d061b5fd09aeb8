"""Excel columns of mentors, pairings and their logs, in and out."""

from collections.abc import Mapping
from decimal import Decimal

from careerpath.core.sheets import Column, SheetSpec, choice, day, decimal, digits, text, whole
from careerpath.mentoring.operations.logs import LONGEST_TOPIC, MOST_HOURS
from careerpath.mentoring.operations.mentors import LONGEST_NAME, LONGEST_PHONE, LONGEST_POST, MOST_MENTEES
from careerpath.mentoring.operations.texts import (
    LONGEST_DOCUMENT,
    LONGEST_NUMBER,
    LONGEST_REASON,
    LONGEST_REMARK,
    LONGEST_TEXT,
)
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")
LISTED = msg("多项用顿号分开。")
FALLBACK = {"secretary": "优秀社区党组织书记"}
"""So that a template can be made before any edition is in force."""

MENTEE = Column("number", "人员编号", digits(width=12), required=True, aliases=("编号",), example="FX-0107")
NAME = Column("name", "帮带对象", text(LONGEST_NAME, tight=True, width=10), required=True, aliases=("姓名",),
              example="黎书航")  # fmt: skip
AGREEMENT = Column("agreement", "协议编号", text(LONGEST_NUMBER, width=20), required=True, example="费帮〔2026〕001号")


def mentors_spec(kinds: Mapping[str, str]) -> SheetSpec:
    """The columns; ``kinds`` are the names of the kinds of mentors by code."""
    return SheetSpec(
        "mentors",
        "导师名册",
        (
            Column("letter", "聘书编号", text(LONGEST_NUMBER, width=20), required=True, example="费导聘〔2026〕1号"),
            Column("unit", "聘请单位", text(160, width=18), example="费城街道",
                   note=msg("人员库中的导师由系统填写其所在单位。")),
            Column("number", "人员编号", digits(width=12), aliases=("编号",), example="FX-0007",
                   note=msg("外单位的导师留空，并填写聘请单位、单位及职务。")),
            Column("name", "姓名", text(LONGEST_NAME, tight=True, width=10), required=True, aliases=("导师",),
                   example="周明远"),
            Column("post", "单位及职务", text(LONGEST_POST, width=28), example="费县民政局 科长",
                   note=msg("人员库中的导师由系统填写。")),
            Column("phone", "办公电话", text(LONGEST_PHONE, width=14)),
            Column("kind", "导师类别", choice(dict(kinds) or FALLBACK), required=True, aliases=("类别",)),
            Column("expertise", "专长", text(400, width=28), note=LISTED, example="社会救助、党建工作"),
            Column("cap", "最多带教人数", whole(1, MOST_MENTEES), note=msg("留空按办法规定的该类导师人数。")),
            Column("starts_on", "聘期开始", day(), required=True, example="2026-01-01"),
            Column("ends_on", "聘期结束", day(), note=msg("含当日；没有期限的留空。")),
            Column("document", "聘任文号", text(LONGEST_DOCUMENT, width=20)),
            Column("remark", "备注", text(LONGEST_REMARK, lines=True, width=20)),
            Column("mentees", "现带人数", whole(0), note=LOOK),
        ),
    )  # fmt: skip


PAIRINGS_SPEC = SheetSpec(
    "pairings",
    "帮带结对",
    (
        AGREEMENT,
        MENTEE,
        NAME,
        Column("home", "单位和职务", text(200, width=28), note=LOOK),
        Column("letter", "导师聘书编号", text(LONGEST_NUMBER, width=20), required=True, example="费导聘〔2026〕1号"),
        Column("mentor", "导师", text(LONGEST_NAME, tight=True, width=10), required=True, aliases=("导师姓名",),
               example="周明远"),
        Column("starts_on", "帮带开始", day(), required=True, aliases=("开始日期",), example="2026-01-01"),
        Column("ends_on", "帮带期满", day(), aliases=("结束日期",), note=msg("含当日；留空按办法规定的期限。")),
        Column("wanted", "学习业务", text(400, width=24), note=LISTED, example="社会救助"),
        Column("goals", "帮带目标", text(LONGEST_TEXT, lines=True, width=28)),
        Column("plan", "帮带计划", text(LONGEST_TEXT, lines=True, width=28)),
        Column("assessment", "考核办法", text(LONGEST_TEXT, lines=True, width=24)),
        Column("cap_reason", "超额理由", text(LONGEST_REASON, width=20), note=msg("导师满员时必须填写。")),
        Column("standing", "情况", text(20, width=10), note=LOOK),
        Column("last_log", "最近记录", day(), note=LOOK),
        Column("grade", "对帮带对象的评价", text(40, width=14), note=LOOK),
    ),
)  # fmt: skip
"""Pairings. The agreement's number and the mentee say which one a row is about."""

LOGS_SPEC = SheetSpec(
    "mentoring-logs",
    "帮带记录",
    (
        AGREEMENT,
        MENTEE,
        NAME,
        Column("mentor", "导师", text(LONGEST_NAME, width=10), note=LOOK),
        Column("on", "日期", day(), required=True, example="2026-01-20"),
        Column("hours", "时长（小时）", decimal(minimum=Decimal(0), maximum=MOST_HOURS), aliases=("时长", "小时"),
               example=Decimal(2)),
        Column("topic", "主题", text(LONGEST_TOPIC, width=24), required=True, example="低保入户核查"),
        Column("text", "内容", text(LONGEST_TEXT, lines=True, width=40)),
        Column("by", "填写人", text(64, width=12), note=LOOK),
    ),
)  # fmt: skip
"""Logs. Agreement, mentee, day and topic say which one a row is about."""
