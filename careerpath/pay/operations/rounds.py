"""A street's round: levels proposed from the files on a day, reviewed, and submitted to the district."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, or_, select

from careerpath.access.actor import Actor
from careerpath.access.guard import operation, session_add
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.pay.models import Placement, PlacementProposal, PlacementRound, ProposalState
from careerpath.pay.queries.facts import Home, Worker, workers_of
from careerpath.pay.queries.proposing import Change, changes_under
from careerpath.pay.queries.timeline import Timeline, timeline
from careerpath.policy.codes import UnitKind
from careerpath.policy.edition import to_plain
from careerpath.policy.reason import plain
from careerpath.words import NotFound, Refused, msg

OPEN_STATES = (ProposalState.PROPOSED, ProposalState.RETURNED)
SETTLED_STATES = (ProposalState.APPROVED, ProposalState.WITHHELD)
LONGEST_NOTE = 400
CHUNK = 500
POST_ORDER = {"chief": 0, "deputy": 1, "staff": 2}

Sameness = tuple[int, date, int | None, int | None, int]
"""Whose change, since when, from which level to which: what makes two proposals the same."""


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
    round of the unit, or of one above or below it, is open, a day without a scheme, and a scheme without levels. Rounds
    of newcomers stand beside it: whoever is in an open one of those is left to it.
    """
    unit = fetch_unit(actor, unit_id, Permission.PAY_PROPOSE, lock=True)
    if unit.kind not in STREET_KINDS and unit.kind is not UnitKind.DISTRICT:
        raise Refused(msg("套级以街道（乡镇）为单位办理，请选择街道。"), field="unit")
    _refuse_second(unit)
    check_day(on)
    schemes = _schemes(on)
    round_ = new_round(actor, unit, on, schemes)
    propose_levels(round_, schemes, workers_of(unit.path, on, on), {})
    return round_.id


@operation(Permission.PAY_PROPOSE)
def regenerate_round(actor: Actor, round_id: int) -> int:
    """Propose anew from the files as they are now; gives the number of proposals that are open then.

    What was submitted or approved stays as it is. A proposal that comes out the same stays withheld if it was, and
    keeps its note. While nothing was submitted, the scheme is that of today's rulebook.
    """
    round_ = _open_round(actor, round_id)
    rows = _all(round_)
    people = {one.employee_id for one in rows} | {int(one["employee_id"]) for one in round_.lacking}
    settled = {one.employee_id for one in rows if one.state in (ProposalState.SUBMITTED, ProposalState.APPROVED)}
    kept = {_sameness(one): one for one in rows if one.employee_id not in settled}
    _delete(list(kept.values()))
    schemes = _schemes(round_.on)
    if not settled:
        round_.edition, round_.edition_key = to_plain(schemes.last.edition), schemes.last.edition.head.key
    elif schemes.last.edition.head.key != round_.edition_key:
        raise Refused(msg("薪酬办法已有新版，而这一批已有人员上报。请先办结这一批，再重新发起。"))
    unit = db.session.get_one(Unit, round_.unit_id)
    round_.generated_at, round_.generated_by = clock.now(), actor.display_name
    workers = workers_of(unit.path, round_.on, round_.on)
    if round_.newcomers:
        workers = [worker for worker in workers if worker.employee_id in people]
    return propose_levels(round_, schemes, workers, kept, settled)


@operation(Permission.PAY_PROPOSE)
def review_proposals(actor: Actor, round_id: int, given: Review) -> int:
    """Put people forward or withhold them; gives how many people changed. Withholding needs a reason.

    The changes of one person build on one another: they are put forward and withheld together.
    """
    round_ = _open_round(actor, round_id)
    note = given.note.strip()
    if given.withheld and not note:
        raise Refused(msg("请写明暂不上报的原因。"), field="note")
    check_length(note, "note")
    wanted = ProposalState.WITHHELD if given.withheld else ProposalState.PROPOSED
    changed = set()
    for proposal in chosen_proposals(round_, given.proposal_ids):
        if proposal.state not in (*OPEN_STATES, ProposalState.WITHHELD):
            raise Refused(msg("有人员已上报或已审批，不能再修改，请刷新页面。"))
        if proposal.state is not wanted or proposal.note != note:
            proposal.state, proposal.note = wanted, note
            changed.add(proposal.employee_id)
    return len(changed)


