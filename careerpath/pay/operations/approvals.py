"""The district's part: approve or return what a street proposed. What is approved becomes the person's level."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.pay.models import Placement, PlacementProposal, PlacementRound, ProposalState
from careerpath.pay.operations.rounds import LONGEST_NOTE, chosen_proposals
from careerpath.words import Refused, msg

LONGEST_DOCUMENT = 120


@dataclass(frozen=True, slots=True)
class Approval:
    """Which proposals are approved, with the number of the approval and a comment."""

    proposal_ids: tuple[int, ...]
    document: str = ""
    comment: str = ""


@operation(Permission.PAY_APPROVE)
def approve_proposals(actor: Actor, round_id: int, given: Approval) -> int:
    """Approve submitted proposals; gives how many became levels. One approved already stays as it is.

    The levels hold from the day each proposal names, also where that day is past: the months that were run meanwhile
    then show differences. A level approved earlier for the same day is superseded.
    """
    round_ = _round_for_decision(actor, round_id)
    document, comment = given.document.strip(), given.comment.strip()
    if len(document) > LONGEST_DOCUMENT:
        raise Refused(msg("批准文号最多 %(most)s 字。", most=LONGEST_DOCUMENT), field="document")
    _check_comment(comment)
    approved = 0
    for proposal in chosen_proposals(round_, given.proposal_ids):
        if proposal.state is ProposalState.APPROVED:
            continue
        if proposal.state is not ProposalState.SUBMITTED:
            raise Refused(msg("有人员尚未上报或已退回，不能审批，请刷新页面。"))
        _supersede(proposal.employee_id, proposal.starts_on)
        proposal.state = ProposalState.APPROVED
        proposal.document, proposal.comment = document, comment or "同意。"
        proposal.decided_by, proposal.decided_on = actor.display_name, clock.today()
        session_add(_placement(proposal, round_.edition_key))
        approved += 1
    _close_if_done(round_)
    return approved


@operation(Permission.PAY_APPROVE)
def return_proposals(actor: Actor, round_id: int, proposal_ids: tuple[int, ...], comment: str) -> int:
    """Give submitted proposals back to the street with a comment; gives how many went back."""
    round_ = _round_for_decision(actor, round_id)
    if not comment.strip():
        raise Refused(msg("请写明退回原因，街道据此修改。"), field="comment")
    _check_comment(comment.strip())
    returned = 0
    for proposal in chosen_proposals(round_, proposal_ids):
        if proposal.state is ProposalState.RETURNED:
            continue
        if proposal.state is not ProposalState.SUBMITTED:
            raise Refused(msg("有人员尚未上报或已审批，不能退回，请刷新页面。"))
        proposal.state, proposal.comment = ProposalState.RETURNED, comment.strip()
        returned += 1
    return returned


@operation(Permission.PAY_APPROVE)
def revoke_placement(actor: Actor, placement_id: int, reason: str) -> None:
    """Take an approved level back: the one before holds again, and the reason stands in the trail of the proposal."""
    placement = fetch(actor, Placement, placement_id, Permission.PAY_APPROVE, lock=True)
    if placement.superseded_at is not None:
        raise Refused(msg("这一级别已被后来的审批取代，无需撤销。"))
    if not reason.strip():
        raise Refused(msg("请写明撤销审批的理由。"), field="reason")
    _check_comment(reason.strip())
    placement.superseded_at = clock.now()
    if placement.proposal_id is not None:
        proposal = db.session.get_one(PlacementProposal, placement.proposal_id, with_for_update=True)
        proposal.state, proposal.comment = ProposalState.WITHHELD, f"撤销审批：{reason.strip()}"


def _round_for_decision(actor: Actor, round_id: int) -> PlacementRound:
    round_ = fetch(actor, PlacementRound, round_id, Permission.PAY_APPROVE, lock=True)
    if round_.closed_at is not None:
        raise Refused(msg("这一批已经办结，不能再修改。"))
    return round_


def _check_comment(comment: str) -> None:
    if len(comment) > LONGEST_NOTE:
        raise Refused(
            msg("意见最多 %(most)s 字，现为 %(now)s 字，请删减。", most=LONGEST_NOTE, now=len(comment)), field="comment"
        )


def _supersede(employee_id: int, starts_on: date) -> None:
    standing = select(Placement).where(
        Placement.employee_id == employee_id, Placement.starts_on == starts_on, Placement.superseded_at.is_(None)
    )
    for placement in db.session.scalars(standing.with_for_update()):
        placement.superseded_at = clock.now()


def _placement(proposal: PlacementProposal, edition_key: str) -> Placement:
    return Placement(
        employee_id=proposal.employee_id,
        known_at=clock.now(),
        superseded_at=None,
        unit_id=proposal.unit_id,
        proposal_id=proposal.id,
        post=proposal.post,
        tier=proposal.after_tier,
        level=proposal.after_level,
        starts_on=proposal.starts_on,
        cause=proposal.cause,
        document=proposal.document,
        edition_key=edition_key,
        because=proposal.because,
    )


def _close_if_done(round_: PlacementRound) -> None:
    states = db.session.scalars(select(PlacementProposal.state).where(PlacementProposal.round_id == round_.id))
    if all(state is ProposalState.APPROVED for state in states):
        round_.closed_at = clock.now()
