"""Whose level should change, since when and why: the rule's answer beside what has been approved."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from careerpath.pay.queries.facts import Home, Worker
from careerpath.policy.pay import (
    Amounts,
    Cause,
    LevelSpan,
    PayEdition,
    Placed,
    Standing,
    level_history,
    level_on,
    pay,
)
from careerpath.policy.reason import Reason
from careerpath.words import Message, msg

AmountsOf = Callable[[PayEdition, Standing], Amounts]
Items = tuple[tuple[str, str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of level: before, after, and what each brings in a month."""

    home: Home
    cause: Cause
    starts_on: date
    before_tier: int | None
    before_level: int | None
    before_since: date | None
    after_tier: int | None
    after_level: int
    before_items: Items
    after_items: Items
    before_monthly: Decimal | None
    after_monthly: Decimal
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a person's file leads to: changes in order of time, or what is missing."""

    changes: tuple[Change, ...] = ()
    missing: tuple[Message, ...] = ()


def changes_of(edition: PayEdition, worker: Worker, on: date, of: AmountsOf) -> Found:
    """The changes that bring a person's approved levels to what the rule says, up to a day.

    Someone who was never placed gets one change: the level of the day, since the day it has held. Someone who was gets
    a change for each level from the first day on which rule and approval part.
    """
    home = worker.home_on(on)
    facts = worker.facts_on(edition, on)
    if home is None:
        return Found(missing=(msg("缺少当日的主要任职。"),))
    plainly = replace(facts, placed=None)
    now = level_on(edition, plainly, on)
    if now is None:
        return Found(missing=(msg("缺少职务或从业时间。"),))
    asked = pay(edition, plainly, on, of)
    if edition.ladder is not None and edition.ladder.education is not None and facts.studies is None:
        return Found(missing=(msg("缺少学历。"),))
    if asked.missing:
        return Found(missing=asked.missing)
    since = max(edition.head.effective_from, worker.joined_on)
    history = level_history(edition, plainly, min(since, on), on)
    wanted = _wanted(worker, history, on)
    changes = []
    before = worker.placement_on(wanted[0].starts_on) if wanted else None
    standing = None if before is None else Placed(before.level, before.tier, before.starts_on, before.document)
    for span in wanted:
        after = Placed(span.level.level, span.level.tier, span.starts_on)
        old = None if standing is None else _items(edition, worker, span.starts_on, standing, of)
        new = _items(edition, worker, span.starts_on, after, of)
        changes.append(
            Change(
                home=worker.home_on(span.starts_on) or home,
                cause=span.cause,
                starts_on=span.starts_on,
                before_tier=None if standing is None else standing.tier,
                before_level=None if standing is None else standing.level,
                before_since=None if standing is None else standing.since,
                after_tier=after.tier,
                after_level=after.level,
                before_items=() if old is None else old[0],
                after_items=new[0],
                before_monthly=None if old is None else old[1],
                after_monthly=new[1],
                reasons=span.level.reasons,
            )
        )
        standing = after
    return Found(tuple(changes))


def _wanted(worker: Worker, history: tuple[LevelSpan, ...], on: date) -> list[LevelSpan]:
    """The spans to propose: on each day where what then stands would not be what the rule says."""
    if not worker.placements:
        return list(history[-1:])
    first = worker.placements[0].starts_on
    approved = {p.starts_on: (p.tier, p.level) for p in worker.placements if p.starts_on <= on}
    wanted: list[LevelSpan] = []
    standing: tuple[int | None, int] | None = None
    for day in sorted({span.starts_on for span in history if span.starts_on > first} | set(approved)):
        standing = approved.get(day, standing)
        right = _span_on(history, day)
        if right is None or (right.level.tier, right.level.level) == standing:
            continue
        known = right.starts_on == day and right.cause is not Cause.INITIAL
        wanted.append(replace(right, starts_on=day, cause=right.cause if known else Cause.CORRECTION))
        standing = right.level.tier, right.level.level
    return wanted


def _span_on(history: tuple[LevelSpan, ...], day: date) -> LevelSpan | None:
    held = [span for span in history if span.starts_on <= day]
    return held[-1] if held else None


def _items(edition: PayEdition, worker: Worker, on: date, placed: Placed, of: AmountsOf) -> tuple[Items, Decimal]:
    facts = replace(worker.facts_on(edition, on), placed=placed)
    found = pay(edition, facts, on, of)
    if found.missing:
        # The old level may lie outside the new post's range; then there is nothing to compare with.
        return (), Decimal(0)
    return tuple((one.code, one.name, one.amount) for one in found.items), found.basic + found.performance
