"""Excel columns of the people of targeted recruitments: out with reasons, in with results."""

from decimal import Decimal

from careerpath.core.sheets import Column, SheetSpec, choice, day, decimal, digits, text, whole, yes_no
from careerpath.talent_pool.models import ChannelResult
from careerpath.talent_pool.operations.channels.results import LONGEST_INSTITUTION, LONGEST_NOTE, MOST_POINTS
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")
LEAVES = msg("填“是”的同时办理离职，聘用日期前一日为最后在岗日。")

CANDIDATES_SPEC = SheetSpec(
    "channel-candidates",
    "定向招聘人选",
    (
        Column("number", "编号", digits(width=12), required=True, aliases=("人员编号",), example="FX-0107"),
        Column("name", "姓名", text(64, tight=True, width=10), note=msg("填写的与编号核对。"), example="黎书航"),
        Column("home", "单位和职务", text(160, width=28), note=LOOK),
        Column("advice", "条件比对", text(20), note=LOOK),
        Column("reasons", "逐项说明", text(2000, width=60), note=LOOK),
        Column("state", "审查情况", text(20), note=LOOK),
        Column(
            "result",
            "结果",
            choice({ChannelResult.HIRED.value: "聘用", ChannelResult.NOT_HIRED.value: "未聘用"}),
            example="hired",
        ),
        Column("total", "总成绩", decimal(2, minimum=Decimal(0), maximum=Decimal(MOST_POINTS)), example="81.50"),
        Column("rank", "名次", whole(1, 100_000)),
        Column("hired_by", "聘用单位", text(LONGEST_INSTITUTION, width=24)),
        Column("hired_on", "聘用日期", day()),
        Column("left_service", "办理离职", yes_no(blank=None), note=LEAVES),
        Column("note", "说明", text(LONGEST_NOTE, width=24)),
    ),
    key_columns=("number",),
)
"""The people of a targeted recruitment. A blank cell says nothing."""
