"""A what-if report of three streets."""

from decimal import Decimal

from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.what_if import (
    Contrast,
    EditionSide,
    ForecastYear,
    Mover,
    StreetCost,
    StreetEffect,
    WhatIfReport,
)

D = Decimal
MONTHS = tuple(f"{month}月" for month in range(1, 13))


def street(name: str, monthly: str, factor: str) -> StreetCost:
    """A street that costs the same in each month, and so many times as much under the draft."""
    return StreetCost(street=name, current=(D(monthly),) * 12, draft=(D(monthly) * D(factor),) * 12)


REPORT = WhatIfReport(
    title="费县社区工作者薪酬政策测算报告",
    unit="中共费县县委社会工作部",
    current=EditionSide(name="薪酬管理办法（2024版）", document="费社工发〔2024〕3号", effective_from="2024年1月1日"),
    draft=EditionSide(name="薪酬管理办法（征求意见稿）", effective_from="2027年1月1日", example=True),
    findings=("测算版本全年用工成本比现行版本增加12.00万元。",),
    contrasts=(Contrast(what="晋级年限", current="每满3年晋升一级", draft="每满2年晋升一级"),),
    effects=(
        StreetEffect(street="费城街道", people=20, gaining=15, losing=3, gain=D("20547.5"), loss=D("-1500.25")),
        StreetEffect(street="上冶镇", people=45, gaining=0, losing=40, gain=D(0), loss=D(-8000)),
    ),
    movers=(Mover(name="林一诺", unit="书苑社区", current=D(4120), draft=D(4540), reason="晋级年限改为两年"),),
    months=MONTHS,
    costs=(
        street("费城街道", "206200.33", "1.05"),
        street("上冶镇", "485900", "0.98"),
        street("费县经济开发区管理委员会", "1234567890.12", "1.1"),
    ),
    forecast=tuple(
        ForecastYear(
            year=f"{2027 + number}年",
            people=412 - 4 * number,
            steps=100 + number,
            retirements=number,
            current=D(39_080_000) + number,
            draft=D(40_764_200) + number,
        )
        for number in range(5)
    ),
    notes=("人员为测算日在册人员。",),
    prepared_by="中共费县县委社会工作部",
    prepared_on="2026年11月21日",
    foot=Foot(number="CS-2026-0007", check_code="7F3A-91C2"),
)
