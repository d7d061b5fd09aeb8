"""Which scheme was in force when: a level that holds since an earlier day is worked out under that day's scheme."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from careerpath.pay.queries.editions import here_on, keeping, known_schemes
from careerpath.policy.pay import (
    Amounts,
    Cause,
    LevelSpan,
    PayEdition,
    PayFacts,
    Standing,
    cause_of,
    level_history,
    level_on,
)
from careerpath.words import Refused

ONE_DAY = timedelta(days=1)

AmountsOf = Callable[[PayEdition, Standing], Amounts]


@dataclass(frozen=True, slots=True)
class Window:
    """A scheme with the days, both included, on which it was in force; ``of`` keeps its amounts."""

    edition: PayEdition
    starts_on: date
    ends_on: date
    of: AmountsOf


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every scheme up to a day, oldest first. The last one is in force on that day."""

    windows: tuple[Window, ...]

    def on(self, day: date) -> Window | None:
        """The scheme of a day; ``None`` before the first one."""
        return next((one for one in reversed(self.windows) if one.starts_on <= day), None)

    @property
    def last(self) -> Window:
        """The scheme that is in force at the end."""
        return self.windows[-1]

    def history(self, facts: PayFacts, since: date, until: date) -> tuple[LevelSpan, ...]:
        """Every level from ``since`` to ``until`` under the schemes of their days.

        A level that changes on the first day of a new scheme has the cause that it would have had under that scheme
        anyway, a full year or a new post, and else the scheme itself; a level that stays is no change.
        """
        found: list[LevelSpan] = []
        for window in self.windows:
            first, last = max(window.starts_on, since), min(window.ends_on, until)
            if first > last:
                continue
            for span in level_history(window.edition, facts, first, last):
                if span.cause is not Cause.INITIAL or not found:
                    found.append(span)
                elif _place(found[-1]) != _place(span):
                    found.append(replace(span, cause=_cause_at_start(window.edition, facts, span)))
        return tuple(found)


def _cause_at_start(edition: PayEdition, facts: PayFacts, span: LevelSpan) -> Cause:
    eve = level_on(edition, facts, span.starts_on - ONE_DAY)
    if eve is None or (eve.tier, eve.level) == (span.level.tier, span.level.level):
        return Cause.SCHEME
    return cause_of(eve, span.level)


def timeline(until: date) -> Timeline:
    """The schemes of this installation's place up to a day; refused where there is none on that day. One query."""
    known = known_schemes()
    here_on(known, until)
    days = sorted({one.head.effective_from for one in known if one.head.effective_from <= until})
    begun: list[tuple[date, PayEdition]] = []
    for day in days:
        edition = _in_force(known, day)
        if edition is not None and (not begun or begun[-1][1] is not edition):
            begun.append((day, edition))
    ends = [*(day - ONE_DAY for day, _ in begun[1:]), until]
    return Timeline(
        tuple(Window(edition, day, end, keeping(edition)) for (day, edition), end in zip(begun, ends, strict=True))
    )


def _in_force(known: Sequence[PayEdition], day: date) -> PayEdition | None:
    try:
        return here_on(tuple(known), day)
    except Refused:
        return None


def _place(span: LevelSpan) -> tuple[int | None, int]:
    return span.level.tier, span.level.level
