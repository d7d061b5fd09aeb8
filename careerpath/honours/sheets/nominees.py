"""Excel columns of the people of calls for honours: nominations come in, and go out with what became of them."""

from careerpath.core.sheets import Column, SheetSpec, day, digits, text, whole
from careerpath.core.steps import LONGEST_REASON
from careerpath.employees.sheets.readers import words
from careerpath.honours.operations.nominations import LONGEST_MERITS, LONGEST_NOMINATOR
from careerpath.honours.queries.words import NOMINEE_STATES
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")

NOMINEES_SPEC = SheetSpec(
    "honour-nominees",
    "评选推荐人选",
    (
        Column("number", "编号", digits(width=12), required=True, aliases=("人员编号",), example="FX-0107"),
        Column("name", "姓名", text(64, tight=True, width=10), note=msg("填写的与编号核对。"), example="黎书航"),
        Column("home", "单位和职务", text(160, width=28), note=LOOK),
        Column("nominated_by", "推荐单位", text(LONGEST_NOMINATOR, width=20), note=msg("留空为本人所在单位。")),
        Column("merits", "主要事迹", text(LONGEST_MERITS, width=60), example="牵头完成老旧小区加装电梯协商。"),
        Column(
            "reason",
            "情况说明",
            text(LONGEST_REASON, width=30),
            note=msg("档案中有需要说明的情况仍要推荐的，写明理由。"),
        ),
        Column("nominated_on", "推荐日期", day(), note=LOOK),
        Column("state", "状态", words(NOMINEE_STATES), note=LOOK),
        Column("rank", "名次", whole(), note=LOOK),
        Column("votes", "得票", whole(), note=LOOK),
    ),
    key_columns=("number",),
)
"""The people of a call. A blank cell says nothing."""
