"""The way of one person up the ladder: worked out once, then asked for any number of days."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from careerpath.policy.codes import Certificate, Education, Post, degree_level
from careerpath.policy.pay.edition import CertificateDay, Concurrent, PayEdition
from careerpath.policy.pay.facts import Certified, Held, PayFacts, Study
from careerpath.policy.pay.ladder import EarlyStep, EducationGrant, Effective, Ladder
from careerpath.policy.pay.level_reasons import LevelParts, Working
from careerpath.policy.pay.tenure import ONE_DAY, Tenure, in_service

POST_RANK = {Post.CHIEF: 2, Post.DEPUTY: 1, Post.STAFF: 0}
CERTIFICATE_RANK = {Certificate.SENIOR: 2, Certificate.INTERMEDIATE: 1, Certificate.JUNIOR: 0}
DEGREE_RANK = {"2": 6, "3": 5, "4": 4}


@dataclass(frozen=True, slots=True)
class Counting:
    """A post with the days on which it counts for pay, both included."""

    held: Held
    starts_on: date
    ends_on: date | None

    def on(self, day: date) -> bool:
        """Whether the post counts on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def counting_posts(change: Effective, posts: tuple[Held, ...]) -> tuple[Counting, ...]:
    """The posts with the days on which they count: a change counts from the day the rule names, not from its own.

    The first post of a service counts from its own day. Until a change counts, the post that it follows goes on.
    """
    found = []
    for one in posts:
        starts = one.starts_on
        if any(_comes_before(other, one) for other in posts):
            starts = change.begins(one.starts_on)
        ends = one.ends_on
        if ends is not None:
            followers = [other for other in posts if other.starts_on == ends + ONE_DAY]
            if followers:
                ends = max(change.begins(other.starts_on) for other in followers) - ONE_DAY
        if ends is None or starts <= ends:
            found.append(Counting(one, starts, ends))
    return tuple(found)


def _comes_before(other: Held, one: Held) -> bool:
    """Whether ``one`` is a change: on the day before it the person held ``other``."""
    return other.starts_on < one.starts_on and (other.ends_on is None or other.ends_on >= one.starts_on - ONE_DAY)


def paid_post(concurrent: Concurrent, posts: Iterable[Counting], on: date) -> Held | None:
    """The post of several that is paid on a day."""
    held = [one.held for one in posts if one.on(on)]
    if not held:
        return None
    if concurrent is Concurrent.MAIN:
        return max(held, key=lambda one: (one.main, one.starts_on, POST_RANK[one.post]))
    return max(held, key=lambda one: (POST_RANK[one.post], one.main, one.starts_on))


def heights(studies: Iterable[Study]) -> tuple[int, int]:
    """The ranks (``Education.rank``) of the highest diploma and the highest degree; 0 where none."""
    diploma, degree = 0, 0
    for study in studies:
        if study.education:
            diploma = max(diploma, Education(study.education).rank)
        level = degree_level(study.degree) if study.degree else None
        if level is not None:
            degree = max(degree, DEGREE_RANK[level.value])
    return diploma, degree


def certificate_days(edition: PayEdition, facts: PayFacts) -> list[tuple[date, Certified]]:
    """The certificates that count at all, each with its first counting day."""
    rule = edition.certificates
    days = []
    for one in facts.certificates:
        day = one.registered_on if rule.day is CertificateDay.REGISTERED else one.obtained_on
        if day is not None:
            days.append((rule.effective.begins(day), one))
    return days


def highest(certificates: Iterable[tuple[date, Certified]], on: date) -> Certified | None:
    """The highest certificate that counts on a day."""
    held = [one for begins, one in certificates if begins <= on]
    return max(held, key=lambda one: CERTIFICATE_RANK[one.grade], default=None)


def early_runs(rule: EarlyStep | None, facts: PayFacts) -> list[tuple[date, tuple[int, int]]]:
    """The runs of years that give an early step, each with its first counting day; no year is in two runs."""
    found: list[tuple[date, tuple[int, int]]] = []
    if rule is None:
        return found
    run = 0
    for year in sorted(year for year, grade in facts.appraisals.items() if grade is rule.grade):
        run = run + 1 if run and facts.appraisals.get(year - 1) is rule.grade else 1
        if run == rule.successive:
            run = 0
            if len(found) < rule.at_most:
                found.append((rule.effective.begins(date(year, 12, 31)), (year - rule.successive + 1, year)))
    return found


