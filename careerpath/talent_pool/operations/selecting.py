"""What the district makes of the points: the order of those who are level, the decision, the notice, the entries."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from careerpath.access import audit
from careerpath.access.actor import Actor
from careerpath.access.guard import operation
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import read_reason
from careerpath.employees.models import Employee
from careerpath.policy.talent_pool import Outcome
from careerpath.talent_pool.models import EntrantState, PoolObjection, Selection, SelectionEntrant, SelectionState
from careerpath.talent_pool.operations.notice_days import check_notice_days
from careerpath.talent_pool.operations.pool import PoolEntryGiven, enter_many
from careerpath.talent_pool.operations.steps import move_on, selection_in
from careerpath.talent_pool.queries.ranking import UnitStanding, standings
from careerpath.talent_pool.queries.selections import rules_of
from careerpath.words import Message, NotFound, Refused, msg

LONGEST_DOCUMENT = 120
SHOWN = 5
"""How many people a refusal names."""


@operation(Permission.POOL_DECIDE)
def decide_entrant_order(actor: Actor, selection_id: int, entrant_ids: Sequence[int], reason: str) -> None:
    """Keep the order that people decided between those who are level, best first, with the reason in the trail.

    All who are level at the last place of a unit must be named, and only they; a decision may be made anew.
    """
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, SelectionState.DECISION)
    why = read_reason(reason)
    _refuse_decided(selection)
    wanted = list(entrant_ids)
    query = select(SelectionEntrant).where(
        SelectionEntrant.selection_id == selection.id, SelectionEntrant.id.in_(sorted(set(wanted)))
    )
    named = {one.id: one for one in db.session.scalars(query.with_for_update())}
    if not wanted or len(set(wanted)) < len(wanted):
        raise Refused(msg("请给每名并列人选填写不同的先后顺序。"), field="order")
    if len(named) < len(wanted):
        raise NotFound
    for one in named.values():
        one.decided_order = None
    db.session.flush()
    found = standings(selection, lock=True, unit_ids={one.unit_id for one in named.values()})
    groups = [{one.entrant.id for one in group} for unit in found for group in unit.ties]
    if set(wanted) not in groups:
        raise Refused(msg("这些人选并非同一单位全部并列的人选，请把并列的人选全部列入。"), field="order")
    for order, key in enumerate(wanted, start=1):
        named[key].decided_order = order
    audit.note(why)


@operation(Permission.POOL_DECIDE)
def decide_selection(actor: Actor, selection_id: int, document: str, on: date) -> int:
    """Keep the result as the district decided it, by minutes or a document of a day; gives how many are selected.

    Every entrant keeps the last stage, total, rank, outcome and reasons. Raises ``Refused`` where some are level and
    nobody has put them in order.
    """
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, SelectionState.DECISION)
    _refuse_decided(selection)
    number = " ".join(document.split())
    if not number:
        raise Refused(msg("请填写会议纪要名称或文号。"), field="document")
    if len(number) > LONGEST_DOCUMENT:
        raise Refused(msg("文号最多 %(most)s 字，请缩短。", most=LONGEST_DOCUMENT), field="document")
    if on > clock.today():
        raise Refused(msg("研究确定日期 %(on)s 晚于今天，请核对。", on=on), field="on")
    if on < (selection.held_on or selection.closes_on):
        raise Refused(msg("研究确定日期早于测评开始日期，请核对。"), field="on")
    found = standings(selection, lock=True)
    _refuse_unsettled(found)
    selected = 0
    for unit in found:
        for one in unit.placed:
            entrant, line = one.entrant, one.line
            entrant.last_stage, entrant.total, entrant.rank = line.stage, line.total, line.rank
            entrant.outcome = line.outcome
            entrant.because = [reason.as_json() for reason in line.reasons]
            if entrant.decided_order is not None:
                _explain(entrant, msg("总分并列，经研究排在第 %(order)s 位。", order=entrant.decided_order), number)
            selected += line.outcome is Outcome.SELECTED
    if not selected:
        raise Refused(msg("没有人选进入名次，无法研究确定；请退回测评核对成绩，或取消本次竞岗。"))
    selection.decision_document, selection.decided_on = number, on
    return selected


@operation(Permission.POOL_DECIDE)
def undo_decision(actor: Actor, selection_id: int, reason: str) -> None:
    """Take the result back before the notice, to put it right; orders that people decided stay."""
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, SelectionState.DECISION)
    if selection.decided_on is None:
        raise Refused(msg("竞岗结果还没有研究确定。"))
    audit.note(read_reason(reason))
    query = select(SelectionEntrant).where(
        SelectionEntrant.selection_id == selection.id, SelectionEntrant.outcome.is_not(None)
    )
    for entrant in db.session.scalars(query.with_for_update()):
        entrant.last_stage, entrant.total, entrant.rank, entrant.outcome, entrant.because = "", None, None, None, []
    selection.decision_document, selection.decided_on = "", None


@operation(Permission.POOL_DECIDE)
def open_selection_notice(actor: Actor, selection_id: int, starts_on: date, ends_on: date) -> int:
    """Show those selected to the public from a day to a day, both included; gives how many they are.

    Refuses before the decision, and a notice shorter than the working days that the rules ask for.
    """
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, SelectionState.DECISION)
    if selection.decided_on is None:
        raise Refused(msg("竞岗结果还没有研究确定，不能公示。"))
    check_notice_days(rules_of(selection), starts_on, ends_on, selection.decided_on)
    selection.notice_starts_on, selection.notice_ends_on = starts_on, ends_on
    move_on(actor, selection, SelectionState.NOTICE)
    return len(_with_outcome(selection, Outcome.SELECTED))


@operation(Permission.POOL_DECIDE)
def release_selected(actor: Actor, entrant_id: int, reason: str) -> None:
    """Let somebody on the notice step back: they gave up, left service, or went elsewhere; a place becomes free."""
    entrant, selection = _of_notice(actor, entrant_id)
    why = read_reason(reason)
    if entrant.outcome is not Outcome.SELECTED:
        raise Refused(msg("此人不在公示的入选名单中。"))
    entrant.outcome = Outcome.WITHDRAWN
    _explain(entrant, msg("公示期间退出：%(why)s", why=why), selection.decision_document)


@operation(Permission.POOL_DECIDE)
def move_up(actor: Actor, entrant_id: int, ends_on: date) -> None:
    """Let the next in rank of a unit move up into a place that became free; the notice is prolonged for them.

    ``ends_on`` is the last day of the prolonged notice, counted from today by the same rule. Raises ``Refused`` where
    no place of the unit is free, or somebody else is next; of several who are level any may be named, with the
    district's decision in the trail.
    """
    entrant, selection = _of_notice(actor, entrant_id)
    if entrant.outcome is not Outcome.NOT_SELECTED or entrant.state is not EntrantState.ADMITTED:
        raise Refused(msg("只有未入选的人选可以递补。"))
    unit = standings(selection, lock=True, unit_ids=[entrant.unit_id])[0]
    members = [one.entrant for one in unit.placed]
    if sum(one.outcome is Outcome.SELECTED for one in members) >= unit.places:
        raise Refused(msg("这个单位的名额没有空出，不能递补。"))
    best = min(one.rank for one in members if one.outcome is Outcome.NOT_SELECTED and one.rank is not None)
    if entrant.rank != best:
        raise Refused(msg("请按名次递补：第 %(rank)s 名排在前面。", rank=best))
    today = clock.today()
    check_notice_days(rules_of(selection), today, ends_on, today)
    entrant.outcome = Outcome.SELECTED
    _explain(entrant, msg("%(on)s 因名额空出递补入选。", on=today), selection.decision_document)
    selection.notice_ends_on = max(ends_on, selection.notice_ends_on or ends_on)


@operation(Permission.POOL_DECIDE)
def conclude_selection(actor: Actor, selection_id: int, entered_on: date) -> list[int]:
    """Take everybody selected into the pool once the notice is over; gives the entries' ids.

    Refuses while the notice runs, while an objection is not answered, and where one of them cannot enter.
    """
    selection = selection_in(actor, selection_id, Permission.POOL_DECIDE, SelectionState.NOTICE)
    today, ends_on = clock.today(), selection.notice_ends_on
    if ends_on is not None and today <= ends_on:
        raise Refused(msg("公示至 %(ends)s，期满后才能办理入库。", ends=ends_on))
    if ends_on is not None and not ends_on < entered_on <= today:
        raise Refused(msg("入库日期应在公示结束次日至今天之间，请核对。"), field="entered_on")
    _refuse_unanswered(selection)
    selected = _with_outcome(selection, Outcome.SELECTED)
    rung = rules_of(selection).gate(selection.gate).rung
    entries = enter_many(
        actor,
        [
            PoolEntryGiven(
                employee_id=one.employee_id,
                unit_id=one.unit_id,
                rung=rung,
                entered_on=entered_on,
                document=selection.decision_document,
                selection_id=selection.id,
            )
            for one in selected
        ],
    )
    selection.concluded_on = entered_on
    move_on(actor, selection, SelectionState.CONCLUDED)
    return entries


def _refuse_decided(selection: Selection) -> None:
    if selection.decided_on is not None:
        raise Refused(msg("竞岗结果已于 %(on)s 研究确定，要改动请先撤销结果。", on=selection.decided_on))


def _refuse_unsettled(found: Sequence[UnitStanding]) -> None:
    if any(unit.waiting for unit in found):
        raise Refused(msg("还有人选的成绩没有录全，请退回测评补录。"))
    level = [one.entrant.employee_id for unit in found for group in unit.ties for one in group]
    if level:
        names = db.session.scalars(select(Employee.name).where(Employee.id.in_(level)).order_by(Employee.id)).all()
        raise Refused(
            msg(
                "%(names)s总分并列，名额只够其中一部分，请先登记研究决定的先后顺序。",
                names="、".join(names[:SHOWN]) + ("等" if len(names) > SHOWN else ""),
            )
        )


def _refuse_unanswered(selection: Selection) -> None:
    query = (
        select(PoolObjection.id)
        .join(SelectionEntrant, SelectionEntrant.id == PoolObjection.entrant_id)
        .where(SelectionEntrant.selection_id == selection.id, PoolObjection.answered_on.is_(None))
    )
    waiting = db.session.scalars(query).all()
    if waiting:
        raise Refused(msg("还有 %(count)s 条公示反映没有答复，请先核查答复。", count=len(waiting)))


def _of_notice(actor: Actor, entrant_id: int) -> tuple[SelectionEntrant, Selection]:
    """An entrant of a selection that stands in its notice, both locked."""
    found = fetch(actor, SelectionEntrant, entrant_id, Permission.POOL_DECIDE)
    selection = selection_in(actor, found.selection_id, Permission.POOL_DECIDE, SelectionState.NOTICE)
    return fetch(actor, SelectionEntrant, entrant_id, Permission.POOL_DECIDE, lock=True), selection


def _with_outcome(selection: Selection, outcome: Outcome) -> Sequence[SelectionEntrant]:
    query = select(SelectionEntrant).where(
        SelectionEntrant.selection_id == selection.id, SelectionEntrant.outcome == outcome
    )
    return db.session.scalars(query.order_by(SelectionEntrant.id).with_for_update()).all()


def _explain(entrant: SelectionEntrant, text: Message, document: str) -> None:
    """Add a line to the reasons: what people decided beside the points."""
    value = entrant.outcome.value if entrant.outcome is not None else ""
    line = {
        "rule": "talent_pool.decision",
        "document": document,
        "input": {"on": clock.today().isoformat()},
        "value": value,
        "text": str(text),
    }
    entrant.because = [*entrant.because, line]
