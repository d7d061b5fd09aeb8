"""What the facts settle before any total is looked at: codes without a grade, and hard rules."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from careerpath.policy.appraisal.edition import AppraisalEdition
from careerpath.policy.appraisal.facts import Facts
from careerpath.policy.appraisal.parts import MEASURES, HardFail, Measure, StatusRule, StatusWhen
from careerpath.policy.codes import Grade
from careerpath.policy.reason import Reason, show
from careerpath.words import msg


@dataclass(frozen=True, slots=True)
class Finding:
    """A grade that a rule settles, and why."""

    grade: Grade
    reason: Reason


def statuses(edition: AppraisalEdition, facts: Facts, reference_on: date | None = None) -> tuple[Finding, ...]:
    """Every code without a grade (5A, 5B, 5C, 6A) that the facts give on the reference day, the first one ruling."""
    on = reference_on or edition.reference_on(facts.year)
    found = [_status(edition, rule, facts, on) for rule in edition.statuses]
    return tuple(finding for finding in found if finding is not None)


def propose_status(edition: AppraisalEdition, facts: Facts, reference_on: date | None = None) -> Finding | None:
    """The code without a grade that the facts give on the reference day, or ``None`` for a normal appraisal."""
    return next(iter(statuses(edition, facts, reference_on)), None)


def _status(edition: AppraisalEdition, rule: StatusRule, facts: Facts, on: date) -> Finding | None:
    words = edition.name(rule.grade)
    used: dict[str, object] = {"reference_on": on}
    if rule.when is StatusWhen.LEAVE:
        days = facts.sick_leave_days + facts.personal_leave_days
        share = rule.over_share_of_year or Decimal(0)
        if not days > share * facts.days_in_year:
            return None
        used = {"leave_days": days, "days_in_year": facts.days_in_year, "over_share_of_year": share}
        sentence = msg(
            "病事假累计 %(days)s 天，超过全年 %(year_days)s 天的 %(percent)s%%，记 %(code)s（%(words)s）。",
            days=show(days),
            year_days=facts.days_in_year,
            percent=show(share * 100),
            code=rule.grade.value,
            words=words,
        )
    elif rule.when is StatusWhen.INVESTIGATION:
        if not facts.under_investigation:
            return None
        used["under_investigation"] = True
        sentence = msg("立案调查尚未结案，记 %(code)s（%(words)s）。", code=rule.grade.value, words=words)
    elif rule.when is StatusWhen.DISCIPLINE:
        until = facts.under_discipline_until
        if until is None or until < on:
            return None
        used["under_discipline_until"] = until
        sentence = msg(
            "处分期至 %(until)s，记 %(code)s（%(words)s）。", until=until, code=rule.grade.value, words=words
        )
    else:
        until = facts.on_probation_until
        if until is None or until < on:
            return None
        used["on_probation_until"] = until
        sentence = msg(
            "试用期至 %(until)s，记 %(code)s（%(words)s）。", until=until, code=rule.grade.value, words=words
        )
    return Finding(rule.grade, edition.head.because("status", rule.citation, used, rule.grade, sentence))


def hard_fails(edition: AppraisalEdition, facts: Facts) -> tuple[Finding, ...]:
    """Every hard rule that the facts break, the lowest grade first. A value exactly on the limit passes."""
    found = [_hard_fail(edition, rule, facts) for rule in edition.hard_fails]
    return tuple(sorted((item for item in found if item is not None), key=lambda item: item.grade.value, reverse=True))


def _hard_fail(edition: AppraisalEdition, rule: HardFail, facts: Facts) -> Finding | None:
    value = _measured(edition, rule.fact, facts)
    if value is None:
        return None
    document, clause = edition.head.cite(rule.citation)
    places = {
        "fact": MEASURES[rule.fact],
        "value": show(value),
        "ground": clause or document,
        "grade": edition.name(rule.grade),
    }
    if rule.below is not None and value < rule.below:
        sentence = msg(
            "%(fact)s %(value)s 低于 %(limit)s，按%(ground)s应为%(grade)s。", limit=show(rule.below), **places
        )
    elif rule.above is not None and value > rule.above:
        sentence = msg(
            "%(fact)s %(value)s 超过 %(limit)s，按%(ground)s应为%(grade)s。", limit=show(rule.above), **places
        )
    else:
        return None
    return Finding(
        rule.grade, edition.head.because("hard_fail", rule.citation, {rule.fact.value: value}, rule.grade, sentence)
    )


def _measured(edition: AppraisalEdition, measure: Measure, facts: Facts) -> Decimal | None:
    if measure is not Measure.SATISFACTION:
        days: Decimal = getattr(facts, measure.value)
        return days
    indicator = edition.satisfaction_indicator
    if facts.satisfaction is not None or indicator is None:
        return facts.satisfaction
    # Where only the points were typed, they stand for the percentage: a hard rule is not passed by leaving it out.
    points = facts.scores.get(indicator.code)
    return None if points is None else points * 100 / indicator.maximum
