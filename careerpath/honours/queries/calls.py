"""Calls for honours: the head that every page of one shows, and the one thing to do now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import meets, near, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.process import Done, Process, Step
from careerpath.honours.models import CallState, HonourCall, HonourNominee, HonourStep, NomineeState
from careerpath.honours.operations.calls import HOLDERS
from careerpath.honours.queries.objections import unanswered
from careerpath.honours.queries.words import CALL_STATES
from careerpath.policy.codes import REPRESENTATION
from careerpath.words import Message, NotFound, msg


class Act(StrEnum):
    """What may be done to a call; ``CallHead.may`` holds those that the actor may do now."""

    CHANGE = "change"
    ANNOUNCE = "announce"
    DROP = "drop"
    EXTEND = "extend"
    CANCEL = "cancel"
    NOMINATE = "nominate"
    CLOSE = "close"
    CHOOSE = "choose"
    NOTICE = "notice"
    RETURN = "return"
    OBJECT = "object"
    REFER = "refer"
    GRANT = "grant"
    REOPEN = "reopen"


_S, _P = CallState, Permission
ACTS: Mapping[Act, tuple[Permission, frozenset[CallState]]] = {
    Act.CHANGE: (_P.HONOUR_DECIDE, frozenset({_S.PLANNED})),
    Act.ANNOUNCE: (_P.HONOUR_DECIDE, frozenset({_S.PLANNED})),
    Act.DROP: (_P.HONOUR_DECIDE, frozenset({_S.PLANNED})),
    Act.EXTEND: (_P.HONOUR_DECIDE, frozenset({_S.NOMINATION, _S.REVIEW})),
    Act.CANCEL: (_P.HONOUR_DECIDE, frozenset({_S.NOMINATION, _S.REVIEW, _S.NOTICE, _S.REFERRED})),
    Act.NOMINATE: (_P.HONOUR_NOMINATE, frozenset({_S.NOMINATION})),
    Act.CLOSE: (_P.HONOUR_DECIDE, frozenset({_S.NOMINATION})),
    Act.CHOOSE: (_P.HONOUR_DECIDE, frozenset({_S.REVIEW})),
    Act.NOTICE: (_P.HONOUR_DECIDE, frozenset({_S.REVIEW})),
    Act.RETURN: (_P.HONOUR_DECIDE, frozenset({_S.NOTICE})),
    Act.OBJECT: (_P.HONOUR_DECIDE, frozenset({_S.NOTICE})),
    Act.REFER: (_P.HONOUR_DECIDE, frozenset({_S.NOTICE})),
    Act.GRANT: (_P.HONOUR_DECIDE, frozenset({_S.NOTICE, _S.REFERRED})),
    Act.REOPEN: (_P.HONOUR_DECIDE, frozenset({_S.CONCLUDED})),
}
"""The permission that an act asks for, and the states in which it is done."""

OF_STREETS = frozenset({Act.NOMINATE})
"""Acts on people of one's own units: done by streets as well."""

STATE_KINDS = {CallState.PLANNED: "warning", CallState.CONCLUDED: "success", CallState.CANCELLED: "danger"}
ORDER = (
    CallState.PLANNED,
    CallState.NOMINATION,
    CallState.REVIEW,
    CallState.NOTICE,
    CallState.REFERRED,
    CallState.CONCLUDED,
)
MOVED = msg("推后推荐截止日")
OUTSIDE = Process(ORDER, CALL_STATES, CallState.CANCELLED, MOVED)
INSIDE = Process(tuple(one for one in ORDER if one is not _S.REFERRED), CALL_STATES, CallState.CANCELLED, MOVED)
"""A call of one's own is not sent up."""

TABS: tuple[tuple[str, Message], ...] = (
    ("call", msg("概况")),
    ("nominees", msg("人选")),
    ("call_review", msg("评审公示")),
    ("call_results", msg("结果")),
)
"""The pages of a call: endpoint within the room, and title."""


