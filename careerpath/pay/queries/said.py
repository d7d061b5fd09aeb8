"""Kept reasons and facts in words: what was looked at, by which document, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from careerpath.pay.queries.changes import certificate_words, post_words, span_words, study_words
from careerpath.policy.codes import Grade
from careerpath.policy.edition import UNOFFICIAL
from careerpath.words import Message, msg

INPUT_NAMES: Mapping[str, Message] = {
    "post": msg("职务"),
    "tier": msg("档"),
    "level": msg("级"),
    "years": msg("社区工作年限"),
    "education": msg("学历"),
    "degree": msg("学位"),
    "certificate": msg("职业水平证书"),
    "dual_head": msg("一肩挑"),
    "elected": msg("选任"),
    "base": msg("基数"),
    "coefficient": msg("系数"),
    "share": msg("比例"),
    "since": msg("起始日期"),
    "wage": msg("申报或当月工资"),
    "floor": msg("下限"),
    "ceiling": msg("上限"),
    "employer_rate": msg("单位费率"),
    "employee_rate": msg("个人费率"),
    "employee_amount": msg("个人定额"),
    "served": msg("在岗天数"),
    "days": msg("当月天数"),
    "months": msg("月数"),
    "on": msg("日期"),
    "grades": msg("考核等次"),
}

CODE_WORDS = {
    "chief": "正职",
    "deputy": "副职",
    "staff": "一般",
    "junior": "助理社会工作师",
    "intermediate": "社会工作师",
    "senior": "高级社会工作师",
    "none": "无",
    "yes": "是",
    "no": "否",
    "doctor": "博士",
    "master": "硕士",
    "bachelor": "本科（学士）",
    "college": "专科",
    "secondary": "中专、高中",
    "lower": "初中及以下",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One reason: the sentence, the document with its clause, and what was looked at."""

    rule: str
    text: str
    document: str
    inputs: Sequence[tuple[Message | str, str]]

    @property
    def unofficial(self) -> bool:
        """Whether it rests on numbers that no place has decided."""
        return UNOFFICIAL in self.document

    @property
    def is_cause(self) -> bool:
        """Whether it says what became known, and not how an amount comes about."""
        return self.rule.startswith("change.")


def said_reason(reason: Mapping[str, Any]) -> Said:
    """A kept reason."""
    inputs = [
        (INPUT_NAMES.get(name, name), _value(value))
        for name, value in reason.get("input", {}).items()
        if value not in (None, "", [])
    ]
    return Said(reason["rule"], reason["text"], reason.get("document", ""), inputs)


def said_facts(facts: Mapping[str, Any]) -> list[tuple[Message, Sequence[str]]]:
    """The kept facts of a month, name and lines each; only those that there are."""
    level = ""
    if facts.get("level"):
        tier = f"{facts['tier']}档" if facts.get("tier") else ""
        since = f"，自 {facts['level_since']} 起" if facts.get("level_since") else ""
        document = f"，{facts['level_document']}" if facts.get("level_document") else ""
        level = f"{tier}{facts['level']}级{since}{document}"
    grades = facts.get("appraisals") or {}
    found: list[tuple[Message, Sequence[str]]] = [
        (msg("在岗时间"), [span_words(one) for one in facts.get("service") or ()]),
        (msg("任职"), [post_words(one) for one in facts.get("posts") or ()]),
        (msg("审批的等级"), [level]),
        (msg("学历学位"), [study_words(one) for one in facts.get("studies") or ()]),
        (msg("职业水平证书"), [certificate_words(one) for one in facts.get("certificates") or ()]),
        (msg("影响工资的考核结果"), [f"{year} 年度 {Grade(code).zh}" for year, code in sorted(grades.items())]),
        (msg("试用期止"), [facts.get("probation_until") or ""]),
        (msg("申报缴费基数"), [facts.get("declared_base") or ""]),
        (msg("单位类别等情形"), list((facts.get("other") or {}).values())),
    ]
    return [(name, [line for line in lines if line]) for name, lines in found if any(lines)]


def _value(value: object) -> str:
    if isinstance(value, list):
        return "、".join(_value(one) for one in value)
    if isinstance(value, Mapping):
        return "、".join(_value(one) for one in value.values())
    if isinstance(value, bool):
        return "是" if value else "否"
    return CODE_WORDS.get(str(value), str(value))
