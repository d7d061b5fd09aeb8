"""Where many people stand on a day, each standing as one whole number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from careerpath.policy.pay import PayEdition, Standing, Way
from careerpath.policy.pay.amounts import NUMBERED
from careerpath.policy.pay.edition import Withheld
from careerpath.policy.pay.ladder import Effective, TiersBy
from careerpath.policy.pay.matching import Declared
from careerpath.policy.pay.paying import DEGREE_WORDS, EDUCATION_WORDS
from careerpath.population.climbing import Climbing, Levels
from careerpath.population.days import YEAR, Flags, Ints, Longs, year_before, year_of
from careerpath.population.gathering import CERTIFICATES, GRADES, POSTS
from careerpath.population.holding import BestCertificates, PaidPosts, graded_in, heights_by
from careerpath.population.people import Other, People
from careerpath.population.tenure import Service

UNTOLD = "untold"
"""Nothing is known of the education, and the ladder asks for it."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Everybody looked at on a day: the number of each standing, and the level with what it is made of."""

    key: Longs
    level: Ints
    parts: Levels | None


class Standings:
    """The standings of some people under one edition.

    Only what the edition looks at goes into the number: whoever differs in nothing else is paid the same. ``size`` is
    one more than the greatest number that can come.
    """

    def __init__(self, edition: PayEdition, people: People) -> None:
        self._edition, self._people = edition, people
        change = edition.ladder.post_change if edition.ladder else Effective.SAME_DAY
        self._posts = PaidPosts(people.posts, edition.concurrent, change)
        self._service = Service(people, edition.service)
        self._certificates = BestCertificates(people.certificates, edition.certificates)
        ladder = edition.ladder
        self._climbing = Climbing(edition, ladder, people, self._service) if ladder else None
        self._placed = bool(ladder) and bool(people.placed.level.any())
        self._tiers = self._tier_table()
        self._other = {one.code: self._told(one) for one in edition.facts if one.code in edition.used}
        self._radix = self._fields()
        size = 1
        for radix in self._radix.values():
            size *= radix
        self.size = size

    def on(self, days: Ints) -> Looked:
        """Everybody on a day of their own, all of one month; meaningful for people who serve on it."""
        rank, elected = self._posts.on(days)
        level, tier, parts = self._levels_on(days, rank)
        ask: dict[str, Callable[[], Ints | Flags]] = {
            "post": lambda: rank,
            "tier": lambda: tier,
            "level": lambda: level,
            "years": lambda: self._years_by(days) + 1,
            "year_start_years": lambda: self._years_by(year_before(days)) + 1,
            "education": lambda: self._heights_on(days)[0],
            "degree": lambda: self._heights_on(days)[1],
            "certificate": lambda: self._certificates.on(days),
            "dual_head": lambda: self._posts.dual_head_on(days),
            "elected": lambda: elected,
            "on_probation": lambda: days <= self._people.probation_until,
            "withheld": lambda: self._withheld_on(days),
            UNTOLD: lambda: ~self._people.studies.known & ~self._is_placed(days),
        }
        key = np.zeros(len(days), np.int64)
        for name, radix in self._radix.items():
            told = self._other[name].place if name in self._other else ask[name]()
            key = key * radix + told
        return Looked(key, level, parts)

    def standing(self, key: int) -> tuple[Standing, bool]:
        """The standing of a number; what the edition does not look at is left out. And whether education is untold."""
        code: dict[str, int] = {}
        for name, radix in reversed(list(self._radix.items())):
            key, code[name] = divmod(key, radix)
        years, earlier = code.get("years", 0), code.get("year_start_years", 0)
        standing = Standing(
            on=None,
            post=POSTS[code["post"] - 1] if code["post"] else None,
            tier=code.get("tier") or None,
            level=code.get("level") or None,
            # Where the rule asks for the earlier years alone, it matters only that the later ones are known.
            years=(years or earlier) - 1 if years or earlier else None,
            year_start_years=earlier - 1 if earlier else None,
            education=EDUCATION_WORDS[code["education"] - 1] if code.get("education") else None,
            degree=DEGREE_WORDS[code["degree"] - 1] if code.get("degree") else None,
            certificate=CERTIFICATES[code["certificate"] - 1] if code.get("certificate") else None,
            dual_head=bool(code.get("dual_head")),
            elected=bool(code.get("elected")),
            on_probation=bool(code.get("on_probation")),
            withheld=bool(code.get("withheld")),
            other=tuple(
                sorted((name, column.values[code[name] - 1]) for name, column in self._other.items() if code[name])
            ),
        )
        return standing, bool(code.get(UNTOLD))

    def _fields(self) -> Mapping[str, int]:
        """The facts that the edition looks at, each with how many values it has, what is unknown among them."""
        edition, people = self._edition, self._people
        used = {*edition.used, *(NUMBERED[one.way] for one in edition.components if one.way in NUMBERED)}
        ladder = edition.ladder
        found = {"post": len(POSTS) + 1}
        if ladder is not None:
            highest = max(ladder.levels, int(people.placed.level.max(initial=0)))
            found["level"] = highest + 1
            if ladder.tiers_by is not TiersBy.NONE or people.placed.tier.any():
                tiers = [int(self._tiers.max(initial=0)), int(people.placed.tier.max(initial=0))]
                found["tier"] = max(tiers) + 1
        by_year = [one.year_start for one in edition.components if one.way is Way.PER_YEAR]
        if "years" in edition.used or not all(by_year):
            found["years"] = YEARS
        if any(by_year):
            found["year_start_years"] = YEARS
        for name, radix in (("education", 8), ("degree", 8), ("certificate", 4), ("dual_head", 2), ("elected", 2)):
            if name in used:
                found[name] = radix
        if edition.probation is not None:
            found["on_probation"] = 2
        if edition.has_performance and edition.performance.withheld_grades:
            found["withheld"] = 2
        if ladder is not None and ladder.education is not None:
            found[UNTOLD] = 2
        return found | {name: len(column.values) + 1 for name, column in self._other.items()}

    def _levels_on(self, days: Ints, rank: Ints) -> tuple[Ints, Ints, Levels | None]:
        if self._climbing is None:
            nothing = np.zeros(len(days), np.int32)
            return nothing, nothing, None
        parts = self._climbing.on(days, rank)
        level = parts.level
        if self._placed:
            level = np.where(self._is_placed(days), self._people.placed.level, level)
        tier = self._tiers[rank, level]
        if self._placed:
            approved = self._people.placed.tier
            tier = np.where(self._is_placed(days) & (approved > 0), approved, tier)
        return level, tier, parts

    def _is_placed(self, days: Ints) -> Flags:
        placed = self._people.placed
        return (placed.level > 0) & (placed.since <= days)

    def _tier_table(self) -> Ints:
        """The tier by rank of the post and level, 0 for none."""
        ladder = self._edition.ladder
        if ladder is None:
            return np.zeros((len(POSTS) + 1, 1), np.int32)
        highest = max(ladder.levels, int(self._people.placed.level.max(initial=0)))
        table = np.zeros((len(POSTS) + 1, highest + 1), np.int32)
        for rank, post in enumerate(POSTS, start=1):
            table[rank] = [ladder.tier_of(post, level) or 0 for level in range(highest + 1)]
        return table

    def _told(self, declared: Declared) -> Other:
        """A declared fact of each person: as told, else as the code of the unit tells."""
        people = self._people
        told = people.other.get(declared.code) or Other((), np.zeros(people.count, np.int32))
        by_unit = [declared.of_unit(code) if code else "" for code in people.codes]
        values = list(dict.fromkeys([*told.values, *filter(None, by_unit)]))
        of_unit = np.array([values.index(value) + 1 if value else 0 for value in by_unit], np.int32)
        return Other(tuple(values), np.where(told.place > 0, told.place, of_unit[people.code]).astype(np.int32))

    def _years_by(self, days: Ints) -> Ints:
        return np.minimum(self._service.months_by(days) // YEAR, YEARS - 2)

    def _heights_on(self, days: Ints) -> tuple[Ints, Ints]:
        known = self._people.studies.known
        diploma, degree = heights_by(self._people.studies, days)
        return np.where(known, diploma + 1, 0), np.where(known, degree + 1, 0)

    def _withheld_on(self, days: Ints) -> Flags:
        rule = self._edition.performance
        year = year_of(days) - (rule.withheld is Withheld.NEXT_YEAR)
        return graded_in(self._people.grades, year, [GRADES.index(grade) + 1 for grade in rule.withheld_grades])


YEARS = 360
"""More than the full years that any two days of the tables, and months added, can make."""
