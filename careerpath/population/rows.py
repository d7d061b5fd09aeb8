"""The distinct results of many months: each is reckoned once, by the exact rule, for everybody who has it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from careerpath.policy.pay import Amounts, MonthPay, PayEdition, PayFacts, Standing, amounts, pay
from careerpath.policy.pay.edition import PaidEvery, Partial, Stage
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
        self._cents: dict[tuple[Decimal, int, int], int] = {}
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
        self.rows.append(whole.row)
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
            empty = _empty(self.edition, standing, 1, 1, pay(self.edition, *sample()).missing)
            return _Whole(empty, (), (), ())
        by_month = self.edition.performance.paid is PaidEvery.MONTH
        now = tuple(by_month or one.part is Part.BASIC for one in found.items)
        cents = tuple(to_cents(one.amount) for one in found.items)
        brought = tuple(amount if due else 0 for amount, due in zip(cents, now, strict=True))
        row = Row(
            standing=standing,
            served=1,
            days=1,
            components=brought,
            due=sum(brought),
            later=sum(cents) - sum(brought),
            whole=sum(cents),
            monthly=sum(brought),
            reasons=(*(one.reason for one in found.items), *found.reasons),
            missing=(),
        )
        paid_now = tuple(one.amount for one, due in zip(found.items, now, strict=True) if due)
        paid_later = tuple(one.amount for one, due in zip(found.items, now, strict=True) if not due)
        return _Whole(row, now, paid_now, paid_later)

    def _part(self, whole: "_Whole", served: int, days: int) -> Row:
        """The row of whoever served a part of the month, or all of it."""
        row = whole.row
        if row.missing or served == days or self.edition.month.partial is Partial.WHOLE:
            return replace(row, served=served, days=days)
        # What is paid at another time is rounded by itself, which matters where the sum is.
        brought = tuple(self._shares(whole.paid_now, served, days))
        later = sum(self._shares(whole.paid_later, served, days))
        due = sum(brought)
        if whole.paid_later:
            left = iter(brought)
            brought = tuple(next(left) if paid else 0 for paid in whole.now)
        reasons = (*row.reasons, self._reason_of_part(served, days))
        return Row(row.standing, served, days, brought, due, later, row.whole, row.monthly, reasons, ())

    def _shares(self, amounts: tuple[Decimal, ...], served: int, days: int) -> list[int]:
        """What amounts that are paid together bring in a part of a month, in cents."""
        rule = self.edition.rounding
        if rule.stage is not Stage.COMPONENT:
            return [to_cents(share) for share in rounded(rule, [amount * served / days for amount in amounts])]
        shares = []
        for amount in amounts:
            # Each is rounded by itself, and the same few amounts come again and again.
            cents = self._cents.get((amount, served, days))
            if cents is None:
                cents = self._cents[amount, served, days] = to_cents(rounded(rule, [amount * served / days])[0])
            shares.append(cents)
        return shares

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
    """A whole month of one standing; which components are paid with the month, and the exact amounts of both kinds."""

    row: Row
    now: tuple[bool, ...]
    paid_now: tuple[Decimal, ...]
    paid_later: tuple[Decimal, ...]


def _empty(edition: PayEdition, standing: Standing | None, served: int, days: int, missing: tuple[Message, ...]) -> Row:
    return Row(standing, served, days, (0,) * len(edition.components), 0, 0, 0, 0, (), missing)
