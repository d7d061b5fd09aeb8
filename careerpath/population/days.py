"""Days as whole numbers, so that the calendar of a hundred thousand people is looked up in tables."""

from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from careerpath.policy.pay.ladder import Effective

Ints: TypeAlias = npt.NDArray[np.int32]
Longs: TypeAlias = npt.NDArray[np.int64]
Shorts: TypeAlias = npt.NDArray[np.int16]
Tinies: TypeAlias = npt.NDArray[np.int8]
Flags: TypeAlias = npt.NDArray[np.bool_]

FIRST_YEAR, LAST_YEAR = 1900, 2199
YEAR = 12

ABSENT = -1
"""No such day, and before every other."""

_MONTHS = np.arange((FIRST_YEAR - 1970) * YEAR, (LAST_YEAR + 1 - 1970) * YEAR + 1).astype("datetime64[M]")
_STARTS = _MONTHS.astype("datetime64[D]").astype(np.int64)

FIRST_OF: Ints = (_STARTS - _STARTS[0]).astype(np.int32)
"""The first day of each month, months counted from January 1900; one month more than the table of days has."""
LENGTH: Ints = np.diff(FIRST_OF).astype(np.int32)
"""The days of each month."""
MONTH: Ints = np.repeat(np.arange(len(LENGTH), dtype=np.int32), LENGTH)
"""The month of each day."""
IN_MONTH: Ints = (np.arange(len(MONTH), dtype=np.int32) - FIRST_OF[MONTH] + 1).astype(np.int32)
"""The day of the month of each day, 1 to 31."""

NEVER = len(MONTH) - 1
"""The last day of the table: the end of what is open, the beginning of what does not come."""

_BASE = date(FIRST_YEAR, 1, 1).toordinal()


def fits(day: date) -> bool:
    """Whether the tables know a day well enough to reckon a working life from it."""
    return FIRST_YEAR <= day.year < LAST_YEAR - 80


def number_of(day: date) -> int:
    """A day as a number: 0 is 1 January 1900."""
    return day.toordinal() - _BASE


def day_of(number: int) -> date:
    """The day that a number stands for."""
    return date.fromordinal(int(number) + _BASE)


def month_of_year(year: int) -> int:
    """The January of a year."""
    return (year - FIRST_YEAR) * YEAR


def month_of(day: date) -> int:
    """The month of a day, 0 for January 1900."""
    return month_of_year(day.year) + day.month - 1


def months_later(days: Ints, months: Ints | int) -> Ints:
    """The same day so many months later, or the last of that month where it has no such day."""
    month = np.minimum(MONTH[days] + months, len(LENGTH) - 1)
    later: Ints = (FIRST_OF[month] + np.minimum(IN_MONTH[days], LENGTH[month]) - 1).astype(np.int32)
    return later


def full_months(first: Ints, after: Ints) -> Ints:
    """Full months from ``first`` up to, not including, ``after``; below zero where ``after`` lies before ``first``."""
    month = MONTH[after]
    short = np.minimum(IN_MONTH[first], LENGTH[month]) > IN_MONTH[after]
    months: Ints = (month - MONTH[first] - short).astype(np.int32)
    return months


def months_and_days(first: Ints, after: Ints) -> tuple[Ints, Ints]:
    """Full months from ``first`` up to, not including, ``after``, and the days left over."""
    months = full_months(first, after)
    return months, (after - months_later(first, months)).astype(np.int32)


def last_counting(effective: Effective, on: Ints) -> Ints:
    """The last day whose facts count by ``on``: the other way round of ``Effective.begins``, which never goes back.

    ``on``: days of one month, for then only a rule of the same day tells them apart; the others give one day for all.
    """
    if effective is Effective.SAME_DAY or not on.size:
        return on
    month = int(MONTH[on.flat[0]])
    if effective is Effective.SAME_MONTH:
        return _one_day(FIRST_OF[month + 1] - 1)
    if effective is Effective.NEXT_MONTH:
        return _one_day(FIRST_OF[month] - 1)
    return year_before(on)


def year_before(on: Ints) -> Ints:
    """The last day of the year before, for days of one month."""
    return _one_day(FIRST_OF[month_of_year(year_of(on))] - 1)


def year_of(on: Ints) -> int:
    """The year of days of one month; of nobody's days some year or other."""
    return FIRST_YEAR + int(MONTH[on.flat[0]]) // YEAR if on.size else FIRST_YEAR + 1


def _one_day(number: int) -> Ints:
    return np.array(number, np.int32)


def begins(effective: Effective, days: Ints) -> Ints:
    """The first day on which a fact of each day counts."""
    if effective is Effective.SAME_DAY:
        return days
    month = MONTH[days]
    if effective is Effective.SAME_MONTH:
        first: Ints = FIRST_OF[month]
    elif effective is Effective.NEXT_MONTH:
        first = FIRST_OF[month + 1]
    else:
        first = FIRST_OF[month - month % YEAR + YEAR]
    return first
