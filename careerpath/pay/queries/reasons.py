"""Kept reasons step by step, as the pages of levels show them: what was looked at, by which document, what came out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from careerpath.policy.codes import Certificate, Grade, Post
from careerpath.policy.reason import Reason
from careerpath.words import Message, msg

RULE_NAMES: dict[str, Message] = {
    "level.start": msg("起点"),
    "level.tenure": msg("年限"),
    "level.uncounted": msg("不计年限"),
    "level.education": msg("学历"),
    "level.certificate": msg("证书"),
    "level.early": msg("提前晋级"),
    "level.limit": msg("上下限"),
    "level.placed": msg("审批等级"),
    "service.uncounted": msg("不计年限"),
    "probation": msg("试用期"),
    "withheld": msg("绩效"),
    "rounding": msg("取整"),
}

INPUT_NAMES: dict[str, Message] = {
    "post": msg("职务"),
    "lowest": msg("最低级"),
    "highest": msg("最高级"),
    "years": msg("社区工作年限"),
    "deemed_years": msg("学历折算年限"),
    "on": msg("日期"),
    "education": msg("学历"),
    "degree": msg("学位"),
    "both": msg("学历学位均有"),
    "certificate": msg("职业水平证书"),
    "registered_on": msg("登记日期"),
    "total": msg("合计"),
    "tier": msg("档"),
    "level": msg("级"),
    "since": msg("起始日期"),
    "base": msg("基数"),
    "coefficient": msg("系数"),
    "share": msg("比例"),
    "exact": msg("取整前"),
    "unit": msg("取整单位"),
    "year": msg("年度"),
    "grades": msg("考核等次"),
    "dual_head": msg("一肩挑"),
    "elected": msg("选任"),
}

CODE_WORDS: dict[str, Message | str] = {
    **{one.value: one.zh for one in (*Post, *Certificate)},
    "none": msg("无"),
    "yes": msg("是"),
    "no": msg("否"),
    "doctor": msg("博士"),
    "master": msg("硕士"),
    "bachelor": msg("本科（学士）"),
    "college": msg("专科"),
    "secondary": msg("中专、高中"),
    "lower": msg("初中及以下"),
}


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One step of an explanation. ``value`` as it was reckoned: levels, years or yuan."""

    step: Message | str
    document: str
    inputs: Sequence[tuple[Message | str, Message | str]]
    value: str
    text: str


def shown_reasons(kept: Iterable[Mapping[str, Any]], names: Mapping[str, str] | None = None) -> tuple[ShownReason, ...]:
    """Kept reasons for a page; ``names`` of components by code where they are known."""
    return tuple(_shown(one, names or {}) for one in kept)


def live_reasons(reasons: Iterable[Reason], names: Mapping[str, str] | None = None) -> tuple[ShownReason, ...]:
    """Reasons that were just worked out, likewise."""
    return shown_reasons((one.as_json() for one in reasons), names)


def _shown(kept: Mapping[str, Any], names: Mapping[str, str]) -> ShownReason:
    # The first part of a rule's name is the rule itself: "pay.level.tenure".
    rule = str(kept["rule"]).partition(".")[2] or str(kept["rule"])
    code = rule.removeprefix("component.")
    inputs = [
        (INPUT_NAMES.get(name, name), _word(name, value))
        for name, value in kept.get("input", {}).items()
        if value not in (None, "", [])
    ]
    value = kept.get("value")
    result = "" if value is None or isinstance(value, list | dict) else str(value)
    step = RULE_NAMES.get(rule, names.get(code, code))
    return ShownReason(step, kept.get("document", ""), inputs, result, kept["text"])


def _word(name: str, value: object) -> Message | str:
    if isinstance(value, bool):
        return CODE_WORDS["yes" if value else "no"]
    if isinstance(value, list):
        return "、".join(str(_word(name, each)) for each in value)
    if isinstance(value, Mapping):
        return "、".join(str(_word(name, each)) for each in value.values())
    text = str(value)
    if name == "grades":
        return next((one.zh for one in Grade if one.value == text), text)
    return CODE_WORDS.get(text, text)
