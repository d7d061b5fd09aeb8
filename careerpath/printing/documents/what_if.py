"""政策测算报告: a draft edition beside the one in force, what it costs, whom it moves, and where it leads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256

from jinja2 import Environment

from careerpath.core.charts import BarChart, Chart, DifferenceChart, LineChart, Series, for_paper
from careerpath.core.pdf.fonts import Fonts
from careerpath.core.pdf.foot import EXAMPLE, Foot, amount
from careerpath.core.pdf.render import render_html

REPORT = "print/what-if.html"

CURRENT, DRAFT = "现行版本", "测算版本"

_TEN_THOUSAND = Decimal(10_000)
_ZERO = Decimal(0)
_MOST_STREETS = 16
"""Streets in one chart; the tables have all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSide:
    """One of the two editions: its name, document number, the day it holds from, and where it comes from."""

    name: str
    document: str = ""
    effective_from: str = ""
    source: str = ""
    example: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """One thing that the two editions say differently, in words."""

    what: str
    current: str
    draft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetCost:
    """What a street costs in each month (yuan), under both editions."""

    street: str
    current: tuple[Decimal, ...]
    draft: tuple[Decimal, ...]

    @property
    def difference(self) -> tuple[Decimal, ...]:
        """What the draft adds in each month."""
        return tuple(new - old for old, new in zip(self.current, self.draft, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetEffect:
    """Who gains and who loses in a street, a month: ``gain`` is zero or more, ``loss`` zero or less, in yuan."""

    street: str
    people: int
    gaining: int
    losing: int
    gain: Decimal
    loss: Decimal

    @property
    def same(self) -> int:
        """Whose pay stays."""
        return self.people - self.gaining - self.losing

    @property
    def net(self) -> Decimal:
        """What the street gains in all."""
        return self.gain + self.loss


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """A person whose pay changes much, with the reason; yuan a month."""

    name: str
    unit: str
    current: Decimal
    draft: Decimal
    reason: str = ""

    @property
    def difference(self) -> Decimal:
        """What the draft adds."""
        return self.draft - self.current


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastYear:
    """One year to come: people, step-ups and retirements in it, and its cost under both editions in yuan."""

    year: str
    people: int
    steps: int
    retirements: int
    current: Decimal
    draft: Decimal

    @property
    def difference(self) -> Decimal:
        """What the draft adds in the year."""
        return self.draft - self.current


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfReport:
    """The 政策测算报告 of one unit. ``months`` are the headings of the amounts of every ``StreetCost``.

    Amounts are exact here and rounded to hundredths of 万元 only where they are shown so. ``findings`` and ``notes``
    are whole paragraphs. A report with an example edition is marked on every page.
    """

    title: str
    unit: str
    current: EditionSide
    draft: EditionSide
    findings: tuple[str, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    effects: tuple[StreetEffect, ...] = ()
    movers: tuple[Mover, ...] = ()
    months: tuple[str, ...] = ()
    costs: tuple[StreetCost, ...] = ()
    forecast: tuple[ForecastYear, ...] = ()
    notes: tuple[str, ...] = ()
    prepared_by: str = ""
    prepared_on: str = ""
    foot: Foot = field(default_factory=Foot)

    @property
    def mark(self) -> str:
        """What stands on every page when amounts are examples."""
        return EXAMPLE if self.current.example or self.draft.example else ""

    @property
    def effect(self) -> StreetEffect:
        """All streets together."""
        return StreetEffect(
            street="合　计",
            people=sum(each.people for each in self.effects),
            gaining=sum(each.gaining for each in self.effects),
            losing=sum(each.losing for each in self.effects),
            gain=sum((each.gain for each in self.effects), _ZERO),
            loss=sum((each.loss for each in self.effects), _ZERO),
        )

    @property
    def cost(self) -> StreetCost:
        """All streets together, month by month."""
        return StreetCost(
            street="合　计",
            current=_by_month((each.current for each in self.costs), len(self.months)),
            draft=_by_month((each.draft for each in self.costs), len(self.months)),
        )

    def charts(self) -> dict[str, Chart]:
        """The pictures of the report by name; on paper and on a page they are the same."""
        costs = sorted(self.costs, key=lambda each: -sum(each.draft))[:_MOST_STREETS]
        effects = sorted(self.effects, key=lambda each: -abs(each.net))[:_MOST_STREETS]
        return {
            "streets": BarChart(
                title="各街道用工成本",
                categories=tuple(each.street for each in costs),
                series=(
                    Series(CURRENT, tuple(sum(each.current, _ZERO) for each in costs)),
                    Series(DRAFT, tuple(sum(each.draft, _ZERO) for each in costs)),
                ),
                unit="元",
            ),
            "months": LineChart(
                title="各月用工成本",
                categories=self.months,
                series=(Series(CURRENT, self.cost.current), Series(DRAFT, self.cost.draft)),
                unit="元",
            ),
            "effects": DifferenceChart(
                title="各街道月工资净增减", rows=tuple((each.street, each.net) for each in effects), unit="元"
            ),
            "forecast": LineChart(
                title="各年用工成本",
                categories=tuple(each.year for each in self.forecast),
                series=(
                    Series(CURRENT, tuple(each.current for each in self.forecast)),
                    Series(DRAFT, tuple(each.draft for each in self.forecast)),
                ),
                unit="元",
            ),
        }


def ten_thousands(value: Decimal) -> str:
    """An amount of yuan in 万元 with two places, thousands apart."""
    return f"{(value / _TEN_THOUSAND).quantize(Decimal('0.01'), ROUND_HALF_UP):z,.2f}"


def share(part: Decimal, whole: Decimal) -> str:
    """A change in per cent with two places; nothing without a whole."""
    return f"{(part / whole * 100).quantize(Decimal('0.01'), ROUND_HALF_UP):+}%" if whole else ""


def render_what_if(templates: Environment, fonts: Fonts, report: WhatIfReport, *, accessible: bool = True) -> bytes:
    """The report as an official document in PDF; the table of months lies across."""
    charts = report.charts()
    html = templates.get_template(REPORT).render(
        report=report,
        sides=(CURRENT, DRAFT),
        charts={name: for_paper(chart) for name, chart in charts.items()},
        titles={name: getattr(chart, "title", "") for name, chart in charts.items()},
        amount=amount,
        wan=ten_thousands,
        share=share,
    )
    identifier = sha256(repr(report).encode()).hexdigest()[:32].encode()
    return render_html(html, title=report.title, fonts=fonts, identifier=identifier, accessible=accessible)


def _by_month(rows: Iterable[tuple[Decimal, ...]], months: int) -> tuple[Decimal, ...]:
    columns = list(zip(*rows, strict=True))
    return tuple(sum(column, _ZERO) for column in columns) if columns else (_ZERO,) * months
