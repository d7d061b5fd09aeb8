"""Batches: the list, and the head that every page of a batch shows: where it stands, its days, what may be done now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, case, func, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.access.tabs import Tab, tabs_of
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.core.web.process import Day, Done, Process, Step
from careerpath.recruitment.models import (
    ApplicantTally,
    Application,
    Appointment,
    BatchState,
    BatchStep,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.nearby import near
from careerpath.recruitment.queries.reached import Reached, applied, reached_column
from careerpath.recruitment.queries.words import BATCH_STATES
from careerpath.words import Message, NotFound, msg


class Act(StrEnum):
    """What may be done to a batch; ``BatchHead.may`` holds those that the actor may do now."""

    CHANGE_PLAN = "change_plan"
    PUT_POSITIONS = "put_positions"
    PUBLISH = "publish"
    DROP = "drop"
    CHANGE_DAYS = "change_days"
    CANCEL = "cancel"
    ENTER = "enter"
    REVIEW = "review"
    CLOSE_REVIEW = "close_review"
    ARRANGE = "arrange"
    """Rooms, numbers, attendance, written scores."""
    RELEASE_WRITTEN = "release_written"
    INTERVIEW = "interview"
    RELEASE_FINAL = "release_final"
    CHECK = "check"
    OPEN_NOTICE = "open_notice"
    APPOINT = "appoint"
    CONCLUDE = "conclude"
    REOPEN = "reopen"


_S, _P = BatchState, Permission
ACTS: Mapping[Act, tuple[Permission, frozenset[BatchState]]] = {
    Act.CHANGE_PLAN: (_P.RECRUITMENT_PLAN, frozenset({_S.PLANNED})),
    Act.PUT_POSITIONS: (_P.RECRUITMENT_PLAN, frozenset({_S.PLANNED})),
    Act.PUBLISH: (_P.RECRUITMENT_PLAN, frozenset({_S.PLANNED})),
    Act.DROP: (_P.RECRUITMENT_PLAN, frozenset({_S.PLANNED})),
    Act.CHANGE_DAYS: (_P.RECRUITMENT_PLAN, frozenset({_S.PUBLISHED, _S.EXAM, _S.INTERVIEW})),
    Act.CANCEL: (_P.RECRUITMENT_PLAN, frozenset({_S.PUBLISHED, _S.EXAM, _S.INTERVIEW, _S.CHECKS})),
    Act.ENTER: (_P.RECRUITMENT_ENTER, frozenset({_S.PUBLISHED})),
    Act.REVIEW: (_P.RECRUITMENT_REVIEW, frozenset({_S.PUBLISHED})),
    Act.CLOSE_REVIEW: (_P.RECRUITMENT_DECIDE, frozenset({_S.PUBLISHED})),
    Act.ARRANGE: (_P.RECRUITMENT_SCORE, frozenset({_S.EXAM})),
    Act.RELEASE_WRITTEN: (_P.RECRUITMENT_DECIDE, frozenset({_S.EXAM})),
    Act.INTERVIEW: (_P.RECRUITMENT_SCORE, frozenset({_S.INTERVIEW})),
    Act.RELEASE_FINAL: (_P.RECRUITMENT_DECIDE, frozenset({_S.EXAM, _S.INTERVIEW})),
    Act.CHECK: (_P.RECRUITMENT_DECIDE, frozenset({_S.CHECKS, _S.NOTICE})),
    Act.OPEN_NOTICE: (_P.RECRUITMENT_DECIDE, frozenset({_S.CHECKS, _S.NOTICE})),
    Act.APPOINT: (_P.RECRUITMENT_DECIDE, frozenset({_S.NOTICE})),
    Act.CONCLUDE: (_P.RECRUITMENT_PLAN, frozenset({_S.NOTICE})),
    Act.REOPEN: (_P.RECRUITMENT_PLAN, frozenset({_S.CONCLUDED})),
}
"""The permission that an act asks for, and the states in which it is done."""

OF_STREETS = frozenset({Act.ENTER, Act.REVIEW})
"""Acts on applications for positions of one's own units: done by streets as well."""

STATE_KINDS = {
    BatchState.PLANNED: "warning",
    BatchState.CONCLUDED: "success",
    BatchState.CANCELLED: "danger",
}

