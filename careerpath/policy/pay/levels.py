"""The level of a person on a day, with the reasons; how it came about; and when the next one is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careerpath.policy.codes import Post
from careerpath.policy.pay.climb import Climb, Counting, certificate_days, counting_posts, highest, paid_post
from careerpath.policy.pay.edition import PayEdition
from careerpath.policy.pay.facts import Certified, Held, PayFacts
from careerpath.policy.pay.ladder import Effective, Ladder
from careerpath.policy.pay.level_reasons import LevelParts, Working, level_reasons
from careerpath.policy.pay.tenure import Tenure, tenure
from careerpath.policy.reason import Reason
from careerpath.words import Message, msg

YEARS_AHEAD = 40
"""How far the next step is looked for: longer than anybody serves."""


class Cause(StrEnum):
    """Why a level changed."""

    INITIAL = "initial"
    TENURE = "tenure"
    EDUCATION = "education"
    CERTIFICATE = "certificate"
    EARLY = "early"
    POST_CHANGE = "post_change"
    SCHEME = "scheme"
    """A new edition gives another level for the same facts."""
    CORRECTION = "correction"


CAUSES: dict[Cause, Message] = {
    Cause.INITIAL: msg("初次套级"),
    Cause.TENURE: msg("年限晋级"),
    Cause.EDUCATION: msg("学历变动"),
    Cause.CERTIFICATE: msg("职业水平证书"),
    Cause.EARLY: msg("提前晋级"),
    Cause.POST_CHANGE: msg("职务变动"),
    Cause.SCHEME: msg("办法调整"),
    Cause.CORRECTION: msg("更正"),
}


@dataclass(frozen=True, slots=True)
class LevelOn:
    """A person's level on a day. ``deemed_years``: years of tenure granted for education."""

    on: date
    post: Post
    tier: int | None
    level: int
    parts: LevelParts
    deemed_years: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class LevelSpan:
    """A level held from a day on, and why it is not the one before."""

    starts_on: date
    cause: Cause
    level: LevelOn


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step up: the day and level if nothing changes; ``conditions`` and what holds it back."""

    starts_on: date | None
    level: int | None
    conditions: tuple[Message, ...]
    held_back: tuple[Message, ...]


def held_post(edition: PayEdition, facts: PayFacts, on: date) -> Held | None:
    """The post that is paid on a day: the higher of several, or the main one, as the edition says."""
    return paid_post(edition.concurrent, _counting(edition, facts), on)


def is_dual_head(edition: PayEdition, facts: PayFacts, on: date) -> bool:
    """Whether one of the posts that count on a day is that of a dual head."""
    return any(one.held.dual_head for one in _counting(edition, facts) if one.on(on))


def _counting(edition: PayEdition, facts: PayFacts) -> tuple[Counting, ...]:
    change = edition.ladder.post_change if edition.ladder else Effective.SAME_DAY
    return counting_posts(change, facts.posts)


def certified_on(edition: PayEdition, facts: PayFacts, on: date) -> Certified | None:
    """The highest certificate that counts on a day."""
    return highest(certificate_days(edition, facts), on)


def level_lacks(edition: PayEdition, facts: PayFacts) -> tuple[Message, ...]:
    """What must be known before the rule of levels can be asked at all."""
    ladder = edition.ladder
    if ladder is None:
        return ()
    lacking = []
    if not facts.service:
        lacking.append(msg("缺少进入社区工作的时间。"))
    if ladder.education is not None and facts.studies is None:
        lacking.append(msg("缺少学历。"))
    return tuple(lacking)


def level_on(edition: PayEdition, facts: PayFacts, on: date, counted: Tenure | None = None) -> LevelOn | None:
    """The level on a day; ``None`` where the edition has no ladder, or the person no service or post on that day."""
    if edition.ladder is None:
        return None
    climb = Climb(edition, edition.ladder, facts, counted or tenure(edition.service, facts))
    working = climb.working_on(on)
    return None if working is None else _explained(climb, working)


def steps_on(ladder: Ladder, counted: Tenure, on: date, deemed: int) -> int:
    """The levels that tenure gives on a day."""
    rule = ladder.tenure
    if rule is None:
        return 0
    steps = 0
    while steps < ladder.levels:
        begins = counted.begins_on((steps + 1) * rule.every_years, deemed, rule.effective)
        if begins is None or begins > on:
            break
        steps += 1
    levels = steps * rule.levels
    return levels if rule.at_most is None else min(levels, rule.at_most)


def level_history(edition: PayEdition, facts: PayFacts, since: date, until: date) -> tuple[LevelSpan, ...]:
    """Every level from ``since`` to ``until``, each with the day it begins and its cause; oldest first."""
    if edition.ladder is None:
        return ()
    climb = Climb(edition, edition.ladder, facts, tenure(edition.service, facts))
    found = _changes(climb, since, until)
    return tuple(LevelSpan(working.on, cause, _explained(climb, working)) for cause, working in found)


def cause_of(before: LevelOn | Working, after: LevelOn | Working) -> Cause:
    """The cause of a change: a new post before all, else the rule whose levels or deemed years differ."""
    if _post_of(before) is not _post_of(after):
        return Cause.POST_CHANGE
    for cause in (Cause.EARLY, Cause.CERTIFICATE, Cause.EDUCATION, Cause.TENURE):
        if getattr(before.parts, cause.value) != getattr(after.parts, cause.value):
            deemed = cause is Cause.TENURE and _deemed_of(before) != _deemed_of(after)
            return Cause.EDUCATION if deemed else cause
    return Cause.CORRECTION


def next_step(edition: PayEdition, facts: PayFacts, on: date) -> NextStep:
    """When the next level is due after a day, on what conditions, and what holds it back."""
    ladder = edition.ladder
    if ladder is None:
        return NextStep(None, None, (), (msg("现行办法不分等级。"),))
    climb = Climb(edition, ladder, facts, tenure(edition.service, facts))
    now = climb.working_on(on)
    if now is None:
        return NextStep(None, None, (), (msg("当日没有职务或不在岗，无法推算。"),))
    until = date(min(on.year + YEARS_AHEAD, date.max.year - 1), 12, 31)
    step = next((found for found in _changes(climb, on, until) if found[1].level > now.level), None)
    held_back = [
        msg("%(year)s 年度考核结果不计入工作年限，晋级相应顺延。", year=year)
        for year in climb.counted.uncounted
        if year <= on.year
    ]
    post = now.held.post
    if step is None:
        highest_level = ladder.range_of(post).highest
        if now.level >= highest_level:
            return NextStep(None, None, (), (msg("已到%(post)s最高 %(level)s 级。", post=post, level=highest_level),))
        return NextStep(None, None, (), (*held_back, msg("现有条件下不再晋级。")))
    cause, then = step
    return NextStep(then.on, then.level, tuple(_conditions(climb, cause, then)), tuple(held_back))


def _conditions(climb: Climb, cause: Cause, then: Working) -> Iterator[Message]:
    ladder = climb.ladder
    if cause is Cause.POST_CHANGE:
        yield msg("届时任%(post)s", post=then.held.post)
    else:
        yield msg("仍任%(post)s", post=then.held.post)
    if climb.edition.service.uncounted and cause is Cause.TENURE:
        names = "、".join(grade.zh for grade in climb.edition.service.uncounted)
        yield msg("其间没有%(grades)s的年度", grades=names)
    if ladder.early is not None and len(climb.runs) < ladder.early.at_most:
        yield msg("连续 %(count)s 年%(grade)s可提前", count=ladder.early.successive, grade=ladder.early.grade)


def _changes(climb: Climb, since: date, until: date) -> Iterator[tuple[Cause, Working]]:
    """Every change of level with its cause, in order of time; the level of ``since`` comes first."""
    last: Working | None = None
    before: Working | None = None
    for day in sorted({since, *(day for day in climb.event_days(until) if since < day <= until)}):
        now = climb.working_on(day)
        if now is None:
            continue
        if last is None or before is None:
            last = now
            yield Cause.INITIAL, now
        elif (last.level, last.tier, last.held.post) != (now.level, now.tier, now.held.post):
            # The cause lies between the day before and this one, not in what changed earlier without effect.
            last = now
            cause = cause_of(before, now)
            if cause is Cause.EDUCATION and not climb.studied_between(before.on, day):
                # Another of the studies held before gives more from here on, because the years went by.
                cause = Cause.TENURE
            yield cause, now
        before = now


def _explained(climb: Climb, working: Working) -> LevelOn:
    reasons = level_reasons(climb.edition, climb.ladder, working)
    post = working.held.post
    return LevelOn(working.on, post, working.tier, working.level, working.parts, working.deemed, reasons)


def _post_of(one: LevelOn | Working) -> Post:
    return one.post if isinstance(one, LevelOn) else one.held.post


def _deemed_of(one: LevelOn | Working) -> int:
    return one.deemed_years if isinstance(one, LevelOn) else one.deemed
