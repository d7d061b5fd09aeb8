"""One person's way through the pool as of a day: times as a reserve, selections, promotions, for the personnel file."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from careerpath.access.models import Unit
from careerpath.core.db import db
from careerpath.talent_pool.models import (
    EntrantState,
    PoolEntry,
    Promotion,
    PromotionState,
    Selection,
    SelectionEntrant,
)
from careerpath.talent_pool.queries.ladder import PUBLISHED
from careerpath.talent_pool.queries.names import rung_names
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.talent_pool.queries.words import ENTRANT_STATES, LEAVINGS, OUTCOMES, PROMOTION_STATES
from careerpath.words import Message, msg


class PoolLineKind(StrEnum):
    """What a line is about."""

    RESERVE = "reserve"
    SELECTION = "selection"
    PROMOTION = "promotion"


@dataclass(frozen=True, slots=True)
class PoolLine:
    """A time in the pool, a nomination for a selection, or a post that a promotion came to."""

    kind: PoolLineKind
    id: int
    on: date
    ends_on: date | None
    title: Message
    detail: str
    state: Message


def person_lines(employee_id: int, on: date) -> tuple[PoolLine, ...]:
    """What the pool knows of a person up to a day, newest first, whoever asks. Three queries and one for the rules.

    Results of selections are told once they are public; promotions once they have come to a post.
    """
    lines = [*_reserves(employee_id, on), *_selections(employee_id, on), *_promotions(employee_id, on)]
    return tuple(sorted(lines, key=lambda line: line.on, reverse=True))


def _reserves(employee_id: int, on: date) -> list[PoolLine]:
    query = (
        select(PoolEntry, Unit.short_name)
        .join(Unit, Unit.id == PoolEntry.unit_id)
        .where(PoolEntry.employee_id == employee_id, PoolEntry.entered_on <= on)
    )
    rows = db.session.execute(query).all()
    names = rung_names(rules_or_none(on), {entry.rung for entry, _ in rows}) if rows else {}
    found = []
    for entry, unit in rows:
        left_on = entry.left_on if entry.left_on is not None and entry.left_on < on else None
        leaving = LEAVINGS[entry.leaving] if left_on is not None and entry.leaving is not None else None
        state = msg("在库") if left_on is None else msg("已出库") if leaving is None else leaving
        title = msg("列为%(rung)s后备", rung=names[entry.rung])
        line = PoolLine(PoolLineKind.RESERVE, entry.id, entry.entered_on, left_on, title, unit, state)
        found.append(line)
    return found


def _selections(employee_id: int, on: date) -> list[PoolLine]:
    query = (
        select(SelectionEntrant, Selection)
        .join(Selection, Selection.id == SelectionEntrant.selection_id)
        .where(SelectionEntrant.employee_id == employee_id, SelectionEntrant.nominated_on <= on)
    )
    found = []
    for entrant, selection in db.session.execute(query):
        shown_on = selection.notice_starts_on
        public = selection.state in PUBLISHED and shown_on is not None and shown_on <= on
        state = ENTRANT_STATES[entrant.state]
        if entrant.outcome is not None and entrant.state is EntrantState.ADMITTED and public:
            state = OUTCOMES[entrant.outcome]
        title = msg("参加%(selection)s", selection=selection.name)
        line = PoolLine(
            PoolLineKind.SELECTION, entrant.id, entrant.nominated_on, None, title, entrant.nominated_by, state
        )
        found.append(line)
    return found


def _promotions(employee_id: int, on: date) -> list[PoolLine]:
    query = (
        select(Promotion, Unit.short_name)
        .join(Unit, Unit.id == Promotion.unit_id)
        .where(
            Promotion.employee_id == employee_id,
            Promotion.state == PromotionState.CONCLUDED,
            Promotion.starts_on <= on,
        )
    )
    found = []
    for one, unit in db.session.execute(query):
        title = msg("当选%(title)s", title=one.title) if one.elected else msg("任%(title)s", title=one.title)
        detail = " ".join(part for part in (unit, one.document) if part)
        state = PROMOTION_STATES[one.state]
        found.append(PoolLine(PoolLineKind.PROMOTION, one.id, one.starts_on or on, None, title, detail, state))
    return found
