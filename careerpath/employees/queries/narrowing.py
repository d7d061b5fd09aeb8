"""Narrowing a list of people by age, years of service, sex and source: of today's files and of an earlier day alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, extract

from careerpath.employees.models import Source
from careerpath.policy.employment import add_months

YEAR = 12
RANGE = re.compile(r"(\d{1,3})?\s*[-—–~至]?\s*(\d{1,3})?")


def years_between(first: Any, last: Any) -> ColumnElement[int]:
    """Full years between two days times ten thousand, and more: whoever compares asks for ``years * 10000``."""
    return _as_number(last) - _as_number(first)


def _as_number(day: Any) -> ColumnElement[int]:
    return extract("year", day) * 10000 + extract("month", day) * 100 + extract("day", day)


@dataclass(frozen=True, slots=True)
class Years:
    """Full years from ``low`` to ``high``, both included, either of them open."""

    low: int | None = None
    high: int | None = None

    @classmethod
    def of(cls, text: str) -> "Years | None":
        """Read ``36-45``, ``36-``, ``-35`` or ``40``; none for anything else."""
        words = text.strip()
        found = RANGE.fullmatch(words)
        if not words or found is None or not (found[1] or found[2]):
            return None
        low, high = (int(part) if part else None for part in found.groups())
        if low is not None and high is None and words.isdigit():
            high = low
        if low is not None and high is not None and low > high:
            return None
        return cls(low, high)

    def __str__(self) -> str:
        return f"{'' if self.low is None else self.low}-{'' if self.high is None else self.high}"

    def since(self, column: Any, on: date) -> Iterator[ColumnElement[bool]]:
        """The conditions "so many full years have passed since the day in this column"."""
        if self.low is not None:
            yield column <= add_months(on, -YEAR * self.low)
        if self.high is not None:
            yield column > add_months(on, -YEAR * (self.high + 1))


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to beside unit, post and papers; empty means everything."""

    sex: str = ""
    source: str = ""
    ages: str = ""
    """Such as ``36-45``."""
    service: str = ""
    """Full years in communities, such as ``3-5``."""

    def conditions(self, people: Any, joined_on: Any, on: date) -> Iterator[ColumnElement[bool]]:
        """The filter over whatever has ``sex``, ``source`` and ``born_on``."""
        if self.sex:
            yield people.sex == self.sex
        if self.source in set(Source):
            yield people.source == Source(self.source)
        for text, column in ((self.ages, people.born_on), (self.service, joined_on)):
            years = Years.of(text)
            if years is not None:
                yield from years.since(column, on)


EVERYBODY = Narrowing()
"""No narrowing."""
