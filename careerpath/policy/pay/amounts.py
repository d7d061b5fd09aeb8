"""Amounts: what each component gives a person of some standing, with its reason, rounded as the edition says."""

from dataclasses import dataclass
from decimal import Decimal

from careerpath.policy.pay.edition import PayEdition, Stage
from careerpath.policy.pay.pieces import Component, Part, Way
from careerpath.policy.pay.standing import Standing
from careerpath.policy.reason import Reason, show
from careerpath.words import Message, msg

ZERO = Decimal(0)
CENT = Decimal("0.01")


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


def missing_facts(edition: PayEdition, standing: Standing) -> tuple[Message, ...]:
    """What the edition asks for and nobody has told: a person is never paid by guess."""
    names = set(edition.used)
    for one in edition.components:
        names |= {"level"} if one.way in (Way.LEVEL_TABLE, Way.COEFFICIENT, Way.PER_LEVEL) else set()
        names |= {"years"} if one.way is Way.PER_YEAR else set()
    names.add("post")
    lacking = []
    for name in sorted(names):
        known = standing.number(name) if name in ("tier", "level", "years") else standing.code(name)
        if name == "tier" and standing.level is not None:
            continue
        if known is None:
            declared = edition.declared(name)
            label = FACT_NAMES.get(name) if declared is None else declared.name
            lacking.append(msg("缺少%(fact)s。", fact=label or name))
    return tuple(lacking)


def amounts(edition: PayEdition, standing: Standing) -> Amounts:
    """The components of one standing, each with its reason."""
    missing = missing_facts(edition, standing)
    if missing:
        return Amounts((), (), missing)
    found = [_of_component(edition, component, standing) for component in edition.components]
    reasons: list[Reason] = []
    if standing.on_probation and edition.probation is not None:
        found, reason = _on_probation(edition, found)
        reasons.append(reason)
    if standing.withheld and any(one.part is Part.PERFORMANCE and one.amount for one in found):
        found, reason = _withheld(edition, found)
        reasons.append(reason)
    rounded, reason_of_total = _rounded(edition, found)
    if reason_of_total is not None:
        reasons.append(reason_of_total)
    return Amounts(tuple(rounded), tuple(reasons), ())


def _of_component(edition: PayEdition, component: Component, standing: Standing) -> Amount:
    used: dict[str, object] = {name: _fact(standing, name) for name in component.when.facts}
    if not component.when.holds(standing):
        sentence = msg("%(name)s：不符合发放条件，为 0。", name=component.name)
        value = ZERO
    else:
        value, sentence, more = _value(edition, component, standing)
        used |= more
    reason = edition.head.because(f"component.{component.code}", component.citation, used, value, sentence)
    return Amount(component.code, component.name, component.part, value, reason)


def _fact(standing: Standing, name: str) -> object:
    return standing.number(name) if name in ("tier", "level", "years") else standing.code(name)


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
    where: dict[str, object] = {"level": level} if standing.tier is None else {"tier": standing.tier, "level": level}
    if one.way is Way.LEVEL_TABLE:
        sentence = msg(
            "%(name)s：%(table)s %(level)s 级为 %(value)s 元。",
            name=one.name,
            table=table.name,
            level=level,
            value=show(found),
        )
        if standing.tier is not None:
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
    value = base * found * share
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


def _on_probation(edition: PayEdition, found: list[Amount]) -> tuple[list[Amount], Reason]:
    rule = edition.probation
    share, performance = (rule.share, rule.performance) if rule else (Decimal(1), True)
    changed = []
    for one in found:
        share_here = share if one.part is Part.BASIC or performance else ZERO
        changed.append(_with(one, one.amount * share_here))
    sentence = msg("试用期按 %(share)s 计发，不发绩效部分。", share=show(share))
    if performance or not edition.has_performance:
        sentence = msg("试用期按 %(share)s 计发。", share=show(share))
    citation = edition.month.citation if rule is None else rule.citation
    return changed, edition.head.because("probation", citation, {"share": share}, share, sentence)


def _withheld(edition: PayEdition, found: list[Amount]) -> tuple[list[Amount], Reason]:
    changed = [_with(one, ZERO) if one.part is Part.PERFORMANCE else one for one in found]
    names = "、".join(grade.zh for grade in edition.performance.withheld_grades)
    sentence = msg("年度考核%(grades)s，不发绩效部分。", grades=names)
    used = {"grades": edition.performance.withheld_grades}
    return changed, edition.head.because("withheld", edition.performance.citation, used, ZERO, sentence)


def _rounded(edition: PayEdition, found: list[Amount]) -> tuple[list[Amount], Reason | None]:
    rule = edition.rounding
    if rule.stage is Stage.COMPONENT:
        return [_with(one, rule.round(one.amount)) for one in found], None
    exact = sum((one.amount for one in found), ZERO)
    total = rule.round(exact)
    cents = [_with(one, one.amount.quantize(CENT)) for one in found]
    left = total - sum((one.amount for one in cents), ZERO)
    if cents and left:
        # The largest component takes what the rounding of the sum leaves, so that the parts still add up to it.
        place = max(range(len(cents)), key=lambda n: cents[n].amount)
        cents[place] = _with(cents[place], cents[place].amount + left)
    if total == exact:
        return cents, None
    sentence = msg("合计 %(exact)s 元取整为 %(total)s 元。", exact=show(exact), total=show(total))
    ground = edition.head.ground
    return cents, edition.head.because("rounding", ground, {"exact": exact, "unit": rule.unit}, total, sentence)


def _with(one: Amount, amount: Decimal) -> Amount:
    return Amount(one.code, one.name, one.part, amount, one.reason)