@operation(Permission.PAY_PROPOSE)
def submit_round(actor: Actor, round_id: int, opinion: str = "") -> int:
    """Submit everybody who is not withheld to the district; gives how many people were submitted."""
    round_ = _open_round(actor, round_id)
    check_length(opinion.strip(), "opinion")
    rows = [one for one in _all(round_) if one.state in OPEN_STATES]
    if not rows:
        raise Refused(msg("没有可以上报的人员。"))
    for proposal in rows:
        proposal.state = ProposalState.SUBMITTED
        proposal.street_by, proposal.street_on = actor.display_name, clock.today()
        if opinion.strip():
            proposal.note = opinion.strip()
    round_.submitted_at = clock.now()
    return len({one.employee_id for one in rows})


@operation(Permission.PAY_PROPOSE)
def drop_round(actor: Actor, round_id: int) -> None:
    """Take a round back of which nothing has been approved: it goes with its proposals, the files stay as they are."""
    round_ = _open_round(actor, round_id)
    rows = _all(round_)
    if any(one.state is ProposalState.APPROVED for one in rows):
        raise Refused(msg("这一批已有人员审批通过，不能整批撤回。可以把其余人员设为暂不上报。"))
    _delete(rows)
    db.session.delete(round_)


@operation(Permission.PAY_PROPOSE)
def finish_round(actor: Actor, round_id: int) -> None:
    """Close a round of which only withheld proposals are left, so that the street can begin the next one."""
    round_ = _open_round(actor, round_id)
    left = {one.employee_id for one in _all(round_) if one.state not in SETTLED_STATES}
    if left:
        raise Refused(msg("还有 %(count)s 人未办结，全部审批或暂不上报后才能办结。", count=len(left)))
    round_.closed_at = clock.now()


def chosen_proposals(round_: PlacementRound, proposal_ids: tuple[int, ...]) -> list[PlacementProposal]:
    """The chosen proposals of a round, with all others of the same people; ``NotFound`` for one that is not of it."""
    rows = {one.id: one for one in _all(round_)}
    if any(number not in rows for number in proposal_ids):
        raise NotFound
    if not proposal_ids:
        raise Refused(msg("请先勾选人员。"))
    people = {rows[number].employee_id for number in proposal_ids}
    return [one for one in rows.values() if one.employee_id in people]


def check_length(text: str, field: str) -> None:
    """Refuse an opinion or a reason that is too long for the form."""
    if len(text) > LONGEST_NOTE:
        raise Refused(
            msg("意见最多 %(most)s 字，现为 %(now)s 字，请删减。", most=LONGEST_NOTE, now=len(text)), field=field
        )


def open_rounds(unit: Unit) -> Select[int, str]:
    """The open rounds for all people of a unit: its own, and those of units above and below. Those for some newcomers
    are not among them, see ``held_elsewhere``."""
    above = [int(number) for number in unit.path.strip("/").split("/")]
    below = Unit.path.startswith(unit.path, autoescape=True)
    return (
        select(PlacementRound.id, Unit.short_name)
        .join(Unit, Unit.id == PlacementRound.unit_id)
        .where(PlacementRound.closed_at.is_(None), PlacementRound.newcomers.is_(False), or_(Unit.id.in_(above), below))
    )


def held_elsewhere(employee_ids: Iterable[int], but: int | None = None) -> set[int]:
    """Which of some people have a proposal in an open round, other than the one with this id."""
    ids, found = sorted(set(employee_ids)), set[int]()
    for start in range(0, len(ids), CHUNK):
        query = (
            select(PlacementProposal.employee_id)
            .join(PlacementRound, PlacementRound.id == PlacementProposal.round_id)
            .where(PlacementRound.closed_at.is_(None), PlacementProposal.employee_id.in_(ids[start : start + CHUNK]))
        )
        found |= set(db.session.scalars(query if but is None else query.where(PlacementRound.id != but)))
    return found


