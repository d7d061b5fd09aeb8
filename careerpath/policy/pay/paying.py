"""Pay: what a person is due on a day and in a month, under one edition, with every reason."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from careerpath.policy.pay.amounts import ZERO, Amount, Amounts, amounts
from careerpath.policy.pay.edition import PaidEvery, Partial, PayEdition, Reference, Withheld
from careerpath.policy.pay.facts import PayFacts
from careerpath.policy.pay.levels import certified_on, heights, held_post, level_on
from careerpath.policy.pay.pieces import Part
from careerpath.policy.pay.standing import Standing
from careerpath.policy.pay.tenure import tenure
from careerpath.policy.reason import Reason, show
from careerpath.words import Message, msg

EDUCATION_WORDS = {6: "doctor", 5: "master", 4: "bachelor", 3: "college", 2: "secondary", 1: "lower", 0: "lower"}
DEGREE_WORDS = {6: "doctor", 5: "master", 4: "bachelor", 0: "none"}


@dataclass(frozen=True, slots=True)
class Pay:
    """What a person is due for a whole month, seen on a day.

    ``monthly`` is what an ordinary month brings: with a performance part that is paid by the half-year or year, it is
    the basic part alone, and ``period`` says what comes at the end of each period of ``period_months``.
    ``missing``: what must be known first; then every amount is zero and nobody may be paid by it.
    """

    on: date
    standing: Standing
    items: tuple[Amount, ...]
    basic: Decimal
    performance: Decimal
    monthly: Decimal
    period: Decimal
    period_months: int
    reasons: tuple[Reason, ...]
    missing: tuple[Message, ...]


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


AmountsOf = Callable[[PayEdition, Standing], Amounts]


def standing_on(edition: PayEdition, facts: PayFacts, on: date) -> tuple[Standing, tuple[Reason, ...]]:
    """Where a person stands on a day, and the reasons of the level."""
    held = held_post(edition, facts, on)
    counted = tenure(edition.service, facts)
    reasons: tuple[Reason, ...] = ()
    tier: int | None = None
    level: int | None = None
    if edition.ladder is not None and facts.placed is not None:
        tier, level = facts.placed.tier, facts.placed.level
        if tier is None and held is not None:
            tier = edition.ladder.tier_of(held.post, level)
        reasons = (_placed(edition, facts, tier),)
    elif edition.ladder is not None:
        found = level_on(edition, facts, on, counted)
        if found is not None:
            tier, level, reasons = found.tier, found.level, found.reasons
    diploma, degree = heights(one for one in facts.studies or () if (one.graduated_on or on) <= on)
    certified = certified_on(edition, facts, on)
    year_start = date(on.year - 1, 12, 31)
    known = bool(facts.service)
    standing = Standing(
        on=None,
        post=None if held is None else held.post,
        tier=tier,
        level=level,
        years=counted.years_on(on) if known else None,
        year_start_years=counted.years_on(year_start) if known else None,
        education=None if facts.studies is None else EDUCATION_WORDS[diploma],
        degree=None if facts.studies is None else DEGREE_WORDS[degree],
        certificate=None if certified is None else certified.grade,
        dual_head=any(one.dual_head for one in facts.posts if one.on(on)),
        elected=bool(held and held.elected),
        on_probation=facts.probation_until is not None and on <= facts.probation_until,
        withheld=_is_withheld(edition, facts, on),
        other=tuple(sorted((one.code, facts.other[one.code]) for one in edition.facts if one.code in facts.other)),
    )
    return standing, reasons


def pay(edition: PayEdition, facts: PayFacts, on: date | None = None, amounts_of: AmountsOf = amounts) -> Pay:
    """What a person is due for a whole month, seen on ``on`` (by default the day of the facts).

    ``amounts_of`` may be a keeping version of ``amounts``: equal standings have equal amounts.
    """
    day = on or facts.on
    standing, level_reasons = standing_on(edition, facts, day)
    found = amounts_of(edition, standing)
    missing = list(found.missing)
    if edition.ladder is not None and standing.level is not None and standing.post is not None:
        missing += _outside(edition, standing)
    if missing:
        return Pay(day, standing, (), ZERO, ZERO, ZERO, ZERO, 1, level_reasons, tuple(missing))
    every = edition.performance.paid
    monthly = found.basic + (found.performance if every is PaidEvery.MONTH else ZERO)
    period = ZERO if every is PaidEvery.MONTH else found.performance * every.months
    reasons = (*level_reasons, *(one.reason for one in found.items), *found.reasons)
    return Pay(day, standing, found.items, found.basic, found.performance, monthly, period, every.months, reasons, ())


def pay_month(
    edition: PayEdition,
    facts: PayFacts,
    first: date,
    placed_on: Callable[[date], PayFacts] | None = None,
    amounts_of: AmountsOf = amounts,
) -> MonthPay:
    """What a person is due in the month that begins on ``first``.

    ``placed_on`` gives the facts as they apply on a day, where the approved level changes between months of a period.
    The performance part of a half-year or year comes in its last month, for every month of the period served.
    """
    last = last_of(first)
    of_day = placed_on or (lambda day: facts)
    served = _served(facts, first, last)
    days = (last - first).days + 1
    reference = _reference(edition, facts, first, last)
    now = pay(edition, of_day(reference), reference, amounts_of)
    if not served:
        return MonthPay(first, now, 0, days, (), ZERO, (), (msg("本月不在岗。"),))
    if now.missing:
        return MonthPay(first, now, served, days, (), ZERO, now.reasons, now.missing)
    every = edition.performance.paid
    portions = []
    for one in now.items:
        if one.part is Part.PERFORMANCE and every is not PaidEvery.MONTH:
            continue
        due = _share(edition, one.amount, served, days)
        portions.append(Portion(one.code, one.name, one.part, one.amount, due))
    reasons = list(now.reasons)
    if served < days and edition.month.partial is Partial.CALENDAR_DAYS:
        sentence = msg("本月在岗 %(served)s 天，按 %(served)s ÷ %(days)s 计发。", served=served, days=days)
        used = {"served": served, "days": days}
        reasons.append(edition.head.because("partial", edition.month.citation, used, served, sentence))
    if every is not PaidEvery.MONTH and first.month % every.months == 0:
        extra = _period(edition, of_day, first, amounts_of)
        portions += [item for item in extra if item.amount or item.whole]
        total = sum((item.amount for item in extra), ZERO)
        sentence = msg("%(months)s 个月的绩效部分合计 %(total)s 元，本月发放。", months=every.months, total=show(total))
        used = {"months": every.months}
        reasons.append(edition.head.because("period", edition.performance.citation, used, total, sentence))
    total = sum((item.amount for item in portions), ZERO)
    return MonthPay(first, now, served, days, tuple(portions), total, tuple(reasons), ())


def last_of(first: date) -> date:
    """The last day of a month."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def _period(
    edition: PayEdition, of_day: Callable[[date], PayFacts], first: date, amounts_of: AmountsOf
) -> list[Portion]:
    sums: dict[str, list[Decimal]] = {}
    names: dict[str, str] = {}
    for back in range(edition.performance.paid.months):
        start = date(first.year, first.month - back, 1)
        end = last_of(start)
        facts = of_day(end)
        served = _served(facts, start, end)
        if not served:
            continue
        day = _reference(edition, facts, start, end)
        for one in pay(edition, of_day(day), day, amounts_of).items:
            if one.part is Part.PERFORMANCE:
                due = _share(edition, one.amount, served, (end - start).days + 1)
                whole, amount = sums.setdefault(one.code, [ZERO, ZERO])
                sums[one.code] = [whole + one.amount, amount + due]
                names[one.code] = one.name
    return [Portion(code, names[code], Part.PERFORMANCE, whole, amount) for code, (whole, amount) in sums.items()]


