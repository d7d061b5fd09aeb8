"""Years of community service: which days count, and on which day so many full years are complete."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from careerpath.policy.employment import add_months
from careerpath.policy.pay.edition import ServiceRule
from careerpath.policy.pay.facts import PayFacts, Span
from careerpath.policy.pay.ladder import Effective

ONE_DAY = timedelta(days=1)
YEAR = 12
SHORTEST_MONTH = 28
LAST = date(9990, 12, 31)
"""Later days are never."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """The counted service of one person: spans without the years that do not count, and months added from elsewhere."""

    spans: tuple[Span, ...]
    added_months: int
    uncounted: tuple[int, ...]
    """Years left out, in order."""
    entered_on: date | None = None
    """The first day of service, counted or not."""
    gaps: tuple[tuple[int, int], ...] = field(init=False, repr=False, compare=False)
    """Months and days between each span and the next."""

    def __post_init__(self) -> None:
        pairs = zip(self.spans, self.spans[1:], strict=False)
        gaps = tuple(_length(one.ends_on + ONE_DAY, other.starts_on) for one, other in pairs if one.ends_on is not None)
        object.__setattr__(self, "gaps", gaps)

    def complete_on(self, years: int, deemed: int = 0) -> date | None:
        """The day at whose end ``years`` full years are complete, ``deemed`` of them granted; ``None`` for never.

        Three years from 2021-05-21 are complete on 2024-05-20. Every interruption, and every year that does not count,
        puts the day off by its own length: a whole failed year by exactly a year. What was granted before service is
        complete on its first day.
        """
        if self.is_granted(years, deemed):
            return self.entered_on or (self.spans[0].starts_on if self.spans else None)
        return self._complete((years - deemed) * YEAR - self.added_months)

    def is_granted(self, years: int, deemed: int = 0) -> bool:
        """Whether so many years need no day of service: they are deemed or added from elsewhere."""
        return (years - deemed) * YEAR <= self.added_months

    def begins_on(self, years: int, deemed: int, effective: Effective) -> date | None:
        """The first day on which ``years`` full years count; what is granted counts from the first day of service."""
        complete = self.complete_on(years, deemed)
        if complete is None or self.is_granted(years, deemed):
            return complete
        return effective.begins(complete)

    def months_on(self, day: date) -> int:
        """Full counted months by the end of a day, those added from elsewhere included."""
        months = self._most_months(day)
        while months > 0 and ((complete := self._complete(months)) is None or complete > day):
            months -= 1
        return months + self.added_months

    def years_on(self, day: date) -> int:
        """Full counted years by the end of a day."""
        granted = self.added_months // YEAR
        years = (self._most_months(day) + self.added_months) // YEAR
        while years > granted and ((complete := self.complete_on(years)) is None or complete > day):
            years -= 1
        return max(years, granted)

    def _most_months(self, day: date) -> int:
        """No fewer months than were served by a day."""
        if not self.spans or self.spans[0].starts_on > day:
            return 0
        first = self.spans[0].starts_on
        return (day.year - first.year) * YEAR + day.month - first.month + 1

    def _complete(self, months: int) -> date | None:
        """The day at whose end ``months`` counted months, at least one, have been served."""
        if not self.spans:
            return None
        after = _later(self.spans[0].starts_on, months)
        if after is None:
            return None
        for place, span in enumerate(self.spans):
            if span.ends_on is None or after <= span.ends_on + ONE_DAY:
                return after - ONE_DAY
            if place == len(self.gaps):
                return None
            gap_months, gap_days = self.gaps[place]
            moved = _later(after, gap_months)
            if moved is None:
                return None
            # At the end of a short month two days may move to the same one: service comes after the gap.
            after = max(moved + timedelta(days=gap_days), self.spans[place + 1].starts_on + ONE_DAY)
        return None


def tenure(rule: ServiceRule, facts: PayFacts) -> Tenure:
    """The service of a person as the rule counts it. Failed years count neither as tenure nor as part of it."""
    failed = sorted(year for year, grade in facts.appraisals.items() if grade in rule.uncounted)
    served = merged(facts.service)
    spans: list[Span] = []
    for span in served:
        spans.extend(_without(span, failed))
    touched = tuple(year for year in failed if any(_touches(span, year) for span in served))
    entered = served[0].starts_on if served else None
    return Tenure(tuple(spans), facts.military_months if rule.military else 0, touched, entered)


def merged(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap made one: no day counts twice."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.starts_on):
        last = found[-1] if found else None
        if last is not None and (last.ends_on is None or span.starts_on <= last.ends_on + ONE_DAY):
            ends = None if last.ends_on is None or span.ends_on is None else max(last.ends_on, span.ends_on)
            found[-1] = Span(last.starts_on, ends)
        else:
            found.append(span)
    return tuple(found)


def in_service(facts: PayFacts, day: date) -> bool:
    """Whether a person serves on a day."""
    return any(span.starts_on <= day and (span.ends_on is None or day <= span.ends_on) for span in facts.service)


def _without(span: Span, years: list[int]) -> list[Span]:
    left = [span]
    for year in years:
        first, last = date(year, 1, 1), date(year, 12, 31)
        parts = []
        for one in left:
            if not _touches(one, year):
                parts.append(one)
                continue
            if one.starts_on < first:
                parts.append(Span(one.starts_on, first - ONE_DAY))
            if one.ends_on is None or one.ends_on > last:
                parts.append(Span(last + ONE_DAY, one.ends_on))
        left = parts
    return left


def _touches(span: Span, year: int) -> bool:
    return span.starts_on <= date(year, 12, 31) and (span.ends_on is None or span.ends_on >= date(year, 1, 1))


def _later(day: date, months: int) -> date | None:
    """So many months later; ``None`` beyond the calendar."""
    if day.year + months // YEAR >= LAST.year:
        return None
    if day.day > SHORTEST_MONTH:
        return add_months(day, months)
    years, month = divmod(day.month - 1 + months, YEAR)
    return day.replace(day.year + years, month + 1)


def _length(first: date, after: date) -> tuple[int, int]:
    """Full months and days left over from ``first`` up to, not including, ``after``."""
    months = (after.year - first.year) * YEAR + after.month - first.month
    if add_months(first, months) > after:
        months -= 1
    return months, (after - add_months(first, months)).days
