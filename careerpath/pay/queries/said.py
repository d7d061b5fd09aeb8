"""Kept reasons and facts in words: what was looked at, by which document, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from careerpath.pay.queries.changes import certificate_words, post_words, span_words, study_words
from careerpath.pay.queries.reasons import shown_reasons
from careerpath.policy.codes import Grade
from careerpath.policy.edition import UNOFFICIAL
from careerpath.words import Message, msg

MORE_NAMES: Mapping[str, Message] = {
    "wage": msg("申报或当月工资"),
    "floor": msg("下限"),
    "ceiling": msg("上限"),
    "employer_rate": msg("单位费率"),
    "employee_rate": msg("个人费率"),
    "employee_amount": msg("个人定额"),
    "served": msg("在岗天数"),
    "days": msg("当月天数"),
    "months": msg("月数"),
}
"""What went into reasons of insurance and of months."""


@dataclass(frozen=True, slots=True)
class Said:
    """One reason: the sentence, the document with its clause, and what was looked at."""

    rule: str
    text: str
    document: str
    inputs: Sequence[tuple[Message | str, Message | str]]

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
    (shown,) = shown_reasons((reason,))
    inputs = [(MORE_NAMES.get(str(name), name), value) for name, value in shown.inputs]
    return Said(reason["rule"], shown.text, shown.document, inputs)


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
        (msg("服役月数"), [str(facts.get("military_months") or "")]),
        (msg("申报缴费基数"), [facts.get("declared_base") or ""]),
        (msg("单位类别等情形"), list((facts.get("other") or {}).values())),
    ]
    return [(name, [line for line in lines if line]) for name, lines in found if any(lines)]