def _share(edition: PayEdition, amount: Decimal, served: int, days: int) -> Decimal:
    if served == days or edition.month.partial is Partial.WHOLE:
        return amount
    return (amount * served / days).quantize(Decimal("0.01"), edition.rounding.mode.decimal)


def _served(facts: PayFacts, first: date, last: date) -> int:
    served = 0
    for span in facts.service:
        starts, ends = max(span.starts_on, first), last if span.ends_on is None else min(span.ends_on, last)
        served += max(0, (ends - starts).days + 1)
    return served


def _reference(edition: PayEdition, facts: PayFacts, first: date, last: date) -> date:
    """The edition's day of the month, moved to a day of service where it is none."""
    day = first if edition.month.reference is Reference.FIRST else last
    for span in facts.service:
        starts, ends = max(span.starts_on, first), last if span.ends_on is None else min(span.ends_on, last)
        if starts <= ends and not starts <= day <= ends:
            return starts if day < starts else ends
    return day


def _placed(edition: PayEdition, facts: PayFacts, tier: int | None) -> Reason:
    placed, ladder = facts.placed, edition.ladder
    citation = edition.head.ground if ladder is None else ladder.citation
    level = 0 if placed is None else placed.level
    since = None if placed is None else placed.since
    document = "" if placed is None else placed.document
    sentence = msg("经审批定为 %(level)s 级%(document)s。", level=level, document=document and f"（{document}）")
    if since is not None:
        sentence = msg(
            "经审批自 %(since)s 起为 %(level)s 级%(document)s。",
            since=since,
            level=level,
            document=document and f"（{document}）",
        )
    used = {"tier": tier, "level": level, "since": since}
    return edition.head.because("level.placed", citation, used, level, sentence)


def _outside(edition: PayEdition, standing: Standing) -> list[Message]:
    ladder, post, level = edition.ladder, standing.post, standing.level
    if ladder is None or post is None or level is None:
        return []
    limits = ladder.range_of(post)
    if limits.lowest <= level <= limits.highest and ladder.tier_of(post, level) == standing.tier:
        return []
    return [
        msg(
            "审批的 %(level)s 级不在%(post)s的 %(low)s 至 %(high)s 级之内，请重新套级。",
            level=level,
            post=post.zh,
            low=limits.lowest,
            high=limits.highest,
        )
    ]


def _is_withheld(edition: PayEdition, facts: PayFacts, on: date) -> bool:
    rule = edition.performance
    year = on.year if rule.withheld is Withheld.SAME_YEAR else on.year - 1
    return facts.appraisals.get(year) in rule.withheld_grades if rule.withheld_grades else False
