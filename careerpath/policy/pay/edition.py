"""An edition of the pay rules: everything that a place decides about the pay of its community workers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from careerpath.policy.codes import Grade
from careerpath.policy.edition import Citation, EditionHead, parse_toml, read_citation, read_head
from careerpath.policy.pay.ladder import Effective, Ladder, read_ladder
from careerpath.policy.pay.matching import Declared, read_declared
from careerpath.policy.pay.pieces import Component, LevelTable, Part, Way, read_component, read_table
from careerpath.policy.reading import Table
from careerpath.policy.rounding import FineRounding
from careerpath.words import msg

RULE = "pay"

UNITS = (Decimal("0.01"), Decimal("0.1"), Decimal(1), Decimal(10))


class Stage(StrEnum):
    """What is rounded: each component, or their sum."""

    COMPONENT = "component"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class RoundingRule:
    """Amounts become multiples of ``unit`` yuan."""

    unit: Decimal
    mode: FineRounding
    stage: Stage

    def round(self, amount: Decimal) -> Decimal:
        """The amount as a multiple of the unit."""
        return (amount / self.unit).quantize(Decimal(1), self.mode.mode) * self.unit


class Reference(StrEnum):
    """The day of a month on which a person is looked at."""

    FIRST = "first"
    LAST = "last"


class Partial(StrEnum):
    """What a month is paid in which service began or ended."""

    CALENDAR_DAYS = "calendar_days"
    """By calendar days served."""
    WHOLE = "whole"
    """As a whole month."""


@dataclass(frozen=True, slots=True)
class MonthRule:
    """How a month is looked at."""

    reference: Reference
    partial: Partial
    citation: Citation


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """What counts as community service: years with a grade of ``uncounted`` do not, military service may."""

    uncounted: tuple[Grade, ...]
    military: bool
    citation: Citation


class CertificateDay(StrEnum):
    """Which day of a certificate counts."""

    REGISTERED = "registered"
    OBTAINED = "obtained"


@dataclass(frozen=True, slots=True)
class CertificateRule:
    """From when a certificate counts."""

    day: CertificateDay
    effective: Effective
    citation: Citation


class Concurrent(StrEnum):
    """Which post of several is paid."""

    HIGHER = "higher"
    MAIN = "main"


class PaidEvery(StrEnum):
    """When the performance part is paid out."""

    MONTH = "month"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """The months of one period."""
        return {"month": 1, "half_year": 6, "year": 12}[self.value]


class Withheld(StrEnum):
    """In which year a failed appraisal costs the performance part."""

    SAME_YEAR = "same_year"
    NEXT_YEAR = "next_year"


@dataclass(frozen=True, slots=True)
class PerformanceRule:
    """The performance part: when it is paid, and the grades of a year that cost it."""

    paid: PaidEvery
    withheld_grades: tuple[Grade, ...]
    withheld: Withheld
    citation: Citation


@dataclass(frozen=True, slots=True)
class ProbationRule:
    """Pay during probation: ``share`` of the basic part; the performance part or none."""

    share: Decimal
    performance: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class PayEdition:
    """The pay rules of one place from one day on. Without ``ladder`` there are no levels."""

    head: EditionHead
    rounding: RoundingRule
    month: MonthRule
    facts: tuple[Declared, ...]
    service: ServiceRule
    certificates: CertificateRule
    concurrent: Concurrent
    performance: PerformanceRule
    probation: ProbationRule | None
    ladder: Ladder | None
    tables: tuple[LevelTable, ...]
    components: tuple[Component, ...]
    given: Mapping[str, Any] = field(compare=False, repr=False)
    """The plain values that it was read from; ``to_plain`` gives them back."""
    used: frozenset[str] = field(init=False, compare=False, repr=False)
    """Every fact that some component asks for by name."""

    def __post_init__(self) -> None:
        rows = [row.when for one in self.components for row in one.rows]
        asked = [one.when for one in self.components] + rows
        object.__setattr__(self, "used", frozenset(name for when in asked for name in when.facts))

    @classmethod
    def from_plain(cls, values: object, file: str = "edition") -> "PayEdition":
        """The edition that plain values describe, strictly checked; ``file`` is named in refusals."""
        top = Table.of(values, file)
        head = read_head(top.table("head"), RULE)
        declared = tuple(read_declared(item) for item in top.tables("facts"))
        ladder_table = top.optional_table("ladder")
        ladder = read_ladder(ladder_table, head) if ladder_table else None
        tables = tuple(read_table(item, head) for item in top.tables("tables"))
        _check_codes(top, "facts", [one.code for one in declared])
        _check_codes(top, "tables", [one.code for one in tables])
        by_code = {one.code: one for one in tables}
        probation = top.optional_table("probation")
        edition = cls(
            head=head,
            rounding=_read_rounding(top.optional_table("rounding")),
            month=_read_month(top.optional_table("month") or Table({}, file, "month"), head),
            facts=declared,
            service=_read_service(top.optional_table("service") or Table({}, file, "service"), head),
            certificates=_read_certificates(
                top.optional_table("certificates") or Table({}, file, "certificates"), head
            ),
            concurrent=top.code("concurrent", Concurrent, Concurrent.HIGHER),
            performance=_read_performance(top.optional_table("performance") or Table({}, file, "performance"), head),
            probation=_read_probation(probation, head) if probation else None,
            ladder=ladder,
            tables=tables,
            components=tuple(
                read_component(item, head, ladder, by_code, declared) for item in top.tables("components")
            ),
            given=top.values,
        )
        top.end()
        _check_codes(top, "components", [one.code for one in edition.components])
        if not edition.components:
            raise top.refusal("components", msg("缺少这一项，请补上。"))
        used = {one.table for one in edition.components}
        for number, one in enumerate(tables, start=1):
            if one.code not in used:
                raise top.refusal(f"tables[{number}].code", msg("没有工资项目使用这张表，请删去或在工资项目中引用。"))
        return edition

    @classmethod
    def from_toml(cls, text: str, file: str) -> "PayEdition":
        """The edition that a TOML file holds."""
        return cls.from_plain(parse_toml(text, file), file)

    def table(self, code: str) -> LevelTable:
        """A level table by its code."""
        return next(one for one in self.tables if one.code == code)

    def declared(self, code: str) -> Declared | None:
        """A fact that the edition declares."""
        return next((one for one in self.facts if one.code == code), None)

    @property
    def counts_years(self) -> bool:
        """Whether some component looks at the years of service."""
        return "years" in self.used or any(one.way is Way.PER_YEAR for one in self.components)

    @property
    def has_performance(self) -> bool:
        """Whether some component is performance pay."""
        return any(one.part is Part.PERFORMANCE for one in self.components)

    def reference_on(self, first: date, last: date) -> date:
        """The day of a month on which people are looked at."""
        return first if self.month.reference is Reference.FIRST else last


def _check_codes(top: Table, key: str, codes: list[str]) -> None:
    for number, code in enumerate(codes, start=1):
        if code in codes[: number - 1]:
            raise top.refusal(f"{key}[{number}].code", msg("“%(code)s”重复，请改用别的代码。", code=code))


def _read_rounding(table: Table | None) -> RoundingRule:
    if table is None:
        return RoundingRule(UNITS[0], FineRounding.HALF_UP, Stage.COMPONENT)
    unit = table.number("unit", UNITS[0], UNITS[-1], default=UNITS[0])
    if unit not in UNITS:
        raise table.refusal("unit", msg("应为 0.01、0.1、1 或 10（元）。"))
    rule = RoundingRule(
        unit, table.code("mode", FineRounding, FineRounding.HALF_UP), table.code("stage", Stage, Stage.COMPONENT)
    )
    table.end()
    return rule


def _read_month(table: Table, head: EditionHead) -> MonthRule:
    rule = MonthRule(
        reference=table.code("reference", Reference, Reference.LAST),
        partial=table.code("partial", Partial, Partial.CALENDAR_DAYS),
        citation=read_citation(table, head),
    )
    table.end()
    return rule


def _read_service(table: Table, head: EditionHead) -> ServiceRule:
    rule = ServiceRule(
        uncounted=table.codes("uncounted", Grade),
        military=table.flag("military", False),
        citation=read_citation(table, head),
    )
    table.end()
    return rule


def _read_certificates(table: Table, head: EditionHead) -> CertificateRule:
    rule = CertificateRule(
        day=table.code("day", CertificateDay, CertificateDay.REGISTERED),
        effective=table.code("effective", Effective, Effective.SAME_MONTH),
        citation=read_citation(table, head),
    )
    table.end()
    return rule


def _read_performance(table: Table, head: EditionHead) -> PerformanceRule:
    rule = PerformanceRule(
        paid=table.code("paid", PaidEvery, PaidEvery.MONTH),
        withheld_grades=table.codes("withheld_grades", Grade),
        withheld=table.code("withheld", Withheld, Withheld.SAME_YEAR),
        citation=read_citation(table, head),
    )
    table.end()
    return rule


def _read_probation(table: Table, head: EditionHead) -> ProbationRule:
    rule = ProbationRule(
        share=table.number("share", 0, 1),
        performance=table.flag("performance", False),
        citation=read_citation(table, head),
    )
    table.end()
    return rule
