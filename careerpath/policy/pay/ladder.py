"""The ladder of levels: ranges of the posts, and everything that moves a person up it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from careerpath.policy.codes import Certificate, Grade, Post
from careerpath.policy.edition import Citation, EditionHead, read_citation
from careerpath.policy.employment import add_months
from careerpath.policy.reading import Table
from careerpath.words import Named, msg

Part = TypeVar("Part")

MOST_LEVELS = 200


class Effective(StrEnum):
    """From which day a fact counts for pay."""

    SAME_DAY = "same_day"
    SAME_MONTH = "same_month"
    """From the first day of the month of the fact."""
    NEXT_MONTH = "next_month"
    NEXT_JANUARY = "next_january"

    def begins(self, day: date) -> date:
        """The first day on which a fact of ``day`` counts."""
        if self is Effective.SAME_DAY:
            return day
        if self is Effective.SAME_MONTH:
            return day.replace(day=1)
        if self is Effective.NEXT_MONTH:
            return add_months(day.replace(day=1), 1)
        return date(day.year + 1, 1, 1)


class TiersBy(StrEnum):
    """What a tier is: nothing, the range of a post, or a part of the ladder."""

    NONE = "none"
    POST = "post"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Range:
    """The levels that a post may have, both included, and the tier where tiers are posts."""

    post: Post
    lowest: int
    highest: int
    tier: int | None


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier with its name; ``lowest`` and ``highest`` where tiers are parts of the ladder."""

    tier: int
    name: str
    lowest: int | None
    highest: int | None


@dataclass(frozen=True, slots=True)
class TenureStep:
    """``levels`` more for each ``every_years`` full counted years, at most ``at_most`` levels in all."""

    every_years: int
    levels: int
    at_most: int | None
    effective: Effective
    citation: Citation


class Height(Named, StrEnum):
    """The heights of education that a scheme may reward."""

    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"

    @property
    def rank(self) -> int:
        """The rank of ``Education.rank`` that it stands for."""
        return {"bachelor": 4, "master": 5, "doctor": 6}[self.value]

    @property
    def zh(self) -> str:  # type: ignore[override]
        """The Chinese word."""
        return {"bachelor": "本科", "master": "硕士", "doctor": "博士"}[self.value]

    @property
    def en(self) -> str:  # type: ignore[override]
        """The English word."""
        return {"bachelor": "bachelor's", "master": "master's", "doctor": "doctorate"}[self.value]


@dataclass(frozen=True, slots=True)
class EducationGrant:
    """What one height gives: levels and deemed years, with both diploma and degree, or with only one of them."""

    height: Height
    both_levels: int
    both_years: int
    one_levels: int
    one_years: int


@dataclass(frozen=True, slots=True)
class EducationRule:
    """Education as levels or as deemed years; only the height that gives most counts."""

    grants: tuple[EducationGrant, ...]
    effective: Effective
    citation: Citation


@dataclass(frozen=True, slots=True)
class CertificateGrant:
    """Levels for one certificate."""

    grade: Certificate
    levels: int


@dataclass(frozen=True, slots=True)
class CertificateLevels:
    """Certificates as levels: the highest only."""

    grants: tuple[CertificateGrant, ...]
    citation: Citation

    def levels_of(self, grade: Certificate) -> int:
        """The levels that a certificate gives."""
        return next((grant.levels for grant in self.grants if grant.grade is grade), 0)


@dataclass(frozen=True, slots=True)
class EarlyStep:
    """``levels`` more for ``successive`` years running with ``grade``, at most ``at_most`` times in a career."""

    grade: Grade
    successive: int
    levels: int
    at_most: int
    effective: Effective
    citation: Citation