class Climb:
    """One person's way under one edition with a ladder."""

    def __init__(self, edition: PayEdition, ladder: Ladder, facts: PayFacts, counted: Tenure) -> None:
        self.edition = edition
        self.ladder = ladder
        self.facts = facts
        self.counted = counted
        self.posts = counting_posts(ladder.post_change, facts.posts)
        self.certificates = certificate_days(edition, facts)
        self.runs = early_runs(ladder.early, facts)
        self.studies: list[tuple[date | None, Study]] = []
        if ladder.education is not None:
            for study in facts.studies or ():
                day = study.graduated_on
                self.studies.append((None if day is None else ladder.education.effective.begins(day), study))
        self._step_days: dict[int, tuple[list[date], Iterator[date]]] = {}

    def studied_between(self, after: date, until: date) -> bool:
        """Whether a study began to count after one day and up to another."""
        return any(begins is not None and after < begins <= until for begins, _ in self.studies)

    def working_on(self, on: date) -> Working | None:
        """How the level of a day is worked out; ``None`` out of service or without a post."""
        if not in_service(self.facts, on):
            return None
        held = paid_post(self.edition.concurrent, self.posts, on)
        if held is None:
            return None
        ladder = self.ladder
        limits = ladder.range_of(held.post)
        grant, both, steps = self._grant_on(on)
        granted, deemed = _worth(grant, both)
        certified, by_certificate = None, 0
        if ladder.certificates is not None:
            certified = highest(self.certificates, on)
            if certified is not None:
                by_certificate = ladder.certificates.levels_of(certified.grade)
        pairs = tuple(pair for begins, pair in self.runs if begins <= on)
        early = len(pairs) * (ladder.early.levels if ladder.early else 0)
        parts = LevelParts(limits.lowest, steps, granted, by_certificate, early)
        level = max(limits.lowest, min(limits.highest, parts.total))
        tier = ladder.tier_of(held.post, level)
        return Working(held, self.counted, on, parts, tier, level, grant, both, certified, pairs, deemed)

    def steps_on(self, on: date, deemed: int) -> int:
        """The levels that tenure gives on a day."""
        rule = self.ladder.tenure
        if rule is None:
            return 0
        levels = bisect_right(self.step_days(deemed, on), on) * rule.levels
        return levels if rule.at_most is None else min(levels, rule.at_most)

    def step_days(self, deemed: int, until: date) -> list[date]:
        """The days on which a step of tenure begins, oldest first, with so many years deemed: at least to a day."""
        days, coming = self._step_days.setdefault(deemed, ([], self._steps(deemed)))
        while not days or days[-1] <= until:
            following = next(coming, None)
            if following is None:
                break
            days.append(following)
        return days

    def _steps(self, deemed: int) -> Iterator[date]:
        rule = self.ladder.tenure
        if rule is None:
            return
        for step in range(1, self.ladder.levels + 1):
            begins = self.counted.begins_on(step * rule.every_years, deemed, rule.effective)
            if begins is None:
                return
            yield begins

    def event_days(self, until: date) -> set[date]:
        """Every day up to ``until``, and some later ones, on which a level may change."""
        days: set[date] = set()
        for span in self.facts.service:
            days.add(span.starts_on)
        for post in self.posts:
            days.add(post.starts_on)
            if post.ends_on is not None:
                days.add(post.ends_on + ONE_DAY)
        days |= {begins for begins, _ in self.studies if begins is not None}
        days |= {begins for begins, _ in self.certificates}
        days |= {begins for begins, _ in self.runs}
        for deemed in {0, *(_worth(grant, both)[1] for grant, both in self._within_reach())}:
            days |= set(self.step_days(deemed, until))
        return days

    def _grant_on(self, on: date) -> tuple[EducationGrant | None, bool, int]:
        """The grant that gives most on a day, whether diploma and degree are held, and the steps of tenure with it."""
        best: tuple[EducationGrant | None, bool, int] = (None, False, self.steps_on(on, 0))
        most: int | None = None
        for grant, both in self._held_grants(study for begins, study in self.studies if begins is None or begins <= on):
            levels, years = _worth(grant, both)
            steps = self.steps_on(on, years)
            if most is None or levels + steps >= most:
                most, best = levels + steps, (grant, both, steps)
        return best

    def _held_grants(self, studies: Iterable[Study]) -> list[tuple[EducationGrant, bool]]:
        """The grants that studies give, lowest first."""
        rule = self.ladder.education
        if rule is None:
            return []
        diploma, degree = heights(studies)
        held = []
        for grant in sorted(rule.grants, key=lambda one: one.height.rank):
            both = diploma >= grant.height.rank and degree >= grant.height.rank
            if both or diploma >= grant.height.rank or degree >= grant.height.rank:
                held.append((grant, both))
        return held

    def _within_reach(self) -> list[tuple[EducationGrant, bool]]:
        """Every grant that the studies give on some day."""
        found = []
        for days in {begins for begins, _ in self.studies}:
            known = [study for begins, study in self.studies if begins is None or (days is not None and begins <= days)]
            found += self._held_grants(known)
        return found


def _worth(grant: EducationGrant | None, both: bool) -> tuple[int, int]:
    """The levels and the deemed years of a grant."""
    if grant is None:
        return 0, 0
    return (grant.both_levels, grant.both_years) if both else (grant.one_levels, grant.one_years)
