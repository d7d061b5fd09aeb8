"""Contributions of both sides for many people, in whole cents, to the cent what ``policy.insurance`` gives."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from careerpath.policy.edition import in_force
from careerpath.policy.insurance import BaseKind, InsuranceEdition, InsuranceFacts, Item, contributions
from careerpath.policy.rounding import Rounding
from careerpath.population.days import FIRST_OF, Flags, Longs, day_of
from careerpath.population.gathering import to_cents
from careerpath.population.people import NO_BASE, People

RATE_PARTS = 10**6
"""Rates have at most six decimals."""


class Contributing:
    """The contributions of some people under the editions in force. Raises ``Refused`` as the rule for one person."""

    def __init__(self, people: People, editions: Sequence[InsuranceEdition]) -> None:
        self._people, self._editions = people, editions
        self._declared: tuple[str, Longs, Longs, Longs] | None = None

    def month(self, month: int, monthly: Longs, paid: Flags) -> tuple[Longs, Longs, Flags]:
        """Employer's and employee's side in cents, and who has no base, for one month.

        ``monthly``: the regular pay of a month in cents; ``paid``: who is paid at all, the others contribute nothing.
        """
        first = int(FIRST_OF[month])
        edition = in_force(self._editions, day_of(first))
        # The edition refuses exemptions that it does not know, whoever has them.
        contributions(edition, InsuranceFacts(on=day_of(first), exempt=tuple(self._people.exempt)))
        wage = self._wage(edition.base.kind, int(FIRST_OF[month + 1]) - 1, monthly)
        employer, employee = self._sides(edition, wage)
        liable = paid & (wage != NO_BASE)
        return np.where(liable, employer, 0), np.where(liable, employee, 0), paid & (wage == NO_BASE)

    def _wage(self, kind: BaseKind, day: int, monthly: Longs) -> Longs:
        if kind is BaseKind.MONTHLY:
            return monthly
        declared = self._people.base_on(day)
        return declared if kind is BaseKind.DECLARED else np.where(declared == NO_BASE, monthly, declared)

    def _sides(self, edition: InsuranceEdition, wage: Longs) -> tuple[Longs, Longs]:
        """Both sides of the wages under one edition; kept for the next month with the same wages."""
        kept = self._declared
        if kept is not None and kept[0] == edition.head.key and np.array_equal(kept[1], wage):
            return kept[2], kept[3]
        rule = edition.base
        rounded = _to_unit(wage, 1, to_cents(rule.unit), rule.rounding)
        employer, employee = np.zeros(len(wage), np.int64), np.zeros(len(wage), np.int64)
        for item in edition.items:
            own, others = _item(item, rule.limits, rounded)
            joined = ~self._people.exempt[item.code] if item.code in self._people.exempt else True
            employer += np.where(joined, own, 0)
            employee += np.where(joined, others, 0)
        self._declared = edition.head.key, wage, employer, employee
        return employer, employee


def _item(item: Item, limits: tuple[Decimal, Decimal], rounded: Longs) -> tuple[Longs, Longs]:
    lowest, highest = item.limits(limits)
    base = np.minimum(np.maximum(rounded, to_cents(lowest)), to_cents(highest))
    unit = to_cents(item.unit)
    employer = _to_unit(base * _parts(item.employer_rate), RATE_PARTS, unit, item.rounding)
    employee = _to_unit(base * _parts(item.employee_rate), RATE_PARTS, unit, item.rounding)
    return employer, employee + to_cents(item.employee_amount)


def _parts(rate: Decimal) -> int:
    return int(rate * RATE_PARTS)


def _to_unit(amount: Longs, parts: int, unit: int, rounding: Rounding) -> Longs:
    """Amounts, in ``parts`` of a cent, as whole units of so many cents; nothing is below zero."""
    size = parts * unit
    more = {Rounding.DOWN: 0, Rounding.HALF_UP: size // 2, Rounding.UP: size - 1}[rounding]
    return (amount + more) // size * unit
