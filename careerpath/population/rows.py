"""The distinct results of many months: each is reckoned once, by the exact rule, for everybody who has it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from careerpath.policy.pay import Amounts, MonthPay, PayEdition, PayFacts, Standing, amounts, pay
from careerpath.policy.pay.edition import PaidEvery, Partial
from careerpath.policy.pay.pieces import Part
from careerpath.policy.pay.rounding import rounded
from careerpath.policy.reason import Reason
from careerpath.population.days import Longs
from careerpath.population.gathering import to_cents
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class Row:
    """One distinct result of a month, in cents.

    ``components``: what each brings in the month, in the order of the edition; ``due`` their sum; ``later``: the
    performance part of the month that is paid at the end of a period. ``whole``: a whole month with every part;
    ``monthly``: a whole month as paid month by month. All are zero where something is ``missing``.
    """

    standing: Standing | None
    served: int
    days: int
    components: tuple[int, ...]
    due: int
    later: int
    whole: int
    monthly: int
    reasons: tuple[Reason, ...]
    missing: tuple[Message, ...]


class Rows:
    """The distinct results of one edition. Row 0 is a month without a day of service."""

    def __init__(self, edition: PayEdition) -> None:
        self.edition = edition
        self.rows: list[Row] = [_empty(edition, None, 0, 0, ())]
        self._amounts: dict[Standing, Amounts] = {}
        self._wholes: dict[int, _Whole] = {}
        self._reasons: dict[tuple[int, int], Reason] = {}

    def amounts_of(self, edition: PayEdition, standing: Standing) -> Amounts:
        """The amounts of a standing, worked out once."""
        found = self._amounts.get(standing)
        if found is None:
            found = self._amounts[standing] = amounts(edition, standing)
        return found

    def place_of(self, standing: Standing, untold: bool, sample: Callable[[], tuple[PayFacts, date]]) -> int:
        """The row of a standing in a whole month. ``untold``: nothing is known of the education, and the ladder asks.

        ``sample`` gives the facts of somebody who stands so, and the day, to be asked for what is missing.
        """
        whole = self._whole(standing, untold, sample)
        place = len(self.rows)
        self._wholes[place] = whole
        self.rows.append(self._part(whole, 1, 1))
        return place

    def part_of(self, place: int, served: int, days: int) -> int:
        """The row of a month of which ``served`` of ``days`` were served, given that of the whole month."""
        self.rows.append(self._part(self._wholes[place], served, days))
        return len(self.rows) - 1

    def add(self, month: MonthPay) -> int:
        """A row of its own for a month that was reckoned for one person, what a period brings included."""
        if not month.served:
            return 0
        place = len(self.rows)
        if month.missing:
            self.rows.append(_empty(self.edition, month.pay.standing, month.served, month.days, month.missing))
            return place
        brought = {one.code: 0 for one in self.edition.components}
        for one in month.items:
            brought[one.code] += to_cents(one.amount)
        whole = to_cents(month.pay.basic + month.pay.performance)
        self.rows.append(
            Row(
                standing=month.pay.standing,
                served=month.served,
                days=month.days,
                components=tuple(brought.values()),
                due=to_cents(month.total),
                later=0,
                whole=whole,
                monthly=to_cents(month.pay.monthly),
                reasons=month.reasons,
                missing=(),
            )
        )
        return place

    def column(self, name: str) -> Longs:
        """One number of every row, such as ``due``."""
        return np.array([getattr(row, name) for row in self.rows], np.int64)

    def _whole(self, standing: Standing, untold: bool, sample: Callable[[], tuple[PayFacts, date]]) -> "_Whole":
        found = self.amounts_of(self.edition, standing)
        if found.missing or untold:
            return _Whole(standing, (), (), (), (), pay(self.edition, *sample()).missing)
        by_month = self.edition.performance.paid is PaidEvery.MONTH
        return _Whole(
            standing=standing,
            amounts=tuple(one.amount for one in found.items),
            cents=tuple(to_cents(one.amount) for one in found.items),
            now=tuple(by_month or one.part is Part.BASIC for one in found.items),
            reasons=(*(one.reason for one in found.items), *found.reasons),
            missing=(),
        )

    def _part(self, whole: "_Whole", served: int, days: int) -> Row:
        """The row of whoever served a part of the month, or all of it."""
        edition = self.edition
        if whole.missing:
            return _empty(edition, whole.standing, served, days, whole.missing)
        cents, now, reasons = whole.cents, whole.now, whole.reasons
        later = sum(part for part, due in zip(cents, now, strict=True) if not due)
        brought = tuple(part if due else 0 for part, due in zip(cents, now, strict=True))
        monthly = sum(brought)
        if served < days and edition.month.partial is Partial.CALENDAR_DAYS:
            shares = [amount * served / days for amount in whole.amounts]
            # What is paid at another time is rounded by itself, which matters where the sum is.
            paid_now, paid_later = (
                rounded(edition.rounding, [share for share, due in zip(shares, now, strict=True) if due is wanted])
                for wanted in (True, False)
            )
            later = sum(to_cents(amount) for amount in paid_later)
            left = iter(paid_now)
            brought = tuple(to_cents(next(left)) if due else 0 for due in now)
            reasons = (*reasons, self._reason_of_part(served, days))
        return Row(
            standing=whole.standing,
            served=served,
            days=days,
            components=brought,
            due=sum(brought),
            later=later,
            whole=sum(cents),
            monthly=monthly,
            reasons=reasons,
            missing=(),
        )

    def _reason_of_part(self, served: int, days: int) -> Reason:
        found = self._reasons.get((served, days))
        if found is None:
            sentence = msg("本月在岗 %(served)s 天，按 %(served)s ÷ %(days)s 计发。", served=served, days=days)
            used = {"served": served, "days": days}
            citation = self.edition.month.citation
            found = self.edition.head.because("partial", citation, used, served, sentence)
            self._reasons[served, days] = found
        return found


@dataclass(frozen=True, slots=True)
class _Whole:
    """A whole month of one standing: each component exactly and in cents, and whether it is paid with the month."""

    standing: Standing
    amounts: tuple[Decimal, ...]
    cents: tuple[int, ...]
    now: tuple[bool, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[Message, ...]


def _empty(edition: PayEdition, standing: Standing | None, served: int, days: int, missing: tuple[Message, ...]) -> Row:
    return Row(standing, served, days, (0,) * len(edition.components), 0, 0, 0, 0, (), missing)
