"""Months of service in a row or added up, and the day on which so many are complete."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from careerpath.policy.employment import add_months

LONGEST_MONTHS = 720
"""No career is longer."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both included; ``ends_on`` is ``None`` while it lasts."""

    starts_on: date
    ends_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether a day lies in it."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    def length(self, on: date) -> tuple[int, int]:
        """Full months, and the days left, on the morning of a day.

        Who began on 1 March 2024 has two full years on 1 March 2026, as the offices count them; who served to 28
        February 2026 has two full years as well.
        """
        until = on if self.ends_on is None else min(on, self.ends_on + DAY)
        if until <= self.starts_on:
            return 0, 0
        months = (until.year - self.starts_on.year) * 12 + until.month - self.starts_on.month
        if add_months(self.starts_on, months) > until:
            months -= 1
        return months, (until - add_months(self.starts_on, months)).days


def merged(spans: Sequence[Span]) -> list[Span]:
    """The same days without overlaps; what follows without a day between is one span."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.starts_on):
        last = found[-1] if found else None
        if last is not None and (last.ends_on is None or span.starts_on <= last.ends_on + DAY):
            ends = None if last.ends_on is None or span.ends_on is None else max(last.ends_on, span.ends_on)
            found[-1] = Span(last.starts_on, ends)
        else:
            found.append(span)
    return found


def months_in_a_row(spans: Sequence[Span], on: date) -> int:
    """Full months of the span that a day lies in; 0 where it lies in none."""
    return next((span.length(on)[0] for span in merged(spans) if span.holds(on)), 0)


def months_in_all(spans: Sequence[Span], on: date) -> int:
    """Full months of all spans before a day. The days left of one are put to the next, as if it had begun earlier."""
    months = days = 0
    for span in merged(spans):
        if span.starts_on < on:
            more, days = Span(span.starts_on - timedelta(days=days), span.ends_on).length(on)
            months += more
    return months


def completed_on(spans: Sequence[Span], months: int, *, in_a_row: bool) -> date | None:
    """The first day on which so many months are complete, if they ever are while the last span goes on."""
    for place, span in enumerate(merged(spans)):
        high = add_months(span.starts_on, LONGEST_MONTHS)
        if span.ends_on is not None:
            # In a row they count while the post is held; added up, still on the day after.
            high = span.ends_on if in_a_row else span.ends_on + DAY
        if in_a_row or place == 0:
            # Nothing was carried over into this time: its own months decide.
            day = add_months(span.starts_on, months)
            if day <= high:
                return day
            continue
        if months_in_all(spans, high) < months:
            continue
        low = span.starts_on
        while low < high:
            middle = low + (high - low) // 2
            low, high = (low, middle) if months_in_all(spans, middle) >= months else (middle + DAY, high)
        return low
    return None
