"""The conditions, documents and bonus of a notice in the sentences of an official document, with exact days."""

from collections.abc import Callable, Sequence
from datetime import date

from careerpath.core.pdf.wording import day_of
from careerpath.policy.reason import show
from careerpath.policy.recruitment import RecruitmentEdition
from careerpath.policy.recruitment.conditions import Condition, ConditionKind, Document
from careerpath.policy.recruitment.parts import AddsTo, BonusWay
from careerpath.recruitment.queries.notice_words import born_between


def conditions(edition: RecruitmentEdition, on: date) -> tuple[tuple[str, str], ...]:
    """Heading and sentence of each condition; ``on`` counts where a condition names no day of its own."""
    codes = dict.fromkeys(condition.code for condition in edition.conditions)
    return tuple(_condition(edition, [one for one in edition.conditions if one.code == code], on) for code in codes)


def documents(edition: RecruitmentEdition) -> str:
    """The documents that applicants hand in: those of everybody, then those of each group."""
    everybody = [one for one in edition.documents if not one.group]
    parts = [f"报名时提交{'、'.join(map(_document, everybody))}"] if everybody else []
    for group in edition.groups:
        own = [one for one in edition.documents if one.group == group.code]
        if own:
            parts.append(f"属{group.name}的，另行提交{'、'.join(map(_document, own))}")
    return f"{'；'.join(parts)}。" if parts else ""


def bonus(edition: RecruitmentEdition) -> str:
    """Who earns how many points, where they are added, and how several count."""
    rule = edition.bonus
    if rule is None:
        return ""
    where = "笔试成绩" if rule.adds_to is AddsTo.WRITTEN else "总成绩"
    items = "；".join(f"{item.name}，加{show(item.points)}分" for item in rule.items)
    way = {
        BonusWay.CUMULATIVE: "符合多项的，累计加分",
        BonusWay.HIGHEST: "符合多项的，按加分最高的一项计算，不累计",
        BonusWay.CAPPED: f"符合多项的，累计加分不超过{show(rule.cap) if rule.cap is not None else ''}分",
    }[rule.way]
    most = "；加分后的笔试成绩不超过满分" if rule.within_maximum else ""
    return (
        f"符合下列情形的，在{where}中加分：{items}。{way}{most}。"
        "报名时应当申报并提交证明材料，经资格审查认定后有效，逾期不再受理。"
    )


def _condition(edition: RecruitmentEdition, rules: Sequence[Condition], on: date) -> tuple[str, str]:
    general = [rule for rule in rules if not rule.group]
    said = [_sentence(rule, on) for rule in general]
    by_sentence: dict[str, list[str]] = {}
    for rule in rules:
        if rule.group:
            by_sentence.setdefault(_sentence(rule, on), []).append(edition.group_name(rule.group))
    for sentence, groups in by_sentence.items():
        said.append(f"属{'、'.join(groups)}的，{'改按下列条件：' if general else ''}{sentence}")
    return (general or list(rules))[0].name, f"{'；'.join(said)}。"


def _sentence(rule: Condition, on: date) -> str:
    sentences: dict[ConditionKind, Callable[[Condition], str]] = {
        ConditionKind.EDUCATION: _education,
        ConditionKind.POLITICAL: _political,
        ConditionKind.AGE: lambda one: _age(one, on),
        ConditionKind.HOUSEHOLD: _household,
        ConditionKind.EXPERIENCE: _experience,
        ConditionKind.CHECKED: lambda _: "",
    }
    return "，".join(part for part in (sentences[rule.kind](rule), rule.text.rstrip("。")) if part)


def _education(rule: Condition) -> str:
    return f"具有{rule.education.zh if rule.education else ''}及以上学历"


def _political(rule: Condition) -> str:
    return f"政治面貌为{'、'.join(one.zh for one in rule.political)}"


def _household(rule: Condition) -> str:
    """Codes and shorter names of the same place are for the machine: the longest name of each is told."""
    names = [place for place in rule.places if not place.isdigit()] or list(rule.places)
    told = [name for name in names if not any(other != name and other.endswith(name) for other in names)]
    return f"户籍所在地为{'、'.join(told)}"


def _experience(rule: Condition) -> str:
    return f"{rule.name}累计{'满' if rule.months_inclusive else '超过'}{rule.months}个月"


def _age(rule: Condition, on: date) -> str:
    ages = []
    if rule.youngest is not None:
        ages.append(f"年满{rule.youngest}周岁" if rule.youngest_inclusive else f"已超过{rule.youngest}周岁生日")
    if rule.oldest is not None:
        ages.append(f"未超过{rule.oldest}周岁生日" if rule.oldest_inclusive else f"未满{rule.oldest}周岁")
    first, last = born_between(rule, on)
    days = [f"{day_of(day)}（含当日）{word}" for day, word in ((first, "以后"), (last, "以前")) if day is not None]
    born = f"{'、'.join(days)}出生"
    reckoned = day_of(rule.reckoned_on or on)
    return f"{'、'.join(ages)}（按{reckoned}计算），即{born}" if ages else born


def _document(document: Document) -> str:
    kind = "原件及复印件" if document.original else ""
    optional = "" if document.required else "如有"
    marks = "，".join(part for part in (optional, kind) if part)
    return f"{document.name}（{marks}）" if marks else document.name
