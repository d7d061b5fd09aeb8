"""Bands of full years, for ages and for years of service: in the database, in words, and as the filter of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, extract

from careerpath.employees.queries.narrowing import Years
from careerpath.policy.employment import add_months
from careerpath.words import Message, msg

YEAR = 12


def months_of(day: Any) -> ColumnElement[int]:
    """A column of days as months, for averages of years: those of some people are added up in the database."""
    return extract("year", day) * YEAR + extract("month", day)


@dataclass(frozen=True, slots=True)
class Bands:
    """Years cut at some ages: 31 and 36 make 30 and below, 31 to 35, 36 and above."""

    cuts: tuple[int, ...]

    @property
    def all(self) -> tuple[Years, ...]:
        """The bands, lowest first."""
        lows: Sequence[int | None] = (None, *self.cuts)
        highs: Sequence[int | None] = (*(cut - 1 for cut in self.cuts), None)
        return tuple(Years(low, high) for low, high in zip(lows, highs, strict=True))

    def key(self, column: Any, on: date) -> ColumnElement[Any]:
        """The place of the band of somebody's day of birth or of joining, from 0."""
        # Who has not reached a cut was born after that many years before the day.
        steps = [(column > add_months(on, -YEAR * cut), place) for place, cut in enumerate(self.cuts)]
        return case(*steps, else_=len(self.cuts))

    def words(self, place: int, unit: Message) -> Message:
        """The name of a band: 31—35岁."""
        band = self.all[place]
        if band.low is None and band.high == 0:
            return msg("不满1%(unit)s", unit=unit)
        if band.low is None:
            return msg("%(high)s%(unit)s及以下", high=band.high, unit=unit)
        if band.high is None:
            return msg("%(low)s%(unit)s及以上", low=band.low, unit=unit)
        if band.low == band.high:
            return msg("%(low)s%(unit)s", low=band.low, unit=unit)
        return msg("%(low)s—%(high)s%(unit)s", low=band.low, high=band.high, unit=unit)


AGES = Bands((31, 36, 41, 46, 51, 56))
SERVICE = Bands((1, 3, 6, 11, 16, 21))
"""Full years in communities."""
