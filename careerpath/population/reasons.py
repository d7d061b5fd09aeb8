"""Reasons kept for everybody: each distinct result has its reasons once, and every person and month points to them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from careerpath.population.days import Ints, Shorts
from careerpath.population.totals import Totals


@dataclass(frozen=True, slots=True)
class Reasoned:
    """The stored reasons of some months.

    ``reasons``: plain JSON values, one list for each distinct result; ``index``: the place of everybody's list,
    ``(month, person)``, 0 for whoever is not in service. ``level``: the levels. They say why the amounts are what they
    are; why somebody has a level is said by ``explain``, which asks the rule.
    """

    edition_key: str
    months: tuple[date, ...]
    reasons: tuple[list[dict[str, Any]], ...]
    index: Ints
    level: Shorts

    def of(self, month: int, place: int) -> list[dict[str, Any]]:
        """The reasons of one person's month, as ``Reason.as_json`` writes them."""
        return self.reasons[int(self.index[month, place])]


def reasoned(totals: Totals) -> Reasoned:
    """The stored reasons of what was reckoned; a result that lacks something says what."""
    kept = []
    for row in totals.rows.rows:
        told = [reason.as_json() for reason in row.reasons]
        told += [{"rule": "pay.missing", "text": str(message)} for message in row.missing]
        kept.append(told)
    return Reasoned(
        edition_key=totals.edition.head.key,
        months=totals.months,
        reasons=tuple(kept),
        index=totals.row,
        level=totals.level,
    )
