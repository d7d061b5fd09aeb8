"""The conditions of a gate in sentences, as an announcement and a page say them."""

from dataclasses import dataclass

from careerpath.policy.talent_pool import Condition, ConditionKind, Count, TalentPoolEdition
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition, with its alternatives; ``ground`` is document and clause."""

    code: str
    words: tuple[Message, ...]
    ground: str


def condition_lines(edition: TalentPoolEdition, gate: str) -> tuple[ConditionLine, ...]:
    """Every condition of a gate in the order of the edition; alternatives stand in one line."""
    found: dict[str, list[Condition]] = {}
    for one in edition.conditions:
        if one.gate == gate:
            found.setdefault(one.code, []).append(one)
    lines = []
    for code, alternatives in found.items():
        document, clause = edition.head.cite(alternatives[0].citation)
        words = tuple(_words(edition, one) for one in alternatives)
        lines.append(ConditionLine(code, words, f"{document}{clause}"))
    return tuple(lines)


def _words(edition: TalentPoolEdition, rule: Condition) -> Message:
    name = rule.name
    match rule.kind:
        case ConditionKind.POLITICAL:
            return msg("%(name)s：%(what)s", name=name, what="、".join(one.zh for one in rule.political))
        case ConditionKind.AGE if rule.oldest_inclusive:
            return msg("%(name)s：未超过 %(age)s 周岁生日", name=name, age=rule.oldest)
        case ConditionKind.AGE:
            return msg("%(name)s：未满 %(age)s 周岁", name=name, age=rule.oldest)
        case ConditionKind.EDUCATION if rule.education is not None:
            return msg("%(name)s：%(what)s及以上", name=name, what=rule.education)
        case ConditionKind.SERVICE:
            return msg("%(name)s：满 %(months)s 个月", name=name, months=rule.months)
        case ConditionKind.POST:
            return _of_post(rule)
        case ConditionKind.RUNG if rule.months:
            told = {"rung": edition.rung(rule.rung).name, "months": rule.months}
            return msg("%(name)s：任%(rung)s满 %(months)s 个月", name=name, **told)
        case ConditionKind.RUNG:
            return msg("%(name)s：现任%(rung)s", name=name, rung=edition.rung(rule.rung).name)
        case ConditionKind.APPRAISALS:
            told = {"years": rule.years, "grades": "、".join(one.zh for one in rule.grades)}
            return msg("%(name)s：近 %(years)s 个年度均为%(grades)s", name=name, **told)
        case ConditionKind.CERTIFICATE if rule.certificate is not None:
            return msg("%(name)s：%(what)s及以上", name=name, what=rule.certificate)
        case ConditionKind.DISCIPLINE:
            return msg("%(name)s：不在处分影响期内，没有未结案的立案调查", name=name)
        case _:
            return msg("%(name)s：%(text)s", name=name, text=rule.text or "—")


def _of_post(rule: Condition) -> Message:
    what = "、".join((*(one.zh for one in rule.posts), *rule.roles))
    told = {"name": rule.name, "what": what, "months": rule.months}
    if rule.count is Count.TOTAL:
        return msg("%(name)s：任%(what)s累计满 %(months)s 个月", **told)
    return msg("%(name)s：连续任%(what)s满 %(months)s 个月", **told)