PROCESS = Process(
    tuple(state for state in BatchState if state is not BatchState.CANCELLED),
    BATCH_STATES,
    BatchState.CANCELLED,
    msg("调整日程"),
)

TABS: tuple[tuple[str, Message], ...] = (
    ("batch", msg("概况")),
    ("applications", msg("报名审查")),
    ("exam", msg("笔试")),
    ("interviews", msg("面试")),
    ("results", msg("名单")),
    ("appointments", msg("公示聘用")),
    ("statistics", msg("统计")),
)
"""The pages of a batch: endpoint within the room, and title."""


@dataclass(frozen=True, slots=True)
class BatchHead:
    """What every page of a batch shows above its own part."""

    id: int
    name: str
    title: str
    year: int
    state: BatchState
    state_word: Message
    state_kind: str
    unit_id: int
    unit_name: str
    unit_path: str
    document: str
    days: tuple[Day, ...]
    steps: tuple[Step, ...]
    done: tuple[Done, ...]
    """What has been done, newest first."""
    tabs: tuple[Tab, ...]
    version: int
    may: frozenset[Act]
    closed_reason: str
    """Why a batch was cancelled or taken up again; empty otherwise."""

    def day(self, field: str) -> date | None:
        """One of its days by its field."""
        return next((day.on for day in self.days if day.field == field), None)


def batch_head(actor: Actor, batch_id: int, permission: Permission = Permission.RECRUITMENT_VIEW) -> BatchHead:
    """The head of a batch that the actor meets with this permission, or ``NotFound``. Two queries."""
    return batch_with_head(actor, batch_id, permission)[1]