@dataclass(frozen=True, slots=True)
class CallHead:
    """What every page of a call shows above its own part."""

    record: HonourCall
    unit_name: str
    unit_path: str
    steps: tuple[Step, ...]
    done: tuple[Done, ...]
    """What has been done, newest first."""
    counts: Mapping[NomineeState, int]
    """Nominees whom the actor may see, by state; every state is there."""
    waiting: int
    """Objections that are not answered."""
    may: frozenset[Act]
    closed_reason: str
    """Why it was cancelled; empty otherwise."""

    @property
    def id(self) -> int:
        """The record."""
        return self.record.id

    @property
    def state(self) -> CallState:
        """Where it stands."""
        return self.record.state

    @property
    def state_word(self) -> Message:
        """Where it stands, in words."""
        return CALL_STATES[self.record.state]

    @property
    def state_kind(self) -> str:
        """The colour of that."""
        return state_kind(self.record.state)

    @property
    def masked(self) -> bool:
        """Whether the reader does not see yet who is being chosen: until the notice that is the district's own."""
        return self.state is CallState.REVIEW and Act.CHOOSE not in self.may

    @property
    def nominated(self) -> int:
        """Nominees who were not withdrawn."""
        return sum(count for state, count in self.counts.items() if state is not NomineeState.WITHDRAWN)

    @property
    def chosen(self) -> int:
        """Nominees who were chosen, whatever came of it."""
        passed = (NomineeState.CHOSEN, NomineeState.GRANTED, NomineeState.REFUSED)
        return sum(self.counts[state] for state in passed)

    @property
    def is_mandate(self) -> bool:
        """Whether it is about delegates, deputies or advisers, who hold their mandate for a term."""
        return self.record.kind in REPRESENTATION

    @property
    def notice_over(self) -> bool:
        """Whether the public notice has run out and everything brought forward in it is answered."""
        ends_on = self.record.notice_ends_on
        return ends_on is not None and clock.today() > ends_on and not self.waiting


