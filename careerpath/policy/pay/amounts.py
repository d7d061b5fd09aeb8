"""Amounts: what each component gives a person of some standing, with its reason, rounded as the edition says."""

from dataclasses import dataclass, replace
from decimal import Decimal

from careerpath.policy.edition import Basis
from careerpath.policy.pay.edition import PaidEvery, PayEdition, ProbationRule
from careerpath.policy.pay.pieces import Component, Part, Way
from careerpath.policy.pay.rounding import rounded
from careerpath.policy.pay.standing import NUMBERS, Standing
from careerpath.policy.reason import Reason, percent, show
from careerpath.words import Message, msg

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Amount:
    """What one component gives: yuan a month, and why."""

    code: str
    name: str
    part: Part
    amount: Decimal
    reason: Reason


@dataclass(frozen=True, slots=True)
class Amounts:
    """All components of one standing. ``missing``: what must be known first; then nothing is computed."""

    items: tuple[Amount, ...]
    reasons: tuple[Reason, ...]
    """Of probation, a withheld performance part and the rounding of the total."""
    missing: tuple[Message, ...]

    @property
    def basic(self) -> Decimal:
        """The basic part, yuan a month."""
        return sum((one.amount for one in self.items if one.part is Part.BASIC), ZERO)

    @property
    def performance(self) -> Decimal:
        """The performance part, yuan a month."""
        return sum((one.amount for one in self.items if one.part is Part.PERFORMANCE), ZERO)


FACT_NAMES = {
    "post": msg("职务"),
    "education": msg("学历"),
    "degree": msg("学位"),
    "certificate": msg("职业水平证书"),
    "years": msg("社区工作年限"),
    "level": msg("等级（未套级）"),
    "tier": msg("档次（未套级）"),
    "dual_head": msg("是否一肩挑"),
    "elected": msg("是否选任"),
}


NUMBERED = {Way.LEVEL_TABLE: "level", Way.COEFFICIENT: "level", Way.PER_LEVEL: "level", Way.PER_YEAR: "years"}
"""What a way of finding an amount must know."""


def missing_facts(edition: PayEdition, standing: Standing) -> tuple[Message, ...]:
    """What the edition asks for and nobody has told, or told outside its values: a person is never paid by guess."""
    return lacking(edition, standing) or _outside(edition, standing)


def lacking(edition: PayEdition, standing: Standing, leave_out: tuple[str, ...] = ()) -> tuple[Message, ...]:
    """The facts that are not known, or not known by a value of the edition, in a sentence each."""
    names = {"post", *edition.used, *(NUMBERED[one.way] for one in edition.components if one.way in NUMBERED)}
    found = []
    for name in sorted(names - set(leave_out)):
        known = standing.number(name) if name in NUMBERS else standing.code(name)
        declared = edition.declared(name)
        if declared is not None and known is not None and known not in declared.values:
            found.append(
                msg(
                    "%(fact)s“%(value)s”不在办法的取值之内，请改用：%(known)s。",
                    fact=declared.name,
                    value=known,
                    known="、".join(declared.values),
                )
            )
        # Level and tier follow from the post: without it, it alone is named.
        follows = name in ("level", "tier") and (
            standing.post is None or (name == "tier" and standing.level is not None)
        )
        if known is None and not follows:
            label = FACT_NAMES.get(name) if declared is None else declared.name
            found.append(msg("缺少%(fact)s。", fact=label or name))
    return tuple(found)


