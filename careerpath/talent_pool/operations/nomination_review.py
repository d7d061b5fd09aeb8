"""Who may take part in a selection: each nomination is held against the gate, a person decides, then it is closed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import LONGEST_REASON, read_reason
from careerpath.employees.models import Employee
from careerpath.talent_pool.models import EntrantState, Selection, SelectionEntrant, SelectionState
from careerpath.talent_pool.operations.steps import move_on, selection_in, shared_selection
from careerpath.talent_pool.queries.advice import Advice, advice_kept, advices, in_words
from careerpath.talent_pool.queries.selections import rules_of
from careerpath.talent_pool.queries.words import ENTRANT_STATES
from careerpath.words import NotFound, Refused, msg

MOST_AT_ONCE = 1000
MOST_NAMED = 10
"""People whom a refusal names; more are counted."""


@dataclass(frozen=True, slots=True)
class EntrantFinding:
    """What a reviewer found. ``checked``: the conditions in words by code; who is admitted meets those not given."""

    admitted: bool
    reason: str = ""
    checked: Mapping[str, bool] = field(default_factory=dict)


@operation(Permission.POOL_DECIDE)
def review_entrant(actor: Actor, entrant_id: int, given: EntrantFinding) -> EntrantState:
    """Say whether somebody may take part; gives where they stand then.

    The rule's advice on the selection's day is kept beside the finding. Refuses a rejection without a reason, and an
    admission without a reason of somebody whom the advice does not find eligible.
    """
    selection_id = fetch(actor, SelectionEntrant, entrant_id, Permission.POOL_DECIDE).selection_id
    selection = shared_selection(actor, selection_id, Permission.POOL_DECIDE, SelectionState.NOMINATION)
    entrant = fetch(actor, SelectionEntrant, entrant_id, Permission.POOL_DECIDE, lock=True)
    _judge(actor, selection, [entrant], given)
    return entrant.state


@operation(Permission.POOL_DECIDE)
def review_entrants(actor: Actor, selection_id: int, entrant_ids: Sequence[int], given: EntrantFinding) -> int:
    """Keep one finding for many, all or none; gives how many. A refusal names those whom it would not fit."""
    selection = shared_selection(actor, selection_id, Permission.POOL_DECIDE, SelectionState.NOMINATION)
    wanted = sorted(set(entrant_ids))
    if not wanted:
        raise Refused(msg("请先勾选人选。"), field="ids")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(msg("一次最多审查 %(most)s 人，请分批勾选。", most=MOST_AT_ONCE), field="ids")
    query = visible(actor, SelectionEntrant, Permission.POOL_DECIDE).where(
        SelectionEntrant.selection_id == selection.id, SelectionEntrant.id.in_(wanted)
    )
    found = db.session.scalars(query.order_by(SelectionEntrant.id).with_for_update()).all()
    if len(found) != len(wanted):
        raise NotFound
    _judge(actor, selection, found, given)
    return len(found)


@operation(Permission.POOL_DECIDE)
def reopen_entrant_review(actor: Actor, entrant_id: int, reason: str) -> None:
    """Review somebody anew, for a reason; until nominations are closed."""
    selection_id = fetch(actor, SelectionEntrant, entrant_id, Permission.POOL_DECIDE).selection_id
    shared_selection(actor, selection_id, Permission.POOL_DECIDE, SelectionState.NOMINATION)
    entrant = fetch(actor, SelectionEntrant, entrant_id, Permission.POOL_DECIDE, lock=True)
    if entrant.state not in (EntrantState.ADMITTED, EntrantState.REJECTED):
        raise Refused(msg("这名人选现为“%(state)s”，无需重新审查。", state=ENTRANT_STATES[entrant.state]))
    audit.note(read_reason(reason))
    entrant.state = EntrantState.NOMINATED
    entrant.checked, entrant.eligible, entrant.eligibility = {}, None, []
    entrant.reviewed_by, entrant.reviewed_on, entrant.review_reason = "", None, ""


@operation(Permission.POOL_DECIDE)
def close_nominations(actor: Actor, selection_id: int) -> int:
    """Close nominations once their last day is over; gives how many take part in the stages.

    Refuses while somebody waits for the review, and where nobody was admitted.
    """
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, SelectionState.NOMINATION)
    if clock.today() <= selection.closes_on:
        raise Refused(msg("推荐报名到 %(day)s 截止（含当日），次日起才能结束资格审查。", day=selection.closes_on))
    query = (
        select(SelectionEntrant.state, func.count())
        .where(SelectionEntrant.selection_id == selection.id)
        .group_by(SelectionEntrant.state)
    )
    counts = {state: count for state, count in db.session.execute(query)}
    waiting, admitted = counts.get(EntrantState.NOMINATED, 0), counts.get(EntrantState.ADMITTED, 0)
    if waiting:
        raise Refused(msg("还有 %(count)s 人待资格审查，请先审查完毕。", count=waiting))
    if not admitted:
        raise Refused(msg("没有审查通过的人选，不能进入测评；如不再继续，请取消本次竞岗。"))
    move_on(actor, selection, SelectionState.STAGES)
    return admitted


def _judge(actor: Actor, selection: Selection, entrants: Sequence[SelectionEntrant], given: EntrantFinding) -> None:
    codes = [one.code for one in in_words(rules_of(selection), selection.gate)]
    unknown = [code for code in given.checked if code not in codes]
    if unknown:
        raise Refused(msg("本次竞岗没有“%(code)s”这一条件，请刷新页面。", code=unknown[0]), field="checked")
    reason = " ".join(given.reason.split())
    if len(reason) > LONGEST_REASON:
        raise Refused(
            msg("理由最多 %(most)s 字，现为 %(now)s 字，请删减。", most=LONGEST_REASON, now=len(reason)),
            field="reason",
        )
    if not given.admitted and not reason:
        raise Refused(msg("审查不通过须写明理由。"), field="reason")
    checked = {code: given.checked.get(code, True) for code in codes} if given.admitted else dict(given.checked)
    found = advices(selection, {one.employee_id: checked for one in entrants})
    _refuse_doubtful(entrants, found, given.admitted, reason)
    for one in entrants:
        advice = found[one.employee_id]
        one.checked = checked
        one.eligible, one.eligibility = advice.eligible, advice_kept(advice)
        one.state = EntrantState.ADMITTED if given.admitted else EntrantState.REJECTED
        one.reviewed_by, one.reviewed_on = actor.display_name, clock.today()
        one.review_reason = reason


_DOUBTS = {
    "state": msg("不在待审查之列，请刷新页面后核对：%(names)s。"),
    "advice": msg("按规则比对不是“符合”，审查通过的须写明理由：%(names)s。"),
}


def _refuse_doubtful(
    entrants: Sequence[SelectionEntrant], found: Mapping[int, Advice], admitted: bool, reason: str
) -> None:
    """Refuse who is not waiting, and an admission against the advice without a reason, by name."""
    doubts: dict[str, list[int]] = defaultdict(list)
    for one in entrants:
        if one.state is not EntrantState.NOMINATED:
            doubts["state"].append(one.employee_id)
        elif admitted and not reason and found[one.employee_id].eligible is not True:
            doubts["advice"].append(one.employee_id)
    for why, told in _DOUBTS.items():
        if doubts[why]:
            field_name = "reason" if why == "advice" else "ids"
            raise Refused(replace(told, values={"names": _named(doubts[why])}), field=field_name)


def _named(employee_ids: Sequence[int]) -> str:
    query = select(Employee.name).where(Employee.id.in_(employee_ids[:MOST_NAMED])).order_by(Employee.number)
    listed = "、".join(db.session.scalars(query))
    return listed if len(employee_ids) <= MOST_NAMED else f"{listed}…（{len(employee_ids)}）"
