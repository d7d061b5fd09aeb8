"""Whether an applicant meets the conditions: advice with its reasons, never a decision."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from careerpath.policy.employment import birthday_of
from careerpath.policy.reason import Reason
from careerpath.policy.recruitment.conditions import Condition, ConditionKind
from careerpath.policy.recruitment.edition import RecruitmentEdition
from careerpath.policy.recruitment.facts import Applicant
from careerpath.words import Message, Refused, msg


@dataclass(frozen=True, slots=True)
class Advice:
    """What can be said of an applicant: ``eligible`` is ``None`` while a fact that would decide it is not known.

    ``missing`` are the names of such facts, ``failed`` the codes of conditions that are not met, ``to_check`` those of
    conditions in words that nobody has judged yet; the latter do not change ``eligible``.
    """

    eligible: bool | None
    missing: tuple[str, ...]
    failed: tuple[str, ...]
    to_check: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one condition came to: ``holds`` is ``None`` where ``missing`` is not known."""

    holds: bool | None
    used: Mapping[str, object]
    words: Message
    missing: str = ""


def check_eligibility(edition: RecruitmentEdition, facts: Applicant, on: date) -> Advice:
    """Advice on one applicant on a day, which counts where a condition names no day of its own.

    Raises ``Refused`` for a group that the edition does not know and a date of birth after ``on``.
    """
    _refuse(edition, facts, on)
    missing: list[str] = []
    failed: list[str] = []
    to_check: list[str] = []
    reasons: list[Reason] = []
    for code in dict.fromkeys(condition.code for condition in edition.conditions):
        rules = [one for one in edition.conditions if one.code == code and (not one.group or one.group in facts.groups)]
        found = [(rule, CHECKS[rule.kind](rule, facts, on)) for rule in rules]
        chosen = _best(found)
        if chosen is None:
            continue
        rule, finding = chosen
        reasons.append(_reason(edition, rule, finding))
        if finding.holds is False:
            failed.append(code)
        elif finding.holds is None and rule.kind is ConditionKind.CHECKED:
            to_check.append(code)
        elif finding.holds is None:
            missing.append(finding.missing)
    eligible = False if failed else None if missing else True
    return Advice(eligible, tuple(dict.fromkeys(missing)), tuple(failed), tuple(to_check), tuple(reasons))


def _refuse(edition: RecruitmentEdition, facts: Applicant, on: date) -> None:
    known = [group.code for group in edition.groups]
    for code in facts.groups:
        if code not in known:
            raise Refused(
                msg("没有“%(code)s”这一类报考人员，请改用：%(known)s。", code=code, known="、".join(known) or "—"),
                field="groups",
            )
    if facts.born_on is not None and facts.born_on > on:
        raise Refused(msg("出生日期 %(born)s 晚于 %(on)s，请改正。", born=facts.born_on, on=on), field="born_on")


def _best(found: list[tuple[Condition, Finding]]) -> tuple[Condition, Finding] | None:
    """Of alternatives the one that holds, else one that cannot be told yet, else the last that does not hold."""
    for wanted in (True, None):
        for rule, finding in found:
            if finding.holds is wanted:
                return rule, finding
    return found[-1] if found else None


def _reason(edition: RecruitmentEdition, rule: Condition, finding: Finding) -> Reason:
    told = {
        True: msg("符合"),
        False: msg("不符合"),
        None: msg("待人工核对") if rule.kind is ConditionKind.CHECKED else msg("资料不全，暂不能判断"),
    }[finding.holds]
    sentence = msg("%(name)s：%(words)s，%(told)s。", name=rule.name, words=finding.words, told=told)
    return edition.head.because("condition", rule.citation, finding.used, finding.holds, sentence)


def _education(rule: Condition, facts: Applicant, on: date) -> Finding:
    wanted, held = rule.education, facts.education
    if wanted is None or held is None:
        return Finding(None, {"education": held}, msg("没有学历"), "education")
    words = msg("学历为%(held)s，要求%(wanted)s及以上", held=held, wanted=wanted)
    return Finding(held.rank >= wanted.rank, {"education": held, "at_least": wanted}, words)


def _political(rule: Condition, facts: Applicant, on: date) -> Finding:
    held = facts.political
    if held is None:
        return Finding(None, {"political": None}, msg("没有政治面貌"), "political")
    words = msg("政治面貌为%(held)s", held=held)
    return Finding(held in rule.political, {"political": held, "allowed": rule.political}, words)


