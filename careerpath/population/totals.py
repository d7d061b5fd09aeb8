"""What many people are due month by month, in cents, under one edition of the pay rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from careerpath.policy.insurance import InsuranceEdition
from careerpath.policy.pay import MonthPay, PayEdition, PayFacts, pay_month
from careerpath.policy.pay.edition import PaidEvery, Reference
from careerpath.population.contributing import Contributing
from careerpath.population.days import (
    FIRST_OF,
    LENGTH,
    NEVER,
    Flags,
    Ints,
    Longs,
    Shorts,
    Tinies,
    day_of,
    month_of,
)
from careerpath.population.gathering import facts_of
from careerpath.population.people import People, Spans
from careerpath.population.rows import Rows
from careerpath.population.standings import Standings

MOST_SLOTS = 2**22
"""Up to so many possible standings, each has its slot in a table; with more, the standings of a month are sorted."""

OUT, PAID, LACKING = 0, 1, 2
"""States of a person in a month: not in service, paid, or something must be known first."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What everybody is due, ``(month, person)``: cents, zero for whoever is not in service or lacks something.

    ``row`` is the distinct result in ``rows``, ``state`` one of OUT, PAID and LACKING; ``period`` what the end of a
    half-year or year brought, which is part of ``cents``. ``employer`` and ``employee`` are the contributions of both
    sides, ``None`` where no insurance was asked for; ``baseless`` marks those who have no contribution base.
    """

    edition: PayEdition
    people: People
    first: date
    rows: Rows
    row: Ints
    level: Shorts
    state: Tinies
    cents: Longs
    period: Longs | None
    employer: Longs | None
    employee: Longs | None
    baseless: Flags | None

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of the months."""
        start = month_of(self.first)
        return tuple(day_of(FIRST_OF[start + number]) for number in range(len(self.row)))

    @property
    def missing(self) -> Flags:
        """Who is in service and can't be paid, ``(month, person)``."""
        lacking: Flags = self.state == LACKING
        return lacking

    @property
    def cost(self) -> Longs:
        """Pay and the employer's contributions, ``(month, person)``."""
        return self.cents if self.employer is None else self.cents + self.employer

    def of(self, column: str) -> Longs:
        """A number of the rows for everybody, ``(month, person)``: ``whole`` is a whole month with every part."""
        return self.rows.column(column)[self.row]

    def component(self, code: str) -> Longs:
        """What one component brings, ``(month, person)``, without what the end of a period brings."""
        place = [one.code for one in self.edition.components].index(code)
        return np.array([row.components[place] for row in self.rows.rows], np.int64)[self.row]

    def lacks(self, month: int, place: int) -> tuple[str, ...]:
        """What must be known of a person before a month can be paid, in Chinese sentences."""
        if self.state[month, place] != LACKING:
            return ()
        return tuple(str(message) for message in explain(self, month, place).missing)


def explain(totals: Totals, month: int, place: int) -> MonthPay:
    """One person's month by the exact rule, with every reason."""
    first = totals.months[month]
    facts = facts_of(totals.people, place, first)
    return pay_month(totals.edition, facts, first, amounts_of=totals.rows.amounts_of)


def totals(
    edition: PayEdition,
    people: People,
    first_month: date,
    months: int,
    insurance: Sequence[InsuranceEdition] = (),
) -> Totals:
    """What everybody is due in ``months`` months from that of ``first_month`` on, to the cent what ``pay_month`` gives.

    ``insurance``: the editions among which the one in force on the first day of a month is taken.
    """
    start = month_of(first_month)
    reckoning = _Reckoning(edition, people, insurance)
    every = edition.performance.paid
    early = (start % every.months) if edition.has_performance else 0
    for month in range(start - early, start + months):
        reckoning.reckon(month, asked=month >= start)
    return reckoning.finished(day_of(FIRST_OF[start]))


