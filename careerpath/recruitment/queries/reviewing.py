"""The work of reviewers: who waits for a first or a second look, who is next, what hinders the closing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.recruitment.models import (
    Application,
    ApplicationState,
    BatchState,
    EligibilityReview,
    RecruitmentBatch,
    RecruitmentPosition,
    ReviewStage,
    Verdict,
)
from careerpath.words import Message, msg


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of a batch wait for somebody: ``second`` without those whom the actor looked at first."""

    batch_id: int
    batch_name: str
    unit_name: str
    first: int
    second: int
    closes_on: date | None


class Neighbours(NamedTuple):
    """The applications before and after one that wait for the same actor; empty at the end of the line."""

    before: int | None
    after: int | None
    left: int
    """How many wait, this one included where it does."""


def counts_of(batch_id: int, *further: ColumnElement[bool]) -> Counter[ApplicationState]:
    """How many applications of a batch stand where. One query."""
    rows = db.session.execute(
        select(Application.state, func.count())
        .where(Application.batch_id == batch_id, *further)
        .group_by(Application.state)
    )
    return Counter({state: count for state, count in rows})


def first_reviews(applications: Iterable[Application]) -> dict[int, EligibilityReview]:
    """The newest first look at each application that has one, by the application's id. One query."""
    ids = [one.id for one in applications]
    query = (
        select(EligibilityReview)
        .where(EligibilityReview.application_id.in_(ids), EligibilityReview.stage == ReviewStage.FIRST)
        .order_by(EligibilityReview.id)
    )
    return {one.application_id: one for one in db.session.scalars(query)}


def hindrances(batch: RecruitmentBatch) -> tuple[Message, ...]:
    """What still keeps the review from being closed; empty where nothing does. One query."""
    counts, found = counts_of(batch.id), []
    if batch.closes_on is None or clock.today() <= batch.closes_on:
        found.append(msg("报名截止日 %(day)s 尚未过。", day=batch.closes_on or "—"))
    for state, words in (
        (ApplicationState.SUBMITTED, msg("待初审 %(count)s 人。", count=counts[ApplicationState.SUBMITTED])),
        (ApplicationState.FIRST_REVIEWED, msg("待复审 %(count)s 人。", count=counts[ApplicationState.FIRST_REVIEWED])),
        (
            ApplicationState.RETURNED,
            msg("退回补正 %(count)s 人未办结，报名截止后可按现有材料审查。", count=counts[ApplicationState.RETURNED]),
        ),
    ):
        if counts[state]:
            found.append(words)
    if not found and not counts[ApplicationState.ADMITTED]:
        found.append(msg("没有审查通过的人员，不能进入下一阶段；如不再继续，请取消本批。"))
    return tuple(found)


def waiting_for(actor: Actor) -> ColumnElement[bool]:
    """The filter "this application waits for a look that this actor may take": a first one, or a second where somebody

    else took the first. Sent back and not completed when applications close, it waits as well.
    """
    return and_(
        within(actor, Application.unit_id, Permission.RECRUITMENT_REVIEW),
        or_(
            _wants_first(),
            and_(Application.state == ApplicationState.FIRST_REVIEWED, first_reviewer() != (actor.user_id or 0)),
        ),
    )


def _wants_first() -> ColumnElement[bool]:
    closed = (
        select(RecruitmentBatch.id)
        .where(RecruitmentBatch.id == Application.batch_id, RecruitmentBatch.closes_on < clock.today())
        .correlate(Application)
        .exists()
    )
    overdue = and_(Application.state == ApplicationState.RETURNED, closed)
    return or_(Application.state == ApplicationState.SUBMITTED, overdue)


def first_reviewer() -> ColumnElement[int]:
    """Who took the newest first look at an application; 0 for nobody with an account."""
    return func.coalesce(_newest(func.coalesce(EligibilityReview.user_id, 0)), 0)


