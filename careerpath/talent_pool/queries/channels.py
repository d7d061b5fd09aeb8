"""Targeted recruitments: the list, and the head that every page of one shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import meets, near, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.core.web.process import Done, Process, Step
from careerpath.policy.codes import UnitKind
from careerpath.policy.talent_pool import Gate, TalentPoolEdition
from careerpath.talent_pool.models import ChannelCandidate, ChannelResult, ChannelRound, ChannelState, ChannelStep
from careerpath.talent_pool.queries.channel_advice import rules_of
from careerpath.talent_pool.queries.words import CHANNEL_STATES
from careerpath.words import Message, NotFound, msg


class Act(StrEnum):
    """What may be done to a channel; ``ChannelHead.may`` holds those that the actor may do now."""

    CHANGE = "change"
    ANNOUNCE = "announce"
    DROP = "drop"
    EXTEND = "extend"
    CANCEL = "cancel"
    ADD = "add"
    REVIEW = "review"
    CLOSE_REVIEW = "close_review"
    RECORD = "record"
    CONCLUDE = "conclude"
    REOPEN = "reopen"


_S, _P = ChannelState, Permission
ACTS: Mapping[Act, tuple[Permission, frozenset[ChannelState]]] = {
    Act.CHANGE: (_P.POOL_DECIDE, frozenset({_S.PLANNED})),
    Act.ANNOUNCE: (_P.POOL_DECIDE, frozenset({_S.PLANNED})),
    Act.DROP: (_P.POOL_DECIDE, frozenset({_S.PLANNED})),
    Act.EXTEND: (_P.POOL_DECIDE, frozenset({_S.OPEN})),
    Act.CANCEL: (_P.POOL_DECIDE, frozenset({_S.OPEN, _S.RESULTS})),
    Act.ADD: (_P.POOL_NOMINATE, frozenset({_S.OPEN})),
    Act.REVIEW: (_P.POOL_DECIDE, frozenset({_S.OPEN})),
    Act.CLOSE_REVIEW: (_P.POOL_DECIDE, frozenset({_S.OPEN})),
    Act.RECORD: (_P.POOL_DECIDE, frozenset({_S.RESULTS})),
    Act.CONCLUDE: (_P.POOL_DECIDE, frozenset({_S.RESULTS})),
    Act.REOPEN: (_P.POOL_DECIDE, frozenset({_S.CONCLUDED})),
}
"""The permission that an act asks for, and the states in which it is done."""

OF_STREETS = frozenset({Act.ADD})
"""Acts on people of one's own units: done by streets as well."""

STATE_KINDS = {ChannelState.PLANNED: "warning", ChannelState.CONCLUDED: "success", ChannelState.CANCELLED: "danger"}
PROCESS = Process(
    (ChannelState.PLANNED, ChannelState.OPEN, ChannelState.RESULTS, ChannelState.CONCLUDED),
    CHANNEL_STATES,
    ChannelState.CANCELLED,
    msg("延长报名"),
)

TABS: tuple[tuple[str, Message], ...] = (
    ("channel", msg("概况")),
    ("channel_advice", msg("条件比对")),
    ("channel_candidates", msg("人选")),
)
"""The pages of a channel: endpoint within the room, and title."""


@dataclass(frozen=True, slots=True)
class ChannelHead:
    """What every page of a channel shows above its own part."""

    id: int
    name: str
    year: int
    state: ChannelState
    state_word: Message
    state_kind: str
    unit_id: int
    unit_name: str
    unit_path: str
    document: str
    edition: TalentPoolEdition
    frozen: bool
    """Whether the rules are those of the announcement."""
    gate: Gate
    places: int
    reckoned_on: date
    closes_on: date
    remark: str
    steps: tuple[Step, ...]
    done: tuple[Done, ...]
    """What has been done, newest first."""
    tabs: tuple[tuple[str, Message], ...]
    counts: Mapping[ChannelResult, int]
    """Candidates that the actor may see, by result; every result is there."""
    version: int
    may: frozenset[Act]
    closed_reason: str
    """Why it was cancelled; empty otherwise."""

    @property
    def named(self) -> int:
        """Candidates who did not withdraw."""
        return sum(count for result, count in self.counts.items() if result is not ChannelResult.WITHDRAWN)

    @property
    def closed(self) -> bool:
        """Whether names no longer come in."""
        return clock.today() > self.closes_on

    @property
    def admitted(self) -> int:
        """Candidates who passed the review, whatever came of it."""
        passed = (ChannelResult.ADMITTED, ChannelResult.HIRED, ChannelResult.NOT_HIRED)
        return sum(self.counts[result] for result in passed)


