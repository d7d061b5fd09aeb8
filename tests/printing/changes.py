"""Changes of pay as the papers meet them: a usual one, and awkward ones."""

from dataclasses import replace
from decimal import Decimal

from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.pay_change import ChangedComponent, PaidComponent, PayChangeForm


def component(
    name: str, before: str | None, after: str | None, *, level: str = "", new_level: str = ""
) -> ChangedComponent:
    """One component whose grade and amount change on the first of January."""
    return ChangedComponent(
        name=name,
        before=PaidComponent(level=level, amount=None if before is None else Decimal(before), since="2024.01.01"),
        after=PaidComponent(level=new_level, amount=None if after is None else Decimal(after), since="2027.01.01"),
    )


STEP = PayChangeForm(
    title="大连市社区工作者工资变动审批表",
    unit="桂林街道桂林社区居民委员会",
    name="林一诺",
    sex="女",
    birth_month="1991.03",
    work_since="2013.07",
    community_since="2015.09",
    post="社区副书记",
    components=(
        component("基本补贴", "2100", "2100"),
        component("职务补贴", "100", "150", level="一般", new_level="副职"),
        component("职业水平补贴", "100", "200", level="助理", new_level="社工师"),
        component("奖励补贴", "300", "300"),
        component("级差补贴", "460", "580", level="三档7级", new_level="二档8级"),
    ),
    total_before=Decimal(3060),
    total_after=Decimal(3330),
    reason="2026年9月登记社会工作师；社区工作年限满9年，自2027年1月1日起晋升一级。",
    documents="《社区工作者薪酬管理办法》第九条、第十二条",
    remark="补发2026年10月至12月职业水平补贴差额300.00元。",
    community_opinion="情况属实，同意上报。",
    community_date="2026年11月12日",
    street_opinion="经审核，符合晋级条件，同意上报。",
    street_reporter="王小明",
    street_date="2026年11月16日",
    foot=Foot(number="GZ-2026-000107", printed_by="桂林街道", printed_at="2026-11-21 10:42", check_code="7F3A-91C2"),
)

AWKWARD_CHANGES = {
    "a step": STEP,
    "example amounts": replace(STEP, example=True, reason=STEP.reason * 20),
    "nothing at all": PayChangeForm(),
    "a newcomer without pay before": replace(
        STEP, components=(component("基本补贴", None, "2100"),), total_before=None, total_after=Decimal(2100)
    ),
    "a cut": replace(STEP, total_after=Decimal("2959.95")),
    "twelve components of ten digits": replace(
        STEP,
        name="阿卜杜热合曼·买买提明江",
        post="社区党委书记、居民委员会主任、第三小区党支部书记",
        components=tuple(
            component(f"第{number}项特殊岗位工作津贴补贴", "12345678.90", "1234567890.12", level="三档三十八级（副职）")
            for number in range(1, 13)
        ),
        total_after=Decimal("14814814681.44"),
    ),
    "rare characters": replace(
        STEP, name="镕喆堃赟䶮㛃", reason="镕喆堃赟䶮㛃。" * 60, remark="<b>不是</b>标记 & {{ name }}"
    ),
}
