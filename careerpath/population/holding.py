"""What many people hold on a day: the post that is paid, education, certificates, runs of good years."""

from dataclasses import dataclass

import numpy as np

from careerpath.policy.pay.edition import CertificateDay, CertificateRule, Concurrent
from careerpath.policy.pay.ladder import EarlyStep, Effective
from careerpath.population.days import (
    ABSENT,
    FIRST_OF,
    NEVER,
    Flags,
    Ints,
    begins,
    last_counting,
    month_of_year,
)
from careerpath.population.gathering import GRADES
from careerpath.population.people import Certificates, Grades, Posts, Studies

RANK_BITS, ROW_BITS = 2, 4
"""A post's rank is below 4; nobody in columns has more than 8 posts."""


class PaidPosts:
    """The post of each person that is paid on a day, as ``policy.pay.climb`` finds it.

    A post with all that decides between several is one number, so that the greatest of a day is the one that is paid.
    """

    def __init__(self, posts: Posts, concurrent: Concurrent, change: Effective) -> None:
        self._posts = posts
        self.starts, self.ends = _counting(posts, change)
        rows = np.arange(len(posts.rank), dtype=np.int32)[:, None]
        first = (posts.rank, posts.main) if concurrent is Concurrent.HIGHER else (posts.main, None)
        mark = first[0].astype(np.int32)
        if first[1] is not None:
            mark = mark * 2 + first[1]
        mark = mark * (NEVER + 1) + posts.starts
        if concurrent is Concurrent.MAIN:
            mark = (mark << RANK_BITS) + posts.rank
        # Of equal ones the first is taken; rank and election ride along to be read off the winner.
        mark = (mark << ROW_BITS) + (2**ROW_BITS - 1 - rows)
        self._mark = (mark << (RANK_BITS + 1)) + posts.rank * 2 + posts.elected
        self._mark[posts.rank == 0] = 0
        self._rows = [row for row in range(len(posts.rank)) if posts.rank[row].any()]
        self._dual_rows = [row for row in range(len(posts.rank)) if posts.dual_head[row].any()]

    def on(self, days: Ints) -> tuple[Ints, Flags]:
        """The rank of the post that is paid on each person's day, 0 where there is none, and whether it is elected."""
        best = np.zeros(len(days), np.int32)
        for row in self._rows:
            counts = (self.starts[row] <= days) & (days <= self.ends[row])
            best = np.maximum(best, self._mark[row] * counts)
        return (best >> 1) & (2**RANK_BITS - 1), (best & 1).astype(np.bool_)

    def dual_head_on(self, days: Ints) -> Flags:
        """Whether one of the posts that count on each person's day is that of a dual head."""
        found = np.zeros(len(days), np.bool_)
        for row in self._dual_rows:
            counts = (self.starts[row] <= days) & (days <= self.ends[row])
            found |= counts & self._posts.dual_head[row]
        return found


def _counting(posts: Posts, change: Effective) -> tuple[Ints, Ints]:
    """The days on which posts count: a change of post counts later, and the post before it goes on until then."""
    starts, ends = posts.starts.copy(), posts.ends.copy()
    if change is Effective.SAME_DAY:
        return starts, ends
    first = begins(change, posts.starts)
    for one in range(len(starts)):
        changed = np.zeros(starts.shape[1], np.bool_)
        following = np.full(starts.shape[1], ABSENT, np.int32)
        for other in range(len(starts)):
            changed |= (posts.starts[other] < posts.starts[one]) & (posts.ends[other] >= posts.starts[one] - 1)
            follows = (posts.starts[other] == posts.ends[one] + 1) & (posts.rank[other] > 0)
            following = np.where(follows, np.maximum(following, first[other]), following)
        starts[one] = np.where(changed, first[one], starts[one])
        ends[one] = np.where(following != ABSENT, following - 1, ends[one])
    return starts, ends


def heights_by(studies: Studies, days: Ints) -> tuple[Ints, Ints]:
    """The ranks of the highest diploma and degree whose day is not after each person's day; 0 where none."""
    diploma = np.zeros(studies.day.shape[1], np.int32)
    degree = diploma
    for row in range(len(studies.day)):
        counts = studies.day[row] <= days
        diploma = np.maximum(diploma, studies.diploma[row] * counts)
        degree = np.maximum(degree, studies.degree[row] * counts)
    return diploma, degree


class BestCertificates:
    """The highest certificate of each person: 0 none, 1 junior, 2 intermediate, 3 senior."""

    def __init__(self, certificates: Certificates, rule: CertificateRule) -> None:
        self._effective = rule.effective
        self._days = certificates.registered if rule.day is CertificateDay.REGISTERED else certificates.obtained

    def on(self, days: Ints) -> Ints:
        """The highest certificate that counts on each person's day."""
        by = last_counting(self._effective, days)
        found = np.zeros(len(days), np.int32)
        for grade, held in enumerate(self._days, start=1):
            found[held <= by] = grade
        return found


@dataclass(frozen=True, slots=True)
class EarlyRuns:
    """The last days of the years that end a run with an early step, ``(run, person)``; ``NEVER`` where none."""

    ends: Ints
    effective: Effective

    @classmethod
    def of(cls, grades: Grades, rule: EarlyStep) -> "EarlyRuns":
        """The runs of all people, at most as many as the rule allows."""
        wanted = GRADES.index(rule.grade) + 1
        count = grades.grade.shape[1]
        ends = np.full((rule.at_most, count), NEVER, np.int32)
        run, found = np.zeros(count, np.int32), np.zeros(count, np.int32)
        for row, grade in enumerate(grades.grade):
            run = np.where(grade == wanted, run + 1, 0)
            full = np.flatnonzero((run == rule.successive) & (found < rule.at_most))
            ends[found[full], full] = FIRST_OF[month_of_year(grades.first_year + row + 1)] - 1
            found[full] += 1
            run[run == rule.successive] = 0
        used = int(found.max(initial=0))
        return cls(ends[:used], rule.effective)

    def on(self, days: Ints) -> Ints:
        """How many early steps each person has by the day."""
        by = last_counting(self.effective, days)
        count: Ints = (self.ends <= by).sum(axis=0).astype(np.int32)
        return count


def graded_in(grades: Grades, year: int, codes: list[int]) -> Flags:
    """Whether each person's grade of a year is one of ``codes``."""
    row = year - grades.first_year
    if not 0 <= row < len(grades.grade):
        return np.zeros(grades.grade.shape[1], np.bool_)
    found: Flags = np.isin(grades.grade[row], codes)
    return found
