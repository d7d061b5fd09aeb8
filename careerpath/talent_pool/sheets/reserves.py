"""Excel columns of the people in the pool, in and out."""

from collections.abc import Mapping
from decimal import Decimal

from careerpath.core.sheets import Column, SheetSpec, choice, day, decimal, digits, text
from careerpath.talent_pool.models import Readiness
from careerpath.talent_pool.operations.pool import LONGEST_DOCUMENT, LONGEST_REMARK, MOST_POTENTIAL
from careerpath.talent_pool.queries.words import READINESS
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")
READINESS_CHOICE = {one: str(word) for one, word in READINESS.items()}


def reserves_spec(rungs: Mapping[str, str]) -> SheetSpec:
    """The columns; ``rungs`` are the names of the rungs by code that there are reserves for."""
    directions = dict(rungs) or {"secretary": "社区党组织书记"}
    return SheetSpec(
        "reserves",
        "后备人才入库名册",
        (
            Column("number", "编号", digits(width=12), required=True, aliases=("人员编号",), example="FX-0107"),
            Column("name", "姓名", text(64, tight=True, width=10), required=True, example="黎书航"),
            Column("home", "现任单位和职务", text(200, width=28), note=LOOK),
            Column(
                "unit",
                "后备所在社区",
                text(160, width=22),
                aliases=("社区", "单位", "所在社区"),
                example="费城街道/书苑社区",
                note=msg("新入库的留空，即为本人所在社区。"),
            ),
            Column(
                "rung",
                "培养方向",
                choice(directions, width=20),
                required=True,
                aliases=("台阶", "后备职务"),
                example=next(iter(directions.values())),
            ),
            Column("entered_on", "入库日期", day(), aliases=("入库时间",), example="2025-12-01"),
            Column("document", "入库文号", text(LONGEST_DOCUMENT, width=22), example="费社工发〔2025〕30号"),
            Column(
                "readiness",
                "成熟程度",
                choice(READINESS_CHOICE),
                example=READINESS_CHOICE[Readiness.SOON],
            ),
            Column(
                "potential",
                "潜力评分",
                decimal(2, minimum=Decimal(0), maximum=MOST_POTENTIAL),
                example="80",
                note=msg("新入库的可以填写；在库人员的潜力评分由年度评估形成。"),
            ),
            Column("remark", "备注", text(LONGEST_REMARK, width=24)),
        ),
    )
