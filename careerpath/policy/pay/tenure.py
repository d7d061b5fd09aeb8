"""Years of community service: which days count, and on which day so many full years are complete."""

from dataclasses import dataclass
from datetime import date, timedelta

from careerpath.policy.employment import add_months
from careerpath.policy.pay.edition import ServiceRule
from careerpath.policy.pay.facts import PayFacts, Span

ONE_DAY = timedelta(days=1)
MONTH_OF_DAYS = 30
"""Days left over in several spans add up to a month at this number (customary)."""
YEAR = 12


@dataclass(frozen=True, slots=True)
class Tenure:
    """The counted service of one person: spans without the years that do not count, and months added from elsewhere."""

    spans: tuple[Span, ...]
    added_months: int
    uncounted: tuple[int, ...]
    """Years left out, in order."""

    def complete_on(self, years: int, deemed: int = 0) -> date | None:
        """The day at whose end ``years`` full years are complete, ``deemed`` of them granted; ``None`` for never.

        Three years from 2021-05-21 are complete on 2024-05-20. Months granted before service count from its first day.
        """
        if not self.spans:
            return None
        need = (years - deemed) * YEAR - self.added_months
        if need <= 0:
            return self.spans[0].starts_on
        months, days = 0, 0
        for span in self.spans:
            after = add_months(span.starts_on, need - months) - timedelta(days=days)
            if span.ends_on is None or after <= span.ends_on + ONE_DAY:
                return max(after - ONE_DAY, span.starts_on)
            more, left = _length(span.starts_on, span.ends_on + ONE_DAY)
            months, days = months + more, days + left
            months, days = months + days // MONTH_OF_DAYS, days % MONTH_OF_DAYS
        return None

    def months_on(self, day: date) -> int:
        """Full counted months by the end of a day, those added from elsewhere included."""
        months, days = self.added_months, 0
        for span in self.spans:
            if span.starts_on > day:
                break
            last = day if span.ends_on is None else min(day, span.ends_on)
            more, left = _length(span.starts_on, last + ONE_DAY)
            months, days = months + more, days + left
            months, days = months + days // MONTH_OF_DAYS, days % MONTH_OF_DAYS
        return months

    def years_on(self, day: date) -> int:
        """Full counted years by the end of a day."""
        return self.months_on(day) // YEAR


def tenure(rule: ServiceRule, facts: PayFacts) -> Tenure:
    """The service of a person as the rule counts it. Failed years count neither as tenure nor as part of it."""
    failed = sorted(year for year, grade in facts.appraisals.items() if grade in rule.uncounted)
    spans: list[Span] = []
    for span in _merged(facts.service):
        spans.extend(_without(span, failed))
    touched = tuple(year for year in failed if any(_touches(span, year) for span in facts.service))
    return Tenure(tuple(spans), facts.military_months if rule.military else 0, touched)


def _merged(spans: tuple[Span, ...]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda one: one.starts_on):
        last = merged[-1] if merged else None
        if last is not None and (last.ends_on is None or span.starts_on <= last.ends_on + ONE_DAY):
            ends = None if last.ends_on is None or span.ends_on is None else max(last.ends_on, span.ends_on)
            merged[-1] = Span(last.starts_on, ends)
        else:
            merged.append(span)
    return merged


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


def _length(first: date, after: date) -> tuple[int, int]:
    """Full months and days left over from ``first`` up to, not including, ``after``."""
    months = (after.year - first.year) * YEAR + after.month - first.month
    if add_months(first, months) > after:
        months -= 1
    return months, (after - add_months(first, months)).days
