"""An edition of the contribution rules: the base with its limits, and the rates of every insurance and fund."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from careerpath.policy.edition import Citation, EditionHead, parse_toml, read_citation, read_head
from careerpath.policy.reading import Table
from careerpath.policy.reason import show
from careerpath.policy.rounding import Rounding
from careerpath.words import msg

RULE = "insurance"
MOST = 1_000_000
"""No monthly wage, limit or fixed amount is larger, in yuan."""

CENT = Decimal("0.01")
BASE_UNITS = (CENT, Decimal(1), Decimal(10))
AMOUNT_UNITS = (CENT, Decimal("0.1"), Decimal(1))


class BaseKind(StrEnum):
    """What the contribution base is made of."""

    DECLARED = "declared"
    MONTHLY = "monthly"
    DECLARED_OR_MONTHLY = "declared_or_monthly"


@dataclass(frozen=True, slots=True)
class BaseRule:
    """The contribution base: which wage, its limits in yuan a month, and how it is rounded.

    ``floor`` and ``ceiling`` win over the shares of ``average_wage``, the monthly average wage of the province. A limit
    made of a share is rounded like the base; one that is given as an amount is used as it stands.
    """

    kind: BaseKind
    average_wage: Decimal | None
    floor_share: Decimal | None
    ceiling_share: Decimal | None
    floor: Decimal | None
    ceiling: Decimal | None
    unit: Decimal
    rounding: Rounding
    citation: Citation

    def rounded(self, wage: Decimal) -> Decimal:
        """A wage rounded to the unit of the base."""
        return to_unit(wage, self.unit, self.rounding)

    @property
    def limits(self) -> tuple[Decimal, Decimal]:
        """The lower and upper limit of the base."""
        return self._limit(self.floor, self.floor_share), self._limit(self.ceiling, self.ceiling_share)

    def _limit(self, amount: Decimal | None, share: Decimal | None) -> Decimal:
        if amount is not None:
            return amount
        # The reader refuses an edition that has neither the amount nor both the wage and its share.
        return self.rounded((self.average_wage or Decimal(0)) * (share or Decimal(0)))


@dataclass(frozen=True, slots=True)
class Item:
    """One insurance or fund: shares of the base that both sides pay, each amount rounded to ``unit``.

    ``employee_amount`` is a fixed sum that the employee pays besides. ``floor`` and ``ceiling`` replace the limits of
    the base for this item alone, as the housing fund often has it.
    """

    code: str
    name: str
    employer_rate: Decimal
    employee_rate: Decimal
    employee_amount: Decimal
    floor: Decimal | None
    ceiling: Decimal | None
    unit: Decimal
    rounding: Rounding
    citation: Citation

    def limits(self, usual: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
        """The lower and upper limit of the base for this item: its own, else the ``usual`` ones of the edition."""
        lowest, highest = usual
        return lowest if self.floor is None else self.floor, highest if self.ceiling is None else self.ceiling


@dataclass(frozen=True, slots=True)
class InsuranceEdition:
    """The contribution rules of one place from one day on."""

    head: EditionHead
    base: BaseRule
    items: tuple[Item, ...]

    @classmethod
    def from_plain(cls, values: object, file: str = "edition") -> "InsuranceEdition":
        """The edition that plain values describe, strictly checked; ``file`` is named in refusals."""
        top = Table.of(values, file)
        head = read_head(top.table("head"), RULE)
        edition = cls(
            head=head,
            base=_read_base(top.table("base"), head),
            items=tuple(_read_item(item, head) for item in top.tables("items")),
        )
        top.end()
        edition._check(top)
        return edition

    @classmethod
    def from_toml(cls, text: str, file: str) -> "InsuranceEdition":
        """The edition that a TOML file holds."""
        return cls.from_plain(parse_toml(text, file), file)

    def _check(self, top: Table) -> None:
        if not self.items:
            raise top.refusal("items", msg("至少要有一个险种，请补上。"))
        codes = [item.code for item in self.items]
        for number, item in enumerate(self.items, start=1):
            if item.code in codes[: number - 1]:
                raise top.refusal(f"items[{number}].code", msg("“%(code)s”重复，请改用别的代码。", code=item.code))
            lowest, highest = item.limits(self.base.limits)
            if lowest > highest:
                raise top.refusal(
                    f"items[{number}].{'ceiling' if item.floor is None else 'floor'}",
                    msg(
                        "使下限 %(floor)s 元高于上限 %(ceiling)s 元，请改正。",
                        floor=show(lowest),
                        ceiling=show(highest),
                    ),
                )


def to_unit(amount: Decimal, unit: Decimal, rounding: Rounding) -> Decimal:
    """An amount as a whole number of units, such as 0.01, 1 or 10 yuan."""
    return (amount / unit).to_integral_value(rounding.mode) * unit


def _read_base(table: Table, head: EditionHead) -> BaseRule:
    base = BaseRule(
        kind=table.code("kind", BaseKind),
        average_wage=table.optional_number("average_wage", CENT, MOST, decimals=2),
        floor_share=table.optional_number("floor_share", 0, 1),
        ceiling_share=table.optional_number("ceiling_share", 0, 10),
        floor=table.optional_number("floor", 0, MOST, decimals=2),
        ceiling=table.optional_number("ceiling", CENT, MOST, decimals=2),
        unit=_read_unit(table, BASE_UNITS),
        rounding=table.code("rounding", Rounding, Rounding.HALF_UP),
        citation=read_citation(table, head),
    )
    table.end()
    for key, amount, share in (
        ("floor", base.floor, base.floor_share),
        ("ceiling", base.ceiling, base.ceiling_share),
    ):
        if amount is None and share is None:
            raise table.refusal(key, msg("缺少缴费基数的限额，请填写 %(key)s 或 %(key)s_share。", key=key))
        if amount is None and base.average_wage is None:
            raise table.refusal(
                "average_wage", msg("缺少这一项，%(key)s_share 需要它；请补上，或直接填写 %(key)s。", key=key)
            )
    lowest, highest = base.limits
    if lowest > highest:
        raise table.refusal(
            "floor" if base.floor is not None else "floor_share",
            msg(
                "使下限 %(floor)s 元高于上限 %(ceiling)s 元，请改正。",
                floor=show(lowest),
                ceiling=show(highest),
            ),
        )
    return base


def _read_item(table: Table, head: EditionHead) -> Item:
    item = Item(
        code=_read_code(table),
        name=table.text("name"),
        employer_rate=table.number("employer_rate", 0, 1, decimals=6),
        employee_rate=table.number("employee_rate", 0, 1, decimals=6),
        employee_amount=table.number("employee_amount", 0, MOST, decimals=2, default=Decimal(0)),
        floor=table.optional_number("floor", 0, MOST, decimals=2),
        ceiling=table.optional_number("ceiling", CENT, MOST, decimals=2),
        unit=_read_unit(table, AMOUNT_UNITS),
        rounding=table.code("rounding", Rounding, Rounding.HALF_UP),
        citation=read_citation(table, head),
    )
    table.end()
    return item


def _read_code(table: Table) -> str:
    code = table.text("code")
    if not re.fullmatch(r"[a-z][a-z_]{0,39}", code):
        raise table.refusal(
            "code", msg("为“%(code)s”，应为小写英文字母（可用下划线），例如 pension，请改正。", code=code)
        )
    return code


def _read_unit(table: Table, allowed: tuple[Decimal, ...]) -> Decimal:
    unit = table.number("unit", CENT, 10, decimals=2, default=CENT)
    if unit not in allowed:
        known = "、".join(show(one) for one in allowed)
        raise table.refusal("unit", msg("为 %(unit)s，请改用：%(known)s。", unit=show(unit), known=known))
    return allowed[allowed.index(unit)]
