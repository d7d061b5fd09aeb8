"""The pool itself: who is proposed to leave, whether a community has too few or too many, the nine cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from careerpath.policy.codes import DETERMINED, Grade
from careerpath.policy.employment import add_months, birthday_of
from careerpath.policy.reason import Reason, show
from careerpath.policy.talent_pool.edition import TalentPoolEdition
from careerpath.policy.talent_pool.facts import Person
from careerpath.policy.talent_pool.parts import Exit, ExitKind
from careerpath.words import Message, Refused, msg


@dataclass(frozen=True, slots=True)
class Entry:
    """A person's place in the pool: for which rung, since when, and the results of the yearly reviews."""

    rung: str
    entered_on: date
    reviews: Mapping[date, bool]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A reason to leave the pool since a day: proposed, never carried out by itself."""

    kind: ExitKind
    since: date
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Found:
    since: date
    used: Mapping[str, object]
    words: Message


def propose_exits(edition: TalentPoolEdition, person: Person, entry: Entry, on: date) -> tuple[Proposal, ...]:
    """Every reason for which somebody is to leave the pool on a day, in the order of the edition.

    Raises ``Refused`` for an entry after the day.
    """
    if entry.entered_on > on:
        raise Refused(msg("入库日期 %(entered)s 晚于 %(on)s，请改正。", entered=entry.entered_on, on=on), field="entry")
    proposals = []
    for rule in edition.exits:
        found = _found(edition, rule, person, entry, on)
        if found is not None and found.since <= on:
            sentence = msg("%(name)s：%(words)s，建议出库。", name=rule.name, words=found.words)
            reason = edition.head.because("exit", rule.citation, found.used, rule.kind, sentence)
            proposals.append(Proposal(rule.kind, found.since, reason))
    return tuple(proposals)


def _found(edition: TalentPoolEdition, rule: Exit, person: Person, entry: Entry, on: date) -> _Found | None:
    match rule.kind:
        case ExitKind.APPRAISAL:
            return _failed(rule, person, entry, on)
        case ExitKind.DISCIPLINE:
            begun = [span.starts_on for span in person.disciplines if span.holds(on)]
            if not begun:
                return None
            return _Found(min(begun), {"in_force": len(begun)}, msg("%(since)s 起受处分或被立案", since=min(begun)))
        case ExitKind.AGE:
            if person.born_on is None or rule.oldest is None:
                return None
            birthday = birthday_of(person.born_on, rule.oldest)
            used = {"born_on": person.born_on, "oldest": rule.oldest}
            return _Found(birthday, used, msg("%(day)s 年满 %(age)s 周岁", day=birthday, age=rule.oldest))
        case ExitKind.TIME:
            last = add_months(entry.entered_on, rule.months or 0)
            used = {"entered_on": entry.entered_on, "months": rule.months}
            words = msg("%(day)s 入库，已满 %(months)s 个月", day=entry.entered_on, months=rule.months)
            return _Found(last, used, words)
        case ExitKind.REVIEWS:
            day = max((day for day in entry.reviews if day <= on), default=None)
            if day is None or entry.reviews[day]:
                return None
            return _Found(day, {"reviewed_on": day}, msg("%(day)s 年度评估不合格", day=day))
        case ExitKind.APPOINTED:
            days = [one.span.starts_on for one in person.rungs if one.rung == entry.rung and one.span.holds(on)]
            if not days:
                return None
            words = msg("%(day)s 起任%(rung)s", day=min(days), rung=edition.rung(entry.rung).name)
            return _Found(min(days), {"rung": entry.rung}, words)


def _failed(rule: Exit, person: Person, entry: Entry, on: date) -> _Found | None:
    """The last appraisal, where it is of a year that ended while the person was in the pool."""
    years = [year for year in person.appraisals if entry.entered_on.year <= year < on.year]
    if not years or person.appraisals[max(years)] not in rule.grades:
        return None
    year = max(years)
    grade = person.appraisals[year]
    return _Found(date(year + 1, 1, 1), {"year": year, "grade": grade}, msg("%(year)s 年度考核%(grade)s", year=year,
                                                                           grade=grade))  # fmt: skip


class Standing(StrEnum):
    """How the number of reserves stands to the standard."""

    SHORT = "short"
    RIGHT = "right"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Count:
    """The reserves of one community: how many are lacking or too many."""

    standing: Standing
    by: int
    reason: Reason


def standing_of(edition: TalentPoolEdition, reserves: int) -> Count | None:
    """Whether a community has as many reserves as it should; ``None`` where the edition has no standard."""
    rule = edition.standard
    if rule is None:
        return None
    told = {"count": reserves, "least": rule.least, "most": rule.most}
    if reserves < rule.least:
        standing, by = Standing.SHORT, rule.least - reserves
        words = msg("后备 %(count)s 人，标准 %(least)s—%(most)s 人，不足 %(by)s 人。", **told, by=by)
    elif reserves > rule.most:
        standing, by = Standing.OVER, reserves - rule.most
        words = msg("后备 %(count)s 人，标准 %(least)s—%(most)s 人，超额 %(by)s 人。", **told, by=by)
    else:
        standing, by = Standing.RIGHT, 0
        words = msg("后备 %(count)s 人，标准 %(least)s—%(most)s 人，符合标准。", **told)
    return Count(standing, by, edition.head.because("standard", rule.citation, dict(told), standing, words))


class Level(StrEnum):
    """A third of one side of the grid."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where somebody stands among the nine cells, from the mean points of the last appraisals and of potential."""

    performance: Level
    potential: Level
    points: Decimal
    reason: Reason


def cell_of(edition: TalentPoolEdition, appraisals: Mapping[int, Grade], potential: Decimal, on: date) -> Cell | None:
    """The cell of somebody; ``None`` without a grid, and for somebody who was never given a grade."""
    rule = edition.grid
    if rule is None:
        return None
    points = {one.grade: one.points for one in rule.points}
    years = sorted((year for year, grade in appraisals.items() if grade in DETERMINED and year < on.year), reverse=True)
    chosen = [year for year in years[: rule.years] if appraisals[year] in points]
    if not chosen:
        return None
    mean = sum((points[appraisals[year]] for year in chosen), Decimal(0)) / len(chosen)
    mean = mean.quantize(Decimal("0.01"), ROUND_HALF_UP)
    performance = _level(mean, rule.performance_middle, rule.performance_high)
    able = _level(potential, rule.potential_middle, rule.potential_high)
    used = {"years": chosen, "performance": mean, "potential": potential}
    words = msg(
        "近 %(count)s 个年度考核平均 %(mean)s 分，潜力 %(potential)s 分。",
        count=len(chosen), mean=show(mean), potential=show(potential),
    )  # fmt: skip
    reason = edition.head.because("grid", rule.citation, used, (performance.value, able.value), words)
    return Cell(performance, able, mean, reason)


def _level(points: Decimal, middle: Decimal, high: Decimal) -> Level:
    if points >= high:
        return Level.HIGH
    return Level.MIDDLE if points >= middle else Level.LOW


def next_review(edition: TalentPoolEdition, entry: Entry) -> date | None:
    """The day by which somebody is to be reviewed next; ``None`` where the edition asks for no review."""
    if edition.review is None:
        return None
    last = max((day for day in entry.reviews), default=entry.entered_on)
    return add_months(last, edition.review.months)
