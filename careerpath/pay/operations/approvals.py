"""The district's part: approve or return what a street proposed. What is approved becomes the person's level."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.pay.models import Placement, PlacementProposal, PlacementRound, ProposalState
from careerpath.pay.operations.rounds import check_length, chosen_proposals, held_elsewhere, open_rounds
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
    """Approve submitted proposals; gives how many people were approved now. Who is approved already stays so.

    The levels hold from the day each proposal names, also where that day is past: the months that were run meanwhile
    then show differences. A level approved earlier for the same day is superseded. Refuses a proposal whose "before" is
    not what stands any more.
    """
    round_ = _round_for_decision(actor, round_id)
    document, comment = given.document.strip(), given.comment.strip()
    if len(document) > LONGEST_DOCUMENT:
        raise Refused(msg("批准文号最多 %(most)s 字。", most=LONGEST_DOCUMENT), field="document")
    check_length(comment, "comment")
    chosen = chosen_proposals(round_, given.proposal_ids)
    standing = _standing({one.employee_id for one in chosen})
    now = clock.now()
    approved = set()
    for proposal in chosen:
        if proposal.state is ProposalState.APPROVED:
            continue
        if proposal.state is not ProposalState.SUBMITTED:
            raise Refused(msg("有人员尚未上报或已退回，不能审批，请刷新页面。"))
        levels = standing[proposal.employee_id]
        _check_before(proposal, levels)
        for placement in [one for one in levels if one.starts_on == proposal.starts_on]:
            placement.superseded_at = now
            levels.remove(placement)
        proposal.state = ProposalState.APPROVED
        proposal.document, proposal.comment = document, comment or "同意。"
        proposal.decided_by, proposal.decided_on = actor.display_name, clock.today()
        made = _placement(proposal, round_.edition_key, now)
        session_add(made)
        levels.append(made)
        approved.add(proposal.employee_id)
    _close_if_done(round_)
    return len(approved)


@operation(Permission.PAY_APPROVE)
def return_proposals(actor: Actor, round_id: int, proposal_ids: tuple[int, ...], comment: str) -> int:
    """Give submitted proposals back to the street with a comment; gives how many people went back."""
    round_ = _round_for_decision(actor, round_id)
    if not comment.strip():
        raise Refused(msg("请写明退回原因，街道据此修改。"), field="comment")
    check_length(comment.strip(), "comment")
    returned = set()
    for proposal in chosen_proposals(round_, proposal_ids):
        if proposal.state is ProposalState.RETURNED:
            continue
        if proposal.state is not ProposalState.SUBMITTED:
            raise Refused(msg("有人员尚未上报或已审批，不能退回，请刷新页面。"))
        proposal.state, proposal.comment = ProposalState.RETURNED, comment.strip()
        returned.add(proposal.employee_id)
    return len(returned)


@operation(Permission.PAY_APPROVE)
def revoke_placement(actor: Actor, placement_id: int, reason: str) -> None:
    """Take an approval back, with everything else that was approved for the person in the same round.

    What held before holds again. The proposals wait for the district once more; where the street has begun another
    round meanwhile they are withheld, and that round may propose them anew. Refuses where a later approval stands.
    """
    placement = fetch(actor, Placement, placement_id, Permission.PAY_APPROVE, lock=True)
    if placement.superseded_at is not None:
        raise Refused(msg("这一级别已被后来的审批取代或已撤销，无需再撤销。"))
    if not reason.strip():
        raise Refused(msg("请写明撤销审批的理由。"), field="reason")
    check_length(reason.strip(), "reason")
    every = _standing({placement.employee_id})[placement.employee_id]
    proposal = None if placement.proposal_id is None else db.session.get_one(PlacementProposal, placement.proposal_id)
    together = [placement]
    if proposal is not None:
        same = select(PlacementProposal.id).where(
            PlacementProposal.round_id == proposal.round_id, PlacementProposal.employee_id == placement.employee_id
        )
        ids = set(db.session.scalars(same))
        together = [one for one in every if one.proposal_id in ids]
    if any((one.proposal_id or 0) > (placement.proposal_id or 0) for one in every if one not in together):
        raise Refused(msg("此后又审批了新的等级，请先撤销后来的审批。"))
    now = clock.now()
    for one in together:
        one.superseded_at = now
        _restore(one, now)
    if proposal is not None:
        _lay_open(proposal, together, f"撤销审批：{reason.strip()}")


def _round_for_decision(actor: Actor, round_id: int) -> PlacementRound:
    round_ = fetch(actor, PlacementRound, round_id, Permission.PAY_APPROVE, lock=True)
    if round_.closed_at is not None:
        raise Refused(msg("这一批已经办结，不能再修改。"))
    return round_


def _standing(people: set[int]) -> dict[int, list[Placement]]:
    """The approved levels of some people that hold, oldest first."""
    query = (
        select(Placement)
        .where(Placement.employee_id.in_(people), Placement.superseded_at.is_(None))
        .order_by(Placement.starts_on, Placement.id)
        .with_for_update()
    )
    found: dict[int, list[Placement]] = {employee_id: [] for employee_id in people}
    for placement in db.session.scalars(query):
        found[placement.employee_id].append(placement)
    return found


def _check_before(proposal: PlacementProposal, levels: list[Placement]) -> None:
    held = [one for one in levels if one.starts_on <= proposal.starts_on]
    last = max(held, key=lambda one: one.starts_on, default=None)
    now = (None, None, None) if last is None else (last.tier, last.level, last.starts_on)
    if now != (proposal.before_tier, proposal.before_level, proposal.before_since):
        name = db.session.scalar(select(Employee.name).where(Employee.id == proposal.employee_id))
        raise Refused(
            msg("%(name)s的现任等级在测算之后已变动，请退回街道重新测算。", name=name or proposal.employee_id)
        )


def _restore(revoked: Placement, now: datetime) -> None:
    """Let the level hold again that the revoked one replaced on the same day."""
    replaced = db.session.scalars(
        select(Placement)
        .where(
            Placement.employee_id == revoked.employee_id,
            Placement.starts_on == revoked.starts_on,
            Placement.superseded_at == revoked.known_at,
            Placement.id < revoked.id,
        )
        .order_by(Placement.id.desc())
    ).first()
    if replaced is None:
        return
    names = ("employee_id", "unit_id", "proposal_id", "post", "tier", "level")
    more = ("starts_on", "cause", "document", "edition_key", "because")
    session_add(Placement(known_at=now, superseded_at=None, **{name: getattr(replaced, name) for name in names + more}))


def _lay_open(proposal: PlacementProposal, together: list[Placement], comment: str) -> None:
    round_ = db.session.get_one(PlacementRound, proposal.round_id, with_for_update=True)
    state = ProposalState.SUBMITTED
    if round_.closed_at is not None:
        unit = db.session.get_one(Unit, round_.unit_id, with_for_update=True)
        beside = round_.newcomers or db.session.execute(open_rounds(unit)).first() is None
        if beside and not held_elsewhere([proposal.employee_id], round_.id):
            round_.closed_at = None
        else:
            state = ProposalState.WITHHELD
    ids = [one.proposal_id for one in together]
    for one in db.session.scalars(select(PlacementProposal).where(PlacementProposal.id.in_(ids)).with_for_update()):
        one.state, one.comment, one.document, one.decided_by, one.decided_on = state, comment, "", "", None


def _placement(proposal: PlacementProposal, edition_key: str, now: datetime) -> Placement:
    return Placement(
        employee_id=proposal.employee_id,
        known_at=now,
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
