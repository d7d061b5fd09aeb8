"""What a worker sees of selections: what is open for nominations, and where their own names stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import near, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.queries.serving import own_employee
from careerpath.policy.talent_pool import Gate
from careerpath.talent_pool.models import (
    EntrantState,
    PoolEntry,
    Selection,
    SelectionEntrant,
    SelectionPlaces,
    SelectionState,
)
from careerpath.talent_pool.queries.advice import Advice, advices
from careerpath.talent_pool.queries.condition_words import ConditionLine, condition_lines
from careerpath.talent_pool.queries.selection_lists import units_with_places
from careerpath.talent_pool.queries.selections import near_selection, rules_of, state_kind
from careerpath.talent_pool.queries.words import ENTRANT_STATES, NOMINATIONS, OUTCOMES, SELECTION_STATES
from careerpath.words import Message

WITHDRAWABLE = (SelectionState.NOMINATION, SelectionState.STAGES, SelectionState.DECISION)
SHOWN_RESULT = (SelectionState.NOTICE, SelectionState.CONCLUDED)
MOST = 20


@dataclass(frozen=True, slots=True)
class OwnSelection:
    """A selection as a worker meets it: open for nominations, or one with their own name in it."""

    id: int
    name: str
    unit_name: str
    document: str
    contact: str
    gate: Gate
    state_word: Message
    state_kind: str
    reckoned_on: Any
    closes_on: Any
    held_on: Any
    open: bool
    """Whether nominations are taken today."""
    entrant_word: Message | None
    """Where one's own name stands; empty without one."""
    nomination: Message | None
    result: Message | None
    """Shown from the public notice on."""
    reason: str
    """Why one was not admitted, or stepped back."""
    places: int
    """Of one's home community."""
    in_pool: bool
    may_nominate_self: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """A colleague whom the actor brought forward, and where that stands."""

    name: str
    selection_name: str
    state_word: Message


@dataclass(frozen=True, slots=True)
class OwnPage:
    """All of it; ``has_file`` tells whether the account belongs to a person of the register."""

    has_file: bool
    selections: tuple[OwnSelection, ...]
    brought: tuple[Brought, ...]


def own_selections(actor: Actor) -> OwnPage:
    """What the actor meets as a worker, newest first. Six queries at the most."""
    own, today = own_employee(actor), clock.today()
    mine = and_(
        SelectionEntrant.selection_id == Selection.id,
        SelectionEntrant.employee_id == (own.id if own is not None else 0),
    )
    query = (
        select(Selection, Unit.short_name, SelectionEntrant, SelectionPlaces.places)
        .join(Unit, Unit.id == Selection.unit_id)
        .outerjoin(SelectionEntrant, mine)
        .outerjoin(
            SelectionPlaces,
            and_(
                SelectionPlaces.selection_id == Selection.id,
                SelectionPlaces.unit_id == (own.unit_id if own is not None else 0),
            ),
        )
        .where(
            near(actor, Selection.unit_id, Permission.OWN_NOMINATE),
            or_(
                and_(Selection.state == SelectionState.NOMINATION, Selection.closes_on >= today),
                SelectionEntrant.id.is_not(None),
            ),
        )
        .order_by(Selection.year.desc(), Selection.id.desc())
        .limit(MOST)
    )
    rows = db.session.execute(query).all()
    rungs = _rungs_in_pool(own) if own is not None and rows else frozenset()
    found = tuple(_own_selection(row, rungs, own is not None) for row in rows)
    return OwnPage(own is not None, found, _brought(actor))


def _rungs_in_pool(own: Employee) -> frozenset[str]:
    query = select(PoolEntry.rung).where(
        PoolEntry.employee_id == own.id, or_(PoolEntry.left_on.is_(None), PoolEntry.left_on >= clock.today())
    )
    return frozenset(db.session.scalars(query))


def _own_selection(row: Any, rungs: frozenset[str], has_file: bool) -> OwnSelection:
    selection, unit_name, entrant, places = row
    gate = rules_of(selection).gate(selection.gate)
    stands = entrant is not None and entrant.state in (EntrantState.NOMINATED, EntrantState.ADMITTED)
    is_open = selection.state is SelectionState.NOMINATION and clock.today() <= selection.closes_on
    free = entrant is None or entrant.state is EntrantState.WITHDRAWN
    told = entrant is not None and entrant.outcome is not None and selection.state in SHOWN_RESULT
    return OwnSelection(
        id=selection.id,
        name=selection.name,
        unit_name=unit_name,
        document=selection.document,
        contact=selection.contact,
        gate=gate,
        state_word=SELECTION_STATES[selection.state],
        state_kind=state_kind(selection.state),
        reckoned_on=selection.reckoned_on,
        closes_on=selection.closes_on,
        held_on=selection.held_on,
        open=is_open,
        entrant_word=ENTRANT_STATES[entrant.state] if entrant is not None else None,
        nomination=NOMINATIONS[entrant.nomination] if entrant is not None else None,
        result=OUTCOMES[entrant.outcome] if told else None,
        reason=entrant.review_reason if entrant is not None and entrant.state is not EntrantState.ADMITTED else "",
        places=places or 0,
        in_pool=gate.rung in rungs,
        may_nominate_self=is_open and free and has_file and gate.rung not in rungs,
        may_withdraw=stands and selection.state in WITHDRAWABLE and entrant.outcome is None,
    )


def _brought(actor: Actor) -> tuple[Brought, ...]:
    """Colleagues of one's own community whom one brought forward oneself, newest first."""
    query = (
        select(Employee.name, Selection.name, SelectionEntrant.state)
        .join(SelectionEntrant, SelectionEntrant.employee_id == Employee.id)
        .join(Selection, Selection.id == SelectionEntrant.selection_id)
        .where(
            SelectionEntrant.nominated_by == actor.display_name,
            SelectionEntrant.supporters > 0,
            within(actor, SelectionEntrant.unit_id, Permission.OWN_NOMINATE),
            func.coalesce(Employee.user_id, 0) != (actor.user_id or -1),
        )
        .order_by(SelectionEntrant.id.desc())
        .limit(MOST)
    )
    return tuple(
        Brought(name, selection, ENTRANT_STATES[state]) for name, selection, state in db.session.execute(query)
    )


@dataclass(frozen=True, slots=True)
class OwnProspect:
    """What somebody reads before putting themselves forward: the conditions, the advice, where there are places."""

    selection: Selection
    gate: Gate
    conditions: Sequence[ConditionLine]
    advice: Advice | None
    units: Sequence[tuple[int, str]]
    home_id: int


def own_prospect(actor: Actor, selection_id: int) -> OwnProspect:
    """One selection for the actor's own nomination, or ``NotFound``. Ten queries, six of them for the facts."""
    selection = near_selection(actor, selection_id, Permission.OWN_NOMINATE)
    own, edition = own_employee(actor), rules_of(selection)
    path = db.session.scalar(select(Unit.path).where(Unit.id == own.unit_id)) if own is not None else None
    return OwnProspect(
        selection=selection,
        gate=edition.gate(selection.gate),
        conditions=condition_lines(edition, selection.gate),
        advice=advices(selection, {own.id: {}})[own.id] if own is not None else None,
        units=units_with_places(selection.id, path or ""),
        home_id=own.unit_id if own is not None else 0,
    )