@dataclass(frozen=True, slots=True)
class Ladder:
    """The levels of a scheme, 1 to ``levels``, and its rules. A new post counts from ``post_change`` on."""

    levels: int
    tiers_by: TiersBy
    tiers: tuple[Tier, ...]
    ranges: tuple[Range, ...]
    post_change: Effective
    tenure: TenureStep | None
    education: EducationRule | None
    certificates: CertificateLevels | None
    early: EarlyStep | None
    citation: Citation

    def range_of(self, post: Post) -> Range:
        """The range of a post; every post has one."""
        return next(one for one in self.ranges if one.post is post)

    def tier_of(self, post: Post, level: int) -> int | None:
        """The tier of a person."""
        if self.tiers_by is TiersBy.POST:
            return self.range_of(post).tier
        if self.tiers_by is TiersBy.LEVEL:
            return next((one.tier for one in self.tiers if (one.lowest or 0) <= level <= (one.highest or 0)), None)
        return None

    def reachable(self) -> tuple[tuple[int | None, int], ...]:
        """Every (tier, level) that a person can have, in order."""
        pairs = {
            (self.tier_of(one.post, level), level)
            for one in self.ranges
            for level in range(one.lowest, one.highest + 1)
        }
        return tuple(sorted(pairs, key=lambda pair: (pair[0] or 0, pair[1])))


def read_ladder(table: Table, head: EditionHead) -> Ladder:
    """The ``[ladder]`` of an edition; ranges and tiers are checked against the number of levels."""
    levels = table.whole("levels", 1, MOST_LEVELS)
    tiers_by = table.code("tiers_by", TiersBy, TiersBy.NONE)
    ladder = Ladder(
        levels=levels,
        tiers_by=tiers_by,
        tiers=_read_tiers(table, tiers_by, levels),
        ranges=_read_ranges(table, tiers_by, levels),
        post_change=table.code("post_change", Effective, Effective.SAME_DAY),
        tenure=_optional(table, "tenure", _read_tenure, head),
        education=_optional(table, "education", _read_education, head),
        certificates=_optional(table, "certificates", _read_certificates, head),
        early=_optional(table, "early", _read_early, head),
        citation=read_citation(table, head),
    )
    table.end()
    if tiers_by is TiersBy.POST:
        known = {tier.tier for tier in ladder.tiers}
        for number, one in enumerate(ladder.ranges, start=1):
            if one.tier not in known:
                raise table.refusal(f"ranges[{number}].tier", msg("这一档没有列在 tiers 中，请补上。"))
        for number, tier in enumerate(ladder.tiers, start=1):
            if tier.tier not in [one.tier for one in ladder.ranges]:
                raise table.refusal(
                    f"tiers[{number}].tier", msg("第 %(tier)s 档不是任何职务的档，请删去或改正。", tier=tier.tier)
                )
    return ladder


def _optional(table: Table, key: str, read: Callable[[Table, EditionHead], Part], head: EditionHead) -> Part | None:
    inner = table.optional_table(key)
    return None if inner is None else read(inner, head)


def _read_tiers(table: Table, tiers_by: TiersBy, levels: int) -> tuple[Tier, ...]:
    tiers = []
    by_level = tiers_by is TiersBy.LEVEL
    for row in table.tables("tiers"):
        low = row.whole("lowest", 1, levels) if by_level else None
        high = row.whole("highest", 1, levels) if by_level else None
        tiers.append(Tier(row.whole("tier", 1, 99), row.text("name"), low, high))
        row.end()
    if tiers_by is TiersBy.NONE and tiers:
        raise table.refusal("tiers", msg("tiers_by 为 none 时不能列档次，请删去或改 tiers_by。"))
    if tiers_by is not TiersBy.NONE and not tiers:
        raise table.refusal("tiers", msg("缺少档次，请逐档列出。"))
    seen: set[int] = set()
    for number, tier in enumerate(tiers, start=1):
        if tier.tier in seen:
            raise table.refusal(f"tiers[{number}].tier", msg("第 %(tier)s 档重复，请改正。", tier=tier.tier))
        seen.add(tier.tier)
    if by_level:
        _check_partition(table, tiers, levels)
    return tuple(tiers)


def _check_partition(table: Table, tiers: list[Tier], levels: int) -> None:
    due = 1
    order = sorted(enumerate(tiers, start=1), key=lambda pair: pair[1].lowest or 0)
    for number, tier in order:
        low, high = tier.lowest or 0, tier.highest or 0
        if high < low:
            raise table.refusal(f"tiers[{number}].highest", msg("小于 lowest，请改正起止级。"))
        if low < due:
            raise table.refusal(
                f"tiers[{number}].lowest",
                msg(
                    "第 %(tier)s 档从 %(low)s 级起，与前一档重叠，应从 %(due)s 级起。", tier=tier.tier, low=low, due=due
                ),
            )
        if low > due:
            raise table.refusal(
                f"tiers[{number}].lowest",
                msg("%(due)s 级至 %(last)s 级不属于任何一档，请补齐。", due=due, last=low - 1),
            )
        due = high + 1
    if due <= levels:
        raise table.refusal("tiers", msg("%(due)s 级至 %(last)s 级不属于任何一档，请补齐。", due=due, last=levels))


