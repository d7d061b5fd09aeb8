"""The distinct results of many months: each is reckoned once, by the exact rule, for everybody who has it."""

from dataclasses import dataclass
from datetime import date

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
        self._places: dict[tuple[Standing, bool, int, int], int] = {}

    def amounts_of(self, edition: PayEdition, standing: Standing) -> Amounts:
        """The amounts of a standing, worked out once."""
        found = self._amounts.get(standing)
        if found is None:
            found = self._amounts[standing] = amounts(edition, standing)
        return found

    def place_of(
        self, standing: Standing, untold: bool, served: int, days: int, sample: tuple[PayFacts, date] | None
    ) -> int:
        """The row of a standing in a month of which ``served`` of ``days`` were served.

        ``sample``: the facts of somebody who stands so, and the day, to be asked for what is missing.
        """
        key = (standing, untold, served, days)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.rows)
            self.rows.append(self._row(standing, untold, served, days, sample))
        return place

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

    def _row(
        self, standing: Standing, untold: bool, served: int, days: int, sample: tuple[PayFacts, date] | None
    ) -> Row:
        edition = self.edition
        found = self.amounts_of(edition, standing)
        if found.missing or untold:
            missing = found.missing if sample is None else pay(edition, *sample).missing
            return _empty(edition, standing, served, days, missing or (msg("缺少学历。"),))
        by_month = edition.performance.paid is PaidEvery.MONTH
        now = [by_month or one.part is Part.BASIC for one in found.items]
        whole = [one.amount for one in found.items]
        brought, with_performance = dict.fromkeys((one.code for one in found.items), 0), list(whole)
        shares = whole
        reasons = (*(one.reason for one in found.items), *found.reasons)
        if served < days and edition.month.partial is Partial.CALENDAR_DAYS:
            shares = [amount * served / days for amount in whole]
            with_performance = rounded(edition.rounding, shares)
        ready = [one for one, due in zip(found.items, now, strict=True) if due]
        parts = [share for share, due in zip(shares, now, strict=True) if due]
        if shares is not whole:
            parts = rounded(edition.rounding, parts)
            sentence = msg("本月在岗 %(served)s 天，按 %(served)s ÷ %(days)s 计发。", served=served, days=days)
            used = {"served": served, "days": days}
            reasons = (*reasons, edition.head.because("partial", edition.month.citation, used, served, sentence))
        for one, amount in zip(ready, parts, strict=True):
            brought[one.code] = to_cents(amount)
        later = sum(to_cents(amount) for amount, due in zip(with_performance, now, strict=True) if not due)
        monthly = sum(to_cents(one.amount) for one in ready)
        return Row(
            standing=standing,
            served=served,
            days=days,
            components=tuple(brought.values()),
            due=sum(brought.values()),
            later=later,
            whole=sum(to_cents(amount) for amount in whole),
            monthly=monthly,
            reasons=reasons,
            missing=(),
        )


def _empty(edition: PayEdition, standing: Standing | None, served: int, days: int, missing: tuple[Message, ...]) -> Row:
    return Row(standing, served, days, (0,) * len(edition.components), 0, 0, 0, 0, (), missing)
