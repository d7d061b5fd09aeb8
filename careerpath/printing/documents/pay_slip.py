"""工资条: one person's month with the ground of every amount, on half a sheet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import IO

from jinja2 import Environment

from careerpath.core.capital import capital_amount
from careerpath.core.pdf.fitting import Values
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import EXAMPLE, Foot, amount
from careerpath.core.pdf.imposing import two_on_each
from careerpath.printing.documents.forms import FormPrinter, Sheet

SLIP = "print/pay-slip.html"
DRAFT = "草稿"

USUAL_LINES, MOST_LINES = 8, 14
"""Lines for pay components: so many stand on every slip, so many at the most."""

USUAL_ITEMS, MOST_ITEMS = 6, 8
"""Lines for insurance and housing fund."""

_HALF_SHEET = Sheet("A5 landscape", "9mm 12mm 6mm", "186mm", 250)
_LINES_HEIGHT, _ITEM_HEIGHT, _HEAD_HEIGHT = 198.0, 17.0, 19.5
"""Points: all lines of components together, one of insurance at the most, and the head of the differences. Both sides
of the slip are equally high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipComponent:
    """One component: its amount of the month and its ground in one line (rule, document, grade)."""

    name: str
    amount: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipItem:
    """One insurance or the housing fund: its base, and what both sides pay."""

    name: str
    base: Decimal | None = None
    employee: Decimal | None = None
    employer: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipDifference:
    """What one earlier month is owed (or owes, below zero) in one component, and why."""

    month: str
    name: str
    amount: Decimal
    reason: str = ""

    def line(self) -> str:
        """The difference in one line."""
        why = f"（{self.reason}）" if self.reason else ""
        return f"{self.month} {self.name} {self.amount:+,.2f}{why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaySlip:
    """The 工资条 of one person and month. Amounts in yuan; the sums are those of the run, not summed up again here."""

    month: str
    name: str
    number: str = ""
    unit: str = ""
    post: str = ""
    grade: str = ""
    components: tuple[SlipComponent, ...] = ()
    items: tuple[SlipItem, ...] = ()
    differences: tuple[SlipDifference, ...] = ()
    gross: Decimal
    back_pay: Decimal = Decimal(0)
    deducted: Decimal
    payable: Decimal
    employer: Decimal
    note: str = ""
    title: str = "工资条"
    confirmed: bool = True
    example: bool = False
    foot: Foot = field(default_factory=Foot)

    @property
    def cost(self) -> Decimal:
        """What the month costs the employer."""
        return self.gross + self.back_pay + self.employer

    def cells(self) -> dict[str, str]:
        """Every cell of the slip and of its attached pages by name."""
        values = {name: getattr(self, name) for name in ("month", "name", "number", "unit", "post", "grade", "note")}
        for place, component in enumerate(self.components, 1):
            values[f"component_{place}"] = component.name
            values[f"amount_{place}"] = amount(component.amount)
            values[f"reason_{place}"] = component.reason
        for place, item in enumerate(self.items, 1):
            values[f"item_{place}"] = item.name
            for side in ("base", "employee", "employer"):
                values[f"{side}_{place}"] = amount(getattr(item, side))
        values["differences"] = "\n".join(difference.line() for difference in self.differences)
        for name in ("gross", "back_pay", "deducted", "payable", "employer", "cost"):
            values[f"{name}_sum"] = amount(getattr(self, name))
        values["in_words"] = capital_amount(self.payable)
        values["mark"] = EXAMPLE if self.example else ""
        values["continued_heading"] = f"姓名：{self.name}　　{self.month}"
        values["foot"] = self.foot.line()
        return values


class PaySlipPrinter(FormPrinter[PaySlip]):
    """Prints the slips of one run: so many lines for components and for insurance, as the run has; a draft says so.

    Raises ``ValueError`` beyond ``MOST_LINES`` and ``MOST_ITEMS``, and for a slip with more than the printer has.
    """

    def __init__(
        self,
        templates: Environment,
        fonts: Fonts,
        *,
        lines: int = USUAL_LINES,
        items: int = USUAL_ITEMS,
        confirmed: bool = True,
        title: str = "工资条",
    ) -> None:
        self.lines, self.items = max(lines, USUAL_LINES), max(items, USUAL_ITEMS)
        if self.lines > MOST_LINES or self.items > MOST_ITEMS:
            raise ValueError(f"{lines} components and {items} items do not stand on half a sheet")
        line, item = _LINES_HEIGHT / self.lines, min(_LINES_HEIGHT / self.lines, _ITEM_HEIGHT)
        words = {
            "lines": self.lines,
            "items": self.items,
            "line_height": round(line - 0.5, 2),
            "item_height": round(item - 0.5, 2),
            "differences_height": round(_LINES_HEIGHT - self.items * item - _HEAD_HEIGHT, 2),
            "watermark": "" if confirmed else DRAFT,
        }
        super().__init__(templates, fonts, SLIP, title=title, sheet=_HALF_SHEET, marked=True, words=words)

    def cells(self, form: PaySlip) -> Values:
        """The cells of a slip that has a line for everything."""
        if len(form.components) > self.lines or len(form.items) > self.items:
            raise ValueError(f"no room for {len(form.components)} components and {len(form.items)} items")
        return super().cells(form)

    def fill_two_on_each(self, slips: Iterable[PaySlip], target: Path | IO[bytes], *, title: str) -> int:
        """All slips in order, two on each A4 sheet to be cut apart; returns the sheets. Raises like ``fill_many``."""
        small = BytesIO()
        self.fill_many(slips, small, title=title)
        return two_on_each(small.getvalue(), target, title=title)


def render_pay_slip(templates: Environment, fonts: Fonts, slip: PaySlip) -> bytes:
    """One slip without a printer at hand: accessible, by WeasyPrint."""
    printer = PaySlipPrinter(
        templates,
        fonts,
        lines=len(slip.components),
        items=len(slip.items),
        confirmed=slip.confirmed,
        title=slip.title,
    )
    return printer.render_with_weasyprint(slip)
