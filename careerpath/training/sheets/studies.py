"""Excel columns of tries at the national exam and of degree courses, in and out."""

from decimal import Decimal

from careerpath.core.sheets import Column, SheetSpec, choice, day, decimal, digits, text, whole, yes_no
from careerpath.employees.sheets.readers import codes, words
from careerpath.policy.codes import Certificate, Education
from careerpath.training.operations.studies import LONGEST_SCHOOL, MOST_AMOUNT
from careerpath.training.operations.tries import FIRST_YEAR, LONGEST_SUPPORT
from careerpath.training.queries.words import STUDY_STATES, TRY_STATES
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")

TRIES_SPEC = SheetSpec(
    "certificate-tries",
    "职业资格考试",
    (
        Column("number", "编号", digits(width=12), required=True, aliases=("人员编号",), example="FX-0107"),
        Column("name", "姓名", text(64, tight=True, width=10), required=True, example="黎书航"),
        Column("unit", "单位", text(160, width=20), note=LOOK),
        Column("grade", "报考等级", codes(Certificate), required=True, aliases=("等级",), example="社会工作师"),
        Column("year", "考试年度", whole(minimum=FIRST_YEAR), required=True, aliases=("年度",), example="2025"),
        Column("registered_on", "报考日期", day(), required=True, example="2025-03-20"),
        Column("state", "结果", words(TRY_STATES), note=msg("留空为已报考，尚无结果。"), example="已通过"),
        Column("result_on", "公布日期", day(), note=msg("填写结果的，请同时填写公布日期。"), example="2025-09-10"),
        Column(
            "obtained_on",
            "取得证书日期",
            day(),
            note=msg("已通过的填写，证书随之记入人员档案；档案中已有的不重复登记。"),
            example="2025-09-10",
        ),
        Column("certificate_number", "证书编号", text(40, width=20), example="SW20250001"),
        Column("support", "单位支持", text(LONGEST_SUPPORT, width=20), example="报名费报销"),
        Column("note", "备注", text(200, width=20)),
    ),
)
"""Tries. Person, grade and year say which one a row is about."""

STUDIES_SPEC = SheetSpec(
    "degree-studies",
    "在职学历教育",
    (
        Column("number", "编号", digits(width=12), required=True, aliases=("人员编号",), example="FX-0107"),
        Column("name", "姓名", text(64, tight=True, width=10), required=True, example="黎书航"),
        Column("unit", "单位", text(160, width=20), note=LOOK),
        Column("level", "攻读学历", codes(Education), required=True, aliases=("学历",), example="大学本科"),
        Column("school", "院校", text(LONGEST_SCHOOL, width=20), required=True, example="临沂大学"),
        Column("major", "专业", text(LONGEST_SCHOOL, width=16), example="社会工作"),
        Column("starts_on", "入学日期", day(), required=True, example="2024-03-01"),
        Column("expected_on", "预计毕业日期", day(), required=True, example="2026-07-01"),
        Column("support", "单位支持", text(LONGEST_SUPPORT, width=20), example="学费补助"),
        Column("amount", "资助金额（元）", decimal(2, minimum=Decimal(0), maximum=MOST_AMOUNT), example="2000"),
        Column("paid", "已拨付", yes_no(blank=None), note=LOOK),
        Column("state", "状态", choice({one: str(word) for one, word in STUDY_STATES.items()}), note=LOOK),
        Column("ended_on", "毕业或中止日期", day(), note=LOOK),
    ),
)
"""Degree courses that go on. Person, diploma and first day say which one a row is about."""