def channel_head(actor: Actor, channel_id: int, permission: Permission = Permission.POOL_VIEW) -> ChannelHead:
    """The head of a channel that the actor meets with this permission, or ``NotFound``. Three queries."""
    return channel_with_head(actor, channel_id, permission)[1]


def channel_with_head(
    actor: Actor, channel_id: int, permission: Permission = Permission.POOL_VIEW
) -> tuple[ChannelRound, ChannelHead]:
    """A channel that the actor meets with this permission, and its head. Three queries."""
    query = (
        select(ChannelRound, Unit)
        .join(Unit, Unit.id == ChannelRound.unit_id)
        .where(ChannelRound.id == channel_id, near(actor, ChannelRound.unit_id, permission))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row[0], _head(actor, row[0], row[1])


def _head(actor: Actor, channel: ChannelRound, unit: Unit) -> ChannelHead:
    query = select(ChannelStep).where(ChannelStep.channel_id == channel.id).order_by(ChannelStep.id)
    reached = db.session.scalars(query).all()
    edition = rules_of(channel)
    return ChannelHead(
        id=channel.id,
        name=channel.name,
        year=channel.year,
        state=channel.state,
        state_word=CHANNEL_STATES[channel.state],
        state_kind=state_kind(channel.state),
        unit_id=unit.id,
        unit_name=unit.short_name,
        unit_path=unit.path,
        document=channel.document,
        edition=edition,
        frozen=channel.edition is not None,
        gate=edition.gate(channel.gate),
        places=channel.places,
        reckoned_on=channel.reckoned_on,
        closes_on=channel.closes_on,
        remark=channel.remark,
        steps=PROCESS.steps(channel.state, reached),
        done=PROCESS.done(reached),
        tabs=_tabs(actor),
        counts=_counts(actor, [channel.id]).get(channel.id, dict.fromkeys(ChannelResult, 0)),
        version=channel.version,
        may=_acts(actor, channel.state, unit.path),
        closed_reason=reached[-1].note if reached and channel.state is ChannelState.CANCELLED else "",
    )


def _acts(actor: Actor, state: ChannelState, unit_path: str) -> frozenset[Act]:
    return frozenset(
        act
        for act, (permission, states) in ACTS.items()
        if state in states
        and (meets(actor, unit_path, permission) if act in OF_STREETS else actor.can(permission, unit_path))
    )


def _tabs(actor: Actor) -> tuple[tuple[str, Message], ...]:
    # All of them ask for the same permission as the head itself.
    return TABS if actor.has(Permission.POOL_VIEW) else ()


def state_kind(state: ChannelState) -> str:
    """The colour of a state's pill."""
    return STATE_KINDS.get(state, "primary")


@dataclass(frozen=True, slots=True)
class Now:
    """The one thing to do now: where that is done, and the verb of the button; both empty where nobody need act."""

    title: Message
    detail: Message
    page: str = ""
    verb: Message | None = None


def now_of(head: ChannelHead) -> Now:
    """What a channel waits for."""
    counts, day = head.counts, head.closes_on
    if head.state is ChannelState.PLANNED:
        detail = msg("公告后资格条件按规则库的现行内容冻结，街道和个人可以报名。")
        return Now(msg("核对计划，发布公告"), detail, "announce_channel", msg("发布公告"))
    if head.state is ChannelState.OPEN:
        waiting = counts[ChannelResult.APPLIED]
        if waiting and Act.REVIEW in head.may:
            detail = msg("待审查 %(count)s 人，报名到 %(day)s 截止（含当日）。", count=waiting, day=day)
            return Now(msg("审查报名人员的资格"), detail, "channel_candidates", msg("资格审查"))
        if clock.today() <= day:
            detail = msg("报名到 %(day)s 截止（含当日），可先比对全区人员的条件。", day=day)
            return Now(msg("受理报名"), detail, "channel_advice", msg("条件比对"))
        return Now(msg("结束资格审查"), msg("报名已截止，审查通过 %(count)s 人。", count=head.admitted))
    if head.state is ChannelState.RESULTS:
        left = counts[ChannelResult.ADMITTED]
        if left:
            detail = msg("还有 %(count)s 人没有登记结果。", count=left)
            return Now(msg("登记考试考察结果"), detail, "channel_candidates", msg("登记结果"))
        return Now(msg("办结"), msg("结果已全部登记，聘用 %(count)s 人。", count=counts[ChannelResult.HIRED]))
    if head.state is ChannelState.CONCLUDED:
        return Now(msg("已办结"), msg("聘用 %(count)s 人。", count=counts[ChannelResult.HIRED]))
    return Now(msg("已取消"), msg("不再受理报名。"))


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One targeted recruitment in the list; counts are of the candidates whom the actor may see."""

    id: int
    name: str
    year: int
    unit_name: str
    state: ChannelState
    closes_on: date
    places: int
    counts: Mapping[ChannelResult, int]

    @property
    def state_word(self) -> Message:
        """Where it stands."""
        return CHANNEL_STATES[self.state]

    @property
    def state_kind(self) -> str:
        """The colour of its state."""
        return state_kind(self.state)

    @property
    def named(self) -> int:
        """Candidates who did not withdraw."""
        return sum(count for result, count in self.counts.items() if result is not ChannelResult.WITHDRAWN)


def channel_lines(
    actor: Actor, *, open_only: bool = False, after: str | None = None, before: str | None = None
) -> Page[ChannelLine]:
    """The channels that the actor meets, newest first. Three queries, however many."""
    channel = ChannelRound
    query: Any = (
        select(channel, Unit.short_name)
        .join(Unit, Unit.id == channel.unit_id)
        .where(near(actor, channel.unit_id, Permission.POOL_VIEW))
    )
    if open_only:
        query = query.where(channel.state.not_in((ChannelState.CONCLUDED, ChannelState.CANCELLED)))
    keys = (SortKey(channel.year, descending=True), SortKey(channel.id, descending=True))
    page = keyset_page(query, keys, lambda row: (row[0].year, row[0].id), after=after, before=before)
    counts = _counts(actor, [row[0].id for row in page.rows])
    none = dict.fromkeys(ChannelResult, 0)
    lines = [
        ChannelLine(one.id, one.name, one.year, unit, one.state, one.closes_on, one.places, counts.get(one.id, none))
        for one, unit in page.rows
    ]
    return Page(lines, page.total, page.after, page.before)


def _counts(actor: Actor, channel_ids: Sequence[int]) -> dict[int, dict[ChannelResult, int]]:
    candidate = ChannelCandidate
    query = (
        select(candidate.channel_id, candidate.result, func.count())
        .where(candidate.channel_id.in_(channel_ids), within(actor, candidate.unit_id, Permission.POOL_VIEW))
        .group_by(candidate.channel_id, candidate.result)
    )
    found: dict[int, dict[ChannelResult, int]] = {}
    for channel_id, result, count in db.session.execute(query):
        found.setdefault(channel_id, dict.fromkeys(ChannelResult, 0))[result] = count
    return found


def districts(actor: Actor) -> list[tuple[int, str]]:
    """The districts for which the actor may plan."""
    query = select(Unit.id, Unit.short_name).where(
        within(actor, Unit.id, Permission.POOL_DECIDE), Unit.kind == UnitKind.DISTRICT
    )
    return [(unit_id, name) for unit_id, name in db.session.execute(query.order_by(Unit.code))]
