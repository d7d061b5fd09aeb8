"""Nominations are closed, and the district chooses among the nominated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import LONGEST_REASON
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import check_length
from careerpath.honours.models import CallState, HonourCall, HonourNominee, NomineeState
from careerpath.honours.operations.steps import call_in, count_nominees, move_on
from careerpath.honours.queries.concerns import concerns_of, is_grave
from careerpath.words import NotFound, Refused, msg

MOST_VOTES = 10_000
JUDGED = (NomineeState.NOMINATED, NomineeState.CHOSEN, NomineeState.NOT_CHOSEN)
"""Who may be chosen, or not: everybody who was not withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceGiven:
    """What the district decided of one nominee. ``rank``: the order among the chosen; ``votes`` of the panel."""

    chosen: bool
    rank: int | None = None
    votes: int | None = None
    reason: str = ""
    """Why somebody is chosen although the file tells against it, or why not; empty keeps what stands."""


@operation(Permission.HONOUR_DECIDE)
def close_nominations_of_call(actor: Actor, call_id: int) -> int:
    """Close the nominations and begin the review; gives how many are to be judged. Refused where nobody is nominated.

    It may be done before the last day: all streets have answered, as a rule.
    """
    call = call_in(actor, call_id, CallState.NOMINATION)
    count = count_nominees(call, (NomineeState.NOMINATED,))
    if not count:
        raise Refused(msg("还没有推荐人选，不能进入评审。可以推后推荐截止日，或取消本次评选。"))
    move_on(actor, call, CallState.REVIEW)
    return count


@operation(Permission.HONOUR_DECIDE)
def choose_nominees(
    actor: Actor, call_id: int, choices: Mapping[int, ChoiceGiven], decided_on: date | None = None
) -> int:
    """Keep who is chosen and who is not, by nominee, all or none; gives how many are chosen now.

    Nominees that are not named stay as they are. Refuses more than the places of the call, a rank that two share, and
    somebody chosen without a reason although the file tells against it; the field begins with the nominee's id.
    """
    call = call_in(actor, call_id, CallState.REVIEW)
    today = clock.today()
    decided = decided_on or today
    if not (call.announced_on or today) <= decided <= today:
        raise Refused(msg("研究确定日期应在发布通知之后，且不晚于今天，请核对。"), field="decided_on")
    judged = _judged(call)
    if not set(choices) <= set(judged):
        raise NotFound
    concerns = concerns_of(call, [judged[one].employee_id for one in choices], today)
    for nominee_id, given in choices.items():
        nominee = judged[nominee_id]
        try:
            _choose(nominee, given, grave=is_grave(concerns[nominee.employee_id]))
        except Refused as refused:
            name = db.session.get_one(Employee, nominee.employee_id).name
            message = msg("%(name)s：%(why)s", name=name, why=refused.message)
            raise Refused(message, field=f"{nominee_id}.{refused.field}") from refused
    chosen = [one for one in judged.values() if one.state is NomineeState.CHOSEN]
    if len(chosen) > call.places:
        raise Refused(msg("入选 %(count)s 人，超过名额 %(places)s 人，请调整。", count=len(chosen), places=call.places))
    ranks = [one.rank for one in chosen if one.rank is not None]
    if len(set(ranks)) < len(ranks):
        raise Refused(msg("有两人的名次相同，请排定先后。"))
    call.decided_on = decided
    return len(chosen)


def _judged(call: HonourCall) -> dict[int, HonourNominee]:
    query = select(HonourNominee).where(HonourNominee.call_id == call.id, HonourNominee.state.in_(JUDGED))
    return {one.id: one for one in db.session.scalars(query.with_for_update())}


def _choose(nominee: HonourNominee, given: ChoiceGiven, *, grave: bool) -> None:
    if given.rank is not None and not 1 <= given.rank <= MOST_VOTES:
        raise Refused(msg("名次应为正整数，请改正。"), field="rank")
    if given.votes is not None and not 0 <= given.votes <= MOST_VOTES:
        raise Refused(msg("得票应为 0 至 %(most)s，请改正。", most=MOST_VOTES), field="votes")
    reason = " ".join(given.reason.split()) or nominee.reason
    check_length(reason, LONGEST_REASON, "reason", msg("理由"))
    if given.chosen and grave and not reason:
        raise Refused(msg("档案中有需要说明的情况，仍要入选的请写明理由。"), field="reason")
    nominee.state = NomineeState.CHOSEN if given.chosen else NomineeState.NOT_CHOSEN
    nominee.rank = given.rank if given.chosen else None
    nominee.votes, nominee.reason = given.votes, reason
