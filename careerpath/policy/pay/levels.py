"""The level of a person on a day, with the reasons; how it came about; and when the next one is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careerpath.policy.codes import Certificate, Education, Post, degree_level
from careerpath.policy.pay.edition import CertificateDay, Concurrent, PayEdition
from careerpath.policy.pay.facts import Certified, Held, PayFacts, Study
from careerpath.policy.pay.ladder import EducationGrant, Ladder
from careerpath.policy.pay.level_reasons import LevelParts, Working, level_reasons
from careerpath.policy.pay.tenure import Tenure, tenure
from careerpath.policy.reason import Reason
from careerpath.words import Message, msg

POST_RANK = {Post.CHIEF: 2, Post.DEPUTY: 1, Post.STAFF: 0}
CERTIFICATE_RANK = {Certificate.SENIOR: 2, Certificate.INTERMEDIATE: 1, Certificate.JUNIOR: 0}
DEGREE_RANK = {"2": 6, "3": 5, "4": 4}


class Cause(StrEnum):
    """Why a level changed."""

    INITIAL = "initial"
    TENURE = "tenure"
    EDUCATION = "education"
    CERTIFICATE = "certificate"
    EARLY = "early"
    POST_CHANGE = "post_change"
    CORRECTION = "correction"


CAUSES: dict[Cause, Message] = {
    Cause.INITIAL: msg("初次套级"),
    Cause.TENURE: msg("年限晋级"),
    Cause.EDUCATION: msg("学历变动"),
    Cause.CERTIFICATE: msg("职业水平证书"),
    Cause.EARLY: msg("提前晋级"),
    Cause.POST_CHANGE: msg("职务变动"),
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
    first = edition.ladder.post_change if edition.ladder else None
    held = [one for one in facts.posts if one.on(on)]
    if first is not None and held:
        # A post that is new counts from the day the rule names; until then the one before goes on.
        known = [one for one in held if first.begins(one.starts_on) <= on]
        before = [one for one in facts.posts if one.starts_on <= on and one not in held]
        if not known and before:
            known = [max(before, key=lambda one: one.starts_on)]
        held = known or held
    if not held:
        return None
    if edition.concurrent is Concurrent.MAIN:
        return max(held, key=lambda one: (one.main, one.starts_on, POST_RANK[one.post]))
    return max(held, key=lambda one: (POST_RANK[one.post], one.main, one.starts_on))


def level_on(edition: PayEdition, facts: PayFacts, on: date, counted: Tenure | None = None) -> LevelOn | None:
    """The level on a day, or ``None`` where the edition has no ladder or post or service are not known."""
    ladder = edition.ladder
    held = held_post(edition, facts, on)
    if ladder is None or held is None or not facts.service:
        return None
    counted = counted or tenure(edition.service, facts)
    limits = ladder.range_of(held.post)
    grant, both = _best_grant(ladder, facts, on, counted)
    deemed = 0 if grant is None else (grant.both_years if both else grant.one_years)
    steps = steps_on(ladder, counted, on, deemed)
    granted = 0 if grant is None else (grant.both_levels if both else grant.one_levels)
    certified, certificate_levels = _certificate_levels(edition, ladder, facts, on)
    pairs = _early_pairs(ladder, facts, on)
    early = len(pairs) * (ladder.early.levels if ladder.early else 0)
    parts = LevelParts(limits.lowest, steps, granted, certificate_levels, early)
    level = max(limits.lowest, min(limits.highest, parts.total))
    tier = ladder.tier_of(held.post, level)
    working = Working(held, counted, on, parts, level, grant, both, certified, tuple(pairs), deemed)
    return LevelOn(on, held.post, tier, level, parts, deemed, level_reasons(edition, ladder, working))


def steps_on(ladder: Ladder, counted: Tenure, on: date, deemed: int) -> int:
    """The levels that tenure gives on a day."""
    rule = ladder.tenure
    if rule is None:
        return 0
    steps = 0
    while steps < ladder.levels:
        complete = counted.complete_on((steps + 1) * rule.every_years, deemed)
        if complete is None or rule.effective.begins(complete) > on:
            break
        steps += 1
    levels = steps * rule.levels
    return levels if rule.at_most is None else min(levels, rule.at_most)


def studies_on(effective_day: Iterable[tuple[Study, date | None]], on: date) -> list[Study]:
    """The studies that count on a day, each given with its first counting day (``None``: always)."""
    return [study for study, begins in effective_day if begins is None or begins <= on]


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


def _best_grant(ladder: Ladder, facts: PayFacts, on: date, counted: Tenure) -> tuple[EducationGrant | None, bool]:
    rule = ladder.education
    if rule is None or not facts.studies:
        return None, False
    days = [
        (study, None if study.graduated_on is None else rule.effective.begins(study.graduated_on))
        for study in facts.studies
    ]
    diploma, degree = heights(studies_on(days, on))
    best: tuple[int, EducationGrant, bool] | None = None
    for grant in sorted(rule.grants, key=lambda one: one.height.rank):
        rank = grant.height.rank
        held = (diploma >= rank) + (degree >= rank)
        if not held:
            continue
        both = held == 2
        levels, years = (grant.both_levels, grant.both_years) if both else (grant.one_levels, grant.one_years)
        worth = levels + steps_on(ladder, counted, on, years)
        if best is None or worth >= best[0]:
            best = (worth, grant, both)
    return (None, False) if best is None else (best[1], best[2])


def certified_on(edition: PayEdition, facts: PayFacts, on: date) -> Certified | None:
    """The highest certificate that counts on a day."""
    rule = edition.certificates
    found = []
    for one in facts.certificates:
        day = one.registered_on if rule.day is CertificateDay.REGISTERED else one.obtained_on
        if day is not None and rule.effective.begins(day) <= on:
            found.append(one)
    return max(found, key=lambda one: CERTIFICATE_RANK[one.grade], default=None)


def _certificate_levels(edition: PayEdition, ladder: Ladder, facts: PayFacts, on: date) -> tuple[Certified | None, int]:
    certified = certified_on(edition, facts, on)
    if ladder.certificates is None or certified is None:
        return None, 0
    levels = {grant.grade: grant.levels for grant in ladder.certificates.grants}
    return certified, levels.get(certified.grade, 0)


def _early_pairs(ladder: Ladder, facts: PayFacts, on: date) -> list[tuple[int, int]]:
    """First and last year of each run that gave an early step by a day; no year counts twice."""
    rule = ladder.early
    if rule is None:
        return []
    found: list[tuple[int, int]] = []
    run = 0
    for year in sorted(facts.appraisals):
        goes_on = run > 0 and facts.appraisals.get(year - 1) is rule.grade
        run = (run + 1 if goes_on else 1) if facts.appraisals[year] is rule.grade else 0
        if run < rule.successive or len(found) >= rule.at_most:
            continue
        run = 0
        if rule.effective.begins(date(year, 12, 31)) <= on:
            found.append((year - rule.successive + 1, year))
    return found


def level_history(edition: PayEdition, facts: PayFacts, since: date, until: date) -> tuple[LevelSpan, ...]:
    """Every level from ``since`` to ``until``, each with the day it begins and its cause; oldest first."""
    counted = tenure(edition.service, facts)
    spans: list[LevelSpan] = []
    for day in sorted({since, *(day for day in _event_days(edition, facts, counted) if since < day <= until)}):
        now = level_on(edition, facts, day, counted)
        if now is None:
            continue
        last = spans[-1].level if spans else None
        if last is None:
            spans.append(LevelSpan(day, Cause.INITIAL, now))
        elif (last.level, last.tier, last.post) != (now.level, now.tier, now.post):
            spans.append(LevelSpan(day, cause_of(last, now), now))
    return tuple(spans)


def cause_of(before: LevelOn, after: LevelOn) -> Cause:
    """The cause of a change: a new post before all, else the rule whose levels differ."""
    if before.post is not after.post:
        return Cause.POST_CHANGE
    for cause in (Cause.EARLY, Cause.CERTIFICATE, Cause.EDUCATION, Cause.TENURE):
        if getattr(before.parts, cause.value) != getattr(after.parts, cause.value):
            return cause
    return Cause.CORRECTION


def _event_days(edition: PayEdition, facts: PayFacts, counted: Tenure) -> set[date]:
    """Every day on which a level may change."""
    ladder = edition.ladder
    if ladder is None:
        return set()
    days: set[date] = set()
    for held in facts.posts:
        days.add(held.starts_on)
        days.add(ladder.post_change.begins(held.starts_on))
        if held.ends_on is not None and held.ends_on < date.max:
            days.add(date.fromordinal(held.ends_on.toordinal() + 1))
    if ladder.education:
        days |= {ladder.education.effective.begins(s.graduated_on) for s in facts.studies or () if s.graduated_on}
    rule = edition.certificates
    for one in facts.certificates:
        day = one.registered_on if rule.day is CertificateDay.REGISTERED else one.obtained_on
        if day is not None:
            days.add(rule.effective.begins(day))
    if ladder.early:
        days |= {ladder.early.effective.begins(date(year, 12, 31)) for year in facts.appraisals}
    if ladder.tenure:
        grants = ladder.education.grants if ladder.education else ()
        for deemed in {0, *(g.both_years for g in grants), *(g.one_years for g in grants)}:
            for step in range(1, ladder.levels + 1):
                complete = counted.complete_on(step * ladder.tenure.every_years, deemed)
                if complete is None or complete.year > date.max.year - 2:
                    break
                days.add(ladder.tenure.effective.begins(complete))
    return days


def next_step(edition: PayEdition, facts: PayFacts, on: date) -> NextStep:
    """When the next level is due after a day, on what conditions, and what holds it back."""
    now = level_on(edition, facts, on)
    ladder = edition.ladder
    if ladder is None:
        return NextStep(None, None, (), (msg("现行办法不分等级。"),))
    if now is None:
        return NextStep(None, None, (), (msg("缺少职务或从业时间，无法推算。"),))
    limits = ladder.range_of(now.post)
    counted = tenure(edition.service, facts)
    held_back = [
        msg("%(year)s 年度考核结果不计入年限，晋级顺延一年。", year=year)
        for year in counted.uncounted
        if year <= on.year
    ]
    if now.level >= limits.highest:
        top = msg("已到%(post)s最高 %(level)s 级。", post=now.post.zh, level=limits.highest)
        return NextStep(None, None, (), (top,))
    later = level_history(edition, facts, on, date(min(on.year + 40, date.max.year - 1), 12, 31))
    step = next((span for span in later[1:] if span.level.level > now.level), None)
    if step is None:
        return NextStep(None, None, (), (*held_back, msg("现有条件下不再晋级。")))
    conditions = [msg("仍任%(post)s", post=now.post.zh)]
    if edition.service.uncounted and step.cause is Cause.TENURE:
        names = "、".join(grade.zh for grade in edition.service.uncounted)
        conditions.append(msg("其间没有%(grades)s的年度", grades=names))
    if ladder.early is not None and len(_early_pairs(ladder, facts, date.max)) < ladder.early.at_most:
        conditions.append(
            msg("连续 %(count)s 年%(grade)s可提前", count=ladder.early.successive, grade=ladder.early.grade.zh)
        )
    return NextStep(step.starts_on, step.level.level, tuple(conditions), tuple(held_back))
