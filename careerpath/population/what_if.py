"""A draft of the pay rules beside the rules in force: what it costs, who gains, who loses, whom it leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from careerpath.policy.insurance import InsuranceEdition
from careerpath.policy.pay import PayEdition
from careerpath.population.days import Flags, Longs
from careerpath.population.people import People
from careerpath.population.totals import LACKING, OUT, PAID, Totals, totals

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Lacking:
    """People in service whom an edition cannot pay in the first month, and why; ``places`` are theirs in ``People``."""

    why: tuple[str, ...]
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One edition: ``costs`` in cents by month and unit, insurance of the employer included; whom it cannot pay."""

    totals: Totals
    costs: Longs
    lacking: tuple[Lacking, ...]
    unlevelled: tuple[int, ...]
    """People in service whom a ladder gives no level in the first month."""

    @property
    def cost(self) -> int:
        """Cents of all units and months."""
        return int(self.costs.sum())


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Two editions for the same people and months.

    ``difference``: cents a month that each person gains in the first month, every part of the pay counted by the
    month, so that a part that is paid later is no loss; zero for whoever is not ``compared``, because one side cannot
    pay or the person is not in service. ``deciles``: the differences of those compared, least, nine tenths, greatest.
    """

    now: Side
    draft: Side
    difference: Longs
    compared: Flags
    gain: int
    lose: int
    same: int
    deciles: tuple[int, ...]

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of the months."""
        return self.now.totals.months

    def by_unit(self) -> Longs:
        """What the draft costs more, in cents, by month and unit."""
        return self.draft.costs - self.now.costs

    def movers(self, most: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The places of those who gain most and of those who lose most, at most so many of each, furthest first."""
        order = np.argsort(self.difference, kind="stable")
        losers = tuple(int(place) for place in order[:most] if self.difference[place] < 0)
        gainers = tuple(int(place) for place in order[::-1][:most] if self.difference[place] > 0)
        return gainers, losers


def what_if(
    now_edition: PayEdition,
    draft_edition: PayEdition,
    people: People,
    first_month: date,
    months: int,
    insurance: Sequence[InsuranceEdition] = (),
) -> WhatIf:
    """What a draft would change for some people from a month on. Amounts in cents, units in the order of ``people``."""
    now = _side(totals(now_edition, people, first_month, months, insurance))
    draft = _side(totals(draft_edition, people, first_month, months, insurance))
    compared = (now.totals.state[0] == PAID) & (draft.totals.state[0] == PAID)
    whole = [side.totals.rows.column("whole")[side.totals.row[0]] for side in (now, draft)]
    difference = np.where(compared, whole[1] - whole[0], 0)
    among = difference[compared]
    return WhatIf(
        now=now,
        draft=draft,
        difference=difference,
        compared=compared,
        gain=int((among > 0).sum()),
        lose=int((among < 0).sum()),
        same=int((among == 0).sum()),
        deciles=deciles(among),
    )


def deciles(values: Longs) -> tuple[int, ...]:
    """The least, the nine values that part tenths, and the greatest, each a value that occurs; empty for nobody."""
    if not len(values):
        return ()
    ordered = np.sort(values)
    places = [max(0, -(-len(ordered) * tenth // TENTHS) - 1) for tenth in range(TENTHS + 1)]
    return tuple(int(ordered[place]) for place in places)


def cost_by_unit(totals: Totals) -> Longs:
    """Pay and employer's contributions in cents, ``(month, unit)``."""
    people = totals.people
    costs = np.zeros((len(totals.cents), len(people.units)), np.int64)
    for month, cost in enumerate(totals.cost):
        # Sums of whole numbers below 2^53 are exact in floating point too.
        costs[month] = np.bincount(people.unit, weights=cost, minlength=len(people.units)).astype(np.int64)
    return costs


def _side(found: Totals) -> Side:
    unlevelled: tuple[int, ...] = ()
    if found.edition.ladder is not None:
        without = (found.state[0] != OUT) & (found.level[0] == 0)
        unlevelled = tuple(int(place) for place in np.flatnonzero(without))
    return Side(found, cost_by_unit(found), _lacking(found), unlevelled)


def _lacking(found: Totals) -> tuple[Lacking, ...]:
    """Whom the edition cannot pay, those with the same want together, most people first."""
    places = np.flatnonzero(found.state[0] == LACKING)
    groups: dict[tuple[str, ...], list[int]] = {}
    for place in places:
        row = found.rows.rows[found.row[0, place]]
        # A period that cannot be settled is a want of the person's own months.
        why = tuple(map(str, row.missing)) or found.lacks(0, int(place))
        groups.setdefault(why, []).append(int(place))
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return tuple(Lacking(why, tuple(places)) for why, places in ordered)
