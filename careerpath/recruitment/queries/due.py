"""What of final lists and notices waits for the district: for the start page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.policy.recruitment import Outcome, Stage, valid_until
from careerpath.recruitment.models import (
    Appointment,
    BatchState,
    Departure,
    ListLine,
    Objection,
    RecruitmentBatch,
)
from careerpath.recruitment.queries.rules import rules_of

SOON = timedelta(days=30)
"""How long before its end a reserve list is spoken of, while places are empty."""


@dataclass(frozen=True, slots=True)
class DueBatch:
    """A batch after its final list with what waits: notices that ran out, objections, empty places."""

    id: int
    name: str
    unit_name: str
    ready: int
    """People whose notice has run out and who are not appointed."""
    objections: int
    empty: int
    """Places that were left and not filled."""
    reserves: int
    """Reserve candidates who could move up."""
    reserve_until: date | None
    """Their last day, where it is near and a place is empty."""


def due_batches(actor: Actor, on: date) -> list[DueBatch]:
    """The batches of the actor after their final list, oldest first. Four queries."""
    query: Any = (
        select(RecruitmentBatch, Unit.short_name)
        .join(Unit, Unit.id == RecruitmentBatch.unit_id)
        .where(
            RecruitmentBatch.state.in_((BatchState.CHECKS, BatchState.NOTICE)),
            within(actor, RecruitmentBatch.unit_id, Permission.RECRUITMENT_DECIDE),
        )
        .order_by(RecruitmentBatch.id)
    )
    batches = list(db.session.execute(query))
    ids = [batch.id for batch, _ in batches]
    if not ids:
        return []
    lines = _lines(ids, on)
    objections = {
        batch_id: count
        for batch_id, count in db.session.execute(
            select(Objection.batch_id, func.count())
            .where(Objection.batch_id.in_(ids), Objection.answered_on.is_(None))
            .group_by(Objection.batch_id)
        )
    }
    empty = _empty(ids)
    found = []
    for batch, unit_name in batches:
        ready, reserves, published_on = lines.get(batch.id, (0, 0, None))
        until = None if published_on is None else valid_until(rules_of(batch), published_on)
        near = empty.get(batch.id, 0) and reserves and until is not None and on <= until <= on + SOON
        found.append(
            DueBatch(
                batch.id,
                batch.name,
                unit_name,
                ready or 0,
                objections.get(batch.id, 0),
                empty.get(batch.id, 0),
                reserves or 0,
                until if near else None,
            )
        )
    return found


def _lines(ids: list[int], on: date) -> dict[int, tuple[int, int, date]]:
    """By batch: whose notice has run out, reserves who are waiting, and the day of the list."""
    appointed = select(Appointment.application_id)
    ready = and_(
        ListLine.outcome == Outcome.PROPOSED,
        ListLine.notice_ends_on < on,
        ListLine.application_id.not_in(appointed),
    )
    rows = db.session.execute(
        select(
            ListLine.batch_id,
            func.count().filter(ready),
            func.count().filter(ListLine.outcome.in_((Outcome.RESERVE, Outcome.TIE))),
            func.min(ListLine.published_on),
        )
        .where(ListLine.batch_id.in_(ids), ListLine.stage == Stage.FINAL)
        .group_by(ListLine.batch_id)
    )
    return {batch_id: (count, reserves, published_on) for batch_id, count, reserves, published_on in rows}


def _empty(ids: list[int]) -> dict[int, int]:
    """By batch: the places that somebody proposed has left and nobody has filled."""
    moved_up = select(Departure.successor_id).where(Departure.successor_id.is_not(None))
    rows = db.session.execute(
        select(Departure.batch_id, func.count())
        .join(ListLine, and_(ListLine.application_id == Departure.application_id, ListLine.stage == Stage.FINAL))
        .where(
            Departure.batch_id.in_(ids),
            Departure.successor_id.is_(None),
            or_(ListLine.first_outcome == Outcome.PROPOSED, ListLine.application_id.in_(moved_up)),
        )
        .group_by(Departure.batch_id)
    )
    return {batch_id: count for batch_id, count in rows}