def _outside(edition: PayEdition, standing: Standing) -> tuple[Message, ...]:
    """An approved level that the post can't have: nobody is paid by it."""
    ladder, post, level = edition.ladder, standing.post, standing.level
    if ladder is None or post is None or level is None:
        return ()
    limits = ladder.range_of(post)
    if not limits.lowest <= level <= limits.highest:
        return (
            msg(
                "审批的 %(level)s 级不在%(post)s的 %(low)s 至 %(high)s 级之内，请重新套级。",
                level=level,
                post=post,
                low=limits.lowest,
                high=limits.highest,
            ),
        )
    tier = ladder.tier_of(post, level)
    if tier == standing.tier:
        return ()
    if tier is None:
        return (msg("审批了第 %(tier)s 档，而现行办法不分档，请重新套级。", tier=standing.tier),)
    return (
        msg(
            "审批的第 %(tier)s 档与%(post)s %(level)s 级应在的第 %(due)s 档不符，请重新套级。",
            tier=standing.tier,
            post=post,
            level=level,
            due=tier,
        ),
    )


def amounts(edition: PayEdition, standing: Standing) -> Amounts:
    """The components of one standing, each with its reason."""
    missing = missing_facts(edition, standing)
    if missing:
        return Amounts((), (), missing)
    found = [_of_component(edition, component, standing) for component in edition.components]
    reasons: list[Reason] = []
    if standing.on_probation and edition.probation is not None:
        found, reason = _on_probation(edition, edition.probation, found)
        reasons.append(reason)
    if standing.withheld and any(one.part is Part.PERFORMANCE and one.amount for one in found):
        found, reason = _withheld(edition, found)
        reasons.append(reason)
    exact = found
    found = _rounded(edition, found)
    if any(before.amount != after.amount for before, after in zip(exact, found, strict=True)):
        reasons.append(_rounding_reason(edition, exact, found))
    return Amounts(tuple(found), tuple(reasons), ())


def _of_component(edition: PayEdition, component: Component, standing: Standing) -> Amount:
    used: dict[str, object] = {name: _fact(standing, name) for name in component.when.facts}
    if not component.when.holds(standing):
        sentence = msg("%(name)s：不符合发放条件，为 0。", name=component.name)
        value = ZERO
    else:
        value, sentence, more = _value(edition, component, standing)
        used |= more
    citation = component.citation
    if component.table and edition.table(component.table).citation.basis is Basis.READING:
        # An amount is no more certain than the table that it comes from.
        citation = replace(citation, basis=Basis.READING)
    reason = edition.head.because(f"component.{component.code}", citation, used, value, sentence)
    return Amount(component.code, component.name, component.part, value, reason)


def _fact(standing: Standing, name: str) -> object:
    return standing.number(name) if name in NUMBERS else standing.code(name)


def _value(edition: PayEdition, one: Component, standing: Standing) -> tuple[Decimal, Message, dict[str, object]]:
    level = standing.level or 0
    if one.way is Way.FIXED:
        value = one.amount or ZERO
        return value, msg("%(name)s %(value)s 元。", name=one.name, value=show(value)), {}
    if one.way is Way.LOOKUP:
        return _looked_up(one, standing)
    if one.way is Way.PER_LEVEL:
        first, step = one.first or ZERO, one.step or ZERO
        value = first + step * (level - 1)
        sentence = msg(
            "%(name)s：%(first)s + %(step)s ×（%(level)s − 1）＝ %(value)s 元。",
            name=one.name,
            first=show(first),
            step=show(step),
            level=level,
            value=show(value),
        )
        return value, sentence, {"level": level}
    if one.way is Way.PER_YEAR:
        years = (standing.year_start_years if one.year_start else standing.years) or 0
        counted = years if one.most_years is None else min(years, one.most_years)
        value = (one.each or ZERO) * counted
        sentence = msg(
            "%(name)s：%(each)s × %(years)s 年 ＝ %(value)s 元。",
            name=one.name,
            each=show(one.each or ZERO),
            years=counted,
            value=show(value),
        )
        return value, sentence, {"years": years}
    table = edition.table(one.table)
    found = table.at(standing.tier, level)
    if found is None:
        # Reading the edition has shown that every level within the ranges has a value.
        raise LookupError(f"{one.table}: tier {standing.tier}, level {level}")
    tiered = standing.tier is not None and (standing.tier, level) in table.values
    where: dict[str, object] = {"tier": standing.tier, "level": level} if tiered else {"level": level}
    if one.way is Way.LEVEL_TABLE:
        sentence = msg(
            "%(name)s：%(table)s %(level)s 级为 %(value)s 元。",
            name=one.name,
            table=table.name,
            level=level,
            value=show(found),
        )
        if tiered:
            sentence = msg(
                "%(name)s：%(table)s第 %(tier)s 档 %(level)s 级为 %(value)s 元。",
                name=one.name,
                table=table.name,
                tier=standing.tier,
                level=level,
                value=show(found),
            )
        return found, sentence, where
    base, share = one.base or ZERO, one.share if one.share is not None else Decimal(1)
    # The product has the decimals of all three: trailing zeros are none of them.
    value = (base * found * share).normalize()
    sentence = msg(
        "%(name)s：基数 %(base)s × 系数 %(coefficient)s × %(share)s ＝ %(value)s 元。",
        name=one.name,
        base=show(base),
        coefficient=found,
        share=show(share),
        value=show(value),
    )
    return value, sentence, where | {"base": base, "coefficient": found, "share": share}


