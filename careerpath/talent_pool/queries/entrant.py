"""One entrant: the nomination, the checklist with its reasons, points and what came of them, what may be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, exists, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.homes import place_names
from careerpath.employees.queries.serving import main_posting_on
from careerpath.policy.talent_pool import Condition
from careerpath.policy.talent_pool.parts import SelectionStage
from careerpath.talent_pool.models import (
    EntrantState,
    PoolEntry,
    Selection,
    SelectionEntrant,
    SelectionState,
    StagePoints,
)
from careerpath.talent_pool.queries.advice import Advice, advices, in_words, kept_advice
from careerpath.talent_pool.queries.entrants import STATE_KINDS
from careerpath.talent_pool.queries.selections import SelectionHead, rules_of, selection_with_head
from careerpath.talent_pool.queries.words import ENTRANT_STATES, NOMINATIONS, OUTCOMES
from careerpath.words import Message, NotFound

WITHDRAWABLE = (SelectionState.NOMINATION, SelectionState.STAGES, SelectionState.DECISION)
STANDING = (EntrantState.NOMINATED, EntrantState.ADMITTED)


class Deed(StrEnum):
    """What the actor may do with an entrant now."""

    REVIEW = "review"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class StageLine:
    """The points of one stage; empty where there are none yet."""

    stage: SelectionStage
    points: Decimal | None
    votes_for: int | None
    votes_cast: int | None


@dataclass(frozen=True, slots=True)
class EntrantPage:
    """What the page of an entrant shows below the head of the selection."""

    id: int
    employee_id: int
    name: str
    number: str
    unit_name: str
    home_name: str
    nomination: Message
    nominated_by: str
    supporters: int
    statement: str
    nominated_on: date
    state: EntrantState
    reviewed_by: str
    reviewed_on: date | None
    review_reason: str
    advice: Advice
    conditions: tuple[Condition, ...]
    """Those that a person judges."""
    checked: Mapping[str, bool]
    stages: tuple[StageLine, ...]
    total: Decimal | None
    rank: int | None
    outcome: Message | None
    because: tuple[Mapping[str, Any], ...]
    deeds: frozenset[Deed]

    @property
    def state_word(self) -> Message:
        """Where the nomination stands."""
        return ENTRANT_STATES[self.state]

    @property
    def state_kind(self) -> str:
        """The colour of the state."""
        return STATE_KINDS[self.state]


def entrant_page(
    actor: Actor, entrant_id: int, permission: Permission = Permission.POOL_VIEW
) -> tuple[SelectionHead, EntrantPage]:
    """An entrant whom the actor may see, or ``NotFound``. Five queries; six more while a review is to be made."""
    query = (
        select(SelectionEntrant, Employee.name, Employee.number, Unit.short_name, Unit.path)
        .join(Employee, Employee.id == SelectionEntrant.employee_id)
        .join(Unit, Unit.id == SelectionEntrant.unit_id)
        .where(SelectionEntrant.id == entrant_id, within(actor, SelectionEntrant.unit_id, permission))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    entrant, name, number, unit_name, path = row
    selection, head = selection_with_head(actor, entrant.selection_id, permission)
    return head, EntrantPage(
        id=entrant.id,
        employee_id=entrant.employee_id,
        name=name,
        number=number,
        unit_name=unit_name,
        home_name=entrant.home_name,
        nomination=NOMINATIONS[entrant.nomination],
        nominated_by=entrant.nominated_by,
        supporters=entrant.supporters,
        statement=entrant.statement,
        nominated_on=entrant.nominated_on,
        state=entrant.state,
        reviewed_by=entrant.reviewed_by,
        reviewed_on=entrant.reviewed_on,
        review_reason=entrant.review_reason,
        advice=_advice(selection, entrant),
        conditions=in_words(head.edition, head.gate.code),
        checked=entrant.checked,
        stages=_stages(head, entrant),
        total=entrant.total,
        rank=entrant.rank,
        outcome=OUTCOMES[entrant.outcome] if entrant.outcome is not None else None,
        because=tuple(entrant.because),
        deeds=_deeds(actor, selection, entrant, path),
    )


def _advice(selection: Selection, entrant: SelectionEntrant) -> Advice:
    if entrant.reviewed_on is not None:
        return kept_advice(entrant.eligible, entrant.eligibility)
    return advices(selection, {entrant.employee_id: entrant.checked})[entrant.employee_id]


def _stages(head: SelectionHead, entrant: SelectionEntrant) -> tuple[StageLine, ...]:
    query = select(StagePoints).where(StagePoints.entrant_id == entrant.id)
    points = {one.stage: one for one in db.session.scalars(query)}
    found = []
    for stage in head.stages:
        one = points.get(stage.code)
        found.append(
            StageLine(stage, one.points, one.votes_for, one.votes_cast) if one else StageLine(stage, None, None, None)
        )
    return tuple(found)


def _deeds(actor: Actor, selection: Selection, entrant: SelectionEntrant, path: str) -> frozenset[Deed]:
    found = set()
    if selection.state is SelectionState.NOMINATION and actor.can(Permission.POOL_DECIDE, path):
        if entrant.state is EntrantState.NOMINATED:
            found.add(Deed.REVIEW)
        elif entrant.state in (EntrantState.ADMITTED, EntrantState.REJECTED):
            found.add(Deed.REOPEN)
    may = actor.can(Permission.POOL_NOMINATE, path) and entrant.outcome is None
    if may and entrant.state in STANDING and selection.state in WITHDRAWABLE:
        found.add(Deed.WITHDRAW)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Prospect:
    """Somebody who could be nominated: where they serve, what the rule advises, and what stands in the way."""

    employee_id: int
    name: str
    number: str
    unit_id: int
    unit_path: str
    home_name: str
    advice: Advice
    in_pool: bool
    state: Message | None
    """Where an earlier nomination for the same selection stands; empty without one."""


def prospect(actor: Actor, selection: Selection, employee_id: int, permission: Permission) -> Prospect:
    """Somebody whom the actor may nominate, or ``NotFound``. Eight queries, six of them for the facts."""
    today = clock.today()
    in_pool = exists().where(
        PoolEntry.employee_id == Employee.id,
        PoolEntry.rung == rules_of(selection).gate(selection.gate).rung,
        or_(PoolEntry.left_on.is_(None), PoolEntry.left_on >= today),
    )
    entered = and_(SelectionEntrant.selection_id == selection.id, SelectionEntrant.employee_id == Employee.id)
    query: Any = (
        select(Employee.name, Employee.number, Unit.id, Unit.path, Posting.title, in_pool, SelectionEntrant.state)
        .join(Unit, Unit.id == Employee.unit_id)
        .outerjoin(Posting, and_(*main_posting_on(today)))
        .outerjoin(SelectionEntrant, entered)
        .where(Employee.id == employee_id, within(actor, Employee.unit_id, permission))
    )
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound
    name, number, unit_id, path, title, reserve, state = row
    place = place_names([path])[path]
    return Prospect(
        employee_id=employee_id,
        name=name,
        number=number,
        unit_id=unit_id,
        unit_path=path,
        home_name=f"{place} {title or ''}".strip(),
        advice=advices(selection, {employee_id: {}})[employee_id],
        in_pool=reserve,
        state=ENTRANT_STATES[state] if state is not None else None,
    )
