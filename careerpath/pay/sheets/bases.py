"""Excel columns of declared contribution bases, in and out."""

from decimal import Decimal

from careerpath.core.sheets import Column, SheetSpec, decimal, digits, month, text
from careerpath.words import msg

LOOK = msg("仅供查看，导入时不读取。")

BASES_SPEC = SheetSpec(
    "contribution-bases",
    "申报缴费基数",
    (
        Column("number", "编号", digits(width=12), required=True, aliases=("人员编号",), example="FX-0107"),
        Column("name", "姓名", text(64, tight=True, width=10), required=True, example="黎书航"),
        Column("unit", "单位", text(160, width=20), note=LOOK),
        Column(
            "amount",
            "申报缴费基数（元/月）",
            decimal(2, minimum=Decimal("0.01"), maximum=Decimal(1_000_000)),
            aliases=("缴费基数", "申报基数"),
            example="4500.00",
        ),
        Column("starts_on", "执行起始月份", month(), aliases=("起始月份", "执行时间"), example="2025.07"),
    ),
)
"""Declared bases with the month each holds from. A row without an amount says nothing."""
