"""Pay slips as a run makes them: a usual one, and awkward ones."""

from dataclasses import replace
from decimal import Decimal

from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.pay_slip import PaySlip, SlipComponent, SlipDifference, SlipItem

D = Decimal


def item(name: str, employee: str | None, employer: str) -> SlipItem:
    """One insurance on a base of 4120 yuan."""
    return SlipItem(name=name, base=D(4120), employee=None if employee is None else D(employee), employer=D(employer))


SLIP = PaySlip(
    month="2026年11月",
    name="林一诺",
    number="SQ100007",
    unit="桂林街道桂林社区",
    post="社区副书记",
    grade="二档8级",
    components=(
        SlipComponent(name="基本补贴", amount=D(2100), reason="第五条：市内各区"),
        SlipComponent(name="职业水平补贴", amount=D(200), reason="第七条：社会工作师，2026-09-12 登记"),
        SlipComponent(name="级差补贴", amount=D(580), reason="第九条：二档8级"),
    ),
    items=(item("养老保险", "329.60", "659.20"), item("工伤保险", None, "16.48")),
    differences=(
        SlipDifference(month="2026年9月", name="职业水平补贴", amount=D(100), reason="证书11月录入"),
        SlipDifference(month="2026年10月", name="职业水平补贴", amount=D("-1100.5")),
    ),
    gross=D(2880),
    back_pay=D("-1000.5"),
    deducted=D("329.60"),
    payable=D("1549.90"),
    employer=D("675.68"),
    note="对本月工资有疑问的，请向街道提出。",
    foot=Foot(number="GZT-2026-11-0107", printed_by="桂林街道", check_code="7F3A-91C2"),
)

AWKWARD_SLIPS = {
    "a month": SLIP,
    "nothing but a name": PaySlip(
        month="2026年11月", name="林一诺", gross=D(0), deducted=D(0), payable=D(0), employer=D(0)
    ),
    "many late months": replace(
        SLIP,
        example=True,
        differences=tuple(
            SlipDifference(month=f"2025年{month}月", name="职业水平补贴", amount=D(-100), reason="证书登记日期更正")
            for month in range(1, 13)
        ),
    ),
    "ten digits everywhere": replace(
        SLIP,
        name="阿卜杜热合曼·买买提明江",
        unit="中国（辽宁）自由贸易试验区大连片区管理委员会海青岛街道办事处",
        post="社区党委书记、居民委员会主任",
        components=tuple(
            SlipComponent(
                name=f"第{number}项特殊岗位工作津贴补贴", amount=D("1234567890.12"), reason="《办法》第十二条第三款" * 4
            )
            for number in range(1, 13)
        ),
        payable=D("14814814681.44"),
    ),
}
