"""Months: what a person is due in one month, whole or in part, with what a half-year or year brings at its end."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from careerpath.policy.employment import add_months
from careerpath.policy.pay.amounts import ZERO, amounts
from careerpath.policy.pay.edition import PaidEvery, Partial, PayEdition, Reference
from careerpath.policy.pay.facts import PayFacts
from careerpath.policy.pay.paying import AmountsOf, Pay, pay
from careerpath.policy.pay.pieces import Part
from careerpath.policy.pay.rounding import rounded
from careerpath.policy.pay.tenure import merged
from careerpath.policy.reason import Reason, show
from careerpath.words import Message, Refused, msg


@dataclass(frozen=True, slots=True)
class Portion:
    """What one component brings in a month: ``whole`` for the whole month, ``amount`` for the part that is due."""

    code: str
    name: str
    part: Part
    whole: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MonthPay:
    """What a person is due in one month. ``served`` of ``days`` calendar days were served."""

    first: date
    pay: Pay
    served: int
    days: int
    items: tuple[Portion, ...]
    total: Decimal
    reasons: tuple[Reason, ...]
    missing: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Months:
    """How one person's months are looked at: the facts and the edition of a day."""

    facts: PayFacts
    facts_on: Callable[[date], PayFacts]
    edition_on: Callable[[date], PayEdition]
    amounts_of: AmountsOf


def pay_month(
    edition: PayEdition,
    facts: PayFacts,
    first: date,
    placed_on: Callable[[date], PayFacts] | None = None,
    amounts_of: AmountsOf = amounts,
    edition_on: Callable[[date], PayEdition] | None = None,
) -> MonthPay:
    """What a person is due in the month that begins on ``first``.

    ``placed_on`` gives the facts as they apply on a day, where the approved level changes between months of a period;
    ``edition_on`` the edition in force on a day, where it changes between them (asked for the last day of a month).
    The performance part of a half-year or year comes in its last month, or in the last month of service or of its
    edition where that is earlier, for every month of the period served. Where one of them can't be reckoned, nothing
    is paid and ``missing`` says which.
    """
    of = _Months(facts, placed_on or (lambda day: facts), edition_on or (lambda day: edition), amounts_of)
    last = last_of(first)
    served, days = _served(facts, first, last), (last - first).days + 1
    reference = _reference(edition, facts, first, last)
    now = pay(edition, of.facts_on(reference), reference, amounts_of)
    if not served:
        return MonthPay(first, now, 0, days, (), ZERO, (), (msg("本月不在岗。"),))
    if now.missing:
        return MonthPay(first, now, served, days, (), ZERO, now.reasons, now.missing)
    every = edition.performance.paid
    paid = tuple(Part) if every is PaidEvery.MONTH else (Part.BASIC,)
    portions = _portions(edition, now, served, days, paid)
    reasons = list(now.reasons)
    if served < days and edition.month.partial is Partial.CALENDAR_DAYS:
        sentence = msg("本月在岗 %(served)s 天，按 %(served)s ÷ %(days)s 计发。", served=served, days=days)
        used = {"served": served, "days": days}
        reasons.append(edition.head.because("partial", edition.month.citation, used, served, sentence))
    if edition.has_performance and _settles(edition, of, first):
        months = list(_period(edition, of, first))
        missing = tuple(
            msg("%(year)s 年 %(month)s 月：%(problem)s", year=start.year, month=start.month, problem=problem)
            for start, problems, _ in months
            for problem in problems
        )
        if missing:
            return MonthPay(first, now, served, days, (), ZERO, tuple(reasons), missing)
        extra = _summed(one for _, _, found in months for one in found)
        portions += [item for item in extra if item.amount or item.whole]
        total = sum((item.amount for item in extra), ZERO)
        sentence = msg("%(months)s 个月的绩效部分合计 %(total)s 元，本月发放。", months=len(months), total=show(total))
        used = {"months": len(months)}
        reasons.append(edition.head.because("period", edition.performance.citation, used, total, sentence))
    total = sum((item.amount for item in portions), ZERO)
    return MonthPay(first, now, served, days, tuple(portions), total, tuple(reasons), ())


def last_of(first: date) -> date:
    """The last day of a month."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def _portions(edition: PayEdition, found: Pay, served: int, days: int, paid: tuple[Part, ...]) -> list[Portion]:
    """What the components paid together bring, where ``served`` of ``days`` were served, rounded like a whole month."""
    items = [one for one in found.items if one.part in paid]
    whole = [one.amount for one in items]
    due = whole
    if served < days and edition.month.partial is Partial.CALENDAR_DAYS:
        due = rounded(edition.rounding, [amount * served / days for amount in whole])
    return [Portion(one.code, one.name, one.part, one.amount, part) for one, part in zip(items, due, strict=True)]


def _settles(edition: PayEdition, of: _Months, first: date) -> bool:
    """Whether the performance part of a period is paid out with this month."""
    every = edition.performance.paid.months
    if every == 1:
        return False
    if first.month % every == 0:
        return True
    following = add_months(first, 1)
    end = last_of(date(first.year, -(-first.month // every) * every, 1))
    if not _served(of.facts, following, end):
        return True
    return of.edition_on(last_of(following)).performance.paid is not edition.performance.paid


def _period(edition: PayEdition, of: _Months, first: date) -> Iterator[tuple[date, tuple[Message, ...], list[Portion]]]:
    """The months served of the period up to this one, latest first: what is missing, and the performance part."""
    every = edition.performance.paid
    start = first
    while True:
        end = last_of(start)
        there = edition if start == first else _in_force(of, end)
        if there is None or there.performance.paid is not every:
            return
        served = _served(of.facts, start, end)
        if served:
            day = _reference(there, of.facts, start, end)
            found = pay(there, of.facts_on(day), day, of.amounts_of)
            days = (end - start).days + 1
            yield start, found.missing, _portions(there, found, served, days, (Part.PERFORMANCE,))
        if (start.month - 1) % every.months == 0:
            return
        start = add_months(start, -1)


def _in_force(of: _Months, day: date) -> PayEdition | None:
    """The edition of an earlier month; ``None`` before the first one, which owes nothing."""
    try:
        found = of.edition_on(day)
    except Refused:
        return None
    return found if found.head.effective_from <= day else None


def _summed(portions: Iterable[Portion]) -> list[Portion]:
    """One portion for each component."""
    sums: dict[str, Portion] = {}
    for one in portions:
        known = sums.get(one.code, Portion(one.code, one.name, one.part, ZERO, ZERO))
        sums[one.code] = Portion(known.code, known.name, known.part, known.whole + one.whole, known.amount + one.amount)
    return list(sums.values())


def _served(facts: PayFacts, first: date, last: date) -> int:
    served = 0
    for span in merged(facts.service):
        starts, ends = max(span.starts_on, first), last if span.ends_on is None else min(span.ends_on, last)
        served += max(0, (ends - starts).days + 1)
    return served


def _reference(edition: PayEdition, facts: PayFacts, first: date, last: date) -> date:
    """The edition's day of the month, moved to the nearest day of service where it is none."""
    wanted = first if edition.month.reference is Reference.FIRST else last
    near = wanted
    nearest: int | None = None
    for span in facts.service:
        starts, ends = max(span.starts_on, first), last if span.ends_on is None else min(span.ends_on, last)
        if starts > ends:
            continue
        day = min(max(wanted, starts), ends)
        distance = abs((day - wanted).days)
        if nearest is None or distance < nearest:
            near, nearest = day, distance
    return near
