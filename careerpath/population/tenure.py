"""Counted service of many people: the full months by the end of a day, without the years that do not count."""

import numpy as np

from careerpath.policy.pay.edition import ServiceRule
from careerpath.population.days import (
    FIRST_OF,
    IN_MONTH,
    LENGTH,
    MONTH,
    NEVER,
    YEAR,
    Flags,
    Ints,
    month_of_year,
    months_and_days,
    months_later,
)
from careerpath.population.gathering import GRADES
from careerpath.population.people import People


class Service:
    """What ``policy.pay.tenure`` counts, for everybody at once under one rule of service.

    Who served without a break, with every year counted, is reckoned from the first day; the others, ``broken``, from
    their counted spans, where every gap puts a day off by its own length.
    """

    def __init__(self, people: People, rule: ServiceRule) -> None:
        spans = people.spans
        self.added: Ints = people.military if rule.military else np.zeros(people.count, np.int32)
        self._first, self._last = spans.starts[0], spans.ends[0]
        self._asked: tuple[Ints, Ints] | None = None
        self._first_month, self._first_day = MONTH[self._first], IN_MONTH[self._first]
        failed = self._failed_years(people, rule)
        several = (spans.starts[1:] != NEVER).any(axis=0)
        self.broken: Ints = np.flatnonzero(several | failed.any(axis=0)).astype(np.int32)
        self._counted = _Counted(
            spans.starts[:, self.broken], spans.ends[:, self.broken], failed[:, self.broken], people.grades.first_year
        )

    def months_by(self, days: Ints) -> Ints:
        """Full counted months by the end of each person's day, or of one day; those added from elsewhere included."""
        if self._asked is not None and np.array_equal(self._asked[0], days):
            # Rules that count from January ask for the same days twelve times.
            return self._asked[1]
        after = np.minimum(days, self._last) + 1
        month = MONTH[after]
        short = np.minimum(self._first_day, LENGTH[month]) > IN_MONTH[after]
        months = np.maximum(month - self._first_month - short, 0).astype(np.int32)
        if len(self.broken):
            months[self.broken] = self._counted.months_by(np.broadcast_to(days, months.shape)[self.broken])
        counted: Ints = months + self.added
        self._asked = days, counted
        return counted

    @staticmethod
    def _failed_years(people: People, rule: ServiceRule) -> Flags:
        """``(year, person)``: years of service that do not count."""
        uncounted = [GRADES.index(grade) + 1 for grade in rule.uncounted]
        failed: Flags = np.isin(people.grades.grade, uncounted)
        first_month = month_of_year(people.grades.first_year)
        for row in range(len(failed)):
            if failed[row].any():
                first, after = FIRST_OF[first_month + row * YEAR], FIRST_OF[first_month + row * YEAR + YEAR]
                failed[row] &= ((people.spans.starts < after) & (people.spans.ends >= first)).any(axis=0)
        return failed


class _Counted:
    """Counted spans of the people with gaps, ``(span, person)``, and the length of each gap."""

    def __init__(self, starts: Ints, ends: Ints, failed: Flags, first_year: int) -> None:
        self.starts, self.ends = _without(starts, ends, failed, first_year)
        after = np.minimum(self.ends[:-1] + 1, self.starts[1:])
        self.gap_months, self.gap_days = months_and_days(after, self.starts[1:])

    def months_by(self, days: Ints) -> Ints:
        begun = self.starts <= days
        reached = np.where(begun, np.minimum(self.ends, days), 0).max(axis=0).astype(np.int32)
        gaps = np.where(begun[1:], self.gap_months, 0).sum(axis=0)
        # Never too low: each gap that lies behind takes at least its full months.
        months = np.where(begun[0], np.maximum(MONTH[reached] - MONTH[self.starts[0]] + 1 - gaps, 0), 0)
        months = months.astype(np.int32)
        left: Ints = np.flatnonzero(months).astype(np.int32)
        while len(left):
            left = left[self._complete(months[left], left) > days[left]]
            months[left] -= 1
            left = left[months[left] > 0]
        return months

    def _complete(self, months: Ints, who: Ints) -> Ints:
        """The day at whose end so many months are complete, ``NEVER`` where they never are."""
        starts, ends = self.starts[:, who], self.ends[:, who]
        after = months_later(starts[0], months)
        complete = np.full(len(who), NEVER, np.int32)
        going = starts[0] != NEVER
        for row in range(len(starts)):
            there = going & (after <= np.minimum(ends[row], NEVER - 1) + 1)
            complete[there] = after[there] - 1
            going &= ~there
            if row + 1 == len(starts) or not going.any():
                break
            going &= starts[row + 1] != NEVER
            moved = months_later(after, self.gap_months[row, who]) + self.gap_days[row, who]
            after = np.where(going, np.maximum(np.minimum(moved, NEVER), starts[row + 1] + 1), after).astype(np.int32)
            after = np.minimum(after, NEVER)
        return complete


def _without(starts: Ints, ends: Ints, failed: Flags, first_year: int) -> tuple[Ints, Ints]:
    """Spans without the failed years, packed from the top."""
    used = starts != NEVER
    rows, who = np.nonzero(used)
    first, last = starts[rows, who], ends[rows, who]
    for row in range(len(failed)):
        if not failed[row].any():
            continue
        begins, after = _year(first_year + row)
        cut = failed[row][who] & (first < after) & (last >= begins)
        before, behind = cut & (first < begins), cut & (last >= after)
        who = np.concatenate([who[~cut], who[before], who[behind]])
        first, last = (
            np.concatenate([first[~cut], first[before], np.full(behind.sum(), after, np.int32)]),
            np.concatenate([last[~cut], np.full(before.sum(), begins - 1, np.int32), last[behind]]),
        )
    order = np.lexsort((first, who))
    who, first, last = who[order], first[order], last[order]
    place = np.arange(len(who)) - np.searchsorted(who, who)
    most = int(place.max(initial=0)) + 1
    packed = np.full((2, most, starts.shape[1]), NEVER, np.int32)
    packed[0, place, who], packed[1, place, who] = first, last
    return packed[0], packed[1]


def _year(year: int) -> tuple[int, int]:
    """The first day of a year and that of the next."""
    month = month_of_year(year)
    return int(FIRST_OF[month]), int(FIRST_OF[month + YEAR])
