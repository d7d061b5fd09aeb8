"""Who of a channel may take part: the rule advises, the district decides, then the review is closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import LONGEST_REASON
from careerpath.policy.talent_pool import ConditionKind, Eligibility
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult, ChannelRound, ChannelState
from careerpath.talent_pool.operations.channels.candidates import MOST_AT_ONCE, MOST_NAMED, OPEN_RESULTS
from careerpath.talent_pool.operations.channels.steps import channel_in, move_on
from careerpath.talent_pool.queries.channel_advice import advice_on, names_of, rules_of
from careerpath.words import NotFound, Refused, msg


@dataclass(frozen=True, slots=True)
class CandidateFinding:
    """What the district found. ``checked``: conditions in words by code; who is admitted meets those not given."""

    admitted: bool
    reason: str = ""
    checked: Mapping[str, bool] = field(default_factory=dict)


@operation(Permission.POOL_DECIDE)
def review_channel_candidate(actor: Actor, candidate_id: int, given: CandidateFinding) -> None:
    """Admit or reject somebody; the rule's advice of that moment is kept with it.

    Rejecting, and admitting somebody whom the rule does not find eligible, needs a reason. May be done again until the
    review is closed.
    """
    candidate = fetch(actor, ChannelCandidate, candidate_id, Permission.POOL_DECIDE)
    channel = channel_in(actor, candidate.channel_id, Permission.POOL_DECIDE, ChannelState.OPEN)
    _decide(actor, channel, [candidate], given)


@operation(Permission.POOL_DECIDE)
def review_channel_candidates(
    actor: Actor, channel_id: int, candidate_ids: Sequence[int], given: CandidateFinding
) -> int:
    """Admit or reject many with one finding, all or none; gives how many.

    Only those whom the rule finds eligible are admitted together, the others by name one by one.
    """
    channel = channel_in(actor, channel_id, Permission.POOL_DECIDE, ChannelState.OPEN)
    wanted = sorted(set(candidate_ids))
    if not wanted:
        raise Refused(msg("请先勾选人员。"), field="ids")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(msg("一次最多办理 %(most)s 人，请分批勾选。", most=MOST_AT_ONCE), field="ids")
    query = visible(actor, ChannelCandidate, Permission.POOL_DECIDE).where(
        ChannelCandidate.channel_id == channel.id, ChannelCandidate.id.in_(wanted)
    )
    found = db.session.scalars(query.order_by(ChannelCandidate.id).with_for_update()).all()
    if len(found) != len(wanted):
        raise NotFound
    _decide(actor, channel, found, given, together=True)
    return len(found)


@operation(Permission.POOL_DECIDE)
def close_channel_review(actor: Actor, channel_id: int) -> int:
    """Settle who may take part, once names no longer come in; gives how many. Refuses while somebody waits."""
    channel = channel_in(actor, channel_id, Permission.POOL_DECIDE, ChannelState.OPEN)
    if clock.today() <= channel.closes_on:
        raise Refused(msg("报名到 %(day)s 截止（含当日），截止后才能结束资格审查。", day=channel.closes_on))
    query = select(ChannelCandidate.result, func.count()).where(ChannelCandidate.channel_id == channel.id)
    counts = {result: count for result, count in db.session.execute(query.group_by(ChannelCandidate.result))}
    waiting = counts.get(ChannelResult.APPLIED, 0)
    if waiting:
        raise Refused(msg("还有 %(count)s 人待资格审查，请先审查。", count=waiting))
    admitted = counts.get(ChannelResult.ADMITTED, 0)
    if not admitted:
        raise Refused(msg("没有审查通过的人选。不再招聘的，请取消本次定向招聘。"))
    move_on(actor, channel, ChannelState.RESULTS)
    return admitted


def _decide(
    actor: Actor,
    channel: ChannelRound,
    candidates: Sequence[ChannelCandidate],
    given: CandidateFinding,
    *,
    together: bool = False,
) -> None:
    reason = " ".join(given.reason.split())
    if not given.admitted and not reason:
        raise Refused(msg("审查不通过的，请写明原因。"), field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(msg("原因最多 %(most)s 个字，请缩短。", most=LONGEST_REASON), field="reason")
    checked = _checked(channel, given)
    people = [one.employee_id for one in candidates]
    advice = advice_on(channel, people, checked)
    names = names_of(people)
    if together and given.admitted:
        _refuse_doubtful(candidates, advice, names)
    for candidate in candidates:
        if candidate.result not in OPEN_RESULTS:
            raise Refused(msg("“%(name)s”已退出，无需审查。", name=names[candidate.employee_id]))
        found = advice[candidate.employee_id]
        if given.admitted and found.eligible is not True and not reason:
            raise Refused(
                msg("“%(name)s”按规则不符合或资料不全，仍要通过的请写明原因。", name=names[candidate.employee_id]),
                field="reason",
            )
        candidate.result = ChannelResult.ADMITTED if given.admitted else ChannelResult.REJECTED
        candidate.checked = checked
        candidate.eligible = found.eligible
        candidate.eligibility = [one.as_json() for one in found.reasons]
        candidate.reviewed_by, candidate.reviewed_on = actor.display_name, clock.today()
        candidate.review_reason = reason


def _checked(channel: ChannelRound, given: CandidateFinding) -> dict[str, bool]:
    """The conditions in words as judged; who is admitted meets those that nobody named."""
    codes = {
        one.code
        for one in rules_of(channel).conditions
        if one.gate == channel.gate and one.kind is ConditionKind.CHECKED
    }
    unknown = sorted(set(given.checked) - codes)
    if unknown:
        raise Refused(msg("没有“%(code)s”这一项条件。", code="、".join(unknown)), field="checked")
    usual = dict.fromkeys(sorted(codes), True) if given.admitted else {}
    return usual | dict(given.checked)


def _refuse_doubtful(
    candidates: Sequence[ChannelCandidate], advice: Mapping[int, Eligibility], names: Mapping[int, str]
) -> None:
    doubtful = [names[one.employee_id] for one in candidates if advice[one.employee_id].eligible is not True]
    if doubtful:
        raise Refused(
            msg(
                "%(names)s等 %(count)s 人按规则不符合或资料不全，请取消勾选，逐人审查。",
                names="、".join(doubtful[:MOST_NAMED]),
                count=len(doubtful),
            ),
            field="ids",
        )
