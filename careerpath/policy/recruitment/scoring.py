"""From what a candidate scored to written score, bonus, interview score and total, each step with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction

from careerpath.policy.edition import Citation
from careerpath.policy.reason import Reason, percent, show
from careerpath.policy.recruitment.edition import RecruitmentEdition
from careerpath.policy.recruitment.facts import Candidate
from careerpath.policy.recruitment.parts import AddsTo, Bonus, BonusItem, BonusWay, LineOf, Rounded
from careerpath.policy.rounding import ROUNDINGS
from careerpath.words import Message, Refused, msg


@dataclass(frozen=True, slots=True)
class Marks:
    """The scores of one candidate as they are compared, exact where the edition rounds nothing but the total.

    ``written`` is without the bonus, ``ranked`` with it where it is added there: what the shortlist goes by. What is
    not yet known is ``None``.
    """

    written: Fraction | None
    ranked: Fraction | None
    bonus: Decimal
    interview: Fraction | None
    total: Decimal | None
    bare_total: Decimal | None
    """The total without any bonus."""

    def of(self, line: LineOf, with_bonus: bool) -> Fraction | None:
        """What a pass line looks at."""
        if line is LineOf.WRITTEN:
            return self.ranked if with_bonus else self.written
        if line is LineOf.INTERVIEW:
            return self.interview
        total = self.total if with_bonus else self.bare_total
        return None if total is None else Fraction(total)


def shown_score(edition: RecruitmentEdition, exact: Fraction | None, decimals: int) -> Decimal | None:
    """A score as it is shown: with its decimals, more where it was typed with more."""
    return None if exact is None else edition.total.rounding.round(exact, decimals)


def marks(edition: RecruitmentEdition, candidate: Candidate) -> tuple[Marks, list[Reason]]:
    """The scores of one candidate before the total. Raises ``Refused``, naming the candidate, for what cannot be."""
    check(edition, candidate)
    reasons: list[Reason] = []
    bonus = _bonus(edition, candidate, reasons)
    written, ranked = _written(edition, candidate, bonus, reasons)
    interview = _interview(edition, candidate, reasons)
    return Marks(written, ranked, bonus, interview, None, None), reasons


def totalled(edition: RecruitmentEdition, candidate: Candidate, found: Marks) -> tuple[Marks, Reason]:
    """The scores of somebody who was interviewed, with the total."""
    scores = (found.ranked or Fraction(0), found.interview or Fraction(0))
    added = found.bonus if edition.bonus is not None and edition.bonus.adds_to is AddsTo.TOTAL else Decimal(0)
    bare, _ = _total(edition, found.written or Fraction(0), scores[1], Decimal(0))
    total, shares = _total(edition, *scores, added)
    reason = _total_reason(edition, candidate, scores, added, (total, shares))
    return replace(found, total=total, bare_total=bare), reason


def check(edition: RecruitmentEdition, candidate: Candidate) -> None:
    """Refuse scores, bonus codes, groups and combinations that cannot be."""
    if not candidate.id.strip():
        raise Refused(msg("有一名考生没有编号，请补上。"), field="id")
    written, interview = edition.written, edition.interview
    _check_score(candidate, "written", msg("笔试成绩"), candidate.written, (written.maximum, written.decimals))
    _check_score(candidate, "interview", msg("面试成绩"), candidate.interview, (interview.maximum, interview.decimals))
    papers = {paper.code: paper for paper in written.papers}
    for code, points in candidate.papers.items():
        if code not in papers:
            raise _unknown(candidate, "papers", code, list(papers))
        name = Message("%(name)s", {"name": papers[code].name})
        _check_score(candidate, f"papers.{code}", name, points, (papers[code].maximum, written.decimals))
    for number, points in enumerate(candidate.judges, start=1):
        name = msg("第 %(number)s 名考官的评分", number=number)
        _check_score(candidate, f"judges.{number}", name, points, (interview.maximum, interview.decimals))
    items = [item.code for item in edition.bonus.items] if edition.bonus else []
    groups = [group.code for group in edition.groups]
    for key, given, known in (("bonus", candidate.bonus, items), ("groups", candidate.groups, groups)):
        for code in given:
            if code not in known:
                raise _unknown(candidate, key, code, known)
    _check_together(edition, candidate)


def _check_score(
    candidate: Candidate, key: str, name: Message, given: Decimal | None, most: tuple[Decimal, int]
) -> None:
    if given is None:
        return
    maximum, decimals = most
    problem = None
    if not given.is_finite():
        problem = msg("应为数字，请改正。")
    elif not 0 <= given <= maximum:
        problem = msg(
            "为 %(given)s 分，应在 0 至 %(maximum)s 分之间，请改正。", given=show(given), maximum=show(maximum)
        )
    elif given != given.quantize(Decimal(1).scaleb(-decimals)):
        problem = msg("为 %(given)s 分，最多 %(decimals)s 位小数，请改正。", given=show(given), decimals=decimals)
    if problem is not None:
        raise Refused(msg("考生 %(id)s 的%(name)s%(problem)s", id=candidate.id, name=name, problem=problem), field=key)


def _unknown(candidate: Candidate, key: str, code: str, known: list[str]) -> Refused:
    near = get_close_matches(code, known, n=1, cutoff=0.5) or known
    return Refused(
        msg(
            "考生 %(id)s 的 %(key)s 中没有“%(code)s”这个代码，请改用：%(known)s。",
            id=candidate.id,
            key=key,
            code=code,
            known="、".join(near) or "—",
        ),
        field=f"{key}.{code}",
    )


def _check_together(edition: RecruitmentEdition, candidate: Candidate) -> None:
    problems: tuple[tuple[bool, str, Message], ...] = (
        (
            bool(candidate.papers) and candidate.written is not None,
            "written",
            msg("笔试成绩与各科成绩只填一项，请删去其一。"),
        ),
        (
            bool(edition.written.papers) and candidate.written is not None,
            "written",
            msg("笔试分科计分，请在 papers 中填写各科成绩。"),
        ),
        (
            bool(candidate.papers) and len(candidate.papers) < len(edition.written.papers),
            "papers",
            msg("笔试各科成绩不全，请补上；缺考请填 absent_written。"),
        ),
        (
            candidate.absent_written and (candidate.written is not None or bool(candidate.papers)),
            "absent_written",
            msg("既有笔试成绩又登记笔试缺考，请改正。"),
        ),
        (
            bool(candidate.judges) and candidate.interview is not None,
            "interview",
            msg("面试成绩与考官评分只填一项，请删去其一。"),
        ),
        (
            candidate.absent_interview and (candidate.interview is not None or bool(candidate.judges)),
            "absent_interview",
            msg("既有面试成绩又登记面试缺考，请改正。"),
        ),
        (
            bool(candidate.judges) and len(candidate.judges) < edition.interview.judges,
            "judges",
            msg(
                "考官评分 %(given)s 个，少于规定的 %(least)s 个，请补齐。",
                given=len(candidate.judges),
                least=edition.interview.judges,
            ),
        ),
    )
    for wrong, key, problem in problems:
        if wrong:
            raise Refused(msg("考生 %(id)s：%(problem)s", id=candidate.id, problem=problem), field=key)


def because(
    edition: RecruitmentEdition,
    candidate: Candidate,
    step: tuple[str, Citation],
    used: Mapping[str, object],
    value: object,
    message: Message,
) -> Reason:
    """The reason of one step for one candidate, whose number is among what was used."""
    told = msg("%(id)s：%(message)s", id=candidate.id, message=message)
    return edition.head.because(step[0], step[1], {"id": candidate.id, **used}, value, told)


def _component(edition: RecruitmentEdition, exact: Fraction, decimals: int) -> Fraction:
    """A score as it goes on: rounded unless nothing but the total is."""
    if edition.total.stage is Rounded.TOTAL:
        return exact
    return Fraction(edition.total.rounding.round(exact, decimals))


def _bonus(edition: RecruitmentEdition, candidate: Candidate, reasons: list[Reason]) -> Decimal:
    rule = edition.bonus
    if rule is None or not candidate.bonus:
        return Decimal(0)
    items = [item for item in rule.items if item.code in candidate.bonus]
    value = _counted(rule, items)
    listed = "、".join(f"{item.name} {show(item.points)}" for item in items)
    way = {
        BonusWay.CUMULATIVE: msg("可以累计"),
        BonusWay.HIGHEST: msg("只计最高一项"),
        BonusWay.CAPPED: msg("累计不超过 %(cap)s 分", cap=show(rule.cap or 0)),
    }[rule.way]
    sentence = msg("加分项 %(items)s，%(way)s，加 %(value)s 分。", items=listed, way=way, value=show(value))
    used = {item.code: item.points for item in items}
    reasons.append(because(edition, candidate, ("bonus", rule.citation), used, value, sentence))
    return value


def _counted(rule: Bonus, items: list[BonusItem]) -> Decimal:
    points = [item.points for item in items]
    if rule.way is BonusWay.HIGHEST:
        return max(points)
    added = sum(points, Decimal(0))
    return added if rule.cap is None else min(added, rule.cap)


def _written(
    edition: RecruitmentEdition, candidate: Candidate, bonus: Decimal, reasons: list[Reason]
) -> tuple[Fraction | None, Fraction | None]:
    rule = edition.written
    exact = None if candidate.written is None else Fraction(candidate.written)
    if candidate.papers:
        exact = sum((Fraction(candidate.papers[one.code]) * Fraction(one.weight) for one in rule.papers), Fraction(0))
    if exact is None:
        return None, None
    value = _component(edition, exact, rule.decimals)
    told = edition.total.rounding.round(value, rule.decimals)
    if candidate.papers:
        listed = " + ".join(
            f"{one.name} {show(candidate.papers[one.code])}" + ("" if one.weight == 1 else f" × {show(one.weight)}")
            for one in rule.papers
        )
        sentence = msg("笔试 %(papers)s = %(value)s 分。", papers=listed, value=show(told))
        reasons.append(because(edition, candidate, ("written", rule.citation), candidate.papers, told, sentence))
    if edition.bonus is None or edition.bonus.adds_to is not AddsTo.WRITTEN or not bonus:
        return value, value
    ranked = value + Fraction(bonus)
    if edition.bonus.within_maximum:
        ranked = min(ranked, Fraction(rule.maximum))
    with_bonus = edition.total.rounding.round(ranked, max(rule.decimals, 2))
    sentence = msg(
        "笔试 %(written)s 分加 %(bonus)s 分，计 %(value)s 分。",
        written=show(told),
        bonus=show(bonus),
        value=show(with_bonus),
    )
    used = {"written": told, "bonus": bonus}
    reasons.append(because(edition, candidate, ("written", edition.bonus.citation), used, with_bonus, sentence))
    return value, ranked


def _interview(edition: RecruitmentEdition, candidate: Candidate, reasons: list[Reason]) -> Fraction | None:
    rule = edition.interview
    if candidate.interview is not None:
        return _component(edition, Fraction(candidate.interview), rule.decimals)
    if not candidate.judges:
        return None
    ordered = sorted(candidate.judges)
    kept = ordered[rule.drop_lowest : len(ordered) - rule.drop_highest]
    value = _component(edition, Fraction(sum(kept, Decimal(0))) / len(kept), rule.decimals)
    told = edition.total.rounding.round(value, rule.decimals)
    sentence = msg(
        "面试：%(count)s 名考官评分，去掉 %(highest)s 个最高分、%(lowest)s 个最低分，平均 %(value)s 分。",
        count=len(ordered),
        highest=rule.drop_highest,
        lowest=rule.drop_lowest,
        value=show(told),
    )
    used = {"judges": tuple(ordered), "kept": tuple(kept)}
    reasons.append(because(edition, candidate, ("interview", rule.citation), used, told, sentence))
    return value


def _total(
    edition: RecruitmentEdition, written: Fraction, interview: Fraction, added: Decimal
) -> tuple[Decimal, tuple[Fraction, Fraction]]:
    """The total with what a bonus adds to it, and its two shares."""
    rule = edition.total
    shares = (written * Fraction(edition.weights.written), interview * Fraction(edition.weights.interview))
    if rule.stage is Rounded.WEIGHTED:
        first, second = (Fraction(rule.rounding.round(share, rule.decimals)) for share in shares)
        shares = (first, second)
    return rule.rounding.round(shares[0] + shares[1] + Fraction(added), rule.decimals), shares


STAGES = {
    Rounded.COMPONENT: msg("各项成绩和总成绩分别取整"),
    Rounded.WEIGHTED: msg("各项成绩、折算分和总成绩分别取整"),
    Rounded.TOTAL: msg("只对总成绩取整"),
}


def _total_reason(
    edition: RecruitmentEdition,
    candidate: Candidate,
    scores: tuple[Fraction, Fraction],
    added: Decimal,
    found: tuple[Decimal, tuple[Fraction, Fraction]],
) -> Reason:
    rule, (total, shares) = edition.total, found
    written = edition.total.rounding.round(scores[0], max(edition.written.decimals, 2))
    interview = edition.total.rounding.round(scores[1], max(edition.interview.decimals, 2))
    sentence = msg(
        "总成绩 = 笔试 %(written)s × %(first)s + 面试 %(interview)s × %(second)s%(bonus)s = %(total)s"
        "（%(decimals)s 位小数，%(mode)s，%(stage)s）。",
        written=show(written),
        first=percent(edition.weights.written),
        interview=show(interview),
        second=percent(edition.weights.interview),
        bonus=msg(" + 加分 %(bonus)s", bonus=show(added)) if added else "",
        total=show(total),
        decimals=rule.decimals,
        mode=ROUNDINGS[rule.rounding.value],
        stage=STAGES[rule.stage],
    )
    used: dict[str, object] = {
        "written": written,
        "written_weight": edition.weights.written,
        "interview": interview,
        "interview_weight": edition.weights.interview,
        "stage": rule.stage,
    }
    if rule.stage is Rounded.WEIGHTED:
        used["weighted"] = tuple(rule.rounding.round(share, rule.decimals) for share in shares)
    if added:
        used["bonus"] = added
    return because(edition, candidate, ("total", edition.weights.citation), used, total, sentence)
