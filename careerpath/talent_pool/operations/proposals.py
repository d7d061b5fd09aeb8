"""What the daily look at the rules proposes, and what people make of it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import visible, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.talent_pool.models import Leaving, PoolProposal, ProposalState, Proposed
from careerpath.talent_pool.operations.pool import LeavingGiven, PoolEntryGiven, enter_many, leave_pool
from careerpath.talent_pool.queries.pool_check import Found, entries_due, exits_due
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.talent_pool.queries.words import PROPOSAL_STATES
from careerpath.words import NotFound, Refused, msg

LONGEST_REASON = 200


@operation(Permission.POOL_CHECK)
def check_pool(actor: Actor, on: date) -> int:
    """Hold the pool against the rules in force on a day; gives how many proposals are new.

    The same ground is proposed once: what people dismissed or accepted does not come back with the same day from
    which it holds, and what waits is not proposed again. Proposals whose ground has gone lapse, and wait again when it
    returns. Does nothing where this place has no rules. Doing it twice changes nothing more.
    """
    edition = rules_or_none(on)
    if edition is None:
        return 0
    # Two looks at the same time would propose the same: the second waits at the root of the tree.
    db.session.execute(select(Unit.id).where(Unit.parent_id.is_(None)).with_for_update(key_share=True)).all()
    found = exits_due(actor, edition, on) + entries_due(actor, edition, on)
    waiting = _keep_or_lapse(actor, found, on)
    settled = _settled()
    made: list[PoolProposal] = []
    again: dict[int, Found] = {}
    for one in found:
        if one.key in waiting:
            continue
        waiting.add(one.key)
        kept = settled.get((*one.key, one.since))
        if kept is None:
            made.append(_proposal(one, on))
        elif kept[1] is ProposalState.LAPSED:
            again[kept[0]] = one
    session_add(*made)
    _reopen(again, on)
    return len(made) + len(again)


@operation(Permission.POOL_DECIDE)
def accept_proposal(actor: Actor, proposal_id: int, on: date, document: str = "") -> None:
    """Do what is proposed: take the person in, or let them leave, on a day and by a document."""
    _accept(actor, [proposal_id], on, document)


@operation(Permission.POOL_DECIDE)
def accept_proposals(actor: Actor, proposal_ids: Sequence[int], on: date, document: str = "") -> int:
    """Do what several proposals say, all or none; gives how many."""
    return _accept(actor, proposal_ids, on, document)


@operation(Permission.POOL_DECIDE)
def dismiss_proposal(actor: Actor, proposal_id: int, reason: str) -> None:
    """Leave things as they are, and say why; the same ground is not proposed again."""
    _dismiss(actor, [proposal_id], reason)


@operation(Permission.POOL_DECIDE)
def dismiss_proposals(actor: Actor, proposal_ids: Sequence[int], reason: str) -> int:
    """Dismiss several proposals for the same reason, all or none; gives how many."""
    return _dismiss(actor, proposal_ids, reason)


def _keep_or_lapse(actor: Actor, found: Sequence[Found], on: date) -> set[tuple[int, str, Proposed, str]]:
    """Let what has lost its ground lapse within the actor's units; gives what waits on."""
    near = within(actor, PoolProposal.unit_id, Permission.POOL_CHECK)
    query = select(PoolProposal, near.label("near")).where(PoolProposal.state == ProposalState.OPEN).with_for_update()
    grounds = {one.key: one for one in found}
    waiting = set()
    for proposal, is_near in db.session.execute(query):
        key = (proposal.employee_id, proposal.rung, proposal.proposed, proposal.ground)
        one = grounds.get(key)
        if one is not None and one.entry_id == proposal.entry_id:
            proposal.unit_id = one.unit_id
            waiting.add(key)
        elif is_near:
            proposal.state, proposal.decided_on, proposal.decided_by = ProposalState.LAPSED, on, actor.display_name
        else:
            waiting.add(key)
    return waiting


