"""工资变动审批名册: many changes of pay in one list, with what they add a month."""

from dataclasses import dataclass, field
from decimal import Decimal

from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.ledger import Kind, Ledger, LedgerColumn
from careerpath.printing.documents.ledger_printing import render_ledgers

SIGNATURES = ("填报人", "街道负责人（盖章）", "区主管部门审核人", "区主管部门（盖章）")


@dataclass(frozen=True, slots=True, kw_only=True)
class PayChangeRow:
    """One person's change: grades in words, amounts in yuan a month, the day it holds from, and why."""

    number: str
    name: str
    unit: str
    post: str
    level_before: str
    amount_before: Decimal | None
    level_after: str
    amount_after: Decimal
    since: str
    reason: str = ""
    remark: str = ""

    @property
    def increase(self) -> Decimal:
        """What the change adds a month."""
        return self.amount_after - (self.amount_before or Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class PayChangesList:
    """The 工资变动审批名册 of one unit; ``period`` says of which day or round."""

    unit: str
    period: str
    rows: tuple[PayChangeRow, ...]
    title: str = "社区工作者工资变动审批名册"
    example: bool = False
    foot: Foot = field(default_factory=Foot)

    def ledger(self) -> Ledger:
        """The list as a table."""
        columns = (
            LedgerColumn("序号", Kind.ORDER),
            LedgerColumn("编号", Kind.CODE),
            LedgerColumn("姓名", Kind.NAME),
            LedgerColumn("单位", Kind.WORDS),
            LedgerColumn("职务", Kind.WORDS),
            LedgerColumn("等级", Kind.WORDS, "变动前"),
            LedgerColumn("月工资", group="变动前"),
            LedgerColumn("等级", Kind.WORDS, "变动后"),
            LedgerColumn("月工资", group="变动后"),
            LedgerColumn("月增资额"),
            LedgerColumn("执行\n起始时间", Kind.WORDS),
            LedgerColumn("变动原因", Kind.NOTE),
            LedgerColumn("备注", Kind.WORDS),
        )
        rows = tuple(
            (
                *(str(order), row.number, row.name, row.unit, row.post, row.level_before, row.amount_before),
                *(row.level_after, row.amount_after, row.increase, row.since, row.reason, row.remark),
            )
            for order, row in enumerate(self.rows, 1)
        )
        return Ledger(
            title=self.title,
            columns=columns,
            rows=rows,
            left=f"填报单位：{self.unit}",
            middle=f"{self.period}　共 {len(self.rows)} 人",
            right="金额单位：元／月",
            in_words=9,
            in_words_label="月增资额合计（大写）",
            signatures=SIGNATURES,
            example=self.example,
            foot=self.foot,
        )


def render_pay_changes_list(templates: Environment, fonts: Fonts, changes: PayChangesList) -> bytes:
    """The list as PDF, with its head, sums and signatures on every page."""
    return render_ledgers(templates, fonts, [changes.ledger()], title=f"{changes.unit}{changes.title}")
