"""From facts to a suggested grade, each step with its reason. People decide; this proposes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from careerpath.policy.appraisal.edition import AppraisalEdition
from careerpath.policy.appraisal.facts import Facts
from careerpath.policy.appraisal.findings import hard_fails, propose_status, statuses
from careerpath.policy.appraisal.parts import AppraisedBy, Indicator, Secondment
from careerpath.policy.appraisal.scoring import score
from careerpath.policy.codes import DETERMINED, Grade
from careerpath.policy.reason import Reason, show
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules make of one person's year.

    ``grade`` is a suggestion, or ``None`` where the rules suggest nothing; ``blocking`` says what must be mended before
    the record goes on; ``proposals`` are consequences that people decide on, such as dismissal.
    """

    score: Decimal | None
    points: Mapping[str, Decimal]
    grade: Grade | None
    reasons: tuple[Reason, ...]
    blocking: tuple[Message, ...]
    missing: tuple[Indicator, ...]
    proposals: tuple[Reason, ...]


def grade(edition: AppraisalEdition, facts: Facts, reference_on: date | None = None) -> Assessment:
    """The suggested grade: a status rules, then a hard rule, then the band of the total.

    ``reference_on`` is the edition's reference day of the year unless given.
    """
    scored = score(edition, facts)
    status = propose_status(edition, facts, reference_on)
    fails = hard_fails(edition, facts)
    reasons = [*scored.reasons]
    suggested: Grade | None = None
    if status is not None:
        suggested = status.grade
        reasons.append(status.reason)
    elif fails:
        suggested = fails[0].grade
        reasons += [finding.reason for finding in fails]
    elif scored.total is not None:
        banded = _band(edition, scored.total)
        suggested = banded.value if isinstance(banded.value, Grade) else None
        reasons.append(banded)
    else:
        reasons.append(_no_total(edition, scored.missing))
    if facts.seconded and edition.secondment is not None:
        reasons.append(_seconded(edition, edition.secondment))
    blocking: tuple[Message, ...] = ()
    if status is None:
        blocking = tuple(msg("“%(name)s”未填，请补上得分。", name=indicator.name) for indicator in scored.missing)
    dismissal = propose_dismissal(edition, facts, suggested)
    return Assessment(
        score=scored.total,
        points=scored.points,
        grade=suggested,
        reasons=tuple(reasons),
        blocking=blocking,
        missing=scored.missing,
        proposals=() if dismissal is None else (dismissal,),
    )


def _no_total(edition: AppraisalEdition, missing: tuple[Indicator, ...]) -> Reason:
    if not missing:
        sentence = msg("办法未列考核指标，没有总分，等次由考核单位评定。")
    else:
        names = "、".join(indicator.name for indicator in missing)
        sentence = msg("%(names)s未填，暂无总分，请补上得分。", names=names)
    used = {"missing": [indicator.code for indicator in missing]}
    return edition.head.because("missing", edition.head.ground, used, None, sentence)


def _band(edition: AppraisalEdition, total: Decimal) -> Reason:
    if edition.bands is None:
        sentence = msg("办法未规定各等次的分数线，等次由考核单位评定。")
        return edition.head.because("band", edition.head.ground, {"score": total}, None, sentence)
    bands = edition.bands
    limits = (
        (Grade.EXCELLENT, bands.excellent),
        (Grade.COMPETENT, bands.competent),
        (Grade.BASIC, bands.basic),
        (Grade.INCOMPETENT, Decimal(0)),
    )
    chosen, limit = next((item, limit) for item, limit in limits if total >= limit)
    sentence = msg(
        "总分 %(total)s，在 %(limit)s 分以上，建议%(grade)s。",
        total=show(total),
        limit=show(limit),
        grade=edition.name(chosen),
    )
    if chosen is Grade.INCOMPETENT:
        sentence = msg(
            "总分 %(total)s，低于 %(limit)s 分，建议%(grade)s。",
            total=show(total),
            limit=show(bands.basic),
            grade=edition.name(chosen),
        )
    return edition.head.because("band", bands.citation, {"score": total}, chosen, sentence)


def _seconded(edition: AppraisalEdition, rule: Secondment) -> Reason:
    sentence = msg("挂职、跟岗等派出人员由接收单位考核。")
    if rule.appraised_by is AppraisedBy.HOME:
        sentence = msg("挂职、跟岗等派出人员由派出单位考核。")
        if rule.host_opinion:
            sentence = msg("挂职、跟岗等派出人员由派出单位考核，附接收单位意见。")
    return edition.head.because("secondment", rule.citation, {"seconded": True}, rule.appraised_by, sentence)


def propose_dismissal(edition: AppraisalEdition, facts: Facts, decided: Grade | None) -> Reason | None:
    """The reason to *propose* dismissal when ``decided`` completes the years running with a failing grade."""
    rule = edition.dismissal
    if rule is None or decided is not rule.grade:
        return None
    years = [facts.year - back for back in range(1, rule.successive)]
    if any(facts.earlier_grades.get(year) is not rule.grade for year in years):
        return None
    sentence = msg(
        "连续 %(count)s 年%(grade)s，可提出解除劳动合同的建议，由主管部门研究决定。",
        count=rule.successive,
        grade=edition.name(rule.grade),
    )
    used = {str(year): rule.grade for year in sorted([*years, facts.year])}
    return edition.head.because("dismissal", rule.citation, used, "propose", sentence)


def check_street_grade(
    edition: AppraisalEdition, facts: Facts, chosen: Grade, reference_on: date | None = None
) -> tuple[Message, ...]:
    """What speaks against the grade that a street chose; empty if no hard rule does.

    The bands are a suggestion and are not looked at: a street may depart from them.
    """
    named = edition.name(chosen)
    codes = statuses(edition, facts, reference_on)
    if codes:
        if chosen in [finding.grade for finding in codes]:
            return ()
        first = codes[0]
        return (
            msg(
                "%(why)s不能评定为%(chosen)s，请改为 %(code)s。",
                why=first.reason.message,
                chosen=named,
                code=first.grade.value,
            ),
        )
    if chosen not in DETERMINED:
        return (
            msg("没有可记 %(code)s（%(chosen)s）的事实，请改评等次或先补充档案。", code=chosen.value, chosen=named),
        )
    return tuple(
        msg("%(why)s不能评定为%(chosen)s，请改正。", why=finding.reason.message, chosen=named)
        for finding in hard_fails(edition, facts)
        if chosen.value < finding.grade.value
    )