def _read_ranges(table: Table, tiers_by: TiersBy, levels: int) -> tuple[Range, ...]:
    ranges: list[Range] = []
    by_post = tiers_by is TiersBy.POST
    for number, row in enumerate(table.tables("ranges"), start=1):
        one = Range(
            post=row.code("post", Post),
            lowest=row.whole("lowest", 1, levels),
            highest=row.whole("highest", 1, levels),
            tier=row.whole("tier", 1, 99) if by_post else None,
        )
        row.end()
        if one.highest < one.lowest:
            raise row.refusal("highest", msg("小于 lowest，请改正起止级。"))
        if one.post in [earlier.post for earlier in ranges]:
            raise table.refusal(f"ranges[{number}].post", msg("%(post)s重复，请改正。", post=one.post))
        ranges.append(one)
    for post in Post:
        if post not in [one.post for one in ranges]:
            raise table.refusal(
                "ranges", msg("缺少%(post)s（%(code)s）的等级范围，请补上。", post=post, code=post.value)
            )
    covered = {level for one in ranges for level in range(one.lowest, one.highest + 1)}
    left = [level for level in range(1, levels + 1) if level not in covered]
    if left:
        raise table.refusal("ranges", msg("%(level)s 级不属于任何职务的范围，请补齐或减少总级数。", level=left[0]))
    return tuple(ranges)


def _read_tenure(table: Table, head: EditionHead) -> TenureStep:
    rule = TenureStep(
        every_years=table.whole("every_years", 1, 20),
        levels=table.whole("levels", 1, 10, 1),
        at_most=table.whole("at_most", 1, MOST_LEVELS) if table.has("at_most") else None,
        effective=table.code("effective", Effective),
        citation=read_citation(table, head),
    )
    table.end()
    return rule


def _read_education(table: Table, head: EditionHead) -> EducationRule:
    grants: list[EducationGrant] = []
    for row in table.tables("grants"):
        grant = EducationGrant(
            height=row.code("height", Height),
            both_levels=row.whole("both_levels", 0, 20, 0),
            both_years=row.whole("both_years", 0, 20, 0),
            one_levels=row.whole("one_levels", 0, 20, 0),
            one_years=row.whole("one_years", 0, 20, 0),
        )
        row.end()
        if grant.height in [earlier.height for earlier in grants]:
            raise row.refusal("height", msg("“%(code)s”重复，请改用别的代码。", code=grant.height.value))
        grants.append(grant)
    if not grants:
        raise table.refusal("grants", msg("缺少这一项，请补上。"))
    rule = EducationRule(
        grants=tuple(grants),
        effective=table.code("effective", Effective, Effective.NEXT_MONTH),
        citation=read_citation(table, head),
    )
    table.end()
    return rule


def _read_certificates(table: Table, head: EditionHead) -> CertificateLevels:
    grants: list[CertificateGrant] = []
    for row in table.tables("grants"):
        grant = CertificateGrant(row.code("grade", Certificate), row.whole("levels", 0, 20))
        row.end()
        if grant.grade in [earlier.grade for earlier in grants]:
            raise row.refusal("grade", msg("“%(code)s”重复，请改用别的代码。", code=grant.grade.value))
        grants.append(grant)
    if not grants:
        raise table.refusal("grants", msg("缺少这一项，请补上。"))
    rule = CertificateLevels(tuple(grants), read_citation(table, head))
    table.end()
    return rule


def _read_early(table: Table, head: EditionHead) -> EarlyStep:
    rule = EarlyStep(
        grade=table.code("grade", Grade, Grade.EXCELLENT),
        successive=table.whole("successive", 1, 10),
        levels=table.whole("levels", 1, 10, 1),
        at_most=table.whole("at_most", 1, 50),
        effective=table.code("effective", Effective, Effective.NEXT_JANUARY),
        citation=read_citation(table, head),
    )
    table.end()
    return rule
