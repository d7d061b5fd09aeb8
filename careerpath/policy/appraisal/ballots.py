"""Anonymous ballots: only tallies per voter class come in, and nothing goes out that could betray a voter."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from careerpath.policy.appraisal.edition import AppraisalEdition
from careerpath.policy.appraisal.parts import BallotRule
from careerpath.policy.codes import DETERMINED
from careerpath.words import Refused, msg

CENT = Decimal("0.01")


class VoterClass(StrEnum):
    """Who votes."""

    LEADER = "leader"
    PEER = "peer"
    RESIDENT = "resident"


GRADE_CHOICES = tuple(grade.value for grade in DETERMINED)
"""The choices of a ballot by grade: 优秀, 称职, 基本称职, 不称职."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes by choice, per cent of all votes by choice (two decimals), and what may be shown by class.

    ``by_class`` is empty while any class with votes is below the minimum: a small class could be read off, or worked
    out from the others. ``weighted`` is ``None`` unless every weighted class may be shown.
    """

    total: int
    counts: Mapping[str, int]
    percentages: Mapping[str, Decimal]
    by_class: Mapping[str, Mapping[str, int]]
    weighted: Mapping[str, Decimal] | None


def tally(
    edition: AppraisalEdition, ballots: Mapping[str, Mapping[str, int]], choices: tuple[str, ...] = GRADE_CHOICES
) -> Tally:
    """The result of ``ballots`` (``{"peer": {"1": 21, "2": 9}}``); refuses to show fewer than the minimum."""
    rule = _rule(edition)
    for voters, votes in ballots.items():
        _refuse_wrong_votes(voters, votes, choices)
    counts = {choice: sum(votes.get(choice, 0) for votes in ballots.values()) for choice in choices}
    total = sum(counts.values())
    if total < rule.minimum:
        raise Refused(
            msg("有效票 %(total)s 张，少于 %(least)s 张，不予显示，请补充测评。", total=total, least=rule.minimum)
        )
    sizes = {voters: sum(votes.values()) for voters, votes in ballots.items() if sum(votes.values())}
    safe = all(size >= rule.minimum for size in sizes.values())
    by_class = {voters: dict(ballots[voters]) for voters in sizes} if safe else {}
    weighted = None
    if rule.class_weights and all(voters in by_class for voters in rule.class_weights):
        weighted = {choice: _weighted(rule, by_class, sizes, choice) for choice in choices}
    return Tally(total, counts, {choice: _percent(counts[choice], total) for choice in choices}, by_class, weighted)


def satisfaction(edition: AppraisalEdition, votes: Mapping[str, int]) -> Decimal:
    """Satisfaction in per cent (two decimals): the mean points of the votes (满意 100, 基本满意 60, 不满意 0)."""
    rule = _rule(edition)
    if not rule.satisfaction_points:
        raise Refused(msg("%(title)s没有规定满意度的计分，请直接填写满意度。", title=edition.head.title))
    choices = tuple(rule.satisfaction_points)
    _refuse_wrong_votes("resident", votes, choices)
    total = sum(votes.values())
    if total < rule.minimum:
        raise Refused(
            msg("有效票 %(total)s 张，少于 %(least)s 张，不予显示，请补充测评。", total=total, least=rule.minimum)
        )
    points = sum((rule.satisfaction_points[choice] * count for choice, count in votes.items()), Decimal(0))
    return (points / total).quantize(CENT, ROUND_HALF_UP)


def _rule(edition: AppraisalEdition) -> BallotRule:
    if edition.ballot is None:
        raise Refused(msg("%(title)s没有规定民主测评，不能统计选票。", title=edition.head.title))
    return edition.ballot


def _refuse_wrong_votes(voters: str, votes: Mapping[str, int], choices: tuple[str, ...]) -> None:
    if voters not in [item.value for item in VoterClass]:
        known = "、".join(item.value for item in VoterClass)
        raise Refused(msg("没有“%(voters)s”这一类投票人，请改用：%(known)s。", voters=voters, known=known))
    for choice, count in votes.items():
        if choice not in choices:
            known = "、".join(choices)
            raise Refused(msg("选票没有“%(choice)s”这一项，请改用：%(known)s。", choice=choice, known=known))
        if type(count) is not int or count < 0:
            raise Refused(msg("“%(choice)s”的票数 %(count)s 不正确，应为 0 或正整数。", choice=choice, count=count))


def _percent(count: int, total: int) -> Decimal:
    return (Decimal(count) * 100 / total).quantize(CENT, ROUND_HALF_UP)


def _weighted(
    rule: BallotRule, by_class: Mapping[str, Mapping[str, int]], sizes: Mapping[str, int], choice: str
) -> Decimal:
    shares = (
        weight * by_class[voters].get(choice, 0) * 100 / sizes[voters] for voters, weight in rule.class_weights.items()
    )
    return sum(shares, Decimal(0)).quantize(CENT, ROUND_HALF_UP)
