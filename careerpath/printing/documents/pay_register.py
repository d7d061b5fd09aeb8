"""工资发放登记表 of a street and month for finance: what it says, and its two tables on paper."""

from dataclasses import dataclass, field
from decimal import Decimal

from jinja2 import Environment

from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import Foot
from careerpath.printing.documents.ledger import Kind, Ledger, LedgerColumn
from careerpath.printing.documents.ledger_printing import render_ledgers

Items = tuple[tuple[str, str], ...]
"""Columns that come from the rules in force: code and heading each, in the order of the table."""

Amounts = tuple[Decimal | None, ...]
"""One amount for each of those columns; ``None`` where a person has none."""

DRAFT = "草稿"
SIGNATURES = ("制表人", "审核人", "单位负责人（盖章）", "财务负责人")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One person's month in yuan. ``deducted`` and ``employer`` are the sums of insurance with late differences."""

    number: str
    name: str
    unit: str
    post: str
    tier: str = ""
    level: str = ""
    components: Amounts = ()
    gross: Decimal
    back_pay: Decimal = Decimal(0)
    employee_items: Amounts = ()
    deducted: Decimal
    payable: Decimal
    bases: Amounts = ()
    employer_items: Amounts = ()
    employer: Decimal

    @property
    def cost(self) -> Decimal:
        """What the person costs the employer in this month."""
        return self.gross + self.back_pay + self.employer


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRegisterTable:
    """The 工资发放登记表 of one street and month.

    ``components`` and ``items`` are columns (code, heading) of the scheme and of the insurance; the rows have their
    amounts in the same order: ``bases``, ``employee_items`` and ``employer_items`` all follow ``items``. ``lacking``
    are people who are not paid, each with what is missing. Not ``confirmed``: a draft, and every page says so.
    """

    unit: str
    month: str
    components: Items
    items: Items
    rows: tuple[RegisterRow, ...]
    lacking: tuple[tuple[str, str], ...] = ()
    title: str = "工资发放登记表"
    editions: str = ""
    confirmed: bool = False
    example: bool = False
    foot: Foot = field(default_factory=Foot)

    def pay(self) -> Ledger:
        """The table of what people are paid; items that nobody pays a share of (工伤) have no column in it."""
        shared = [
            place
            for place in range(len(self.items))
            if not self.rows or any(row.employee_items[place] is not None for row in self.rows)
        ]
        columns = (
            *_people(post=True),
            *(LedgerColumn(heading, group="应发工资项目") for _, heading in self.components),
            LedgerColumn("应发\n合计"),
            LedgerColumn("补发\n扣回"),
            *(LedgerColumn(self.items[place][1], group="个人扣缴") for place in shared),
            LedgerColumn("个人扣缴\n合计"),
            LedgerColumn("实发\n金额"),
        )
        rows = tuple(
            (
                *(str(order), row.number, row.name, row.unit, row.post, row.tier, row.level),
                *(*row.components, row.gross, row.back_pay or None),
                *(*(row.employee_items[place] for place in shared), row.deducted, row.payable),
            )
            for order, row in enumerate(self.rows, 1)
        )
        return self._ledger(self.title, columns, rows, "实发金额合计（大写）", self._note())

    def employer(self) -> Ledger:
        """The table of what the employer pays beside it."""
        columns = (
            *_people(post=False),
            LedgerColumn("应发\n合计"),
            LedgerColumn("补发\n扣回"),
            *(LedgerColumn(heading, group="缴费基数") for _, heading in self.items),
            *(LedgerColumn(heading, group="单位缴费") for _, heading in self.items),
            LedgerColumn("单位缴费\n合计"),
            LedgerColumn("用工成本\n合计"),
        )
        rows = tuple(
            (
                *(str(order), row.number, row.name, row.unit, row.gross, row.back_pay or None),
                *(*row.bases, *row.employer_items, row.employer, row.cost),
            )
            for order, row in enumerate(self.rows, 1)
        )
        return self._ledger(f"{self.title}（单位缴费部分）", columns, rows, "用工成本合计（大写）", "")

    def _ledger(
        self,
        title: str,
        columns: tuple[LedgerColumn, ...],
        rows: tuple[tuple[str | Decimal | None, ...], ...],
        in_words_label: str,
        note: str,
    ) -> Ledger:
        return Ledger(
            title=title,
            columns=columns,
            rows=rows,
            left=f"单位：{self.unit}",
            middle=f"{self.month}　共 {len(self.rows)} 人",
            in_words=len(columns) - 1,
            in_words_label=in_words_label,
            note=note,
            signatures=SIGNATURES,
            example=self.example,
            watermark="" if self.confirmed else DRAFT,
            foot=self.foot,
        )

    def _note(self) -> str:
        parts = [f"执行标准：{self.editions}。"] if self.editions else []
        if self.lacking:
            names = "；".join(f"{name}（{missing}）" for name, missing in self.lacking)
            parts.append(f"资料不全、本月未列入发放的 {len(self.lacking)} 人：{names}。")
        return "".join(parts)


def _people(*, post: bool) -> tuple[LedgerColumn, ...]:
    """The columns that say who it is."""
    who = (
        LedgerColumn("序号", Kind.ORDER),
        LedgerColumn("编号", Kind.CODE),
        LedgerColumn("姓名", Kind.NAME),
        LedgerColumn("单位", Kind.WORDS),
    )
    where = (LedgerColumn("职务", Kind.WORDS), LedgerColumn("档", Kind.ORDER), LedgerColumn("级", Kind.ORDER))
    return (*who, *where) if post else who


def render_pay_register(
    templates: Environment, fonts: Fonts, table: PayRegisterTable, *, employer: bool = True
) -> bytes:
    """The register as PDF: the table of pay and, with ``employer``, the table of the employer's side behind it."""
    ledgers = [table.pay(), table.employer()] if employer else [table.pay()]
    return render_ledgers(templates, fonts, ledgers, title=f"{table.unit}{table.month}{table.title}")
