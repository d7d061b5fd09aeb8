"""Excel columns of courses, classes and their people, in and out."""

from decimal import Decimal

from careerpath.core.sheets import Column, SheetSpec, day, decimal, digits, text, whole, yes_no
from careerpath.employees.sheets.readers import codes
from careerpath.policy.training import Tier
from careerpath.skills.codes import SkillLevel
from careerpath.training.operations.attendance import LONGEST_NOTE
from careerpath.training.operations.classes import LONGEST_DOCUMENT, LONGEST_PLACE, LONGEST_REMARK, MOST_PLACES
from careerpath.training.operations.courses import (
    LONGEST_CATEGORY,
    LONGEST_NAME,
    LONGEST_OUTLINE,
    MOST_DAYS,
    MOST_HOURS,
)
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")
ZERO = Decimal(0)

COURSES_SPEC = SheetSpec(
    "courses",
    "培训课程",
    (
        Column("unit", "举办单位", text(80, width=18), required=True, note=msg("单位名称或编码。"), example="费城街道"),
        Column("name", "课程名称", text(LONGEST_NAME, width=28), required=True, aliases=("课程",), example="网格治理"),
        Column("tier", "层级", codes(Tier), required=True, example="街道级"),
        Column("category", "类别", text(LONGEST_CATEGORY), example="基层治理"),
        Column(
            "hours",
            "学时",
            decimal(2, minimum=ZERO, maximum=Decimal(MOST_HOURS)),
            required=True,
            example="8",
        ),
        Column("days", "天数", decimal(2, minimum=ZERO, maximum=Decimal(MOST_DAYS)), note=msg("按天核算的填写。")),
        Column("lines", "业务条线", text(400, width=28), note=msg("几项之间用顿号隔开。"), example="网格治理、党建"),
        Column("teaches", "结业后的技能", codes(SkillLevel), note=msg("合格的登记这一等级。"), example="能办"),
        Column("outline", "课程大纲", text(LONGEST_OUTLINE, lines=True, width=40)),
        Column("active", "在用", yes_no(blank=None), note=msg("填“否”的停用。")),
    ),
)
"""Unit and name say which course a row is about."""

CLASSES_SPEC = SheetSpec(
    "classes",
    "培训班",
    (
        Column("unit", "举办单位", text(80, width=18), required=True, note=msg("单位名称或编码。"), example="费县"),
        Column("course", "课程", text(LONGEST_NAME, width=28), required=True, example="社区书记能力提升"),
        Column(
            "name",
            "班次",
            text(LONGEST_NAME, width=30),
            required=True,
            aliases=("班次名称",),
            example="2026年第1期书记班",
        ),
        Column("starts_on", "开始日期", day(), required=True, example="2026-03-05"),
        Column("ends_on", "结束日期", day(), required=True, example="2026-03-06"),
        Column("enrol_until", "本人报名截止日", day()),
        Column("held_at", "地点", text(LONGEST_PLACE), example="县委党校"),
        Column("teacher", "授课人", text(LONGEST_PLACE)),
        Column("capacity", "名额", whole(1, MOST_PLACES)),
        Column("score_wanted", "合格分数", decimal(2, minimum=ZERO, maximum=Decimal(100))),
        Column("document", "通知文号", text(LONGEST_DOCUMENT)),
        Column("remark", "备注", text(LONGEST_REMARK)),
        Column("tier", "层级", text(20), note=LOOK),
        Column("hours", "学时", decimal(2), note=LOOK),
        Column("state", "状态", text(20), note=LOOK),
        Column("people", "名单人数", whole(), note=LOOK),
        Column("attended", "参训人数", whole(), note=LOOK),
    ),
)
"""Unit and name say which class a row is about; a new one is planned with a day for each day of its span."""

CLASS_PEOPLE_SPEC = SheetSpec(
    "class-people",
    "参训人员",
    (
        Column("number", "编号", digits(width=12), required=True, aliases=("人员编号",), example="FX-0107"),
        Column("name", "姓名", text(64, tight=True, width=10), note=msg("填写的与编号核对。"), example="黎书航"),
        Column("street", "街道（镇）", text(80), note=LOOK),
        Column("unit", "单位", text(80), note=LOOK),
        Column("way", "参训方式", text(20), note=LOOK),
        Column("state", "状态", text(20), note=LOOK),
        Column("signed", "签到次数", whole(), note=LOOK),
        Column(
            "score",
            "成绩",
            decimal(2, minimum=ZERO, maximum=Decimal(100)),
            note=msg("只用于设有合格分数的班。"),
            example="86",
        ),
        Column(
            "hours",
            "学时",
            decimal(2, minimum=ZERO, maximum=Decimal(MOST_HOURS)),
            note=msg("留空的按签到计算。"),
        ),
        Column("note", "说明", text(LONGEST_NOTE, width=24)),
    ),
    key_columns=("number",),
)
"""Who is not in the class yet comes in; score, hours and note are taken over. A blank cell says nothing."""