def batch_with_head(
    actor: Actor, batch_id: int, permission: Permission = Permission.RECRUITMENT_VIEW
) -> tuple[RecruitmentBatch, BatchHead]:
    """A batch that the actor meets with this permission, and its head. Two queries."""
    query = (
        select(RecruitmentBatch, Unit)
        .join(Unit, Unit.id == RecruitmentBatch.unit_id)
        .where(RecruitmentBatch.id == batch_id, near(actor, permission))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row[0], _head(actor, row[0], row[1])


def head_of(actor: Actor, batch: RecruitmentBatch) -> BatchHead:
    """The head of a batch that has been looked up already. Two queries."""
    return _head(actor, batch, db.session.get_one(Unit, batch.unit_id))


def _head(actor: Actor, batch: RecruitmentBatch, unit: Unit) -> BatchHead:
    reached = db.session.scalars(select(BatchStep).where(BatchStep.batch_id == batch.id).order_by(BatchStep.id)).all()
    note = reached[-1].note if reached else ""
    return BatchHead(
        id=batch.id,
        name=batch.name,
        title=batch.title,
        year=batch.year,
        state=batch.state,
        state_word=BATCH_STATES[batch.state],
        state_kind=state_kind(batch.state),
        unit_id=unit.id,
        unit_name=unit.short_name,
        unit_path=unit.path,
        document=batch.document,
        days=days_of(batch),
        steps=PROCESS.steps(batch.state, reached, _planned(batch)),
        done=PROCESS.done(reached),
        tabs=tabs_of(actor, "recruitment", TABS),
        version=batch.version,
        may=acts(actor, batch, unit.path),
        closed_reason=note if batch.state is BatchState.CANCELLED else "",
    )


def _planned(batch: RecruitmentBatch) -> dict[BatchState, date | None]:
    return {
        BatchState.PUBLISHED: batch.announced_on,
        BatchState.EXAM: batch.written_on,
        BatchState.INTERVIEW: batch.interview_on,
        BatchState.NOTICE: batch.notice_starts_on,
    }


def days_of(batch: RecruitmentBatch) -> tuple[Day, ...]:
    """The days of a batch in their usual order."""
    return (
        Day("announced_on", msg("公告发布"), batch.announced_on),
        Day("opens_on", msg("报名开始"), batch.opens_on),
        Day("closes_on", msg("报名截止（含当日）"), batch.closes_on),
        Day("written_on", msg("笔试"), batch.written_on),
        Day("interview_on", msg("面试"), batch.interview_on),
        Day("notice_starts_on", msg("公示开始"), batch.notice_starts_on),
        Day("notice_ends_on", msg("公示结束（含当日）"), batch.notice_ends_on),
    )


def acts(actor: Actor, batch: RecruitmentBatch, unit_path: str) -> frozenset[Act]:
    """What the actor may do now, by state and permission; whether it is all in order is each operation's affair."""
    found = {
        act
        for act, (permission, states) in ACTS.items()
        if batch.state in states and (actor.has(permission) if act in OF_STREETS else actor.can(permission, unit_path))
    }
    if batch.purged_on is not None:
        found.discard(Act.REOPEN)
    return frozenset(found)


def state_kind(state: BatchState) -> str:
    """The colour of a state's pill."""
    return STATE_KINDS.get(state, "primary")


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch in the list."""

    id: int
    name: str
    title: str
    year: int
    unit_name: str
    state: BatchState
    closes_on: date | None
    written_on: date | None
    positions: int
    places: int
    applied: int
    admitted: int
    appointed: int

    @property
    def state_word(self) -> Message:
        """Where it stands."""
        return BATCH_STATES[self.state]

    @property
    def state_kind(self) -> str:
        """The colour of its state."""
        return state_kind(self.state)


CLOSED = (BatchState.CONCLUDED, BatchState.CANCELLED)


def batch_lines(
    actor: Actor, *, open_only: bool = False, after: str | None = None, before: str | None = None
) -> Page[BatchLine]:
    """The batches that the actor meets, newest first; who was purged is counted still. Six queries, however many."""
    batch = RecruitmentBatch
    query: Any = (
        select(batch, Unit.short_name)
        .join(Unit, Unit.id == batch.unit_id)
        .where(near(actor, Permission.RECRUITMENT_VIEW))
    )
    if open_only:
        query = query.where(batch.state.not_in(CLOSED))
    keys = (SortKey(batch.year, descending=True), SortKey(batch.id, descending=True))
    page = keyset_page(query, keys, lambda row: (row[0].year, row[0].id), after=after, before=before)
    ids = [row[0].id for row in page.rows]
    places = _counts(
        select(RecruitmentPosition.batch_id, func.count(), func.sum(RecruitmentPosition.places))
        .where(RecruitmentPosition.batch_id.in_(ids))
        .group_by(RecruitmentPosition.batch_id)
    )
    come = reached_column()
    live = _counts(
        select(Application.batch_id, func.count(), func.count().filter(come != Reached.APPLIED.value))
        .where(
            Application.batch_id.in_(ids),
            applied(),
            within(actor, Application.unit_id, Permission.RECRUITMENT_VIEW),
        )
        .group_by(Application.batch_id)
    )
    further = case((ApplicantTally.reached != Reached.APPLIED.value, ApplicantTally.count), else_=0)
    purged = _counts(
        select(ApplicantTally.batch_id, func.sum(ApplicantTally.count), func.sum(further))
        .join(RecruitmentPosition, RecruitmentPosition.id == ApplicantTally.position_id)
        .where(
            ApplicantTally.batch_id.in_(ids),
            within(actor, RecruitmentPosition.unit_id, Permission.RECRUITMENT_VIEW),
        )
        .group_by(ApplicantTally.batch_id)
    )
    appointed = _counts(
        select(Appointment.batch_id, func.count(), func.count())
        .where(Appointment.batch_id.in_(ids), within(actor, Appointment.unit_id, Permission.RECRUITMENT_VIEW))
        .group_by(Appointment.batch_id)
    )
    nothing = (0, 0)
    lines = [
        BatchLine(
            id=one.id,
            name=one.name,
            title=one.title,
            year=one.year,
            unit_name=unit_name,
            state=one.state,
            closes_on=one.closes_on,
            written_on=one.written_on,
            positions=places.get(one.id, nothing)[0],
            places=places.get(one.id, nothing)[1],
            applied=live.get(one.id, nothing)[0] + purged.get(one.id, nothing)[0],
            admitted=live.get(one.id, nothing)[1] + purged.get(one.id, nothing)[1],
            appointed=appointed.get(one.id, nothing)[0],
        )
        for one, unit_name in page.rows
    ]
    return Page(lines, page.total, page.after, page.before)


def _counts(query: Select[int, int, int]) -> dict[int, tuple[int, int]]:
    return {batch_id: (first, second) for batch_id, first, second in db.session.execute(query)}
