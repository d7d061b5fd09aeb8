"""From the figures of a unit to its quota, each step with its ground."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from careerpath.policy.codes import UnitKind
from careerpath.policy.headcount.edition import HeadcountEdition
from careerpath.policy.headcount.parts import (
    Bands,
    Combination,
    CombinationRule,
    Figure,
    Fixed,
    Limits,
    Part,
    Per,
    RoundingRule,
    Stage,
)
from careerpath.policy.reason import Reason, show
from careerpath.policy.rounding import ROUNDINGS
from careerpath.words import Message, Refused, msg

SHOWN = Decimal("0.0001")
"""A quotient is shown to this place, the rest cut off; it becomes whole from its exact value all the same."""
FIGURES = {Figure.HOUSEHOLDS: msg("户"), Figure.RESIDENTS: msg("人")}
WANTED = {
    Figure.HOUSEHOLDS: msg("缺少户数，不能核定员额，请在单位资料中补录户数。"),
    Figure.RESIDENTS: msg("缺少常住人口数，不能核定员额，请在单位资料中补录人口数。"),
}


@dataclass(frozen=True, slots=True)
class HeadcountFacts:
    """What is known of one unit; a figure that nobody recorded is ``None``, which is not 0.

    Raises ``Refused`` for a figure below zero.
    """

    unit_kind: UnitKind
    households: int | None = None
    residents: int | None = None

    def __post_init__(self) -> None:
        for figure in Figure:
            if (self.figure(figure) or 0) < 0:
                raise Refused(msg("户数、人口数不能小于 0，请核对后重填。"), field=figure.value)

    def figure(self, figure: Figure) -> int | None:
        """One figure of the unit."""
        return {Figure.HOUSEHOLDS: self.households, Figure.RESIDENTS: self.residents}[figure]


@dataclass(frozen=True, slots=True)
class Headcount:
    """The quota of one unit.

    ``quota`` is ``None`` where the edition does not apply to this kind of unit (``applies`` is false), and while a
    figure is ``missing``.
    """

    quota: int | None
    applies: bool
    reasons: tuple[Reason, ...]
    missing: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Share:
    """What one part gives: an exact number and how it came about."""

    number: Fraction
    reasons: tuple[Reason, ...]


def headcount(edition: HeadcountEdition, facts: HeadcountFacts) -> Headcount:
    """The quota of one unit by the norms of an edition; nothing is computed from a figure that is missing."""
    parts = edition.parts_for(facts.unit_kind)
    if not parts:
        told = msg("本办法不适用于%(kind)s，不核定员额。", kind=facts.unit_kind)
        used = {"unit_kind": facts.unit_kind}
        return Headcount(None, False, (edition.head.because("units", edition.units.citation, used, None, told),), ())
    wanted = list(_missing(parts, facts))
    if wanted:
        missing = tuple(WANTED[part.of] for part in wanted)
        return Headcount(None, True, tuple(_missing_reason(edition, part) for part in wanted), missing)
    shares = [_share(edition, part, facts) for part in parts]
    reasons = [reason for share in shares for reason in share.reasons]
    number = shares[0].number
    if edition.combination is not None and len(shares) > 1:
        numbers = [share.number for share in shares]
        number = max(numbers) if edition.combination.way is Combination.GREATEST else sum(numbers, Fraction(0))
        reasons.append(_combination_reason(edition, edition.combination, parts, numbers, number))
    rounding = edition.rounding
    if rounding is not None and rounding.stage is Stage.TOTAL and any(isinstance(part, Per) for part in parts):
        reasons.append(_rounding_reason(edition, rounding, number))
        number = Fraction(rounding.whole(number))
    # All parts that are not quotients are whole, and the reader refuses quotients without a way of rounding.
    quota = int(number)
    limits = edition.limits_for(facts.unit_kind)
    if limits is not None:
        reasons.append(_limits_reason(edition, limits, quota))
        quota = limits.within(quota)
    told = msg("核定员额 %(quota)s 名。", quota=quota)
    used = {"unit_kind": facts.unit_kind}
    reasons.append(edition.head.because("quota", edition.units.citation, used, quota, told))
    return Headcount(quota, True, tuple(reasons), ())


def _missing(parts: tuple[Part, ...], facts: HeadcountFacts) -> Iterator[Per | Bands]:
    """The first part that needs each figure that is missing."""
    told: set[Figure] = set()
    for part in parts:
        if not isinstance(part, Fixed) and part.of not in told and facts.figure(part.of) is None:
            told.add(part.of)
            yield part


def _missing_reason(edition: HeadcountEdition, part: Per | Bands) -> Reason:
    return edition.head.because("missing", part.citation, {part.of.value: None}, None, WANTED[part.of])


def _share(edition: HeadcountEdition, part: Part, facts: HeadcountFacts) -> _Share:
    if isinstance(part, Fixed):
        told = msg("%(name)s：每个单位 %(count)s 名。", name=part.name, count=show(part.count))
        reason = edition.head.because("fixed", part.citation, {"count": int(part.count)}, int(part.count), told)
        return _Share(Fraction(part.count), (reason,))
    # Missing figures have been told before.
    figure = facts.figure(part.of) or 0
    if isinstance(part, Bands):
        return _Share(part.number_for(figure), (_band_reason(edition, part, figure),))
    number = part.number_for(figure)
    reasons = [_per_reason(edition, part, figure, number)]
    rounding = edition.rounding
    if rounding is not None and rounding.stage is Stage.PART:
        reasons.append(_rounding_reason(edition, rounding, number))
        number = Fraction(rounding.whole(number))
    return _Share(number, tuple(reasons))


def _per_reason(edition: HeadcountEdition, part: Per, figure: int, number: Fraction) -> Reason:
    told = msg(
        "%(name)s：%(figure)s %(unit)s，每 %(per)s %(unit)s %(count)s 名，计 %(number)s 名。",
        name=part.name,
        figure=figure,
        unit=FIGURES[part.of],
        per=part.per,
        count=show(part.count),
        number=_spoken(number),
    )
    used = {part.of.value: figure, "count": show(part.count), "per": part.per}
    return edition.head.because("per", part.citation, used, _decimal(number), told)


def _band_reason(edition: HeadcountEdition, part: Bands, figure: int) -> Reason:
    band = part.band_for(figure)
    low, high = band.range.low or 0, band.range.high
    if high is None:
        span = msg("%(low)s %(unit)s及以上", low=low, unit=FIGURES[part.of])
    else:
        span = msg("%(low)s 至 %(high)s %(unit)s", low=low, high=high, unit=FIGURES[part.of])
    told = msg(
        "%(name)s：%(figure)s %(unit)s，属“%(span)s”一档，%(count)s 名。",
        name=part.name,
        figure=figure,
        unit=FIGURES[part.of],
        span=span,
        count=band.count,
    )
    used = {part.of.value: figure, "low": low, "high": high}
    return edition.head.because("band", part.citation, used, band.count, told)


def _combination_reason(
    edition: HeadcountEdition,
    rule: CombinationRule,
    parts: tuple[Part, ...],
    numbers: list[Fraction],
    number: Fraction,
) -> Reason:
    used = {part.code: _decimal(each) for part, each in zip(parts, numbers, strict=True)}
    each = "、".join(_spoken(one) for one in numbers)
    if rule.way is Combination.GREATEST:
        told = msg("各项分别为 %(each)s 名，取最高的 %(number)s 名。", each=each, number=_spoken(number))
    else:
        told = msg("各项分别为 %(each)s 名，相加为 %(number)s 名。", each=each, number=_spoken(number))
    return edition.head.because("combination", rule.citation, used, _decimal(number), told)


def _rounding_reason(edition: HeadcountEdition, rule: RoundingRule, number: Fraction) -> Reason:
    rounded = rule.whole(number)
    told = msg(
        "%(number)s 名取整（%(mode)s）为 %(rounded)s 名。",
        number=_spoken(number),
        mode=ROUNDINGS[rule.mode.value],
        rounded=rounded,
    )
    used = {"quotient": _decimal(number), "rounding": rule.mode}
    return edition.head.because("rounding", rule.citation, used, rounded, told)


def _limits_reason(edition: HeadcountEdition, limits: Limits, number: int) -> Reason:
    found = limits.within(number)
    used: dict[str, object] = {"number": number, "floor": limits.floor, "cap": limits.cap}
    step = "limits"
    if found > number:
        step, told = "floor", msg("%(number)s 名低于下限，按下限 %(found)s 名。", number=number, found=found)
    elif found < number:
        step, told = "cap", msg("%(number)s 名高于上限，按上限 %(found)s 名。", number=number, found=found)
    elif limits.cap is None:
        told = msg("%(number)s 名不低于下限 %(floor)s 名。", number=number, floor=limits.floor)
    elif limits.floor is None:
        told = msg("%(number)s 名不超过上限 %(cap)s 名。", number=number, cap=limits.cap)
    else:
        told = msg(
            "%(number)s 名在下限 %(floor)s 名、上限 %(cap)s 名之内。",
            number=number,
            floor=limits.floor,
            cap=limits.cap,
        )
    return edition.head.because(step, limits.citation, used, found, told)


def _decimal(number: Fraction) -> Decimal:
    """A quotient as far as it is shown."""
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(SHOWN, ROUND_FLOOR).normalize()


def _spoken(number: Fraction) -> str:
    """A quotient in a sentence; dots say that more decimals follow."""
    found = _decimal(number)
    return show(found) if Fraction(found) == number else f"{found.quantize(SHOWN):f}…"