def _looked_up(one: Component, standing: Standing) -> tuple[Decimal, Message, dict[str, object]]:
    for row in one.rows:
        if row.when.holds(standing):
            used = {name: _fact(standing, name) for name in row.when.facts}
            return row.amount, msg("%(name)s %(value)s 元。", name=one.name, value=show(row.amount)), used
    value = one.otherwise or ZERO
    used = {name: _fact(standing, name) for row in one.rows for name in row.when.facts}
    return value, msg("%(name)s：其余情形，%(value)s 元。", name=one.name, value=show(value)), used


def _on_probation(edition: PayEdition, rule: ProbationRule, found: list[Amount]) -> tuple[list[Amount], Reason]:
    changed = []
    for one in found:
        share = rule.share if one.part is Part.BASIC or rule.performance else ZERO
        changed.append(_with(one, one.amount * share))
    sentence = msg("试用期按 %(share)s 计发，不发绩效部分。", share=percent(rule.share))
    if rule.performance or not edition.has_performance:
        sentence = msg("试用期按 %(share)s 计发。", share=percent(rule.share))
    return changed, edition.head.because("probation", rule.citation, {"share": rule.share}, rule.share, sentence)


def _withheld(edition: PayEdition, found: list[Amount]) -> tuple[list[Amount], Reason]:
    changed = [_with(one, ZERO) if one.part is Part.PERFORMANCE else one for one in found]
    names = "、".join(grade.zh for grade in edition.performance.withheld_grades)
    sentence = msg("年度考核%(grades)s，不发绩效部分。", grades=names)
    used = {"grades": edition.performance.withheld_grades}
    return changed, edition.head.because("withheld", edition.performance.citation, used, ZERO, sentence)


def _rounded(edition: PayEdition, found: list[Amount]) -> list[Amount]:
    groups = [found]
    if edition.performance.paid is not PaidEvery.MONTH:
        # What is paid at different times is rounded by itself.
        groups = [[one for one in found if one.part is part] for part in Part]
    due = {
        one.code: amount
        for group in groups
        for one, amount in zip(group, rounded(edition.rounding, [one.amount for one in group]), strict=True)
    }
    return [_with(one, due[one.code]) for one in found]


def _rounding_reason(edition: PayEdition, exact: list[Amount], found: list[Amount]) -> Reason:
    before, after = (sum((one.amount for one in each), ZERO) for each in (exact, found))
    unit = edition.rounding.unit
    sentence = msg(
        "取整到 %(unit)s 元：各项合计 %(exact)s 元，取整后 %(total)s 元。",
        unit=show(unit),
        exact=show(before),
        total=show(after),
    )
    return edition.head.because(
        "rounding", edition.head.ground, {"exact": before.normalize(), "unit": unit}, after, sentence
    )


def _with(one: Amount, amount: Decimal) -> Amount:
    return Amount(one.code, one.name, one.part, amount, one.reason)
