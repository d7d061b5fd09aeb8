"""工资变动审批表: what it says, and its printer."""

from dataclasses import dataclass, field
from decimal import Decimal

from jinja2 import Environment

from careerpath.core.capital import capital_amount
from careerpath.core.pdf.fitting import Values
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import EXAMPLE, Foot, amount
from careerpath.printing.documents.forms import FormPrinter

FORM = "print/pay-change.html"

USUAL_ROWS, MOST_ROWS = 8, 14
"""Lines for pay components: so many stand on every form, so many at the most."""

_ROWS_HEIGHT = 168
"""Points that the lines of the components take together, however many they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidComponent:
    """One component on one side of a change: its grade in words, its amount a month, and the day it holds from."""

    level: str = ""
    amount: Decimal | None = None
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedComponent:
    """One component before and after a change."""

    name: str
    before: PaidComponent = PaidComponent()
    after: PaidComponent = PaidComponent()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayChangeForm:
    """The cells of one 工资变动审批表 (DOMAIN.md §2). Texts as they will stand on paper; empty is empty.

    ``title`` has the place in it. Amounts are yuan a month; the totals are those of the decision and are not summed up
    again here. ``example`` marks every page. Opinions, signers and days may wait for the pen.
    """

    title: str = "社区工作者工资变动审批表"
    unit: str = ""
    name: str = ""
    sex: str = ""
    birth_month: str = ""
    work_since: str = ""
    community_since: str = ""
    post: str = ""
    components: tuple[ChangedComponent, ...] = ()
    total_before: Decimal | None = None
    total_after: Decimal | None = None
    reason: str = ""
    documents: str = ""
    remark: str = ""
    community_opinion: str = ""
    community_date: str = ""
    street_opinion: str = ""
    street_reporter: str = ""
    street_date: str = ""
    district_opinion: str = ""
    district_reviewer: str = ""
    district_date: str = ""
    example: bool = False
    foot: Foot = field(default_factory=Foot)

    @property
    def increase(self) -> Decimal | None:
        """What the change adds a month (月增资额); below zero for a cut; ``None`` while a total is open."""
        if self.total_after is None:
            return None
        return self.total_after - (self.total_before or Decimal(0))

    def cells(self) -> dict[str, str]:
        """Every cell of the form and of its attached pages by name."""
        texts = (
            *("unit", "name", "sex", "birth_month", "work_since", "community_since", "post"),
            *("reason", "documents", "remark", "community_opinion", "community_date"),
            *("street_opinion", "street_reporter", "street_date"),
            *("district_opinion", "district_reviewer", "district_date"),
        )
        values: dict[str, str] = {name: getattr(self, name) for name in texts}
        for number, component in enumerate(self.components, 1):
            values[f"component_{number}"] = component.name
            for side, paid in (("before", component.before), ("after", component.after)):
                values[f"{side}_level_{number}"] = paid.level
                values[f"{side}_amount_{number}"] = amount(paid.amount)
                values[f"{side}_since_{number}"] = paid.since
        values["total_before"], values["total_after"] = amount(self.total_before), amount(self.total_after)
        if self.increase is not None:
            values["increase"] = f"{amount(self.increase)} 元（大写：{capital_amount(self.increase)}）"
        values["number_line"] = f"编号：{self.foot.number}" if self.foot.number else ""
        values["mark"] = EXAMPLE if self.example else ""
        heading = (("姓名：", self.name), ("编号：", self.foot.number))
        values["continued_heading"] = "　　".join(word + value for word, value in heading if value)
        values["foot"] = self.foot.line()
        return values


class PayChangePrinter(FormPrinter[PayChangeForm]):
    """Prints 工资变动审批表 of one title, with so many lines for pay components.

    Take as many ``rows`` as the scheme has components, ``USUAL_ROWS`` at least: lines that are left stay empty, and the
    form fills its page. Raises ``ValueError`` beyond ``MOST_ROWS``, and for a form with more components than lines.
    """

    def __init__(
        self, templates: Environment, fonts: Fonts, *, title: str = PayChangeForm().title, rows: int = USUAL_ROWS
    ) -> None:
        rows = max(rows, USUAL_ROWS)
        if rows > MOST_ROWS:
            raise ValueError(f"{rows} components do not stand on one page")
        self.rows = rows
        words = {"rows": rows, "row_height": round(_ROWS_HEIGHT / rows, 2)}
        super().__init__(templates, fonts, FORM, title=title, marked=True, words=words)

    def cells(self, form: PayChangeForm) -> Values:
        """The cells of a form that has a line for each of its components."""
        if len(form.components) > self.rows:
            raise ValueError(f"{len(form.components)} components, {self.rows} lines")
        return super().cells(form)


def render_pay_change(templates: Environment, fonts: Fonts, form: PayChangeForm) -> bytes:
    """One form without a printer at hand: accessible, by WeasyPrint."""
    printer = PayChangePrinter(templates, fonts, title=form.title, rows=len(form.components))
    return printer.render_with_weasyprint(form)
