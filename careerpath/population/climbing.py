"""The levels of many people on a day, by the rules of the ladder."""

from dataclasses import dataclass

import numpy as np

from careerpath.policy.pay.edition import PayEdition
from careerpath.policy.pay.ladder import EducationRule, Ladder
from careerpath.population.days import YEAR, Ints, last_counting
from careerpath.population.gathering import CERTIFICATES, POSTS
from careerpath.population.holding import BestCertificates, EarlyRuns, heights_by
from careerpath.population.people import People
from careerpath.population.tenure import Service

HEIGHTS = 7
"""Ranks of diplomas and degrees are 0 to 6."""
TEN = 10


@dataclass(frozen=True, slots=True)
class Levels:
    """The level of each person, 0 without a post, and the levels that each rule gave before the limits."""

    level: Ints
    start: Ints
    tenure: Ints
    education: Ints
    certificate: Ints
    early: Ints


class Climbing:
    """What ``policy.pay.climb`` works out, for everybody at once under one ladder."""

    def __init__(self, edition: PayEdition, ladder: Ladder, people: People, service: Service) -> None:
        self._people, self._ladder, self._service = people, ladder, service
        ranges = [ladder.range_of(post) for post in POSTS]
        self._lowest = np.array([0, *(one.lowest for one in ranges)], np.int32)
        self._highest = np.array([0, *(one.highest for one in ranges)], np.int32)
        self._certificates = BestCertificates(people.certificates, edition.certificates)
        self._early = EarlyRuns.of(people.grades, ladder.early) if ladder.early else None
        self._weighed_months = 0
        self._steps = self._levels = np.zeros(0, np.int32)
        given = ladder.certificates
        self._certificate_levels = np.array(
            [0, *(given.levels_of(grade) if given else 0 for grade in CERTIFICATES)], np.int32
        )

    def on(self, days: Ints, rank: Ints) -> Levels:
        """The levels on each person's day, given the rank of the post that is paid."""
        ladder = self._ladder
        nothing = np.zeros(len(days), np.int32)
        months = nothing
        if ladder.tenure is not None:
            months = self._service.months_by(last_counting(ladder.tenure.effective, days))
        tenure, education = self._granted(days, months)
        certificate = self._certificate_levels[self._certificates.on(days)] if ladder.certificates else nothing
        early = self._early.on(days) * ladder.early.levels if self._early and ladder.early else nothing
        start = self._lowest[rank]
        total = start + tenure + education + certificate + early
        level = np.minimum(np.maximum(total, start), self._highest[rank])
        return Levels(level, start, tenure, education, certificate, early)

    def steps(self, months: Ints, deemed: int) -> Ints:
        """The levels that tenure gives for so many counted months and deemed years."""
        rule = self._ladder.tenure
        if rule is None:
            return np.zeros(len(months), np.int32)
        steps = np.minimum((months + deemed * YEAR) // (rule.every_years * YEAR), self._ladder.levels) * rule.levels
        return steps if rule.at_most is None else np.minimum(steps, rule.at_most)

    def _granted(self, days: Ints, months: Ints) -> tuple[Ints, Ints]:
        """The levels by tenure and those by education, with the grant that gives most; of equal ones the higher."""
        rule = self._ladder.education
        if rule is None:
            return self.steps(months, 0), np.zeros(len(days), np.int32)
        diploma, degree = heights_by(self._people.studies, last_counting(rule.effective, days))
        # There are far fewer kinds of education and lengths of service than people: each is weighed once.
        most = int(months.max(initial=0)) + 1
        if most > self._weighed_months:
            self._weighed_months = most + YEAR * TEN
            self._steps, self._levels = self._weighed(rule, self._weighed_months)
        kind = (diploma * HEIGHTS + degree) * self._weighed_months + months
        return self._steps[kind], self._levels[kind]

    def _weighed(self, rule: EducationRule, most: int) -> tuple[Ints, Ints]:
        """Levels by tenure and by education for every diploma, degree and number of months below ``most``."""
        kinds = np.arange(HEIGHTS * HEIGHTS * most, dtype=np.int32)
        months, heights = kinds % most, kinds // most
        diploma, degree = heights // HEIGHTS, heights % HEIGHTS
        steps, levels = self.steps(months, 0), np.zeros(len(kinds), np.int32)
        best = np.full(len(kinds), -1, np.int32)
        for grant in sorted(rule.grants, key=lambda one: one.height.rank):
            by_diploma, by_degree = diploma >= grant.height.rank, degree >= grant.height.rank
            for held, more, deemed in (
                (by_diploma & by_degree, grant.both_levels, grant.both_years),
                (by_diploma ^ by_degree, grant.one_levels, grant.one_years),
            ):
                taken = self.steps(months, deemed)
                better = held & (taken + more >= best)
                best = np.where(better, taken + more, best)
                steps = np.where(better, taken, steps)
                levels = np.where(better, more, levels)
        return steps.astype(np.int32), levels.astype(np.int32)
