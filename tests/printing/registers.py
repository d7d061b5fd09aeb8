"""A street's month and its changes of pay, as large and as awkward as a test asks."""

from decimal import Decimal

from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.pay_changes_list import PayChangeRow, PayChangesList
from careerpath.printing.documents.pay_register import PayRegisterTable, RegisterRow

D = Decimal
NOTHING, ONE = D(0), D(1)
FOOT = Foot(number="GZ-2026-11-03", printed_by="费城街道", printed_at="2026-11-21 10:42", check_code="7F3A-91C2")
ITEMS = (("pension", "养老保险"), ("medical", "医疗保险"), ("injury", "工伤保险"), ("fund", "住房公积金"))
FOUR = ("基本补贴", "职务补贴", "职业水平补贴", "级差补贴")
NAMES = ("林一诺", "王小明", "阿卜杜热合曼·买买提明江", "欧阳文静", "镕喆堃赟")


def line(number: int, components: tuple[Decimal | None, ...], back_pay: Decimal = NOTHING) -> RegisterRow:
    """One person's month: pension, medical insurance and housing fund are shared, accident insurance is not."""
    gross = sum((value for value in components if value is not None), D(0))
    shares = [None if rate == "0" else (gross * D(rate)).quantize(D("0.01")) for rate in ("0.08", "0.02", "0", "0.12")]
    employer = [(gross * D(rate)).quantize(D("0.01")) for rate in ("0.16", "0.08", "0.004", "0.12")]
    deducted = sum((value for value in shares if value is not None), D(0))
    return RegisterRow(
        number=f"SQ{100000 + number}",
        name=NAMES[number % len(NAMES)],
        unit="中山路社区党群服务中心" if number % 3 else "书苑社区",
        post="社区党委副书记、居民委员会副主任" if number % 4 else "社区工作者",
        tier="三档",
        level=str(number % 38 + 1),
        components=components,
        gross=gross,
        back_pay=back_pay,
        employee_items=tuple(shares),
        deducted=deducted,
        payable=gross + back_pay - deducted,
        bases=(gross,) * 4,
        employer_items=tuple(employer),
        employer=sum(employer, D(0)),
    )


def register(
    people: int,
    *,
    headings: tuple[str, ...] = FOUR,
    scale: Decimal = ONE,
    confirmed: bool = True,
    example: bool = False,
) -> PayRegisterTable:
    """A register of so many people; ``scale`` makes amounts of any size."""
    rows = tuple(
        line(
            number,
            tuple(
                None if (number + place) % 7 == 6 else D(1000 + 37 * number + 100 * place) * scale
                for place in range(len(headings))
            ),
            D(300) if number == 2 else D(0),
        )
        for number in range(people)
    )
    return PayRegisterTable(
        unit="费城街道办事处",
        month="2026年11月",
        title="费县社区工作者工资发放登记表",
        components=tuple((f"c{place}", heading) for place, heading in enumerate(headings)),
        items=ITEMS,
        rows=rows,
        lacking=(("张三", "缺学历证明"),),
        editions="社区工作者薪酬管理办法（2024版）",
        confirmed=confirmed,
        example=example,
        foot=FOOT,
    )


def changes(people: int, *, example: bool = False) -> PayChangesList:
    """A list of so many step-ups; every third with a long reason, the first without pay before."""
    reason = "2026年9月登记社会工作师职业资格，职业水平补贴调整为社会工作师标准；社区工作年限满9年，晋升一级"
    rows = tuple(
        PayChangeRow(
            number=f"SQ{100000 + number}",
            name=NAMES[number % len(NAMES)],
            unit="书苑社区",
            post="社区工作者",
            level_before="三档7级" if number else "",
            amount_before=D(3060) if number else None,
            level_after="三档8级",
            amount_after=D("3180.50") + number,
            since="2027.01.01",
            reason=reason if number % 3 == 1 else "满三年晋级",
        )
        for number in range(people)
    )
    return PayChangesList(unit="费城街道办事处", period="2027年1月1日晋级", rows=rows, example=example, foot=FOOT)