def call_head(actor: Actor, call_id: int, permission: Permission = Permission.HONOUR_VIEW) -> CallHead:
    """The head of a call that the actor meets with this permission, or ``NotFound``. Three queries."""
    query = (
        select(HonourCall, Unit, unanswered(actor))
        .join(Unit, Unit.id == HonourCall.unit_id)
        .where(HonourCall.id == call_id, near(actor, HonourCall.unit_id, permission))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    call, unit, waiting = row
    steps = select(HonourStep).where(HonourStep.call_id == call.id).order_by(HonourStep.id)
    reached = db.session.scalars(steps).all()
    process = OUTSIDE if call.outside else INSIDE
    head = CallHead(
        record=call,
        unit_name=unit.short_name,
        unit_path=unit.path,
        steps=process.steps(call.state, reached, planned_days(call)),
        done=process.done(reached),
        counts=counts_of(actor, [call.id]).get(call.id, dict.fromkeys(NomineeState, 0)),
        waiting=waiting,
        may=_acts(actor, call, unit.path),
        closed_reason=reached[-1].note if reached and call.state is CallState.CANCELLED else "",
    )
    return replace(head, counts=_masked(head.counts)) if head.masked else head


def planned_days(call: HonourCall) -> dict[CallState, date | None]:
    """The days on which the states ahead are reached, as far as they are known."""
    return {CallState.REVIEW: call.closes_on, CallState.NOTICE: call.notice_starts_on}


def counts_of(actor: Actor, call_ids: Sequence[int]) -> dict[int, dict[NomineeState, int]]:
    """How many nominees that the actor may see stand in each state, by call. One query."""
    nominee = HonourNominee
    query = (
        select(nominee.call_id, nominee.state, func.count())
        .where(nominee.call_id.in_(call_ids), within(actor, nominee.unit_id, Permission.HONOUR_VIEW))
        .group_by(nominee.call_id, nominee.state)
    )
    found: dict[int, dict[NomineeState, int]] = {}
    for call_id, state, count in db.session.execute(query):
        found.setdefault(call_id, dict.fromkeys(NomineeState, 0))[state] = count
    return found


def _masked(counts: Mapping[NomineeState, int]) -> dict[NomineeState, int]:
    inside = (NomineeState.CHOSEN, NomineeState.NOT_CHOSEN)
    waiting = counts[NomineeState.NOMINATED] + sum(counts[state] for state in inside)
    return {**counts, **dict.fromkeys(inside, 0), NomineeState.NOMINATED: waiting}


def state_kind(state: CallState) -> str:
    """The colour of a state's pill."""
    return STATE_KINDS.get(state, "primary")


def _acts(actor: Actor, call: HonourCall, unit_path: str) -> frozenset[Act]:
    found = {
        act
        for act, (permission, states) in ACTS.items()
        if call.state in states
        and (meets(actor, unit_path, permission) if act in OF_STREETS else actor.can(permission, unit_path))
    }
    if clock.today() > call.closes_on:
        found -= {Act.NOMINATE}
    # What is granted outside goes up first; what is not never does.
    if call.state is CallState.NOTICE:
        found -= {Act.GRANT} if call.outside else {Act.REFER}
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Now:
    """The one thing to do now: where that is done, and the verb of the button; both empty where nobody need act."""

    title: Message
    detail: Message
    page: str = ""
    verb: Message | None = None
    act: Act | None = None
    """The button is for those who may do this; without it, for everybody."""


def now_of(head: CallHead) -> Now:
    """What a call waits for."""
    call, today = head.record, clock.today()
    if call.state is CallState.PLANNED:
        return Now(
            msg("核对计划，发布通知"),
            msg("发布后街道可以推荐人选，计划不能再修改，推荐截止日只能推后。"),
            "announce_call",
            msg("发布通知"),
            Act.ANNOUNCE,
        )
    if call.state is CallState.NOMINATION:
        told = msg("推荐到 %(day)s 截止（含当日），已推荐 %(count)s 人。", day=call.closes_on, count=head.nominated)
        if today <= call.closes_on:
            return Now(msg("推荐人选"), told, "new_nominee", msg("推荐人选"), Act.NOMINATE)
        return Now(msg("结束推荐，进入评审"), told)
    if call.state is CallState.REVIEW:
        told = msg(
            "推荐 %(nominated)s 人，名额 %(places)s 人，已确定 %(chosen)s 人。",
            nominated=head.nominated,
            places=call.places,
            chosen=head.counts[NomineeState.CHOSEN],
        )
        return Now(msg("评审确定人选，安排公示"), told, "call_review", msg("评审"), Act.CHOOSE)
    if call.state is CallState.NOTICE:
        return _of_notice(head, today)
    if call.state is CallState.REFERRED:
        told = msg("已上报 %(count)s 人，批复后登记结果。", count=head.counts[NomineeState.CHOSEN])
        return Now(msg("等待上级批复"), told, "call_results", msg("登记批复"), Act.GRANT)
    if call.state is CallState.CONCLUDED:
        told = msg("授予 %(count)s 人，已记入人员档案。", count=head.counts[NomineeState.GRANTED])
        return Now(msg("已公布"), told, "call_results", msg("查看结果"))
    return Now(msg("已取消"), msg("不再受理推荐。"))


def _of_notice(head: CallHead, today: date) -> Now:
    call = head.record
    if head.waiting:
        told = msg("还有 %(count)s 条公示反映没有答复。", count=head.waiting)
        return Now(msg("核查答复公示反映"), told, "call_review", msg("查看反映"), Act.OBJECT)
    if call.notice_ends_on is None or today <= call.notice_ends_on:
        told = msg("公示到 %(day)s 结束（含当日），共 %(count)s 人。", day=call.notice_ends_on, count=head.chosen)
        return Now(msg("公示中"), told, "call_review", msg("查看公示"))
    if call.outside:
        return Now(msg("公示期满，上报"), msg("公示期满，没有未答复的反映。"))
    told = msg("公示期满，没有未答复的反映。")
    return Now(msg("公示期满，登记表彰决定"), told, "call_results", msg("登记表彰决定"), Act.GRANT)


def holders(actor: Actor) -> list[tuple[int, str]]:
    """The districts and cities for which the actor may plan a call."""
    query = select(Unit.id, Unit.short_name).where(
        within(actor, Unit.id, Permission.HONOUR_DECIDE), Unit.kind.in_(HOLDERS)
    )
    return [(unit_id, name) for unit_id, name in db.session.execute(query.order_by(Unit.code))]
