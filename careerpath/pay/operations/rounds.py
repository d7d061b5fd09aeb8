"""A street's round: levels proposed from the files on a day, reviewed, and submitted to the district."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.pay.models import PlacementProposal, PlacementRound, ProposalState
from careerpath.pay.queries.editions import keeping, scheme_on
from careerpath.pay.queries.facts import Worker, workers_of
from careerpath.pay.queries.proposing import Change, changes_of
from careerpath.policy.codes import UnitKind
from careerpath.policy.edition import to_plain
from careerpath.policy.reason import plain
from careerpath.words import NotFound, Refused, msg

OPEN_STATES = (ProposalState.PROPOSED, ProposalState.RETURNED)
LONGEST_NOTE = 400
POST_ORDER = {"chief": 0, "deputy": 1, "staff": 2}


@dataclass(frozen=True, slots=True)
class Review:
    """What the street made of some proposals: put forward, or withheld with a reason."""

    proposal_ids: tuple[int, ...]
    withheld: bool
    note: str = ""


@operation(Permission.PAY_PROPOSE)
def generate_round(actor: Actor, unit_id: int, on: date) -> int:
    """Propose the levels of a street's people on a day from their files; gives the id of the round.

    People whose facts do not suffice are listed with what is missing, never placed by guess. Refuses while another
    round of the street is open, a day without a scheme, and a scheme without levels.
    """
    unit = fetch_unit(actor, unit_id, Permission.PAY_PROPOSE, lock=True)
    if unit.kind not in STREET_KINDS and unit.kind is not UnitKind.DISTRICT:
        raise Refused(msg("套级以街道（乡镇）为单位办理，请选择街道。"), field="unit")
    standing = db.session.scalar(
        select(PlacementRound.id).where(PlacementRound.unit_id == unit.id, PlacementRound.closed_at.is_(None))
    )
    if standing is not None:
        raise Refused(msg("%(unit)s还有一批套级晋级没有办结，请先办结或撤回。", unit=unit.short_name), field="unit")
    edition = scheme_on(on)
    if edition.ladder is None:
        raise Refused(msg("“%(title)s”不分等级，无需套级。", title=edition.head.title), field="on")
    round_ = PlacementRound(
        unit_id=unit.id,
        on=on,
        edition=to_plain(edition),
        edition_key=edition.head.key,
        generated_at=clock.now(),
        generated_by=actor.display_name,
    )
    session_add(round_)
    _propose(round_, unit, on)
    return round_.id


@operation(Permission.PAY_PROPOSE)
def review_proposals(actor: Actor, round_id: int, given: Review) -> int:
    """Put proposals forward or withhold them; gives how many changed. A withheld one needs a reason."""
    round_ = _open_round(actor, round_id)
    note = given.note.strip()
    if given.withheld and not note:
        raise Refused(msg("请写明暂不上报的原因。"), field="note")
    if len(note) > LONGEST_NOTE:
        raise Refused(
            msg("意见最多 %(most)s 字，现为 %(now)s 字，请删减。", most=LONGEST_NOTE, now=len(note)), field="note"
        )
    wanted = ProposalState.WITHHELD if given.withheld else ProposalState.PROPOSED
    changed = 0
    for proposal in chosen_proposals(round_, given.proposal_ids):
        if proposal.state not in (*OPEN_STATES, ProposalState.WITHHELD):
            raise Refused(msg("有人员已上报或已审批，不能再修改，请刷新页面。"))
        if proposal.state is not wanted or proposal.note != note:
            proposal.state, proposal.note = wanted, note
            changed += 1
    return changed


@operation(Permission.PAY_PROPOSE)
def submit_round(actor: Actor, round_id: int, opinion: str = "") -> int:
    """Submit everything that is not withheld to the district; gives how many were submitted."""
    round_ = _open_round(actor, round_id)
    if len(opinion.strip()) > LONGEST_NOTE:
        raise Refused(
            msg("意见最多 %(most)s 字，现为 %(now)s 字，请删减。", most=LONGEST_NOTE, now=len(opinion.strip())),
            field="opinion",
        )
    rows = [one for one in _all(round_) if one.state in OPEN_STATES]
    if not rows:
        raise Refused(msg("没有可以上报的人员。"))
    for proposal in rows:
        proposal.state = ProposalState.SUBMITTED
        proposal.street_by, proposal.street_on = actor.display_name, clock.today()
        if opinion.strip():
            proposal.note = opinion.strip()
    round_.submitted_at = clock.now()
    return len(rows)


@operation(Permission.PAY_PROPOSE)
def drop_round(actor: Actor, round_id: int) -> None:
    """Take a round back of which nothing has been approved; its proposals go, the files stay as they are."""
    round_ = _open_round(actor, round_id)
    rows = _all(round_)
    if any(one.state is ProposalState.APPROVED for one in rows):
        raise Refused(msg("这一批已有人员审批通过，不能整批撤回。可以把其余人员设为暂不上报。"))
    for one in rows:
        db.session.delete(one)
    round_.closed_at = clock.now()


@operation(Permission.PAY_PROPOSE)
def finish_round(actor: Actor, round_id: int) -> None:
    """Close a round of which only withheld proposals are left, so that the street can begin the next one."""
    round_ = _open_round(actor, round_id)
    left = [one for one in _all(round_) if one.state not in (ProposalState.APPROVED, ProposalState.WITHHELD)]
    if left:
        raise Refused(msg("还有 %(count)s 人未办结，全部审批或暂不上报后才能办结。", count=len(left)))
    round_.closed_at = clock.now()


def chosen_proposals(round_: PlacementRound, proposal_ids: tuple[int, ...]) -> list[PlacementProposal]:
    """Proposals of a round by id; ``NotFound`` for one that is not of it."""
    rows = {one.id: one for one in _all(round_)}
    if any(number not in rows for number in proposal_ids):
        raise NotFound
    return [rows[number] for number in proposal_ids]


def _open_round(actor: Actor, round_id: int) -> PlacementRound:
    round_ = fetch(actor, PlacementRound, round_id, Permission.PAY_PROPOSE, lock=True)
    if round_.closed_at is not None:
        raise Refused(msg("这一批已经办结，不能再修改。"))
    return round_


def _all(round_: PlacementRound) -> list[PlacementProposal]:
    query = select(PlacementProposal).where(PlacementProposal.round_id == round_.id)
    return list(db.session.scalars(query.order_by(PlacementProposal.roster_order).with_for_update()))


def _propose(round_: PlacementRound, unit: Unit, on: date) -> None:
    edition = scheme_on(on)
    of = keeping(edition)
    lacking: list[Mapping[str, Any]] = []
    changes: list[tuple[Worker, Change]] = []
    workers = workers_of(unit.path, on, on)
    for worker in workers:
        found = changes_of(edition, worker, on, of)
        if found.missing:
            home = worker.home_on(on)
            lacking.append(
                {
                    "employee_id": worker.employee_id,
                    "number": worker.number,
                    "name": worker.name,
                    "unit": "" if home is None else home.unit_name,
                    "missing": [str(message) for message in found.missing],
                }
            )
        changes += [(worker, change) for change in found.changes]
    round_.lacking, round_.looked_at = lacking, len(workers)
    ordered = sorted(changes, key=lambda pair: _place_in_roster(*pair))
    session_add(*(_row(round_, worker, change, order) for order, (worker, change) in enumerate(ordered, start=1)))


def _place_in_roster(worker: Worker, change: Change) -> tuple[str, int, str, date]:
    return change.home.unit_code, POST_ORDER.get(change.home.post, 9), worker.number, change.starts_on


def _row(round_: PlacementRound, worker: Worker, change: Change, order: int) -> PlacementProposal:
    return PlacementProposal(
        round_id=round_.id,
        employee_id=worker.employee_id,
        unit_id=change.home.unit_id,
        roster_order=order,
        post=change.home.post,
        title=change.home.title,
        cause=change.cause,
        starts_on=change.starts_on,
        before_tier=change.before_tier,
        before_level=change.before_level,
        before_since=change.before_since,
        after_tier=change.after_tier,
        after_level=change.after_level,
        before_items=_items(change.before_items),
        after_items=_items(change.after_items),
        before_monthly=change.before_monthly,
        after_monthly=change.after_monthly,
        because=[reason.as_json() for reason in change.reasons],
        facts=worker.facts.as_plain(),
    )


def _items(items: tuple[tuple[str, str, Decimal], ...]) -> list[dict[str, Any]]:
    return [{"code": code, "name": name, "amount": plain(amount)} for code, name, amount in items]