class _Reckoning:
    """The months one after the other."""

    def __init__(self, edition: PayEdition, people: People, insurance: Sequence[InsuranceEdition]) -> None:
        self._edition, self._people = edition, people
        self._standings = Standings(edition, people)
        self._rows = Rows(edition)
        # One number more than there are standings: whoever has not served the whole month.
        size = self._standings.size
        self._place_of_key = {size: 0}
        self._parts: dict[tuple[int, int, int], int] = {}
        self._slots: Ints | None = None
        if size <= MOST_SLOTS:
            self._slots = np.full(size + 1, -1, np.int32)
            self._slots[size] = 0
        self._contributing = Contributing(people, insurance) if insurance else None
        self._period = np.zeros(people.count, np.int64)
        self._period_lacks = np.zeros(people.count, np.bool_)
        self._later = edition.has_performance and edition.performance.paid is not PaidEvery.MONTH
        self._months: list[_Month] = []

    def reckon(self, month: int, asked: bool) -> None:
        """One month; those that are not asked for only fill the period that a later one pays out."""
        served, days = _served(self._people.spans, month, self._edition.month.reference)
        length = int(LENGTH[month])
        looked = self._standings.on(days)
        row = self._looked_up(np.where(served == length, looked.key, self._standings.size), days)
        self._share_out(row, served, days, looked.key, length)
        level = np.where(served > 0, looked.level, 0).astype(np.int16)
        self._one_by_one(month, row, level, asked)
        if not self._later:
            if asked:
                self._months.append(_Month(month, row, level, None, None))
            return
        period = self._edition.performance.paid.months
        if month % period == 0:
            self._period[:] = 0
            self._period_lacks[:] = False
        self._period += self._rows.column("later")[row]
        lacking = self._lacking()[row]
        self._period_lacks |= lacking
        settles = (row > 0) & ~lacking
        if (month + 1) % period:
            settles &= ~_serves_within(self._people.spans, month + 1, month - month % period + period)
        if asked:
            brought = np.where(settles & ~self._period_lacks, self._period, 0)
            self._months.append(_Month(month, row, level, brought, settles & self._period_lacks))

    def finished(self, first: date) -> Totals:
        """Everything put together."""
        row = np.stack([one.row for one in self._months])
        state = np.where(row == 0, OUT, np.where(self._lacking()[row], LACKING, PAID)).astype(np.int8)
        cents = self._rows.column("due")[row]
        period: Longs | None = None
        if self._later:
            unsettled = np.stack([one.unsettled for one in self._months if one.unsettled is not None])
            state[unsettled] = LACKING
            period = np.stack([one.period for one in self._months if one.period is not None])
            cents = np.where(unsettled, 0, cents + period)
        employer = employee = baseless = None
        if self._contributing is not None:
            monthly = self._rows.column("monthly")
            sides = [
                self._contributing.month(one.month, monthly[one.row], state[number] == PAID)
                for number, one in enumerate(self._months)
            ]
            employer, employee, baseless = (np.stack(side) for side in zip(*sides, strict=True))
        return Totals(
            edition=self._edition,
            people=self._people,
            first=first,
            rows=self._rows,
            row=row,
            level=np.stack([one.level for one in self._months]),
            state=state,
            cents=cents,
            period=period,
            employer=employer,
            employee=employee,
            baseless=baseless,
        )

    def _lacking(self) -> Flags:
        return np.array([bool(row.missing) for row in self._rows.rows], np.bool_)

    def _looked_up(self, key: Longs, days: Ints) -> Ints:
        """The row of everybody's standing who served the whole month; 0 for the others."""
        if self._slots is None:
            keys, first, back = np.unique(key, return_index=True, return_inverse=True)
            places = [self._row_of(int(one), int(place), days) for one, place in zip(keys, first, strict=True)]
            return np.array(places, np.int32)[back]
        row = self._slots[key]
        new = np.flatnonzero(row < 0)
        if len(new):
            keys, first = np.unique(key[new], return_index=True)
            for one, place in zip(keys, first, strict=True):
                self._slots[one] = self._row_of(int(one), int(new[place]), days)
            row[new] = self._slots[key[new]]
        return row

    def _row_of(self, key: int, place: int, days: Ints) -> int:
        """The row of a standing in a whole month; the person at ``place`` is one of those who have it."""
        found = self._place_of_key.get(key)
        if found is None:
            standing, untold = self._standings.standing(key)

            def sample() -> tuple[PayFacts, date]:
                on = day_of(days[place])
                return facts_of(self._people, place, on), on

            found = self._place_of_key[key] = self._rows.place_of(standing, untold, sample)
        return found

    def _share_out(self, row: Ints, served: Ints, days: Ints, key: Longs, length: int) -> None:
        """The rows of those who served a part of the month."""
        part = np.flatnonzero((served > 0) & (served < length))
        kinds = key[part] * (length + 1) + served[part]
        _, first, back = np.unique(kinds, return_index=True, return_inverse=True)
        places = []
        for place in part[first]:
            whole = self._row_of(int(key[place]), int(place), days)
            kind = whole, int(served[place]), length
            if kind not in self._parts:
                self._parts[kind] = self._rows.part_of(*kind)
            places.append(self._parts[kind])
        row[part] = np.array(places, np.int32)[back] if places else 0

    def _one_by_one(self, month: int, row: Ints, level: Shorts, asked: bool) -> None:
        """The rows of those whose history the columns can't hold. Their months bring what a period brings at once."""
        if not asked:
            return
        first = day_of(FIRST_OF[month])
        for place, facts in self._people.singly.items():
            found = pay_month(self._edition, facts, first, amounts_of=self._rows.amounts_of)
            row[place] = self._rows.add(found)
            level[place] = found.pay.standing.level or 0 if found.served else 0


@dataclass(frozen=True, slots=True)
class _Month:
    """A month reckoned: rows, levels, what the end of a period brought and for whom it could not be reckoned."""

    month: int
    row: Ints
    level: Shorts
    period: Longs | None
    unsettled: Flags | None


def _served(spans: Spans, month: int, reference: Reference) -> tuple[Ints, Ints]:
    """The days that everybody served in a month, and the day on which they are looked at.

    That is the edition's day of the month, or the nearest day of service; of two as near, that of the earlier span.
    """
    first, last = int(FIRST_OF[month]), int(FIRST_OF[month + 1]) - 1
    wanted = first if reference is Reference.FIRST else last
    served = np.zeros(spans.starts.shape[1], np.int32)
    days = np.full(spans.starts.shape[1], wanted, np.int32)
    nearest = np.full(spans.starts.shape[1], NEVER, np.int32)
    for starts, ends in _used(spans):
        begins, closes = np.maximum(starts, first), np.minimum(ends, last)
        there = begins <= closes
        served += np.where(there, closes - begins + 1, 0)
        near = np.minimum(np.maximum(wanted, begins), closes)
        distance = np.where(there, np.abs(near - wanted), NEVER)
        closer = distance < nearest
        days = np.where(closer, near, days).astype(np.int32)
        nearest = np.minimum(nearest, distance)
    return served, days


def _serves_within(spans: Spans, month: int, until: int) -> Flags:
    """Who serves on some day from one month up to, not including, another."""
    first, after = int(FIRST_OF[month]), int(FIRST_OF[until])
    serves: Flags = np.any((spans.starts < after) & (spans.ends >= first), axis=0)
    return serves


def _used(spans: Spans) -> Iterator[tuple[Ints, Ints]]:
    for starts, ends in zip(spans.starts, spans.ends, strict=True):
        if (starts != NEVER).any():
            yield starts, ends
