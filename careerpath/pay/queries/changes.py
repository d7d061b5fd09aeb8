"""Why an earlier month is paid more or less: what is known of it now that was not known, or was known otherwise."""

from collections.abc import Iterator, Mapping
from typing import Any

from careerpath.core.db import db
from careerpath.pay.models import PayLine, PayRegister, PayRun
from careerpath.pay.queries.reckoning import Reckoned, kept_facts
from careerpath.pay.queries.rules import Rules
from careerpath.policy.codes import Certificate, Education, Grade, Post
from careerpath.words import Message, msg

NOTHING = msg("无")


def changes(line: PayLine | None, now: Reckoned, rules: Rules, *, paid_later: bool) -> list[dict[str, Any]]:
    """The causes as plain reasons, under rules that begin with ``change.``; at least one.

    ``paid_later``: differences of this month were paid before; where the facts are those of the first payment again,
    what had changed meanwhile was taken back.
    """
    if line is None:
        return [_plain("registered", msg("该月未列入发放名单，后来才登记在岗。"))]
    found = [_plain("missing", msg("该月因资料不全未发：%(why)s", why="".join(map(str, line.missing))))] * bool(
        line.missing
    )
    before, after = dict(line.facts), kept_facts(now)
    found += [_plain(code, text) for code, text in _facts(before, after)]
    found += [_plain(code, text) for code, text in _rules(line, rules)]
    if not found and paid_later:
        found.append(_plain("taken_back", msg("先前补发、扣回所依据的资料已撤销或更正。")))
    return found or [_plain("other", msg("该月所依据的资料有更正。"))]


def _plain(code: str, text: Message) -> dict[str, Any]:
    return {"rule": f"change.{code}", "document": "", "input": {}, "value": "", "text": str(text)}


def _facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Message]]:
    if _level(before) != _level(after):
        yield (
            "level",
            msg("审批的等级：原%(was)s，现%(now)s。", was=_level(before) or NOTHING, now=_level(after) or NOTHING),
        )
    names = (
        ("posts", msg("任职"), post_words),
        ("studies", msg("学历学位"), study_words),
        ("certificates", msg("职业水平证书"), certificate_words),
        ("service", msg("在岗时间"), span_words),
    )
    for key, name, words in names:
        was = [words(one) for one in before.get(key) or ()]
        is_now = [words(one) for one in after.get(key) or ()]
        gone, come = [one for one in was if one not in is_now], [one for one in is_now if one not in was]
        if gone or come:
            values = {"name": name, "was": "、".join(gone) or NOTHING, "now": "、".join(come) or NOTHING}
            yield key, msg("%(name)s：原%(was)s，现%(now)s。", **values)
    known, found = before.get("appraisals") or {}, after.get("appraisals") or {}
    for year in sorted({*known, *found}):
        if known.get(year) != found.get(year):
            grades = {"was": _grade(known.get(year)), "now": _grade(found.get(year))}
            yield "appraisals", msg("%(year)s 年度考核：原%(was)s，现%(now)s。", year=year, **grades)
    told = (
        ("probation_until", msg("试用期止")),
        ("declared_base", msg("申报缴费基数")),
        ("military_months", msg("服役月数")),
    )
    for key, name in told:
        if before.get(key) != after.get(key):
            values = {"name": name, "was": before.get(key) or NOTHING, "now": after.get(key) or NOTHING}
            yield key, msg("%(name)s：原%(was)s，现%(now)s。", **values)
    if (before.get("other") or {}) != (after.get("other") or {}):
        was_other, now_other = before.get("other") or {}, after.get("other") or {}
        values = {"was": "、".join(was_other.values()) or NOTHING, "now": "、".join(now_other.values()) or NOTHING}
        yield "other", msg("单位类别等情形：原%(was)s，现%(now)s。", **values)
    if before.get("on_days") != after.get("on_days"):
        yield "period", msg("绩效周期内其他月份的等级或单位有变动。")


def _rules(line: PayLine, rules: Rules) -> Iterator[tuple[str, Message]]:
    run = db.session.get_one(PayRun, db.session.get_one(PayRegister, line.register_id).run_id)
    for kept, now in ((run.pay_edition, rules.edition.head), (run.insurance_edition, rules.insurance.head)):
        if kept["head"]["key"] != now.key:
            yield (
                "rules",
                msg("该月改按“%(title)s”（%(document)s）执行，自 %(day)s 起。", title=now.title, document=now.document,
                    day=now.effective_from),
            )  # fmt: skip


def _level(facts: Mapping[str, Any]) -> str:
    if not facts.get("level"):
        return ""
    tier = msg("第 %(tier)s 档", tier=facts["tier"]) if facts.get("tier") else ""
    since = msg("（自 %(day)s 起）", day=facts["level_since"]) if facts.get("level_since") else ""
    return f"{tier}{msg('%(level)s 级', level=facts['level'])}{since}"


def post_words(one: Mapping[str, Any]) -> str:
    """A kept posting: rank, marks, and its days."""
    name = Post(one["post"]).zh
    marks = [word for key, word in (("dual_head", "一肩挑"), ("elected", "选任")) if one.get(key)]
    if one.get("main") is False:
        marks.append("兼任")
    return f"{name}{'（' + '、'.join(marks) + '）' if marks else ''} {span_words(one)}"


def study_words(one: Mapping[str, Any]) -> str:
    """A kept course of study."""
    name = Education(one["education"]).zh if one.get("education") else "学位"
    degree = "（有学位）" if one.get("degree") and one.get("education") else ""
    day = f" {one['graduated_on']}" if one.get("graduated_on") else ""
    return f"{name}{degree}{day}"


def certificate_words(one: Mapping[str, Any]) -> str:
    """A kept certificate with its registration."""
    name = Certificate(one["grade"]).zh
    return f"{name}（{one['registered_on']} 登记）" if one.get("registered_on") else f"{name}（未登记）"


def _grade(code: str | None) -> str | Message:
    return Grade(code).zh if code else msg("未定或不影响工资")


def span_words(one: Mapping[str, Any]) -> str:
    """Days of a kept span."""
    return f"{one['starts_on']} 至 {one.get('ends_on') or '今'}"