def first_verdict() -> ColumnElement[Verdict]:
    """What the newest first look found; empty without any."""
    found: ColumnElement[Verdict] = _newest(EligibilityReview.verdict)
    return found


def _newest(column: Any) -> Any:
    return (
        select(column)
        .where(
            EligibilityReview.application_id == Application.id,
            EligibilityReview.stage == ReviewStage.FIRST,
        )
        .order_by(EligibilityReview.id.desc())
        .limit(1)
        .correlate(Application)
        .scalar_subquery()
    )


def is_overdue(state: ApplicationState, batch: RecruitmentBatch) -> bool:
    """Whether an application was sent back and can no longer be completed: it is judged as it stands."""
    closed = batch.closes_on is not None and clock.today() > batch.closes_on
    return state is ApplicationState.RETURNED and closed


def waiting_batches(actor: Actor) -> list[Waiting]:
    """What waits for the actor's review, batch by batch, oldest first. One query."""
    rows = db.session.execute(
        select(
            RecruitmentBatch.id,
            RecruitmentBatch.name,
            Unit.short_name,
            func.count().filter(Application.state != ApplicationState.FIRST_REVIEWED),
            func.count().filter(Application.state == ApplicationState.FIRST_REVIEWED),
            RecruitmentBatch.closes_on,
        )
        .join(RecruitmentBatch, RecruitmentBatch.id == Application.batch_id)
        .join(Unit, Unit.id == RecruitmentBatch.unit_id)
        .where(RecruitmentBatch.state == BatchState.PUBLISHED, waiting_for(actor))
        .group_by(RecruitmentBatch.id, RecruitmentBatch.name, Unit.short_name, RecruitmentBatch.closes_on)
        .order_by(RecruitmentBatch.id)
    )
    return [Waiting(*row) for row in rows]


def closable_batches(actor: Actor) -> list[tuple[int, str, str]]:
    """Batches that the actor may close the review of, whose closing day has passed: id, name, unit. One query."""
    rows = db.session.execute(
        select(RecruitmentBatch.id, RecruitmentBatch.name, Unit.short_name)
        .join(Unit, Unit.id == RecruitmentBatch.unit_id)
        .where(
            within(actor, RecruitmentBatch.unit_id, Permission.RECRUITMENT_DECIDE),
            RecruitmentBatch.state == BatchState.PUBLISHED,
            RecruitmentBatch.closes_on < clock.today(),
        )
        .order_by(RecruitmentBatch.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def neighbours(actor: Actor, batch_id: int, number: str) -> Neighbours:
    """Who waits for the actor before and after the application of this number; the line begins anew at its end.

    One query.
    """
    waiting = select(Application.id).where(Application.batch_id == batch_id, waiting_for(actor))
    others = waiting.where(Application.number != number)
    after = others.order_by((Application.number < number).asc(), Application.number)
    before = others.order_by((Application.number > number).asc(), Application.number.desc())
    count = select(func.count()).select_from(waiting.subquery())
    row = db.session.execute(select(*(one.scalar_subquery() for one in (before.limit(1), after.limit(1), count)))).one()
    return Neighbours(row[0], row[1], row[2] or 0)


@dataclass(frozen=True, slots=True)
class PositionCount:
    """How many were admitted for a position with so many places."""

    code: str
    title: str
    unit_name: str
    places: int
    admitted: int


def admitted_by_position(batch_id: int) -> list[PositionCount]:
    """The positions of a batch with those who were admitted for them, the emptiest first. One query."""
    admitted = func.count(Application.id).filter(Application.state == ApplicationState.ADMITTED)
    position = RecruitmentPosition
    rows = db.session.execute(
        select(position.code, position.title, Unit.short_name, position.places, admitted)
        .join(Unit, Unit.id == position.unit_id)
        .outerjoin(Application, Application.position_id == position.id)
        .where(position.batch_id == batch_id)
        .group_by(position.id, position.code, position.title, Unit.short_name, position.places)
        .order_by(admitted, position.code)
    )
    return [PositionCount(*row) for row in rows]
