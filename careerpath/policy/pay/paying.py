"""Pay: what a person is due on a day, under one edition, with every reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from careerpath.policy.pay.amounts import ZERO, Amount, Amounts, amounts, lacking
from careerpath.policy.pay.climb import heights
from careerpath.policy.pay.edition import PaidEvery, PayEdition, Withheld
from careerpath.policy.pay.facts import PayFacts, Placed
from careerpath.policy.pay.levels import certified_on, held_post, is_dual_head, level_lacks, level_on
from careerpath.policy.pay.standing import Standing
from careerpath.policy.pay.tenure import Tenure, in_service, tenure
from careerpath.policy.reason import Reason
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


AmountsOf = Callable[[PayEdition, Standing], Amounts]


def standing_on(edition: PayEdition, facts: PayFacts, on: date) -> tuple[Standing, tuple[Reason, ...]]:
    """Where a person stands on a day, and the reasons of the level and of the years that count."""
    held = held_post(edition, facts, on)
    counted = tenure(edition.service, facts)
    placed = placed_on(facts, on)
    reasons: list[Reason] = []
    tier: int | None = None
    level: int | None = None
    if edition.ladder is not None and placed is not None:
        tier, level = placed.tier, placed.level
        if tier is None and held is not None:
            tier = edition.ladder.tier_of(held.post, level)
        reasons.append(_placed(edition, placed, tier))
    elif edition.ladder is not None:
        found = level_on(edition, facts, on, counted)
        if found is not None:
            tier, level = found.tier, found.level
            reasons.extend(found.reasons)
    if edition.counts_years and not any(reason.rule.endswith("level.uncounted") for reason in reasons):
        reasons.extend(_uncounted(edition, counted, on))
    diploma, degree = heights(one for one in facts.studies or () if (one.graduated_on or on) <= on)
    certified = certified_on(edition, facts, on)
    known = bool(facts.service)
    standing = Standing(
        on=None,
        post=None if held is None else held.post,
        tier=tier,
        level=level,
        years=counted.years_on(on) if known else None,
        year_start_years=counted.years_on(date(on.year - 1, 12, 31)) if known else None,
        education=None if facts.studies is None else EDUCATION_WORDS[diploma],
        degree=None if facts.studies is None else DEGREE_WORDS[degree],
        certificate=None if certified is None else certified.grade,
        dual_head=is_dual_head(edition, facts, on),
        elected=bool(held and held.elected),
        on_probation=facts.probation_until is not None and on <= facts.probation_until,
        withheld=_is_withheld(edition, facts, on),
        other=_other(edition, facts),
    )
    return standing, tuple(reasons)


def placed_on(facts: PayFacts, on: date) -> Placed | None:
    """The approved level that holds on a day; before its first day the rule of levels is asked."""
    placed = facts.placed
    return None if placed is None or (placed.since is not None and placed.since > on) else placed


def pay(edition: PayEdition, facts: PayFacts, on: date | None = None, amounts_of: AmountsOf = amounts) -> Pay:
    """What a person is due for a whole month, seen on ``on`` (by default the day of the facts).

    ``amounts_of`` may be a keeping version of ``amounts``: equal standings have equal amounts.
    """
    day = on or facts.on
    standing, reasons = standing_on(edition, facts, day)
    found = amounts_of(edition, standing)
    missing = _missing(edition, facts, day, standing, found)
    if missing:
        return Pay(day, standing, (), ZERO, ZERO, ZERO, ZERO, 1, reasons, missing)
    every = edition.performance.paid
    monthly = found.basic + (found.performance if every is PaidEvery.MONTH else ZERO)
    period = ZERO if every is PaidEvery.MONTH else found.performance * every.months
    reasons = (*reasons, *(one.reason for one in found.items), *found.reasons)
    return Pay(day, standing, found.items, found.basic, found.performance, monthly, period, every.months, reasons, ())


def _missing(
    edition: PayEdition, facts: PayFacts, day: date, standing: Standing, found: Amounts
) -> tuple[Message, ...]:
    """What must be known first. What is missing for the level is said instead of the level itself."""
    if facts.service and not in_service(facts, day):
        return (msg("%(day)s 不在岗。", day=day),)
    first = () if placed_on(facts, day) is not None else level_lacks(edition, facts)
    if not first:
        return found.missing
    later = found.missing and lacking(edition, standing, leave_out=("level", "tier", "years", "education"))
    return (*first, *later)


def _other(edition: PayEdition, facts: PayFacts) -> tuple[tuple[str, str], ...]:
    """The facts that the edition declares: as told, else as the code of the unit tells."""
    told = {}
    for one in edition.facts:
        value = facts.other.get(one.code, "") or (one.of_unit(facts.unit) if facts.unit else "")
        if value:
            told[one.code] = value
    return tuple(sorted(told.items()))


def _placed(edition: PayEdition, placed: Placed, tier: int | None) -> Reason:
    citation = edition.head.ground if edition.ladder is None else edition.ladder.citation
    document = placed.document and f"（{placed.document}）"
    sentence = msg("经审批定为 %(level)s 级%(document)s。", level=placed.level, document=document)
    if placed.since is not None:
        sentence = msg(
            "经审批自 %(since)s 起为 %(level)s 级%(document)s。",
            since=placed.since,
            level=placed.level,
            document=document,
        )
    used = {"tier": tier, "level": placed.level, "since": placed.since}
    return edition.head.because("level.placed", citation, used, placed.level, sentence)


def _uncounted(edition: PayEdition, counted: Tenure, on: date) -> list[Reason]:
    years = tuple(year for year in counted.uncounted if year <= on.year)
    if not years:
        return []
    sentence = msg("%(years)s 年度的考核结果按规定不计入年限。", years="、".join(str(year) for year in years))
    return [edition.head.because("level.uncounted", edition.service.citation, {"years": years}, 0, sentence)]


def _is_withheld(edition: PayEdition, facts: PayFacts, on: date) -> bool:
    rule = edition.performance
    year = on.year if rule.withheld is Withheld.SAME_YEAR else on.year - 1
    return facts.appraisals.get(year) in rule.withheld_grades if rule.withheld_grades else False