def _age(rule: Condition, facts: Applicant, on: date) -> Finding:
    born, day = facts.born_on, rule.reckoned_on or on
    if born is None:
        return Finding(None, {"born_on": None}, msg("没有出生日期"), "born_on")
    used: dict[str, object] = {"born_on": born}
    limits: list[Message] = []
    holds = True
    if rule.youngest is not None:
        birthday = birthday_of(born, rule.youngest)
        holds &= birthday <= day if rule.youngest_inclusive else birthday < day
        limits.append(msg("%(age)s 周岁生日 %(birthday)s（下限）", age=rule.youngest, birthday=birthday))
        used |= {"youngest": rule.youngest, "youngest_inclusive": rule.youngest_inclusive, "reckoned_on": day}
    if rule.oldest is not None:
        birthday = birthday_of(born, rule.oldest)
        holds &= day <= birthday if rule.oldest_inclusive else day < birthday
        limits.append(msg("%(age)s 周岁生日 %(birthday)s（上限）", age=rule.oldest, birthday=birthday))
        used |= {"oldest": rule.oldest, "oldest_inclusive": rule.oldest_inclusive, "reckoned_on": day}
    if rule.born_from is not None:
        holds &= rule.born_from <= born if rule.born_from_inclusive else rule.born_from < born
        limits.append(msg("%(day)s%(self)s以后出生", day=rule.born_from, self=_self(rule.born_from_inclusive)))
        used |= {"born_from": rule.born_from, "born_from_inclusive": rule.born_from_inclusive}
    if rule.born_until is not None:
        holds &= born <= rule.born_until if rule.born_until_inclusive else born < rule.born_until
        limits.append(msg("%(day)s%(self)s以前出生", day=rule.born_until, self=_self(rule.born_until_inclusive)))
        used |= {"born_until": rule.born_until, "born_until_inclusive": rule.born_until_inclusive}
    listed = Message("、".join(f"%(l{n})s" for n in range(len(limits))), {f"l{n}": one for n, one in enumerate(limits)})
    words = msg("%(born)s 出生，%(limits)s", born=born, limits=listed)
    if rule.youngest is not None or rule.oldest is not None:
        words = msg("%(born)s 出生，计算日 %(day)s，%(limits)s", born=born, day=day, limits=listed)
    return Finding(holds, used, words)


def _self(inclusive: bool | None) -> Message:
    return msg("（含当日）") if inclusive else msg("（不含当日）")


def _household(rule: Condition, facts: Applicant, on: date) -> Finding:
    if not facts.household:
        return Finding(None, {"household": None}, msg("没有户籍地"), "household")
    holds = any(facts.household.startswith(place) for place in rule.places)
    words = msg("户籍地为%(held)s，要求%(wanted)s", held=facts.household, wanted="、".join(rule.places))
    return Finding(holds, {"household": facts.household, "places": rule.places}, words)


def _experience(rule: Condition, facts: Applicant, on: date) -> Finding:
    held, wanted = facts.experience_months, rule.months or 0
    if held is None:
        return Finding(None, {"experience_months": None}, msg("没有工作经历的月数"), "experience_months")
    holds = held >= wanted if rule.months_inclusive else held > wanted
    words = msg("累计 %(held)s 个月，要求满 %(wanted)s 个月", held=held, wanted=wanted)
    if not rule.months_inclusive:
        words = msg("累计 %(held)s 个月，要求超过 %(wanted)s 个月", held=held, wanted=wanted)
    return Finding(holds, {"experience_months": held, "months": wanted}, words)


def _checked(rule: Condition, facts: Applicant, on: date) -> Finding:
    found = facts.checked.get(rule.code)
    return Finding(found, {"checked": found}, Message("%(text)s", {"text": rule.text}))


CHECKS: Mapping[ConditionKind, Callable[[Condition, Applicant, date], Finding]] = {
    ConditionKind.EDUCATION: _education,
    ConditionKind.POLITICAL: _political,
    ConditionKind.AGE: _age,
    ConditionKind.HOUSEHOLD: _household,
    ConditionKind.EXPERIENCE: _experience,
    ConditionKind.CHECKED: _checked,
}