def _settled() -> dict[tuple[int, str, Proposed, str, date], tuple[int, ProposalState]]:
    """Everything that does not wait any more, by what it was about and since when."""
    query = select(
        PoolProposal.employee_id,
        PoolProposal.rung,
        PoolProposal.proposed,
        PoolProposal.ground,
        PoolProposal.since,
        PoolProposal.id,
        PoolProposal.state,
    ).where(PoolProposal.state != ProposalState.OPEN)
    return {
        (employee_id, rung, proposed, ground, since): (proposal_id, state)
        for employee_id, rung, proposed, ground, since, proposal_id, state in db.session.execute(query)
    }


def _proposal(one: Found, on: date) -> PoolProposal:
    return PoolProposal(
        proposed=one.proposed,
        employee_id=one.employee_id,
        entry_id=one.entry_id,
        unit_id=one.unit_id,
        rung=one.rung,
        ground=one.ground,
        since=one.since,
        because=list(one.because),
        proposed_on=on,
    )


def _reopen(again: dict[int, Found], on: date) -> None:
    if not again:
        return
    for proposal in db.session.scalars(select(PoolProposal).where(PoolProposal.id.in_(again))):
        one = again[proposal.id]
        proposal.state, proposal.proposed_on = ProposalState.OPEN, on
        proposal.decided_on, proposal.decided_by = None, ""
        proposal.entry_id, proposal.unit_id, proposal.because = one.entry_id, one.unit_id, list(one.because)


def _open(actor: Actor, proposal_ids: Sequence[int]) -> list[PoolProposal]:
    """Proposals that wait, locked, in the order given."""
    if not proposal_ids:
        raise Refused(msg("请先勾选建议。"))
    query = visible(actor, PoolProposal, Permission.POOL_DECIDE).where(PoolProposal.id.in_(set(proposal_ids)))
    kept = {proposal.id: proposal for proposal in db.session.scalars(query.with_for_update())}
    found = []
    for proposal_id in dict.fromkeys(proposal_ids):
        if proposal_id not in kept:
            raise NotFound
        proposal = kept[proposal_id]
        if proposal.state is not ProposalState.OPEN:
            raise Refused(
                msg(
                    "对%(name)s的建议现为“%(state)s”，不能再办理，请刷新页面。",
                    name=db.session.get_one(Employee, proposal.employee_id).name,
                    state=PROPOSAL_STATES[proposal.state],
                )
            )
        found.append(proposal)
    return found


def _accept(actor: Actor, proposal_ids: Sequence[int], on: date, document: str) -> int:
    proposals = _open(actor, proposal_ids)
    entering = [
        PoolEntryGiven(one.employee_id, one.unit_id, one.rung, on, document)
        for one in proposals
        if one.proposed is Proposed.ENTRY
    ]
    if entering:
        enter_many(actor, entering)
    for one in proposals:
        if one.proposed is Proposed.EXIT and one.entry_id is not None and one.state is ProposalState.OPEN:
            said = str(one.because[0]["text"])[:LONGEST_REASON] if one.because else ""
            leave_pool(actor, one.entry_id, LeavingGiven(Leaving(one.ground), on, said, document))
    return len(proposals)


def _dismiss(actor: Actor, proposal_ids: Sequence[int], reason: str) -> int:
    proposals = _open(actor, proposal_ids)
    said = " ".join(reason.split())
    if not said:
        raise Refused(msg("请写明不采纳的理由。"), field="reason")
    if len(said) > LONGEST_REASON:
        raise Refused(msg("理由最多 %(most)s 字，请缩短。", most=LONGEST_REASON), field="reason")
    for proposal in proposals:
        proposal.state, proposal.reason = ProposalState.DISMISSED, said
        proposal.decided_on, proposal.decided_by = clock.today(), actor.display_name
    return len(proposals)
