"""Whose level should change, since when and why: the rule's answer beside what has been approved."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from careerpath.pay.queries.dated import Approved
from careerpath.pay.queries.facts import Home, Worker
from careerpath.pay.queries.timeline import ONE_DAY, Timeline
from careerpath.policy.pay import Cause, LevelSpan, Placed, level_on, pay
from careerpath.policy.reason import Reason
from careerpath.words import Message, msg

Items = tuple[tuple[str, str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of level: before, after, and what each brings in a month. ``home`` is the post of its first day.

    ``before_monthly`` is ``None`` where no level stood before, or none that the scheme of its day can pay.
    """

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


def changes_under(schemes: Timeline, worker: Worker, on: date) -> Found:
    """The changes that bring a person's approved levels to what the rule says, up to a day.

    Someone who was never placed gets one change: the level of the day, since the day it has held. Someone who was gets
    a change for each level from the first day on which rule and approval part, under the schemes of those days.
    """
    home = worker.home_on(on)
    if home is None:
        return Found(missing=(msg("缺少当日的主要任职。"),))
    edition, of = schemes.last.edition, schemes.last.of
    plainly = replace(worker.facts_on(edition, on), placed=None)
    asked = pay(edition, plainly, on, of)
    if asked.missing:
        return Found(missing=asked.missing)
    if level_on(edition, plainly, on) is None:
        return Found(missing=(msg("缺少职务或从业时间。"),))
    since = max(schemes.windows[0].starts_on, worker.joined_on)
    history = schemes.history(plainly, min(since, on), on)
    changes = (_change(schemes, worker, home, on, standing, span) for standing, span in _wanted(worker, history, on))
    return Found(tuple(changes))


def placed_as(placement: Approved) -> Placed:
    """An approved level as the rule reads it."""
    return Placed(placement.level, placement.tier, placement.starts_on, placement.document)


def _wanted(worker: Worker, history: tuple[LevelSpan, ...], on: date) -> Iterator[tuple[Placed | None, LevelSpan]]:
    """What stands, and the span to propose, for each day on which the two part."""
    if not worker.placements:
        for span in history[-1:]:
            yield None, replace(span, cause=Cause.INITIAL)
        return
    first = worker.placements[0].starts_on
    approved = {one.starts_on: one for one in worker.placements if one.starts_on <= on}
    standing: Placed | None = None
    for day in sorted({span.starts_on for span in history if span.starts_on > first} | set(approved)):
        if day in approved:
            standing = placed_as(approved[day])
        right = _span_on(history, day)
        if (
            right is None
            or standing is None
            or (right.level.tier, right.level.level) == (standing.tier, standing.level)
        ):
            continue
        known = right.starts_on == day and right.cause is not Cause.INITIAL
        yield standing, replace(right, starts_on=day, cause=right.cause if known else Cause.CORRECTION)
        standing = Placed(right.level.level, right.level.tier, day)


def _span_on(history: tuple[LevelSpan, ...], day: date) -> LevelSpan | None:
    held = [span for span in history if span.starts_on <= day]
    return held[-1] if held else None


def _change(
    schemes: Timeline, worker: Worker, home: Home, on: date, standing: Placed | None, span: LevelSpan
) -> Change:
    day, after = span.starts_on, Placed(span.level.level, span.level.tier, span.starts_on)
    old: tuple[Items, Decimal | None] = ((), None)
    if standing is not None:
        window = schemes.on(day)
        begins = window is not None and window.starts_on == day
        # With a new post or a new scheme, what came before was paid by the old one, on the day before.
        earlier = span.cause is Cause.POST_CHANGE or begins
        old = _items(schemes, worker, day - ONE_DAY if earlier else day, standing)
        if old[1] is None:
            old = _items(schemes, worker, day - ONE_DAY, standing)
    # Who is placed for the first time may have stood at that level for years: what it pays now is told.
    new = _items(schemes, worker, on if standing is None else day, after)
    return Change(
        home=worker.home_on(day) or home,
        cause=span.cause,
        starts_on=day,
        before_tier=None if standing is None else standing.tier,
        before_level=None if standing is None else standing.level,
        before_since=None if standing is None else standing.since,
        after_tier=after.tier,
        after_level=after.level,
        before_items=old[0],
        after_items=new[0],
        before_monthly=old[1],
        after_monthly=new[1] or Decimal(0),
        reasons=span.level.reasons,
    )


def _items(schemes: Timeline, worker: Worker, on: date, placed: Placed) -> tuple[Items, Decimal | None]:
    """The components of a level on a day and their sum; nothing where the scheme of the day can't pay it.

    Probation is left out: a level is approved for what it pays in full.
    """
    window = schemes.on(on)
    if window is None:
        return (), None
    # A level approved for that very day may be looked at on the day before.
    held = replace(placed, since=None) if placed.since is not None and placed.since > on else placed
    facts = replace(worker.facts_on(window.edition, on), placed=held, probation_until=None)
    found = pay(window.edition, facts, on, window.of)
    if found.missing:
        return (), None
    return tuple((one.code, one.name, one.amount) for one in found.items), found.basic + found.performance