def new_round(actor: Actor, unit: Unit, on: date, schemes: Timeline, *, newcomers: bool = False) -> PlacementRound:
    """A round with nobody in it yet, under the scheme of the day."""
    edition = schemes.last.edition
    round_ = PlacementRound(
        unit_id=unit.id,
        on=on,
        newcomers=newcomers,
        edition=to_plain(edition),
        edition_key=edition.head.key,
        generated_at=clock.now(),
        generated_by=actor.display_name,
    )
    session_add(round_)
    return round_


def _refuse_second(unit: Unit) -> None:
    standing = db.session.execute(open_rounds(unit)).first()
    if standing is not None:
        raise Refused(msg("%(unit)s还有一批套级晋级没有办结，请先办结或撤回。", unit=standing[1]), field="unit")


def check_day(on: date) -> None:
    """Refuse a day too far ahead for levels to be looked at."""
    last = date(clock.today().year + 1, 12, 31)
    if on > last:
        raise Refused(msg("日期不能晚于 %(last)s。", last=last), field="on")


def _schemes(on: date) -> Timeline:
    schemes = timeline(on)
    edition = schemes.last.edition
    if edition.ladder is None:
        raise Refused(msg("“%(title)s”不分等级，无需套级。", title=edition.head.title), field="on")
    return schemes


def _delete(rows: Sequence[PlacementProposal]) -> None:
    """Delete proposals. An approval that was revoked outlives the proposal it came from."""
    ids = [one.id for one in rows]
    for placement in db.session.scalars(select(Placement).where(Placement.proposal_id.in_(ids)).with_for_update()):
        placement.proposal_id = None
    db.session.flush()
    for one in rows:
        db.session.delete(one)
    db.session.flush()


def _open_round(actor: Actor, round_id: int) -> PlacementRound:
    round_ = fetch(actor, PlacementRound, round_id, Permission.PAY_PROPOSE, lock=True)
    if round_.closed_at is not None:
        raise Refused(msg("这一批已经办结，不能再修改。"))
    return round_


def _all(round_: PlacementRound) -> list[PlacementProposal]:
    query = select(PlacementProposal).where(PlacementProposal.round_id == round_.id)
    return list(db.session.scalars(query.order_by(PlacementProposal.roster_order).with_for_update()))


def propose_levels(
    round_: PlacementRound,
    schemes: Timeline,
    workers: Sequence[Worker],
    kept: Mapping[Sameness, PlacementProposal],
    settled: Collection[int] = (),
) -> int:
    """Propose the levels of some people; gives how many proposals there are. ``settled`` people stay as they are, and
    those who are in another open round are left to it."""
    lacking: list[Mapping[str, Any]] = []
    changes: list[tuple[Worker, Home, Change]] = []
    left_out = held_elsewhere((worker.employee_id for worker in workers), round_.id) | set(settled)
    for worker in workers:
        if worker.employee_id in left_out:
            continue
        home = worker.home_on(round_.on)
        found = changes_under(schemes, worker, round_.on)
        if found.missing:
            lacking.append(
                {
                    "employee_id": worker.employee_id,
                    "number": worker.number,
                    "name": worker.name,
                    "unit": "" if home is None else home.unit_name,
                    "missing": [str(message) for message in found.missing],
                }
            )
        changes += [(worker, home or change.home, change) for change in found.changes]
    round_.lacking, round_.looked_at = lacking, len(workers)
    ordered = sorted(changes, key=lambda each: _place_in_roster(*each))
    first = 1 + max((one.roster_order for one in _all(round_)), default=0)
    rows = [_row(round_, *each, order) for order, each in enumerate(ordered, start=first)]
    for row in rows:
        before = kept.get(_sameness(row))
        if before is not None:
            row.state, row.note, row.comment = before.state, before.note, before.comment
    session_add(*rows)
    return len(rows)


def _sameness(one: PlacementProposal) -> Sameness:
    return one.employee_id, one.starts_on, one.before_level, one.after_tier, one.after_level


def _place_in_roster(worker: Worker, home: Home, change: Change) -> tuple[str, int, str, date]:
    return home.unit_code, POST_ORDER.get(home.post, 9), worker.number, change.starts_on


def _row(round_: PlacementRound, worker: Worker, home: Home, change: Change, order: int) -> PlacementProposal:
    return PlacementProposal(
        round_id=round_.id,
        employee_id=worker.employee_id,
        unit_id=home.unit_id,
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
