"""Selections: which ones an actor meets, and the head that every page of one shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, literal, select, union_all

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import meets, near, within
from careerpath.access.tabs import Tab, tabs_of
from careerpath.core.db import db
from careerpath.core.web.process import Day, Done, Process, Step
from careerpath.policy.talent_pool import Gate, Rung, TalentPoolEdition
from careerpath.policy.talent_pool.parts import SelectionStage
from careerpath.talent_pool.models import (
    EntrantState,
    Selection,
    SelectionEntrant,
    SelectionPlaces,
    SelectionState,
    SelectionStep,
)
from careerpath.talent_pool.queries.rules import frozen_rules
from careerpath.talent_pool.queries.words import SELECTION_STATES
from careerpath.words import Message, NotFound, msg


class Act(StrEnum):
    """What may be done to a selection; ``SelectionHead.may`` holds those that the actor may do now."""

    CHANGE = "change"
    ANNOUNCE = "announce"
    DROP = "drop"
    CHANGE_DAYS = "change_days"
    CANCEL = "cancel"
    NOMINATE = "nominate"
    REVIEW = "review"
    CLOSE_NOMINATIONS = "close_nominations"
    PUT_POINTS = "put_points"
    FINISH_STAGES = "finish_stages"
    DECIDE = "decide"
    """Put level ones in order, decide, open the notice."""
    OBJECT = "object"
    """Objections of the notice, and who moves up."""
    CONCLUDE = "conclude"


_S, _P = SelectionState, Permission
ACTS: Mapping[Act, tuple[Permission, frozenset[SelectionState]]] = {
    Act.CHANGE: (_P.POOL_DECIDE, frozenset({_S.PLANNED})),
    Act.ANNOUNCE: (_P.POOL_DECIDE, frozenset({_S.PLANNED})),
    Act.DROP: (_P.POOL_DECIDE, frozenset({_S.PLANNED})),
    Act.CHANGE_DAYS: (_P.POOL_DECIDE, frozenset({_S.NOMINATION, _S.STAGES})),
    Act.CANCEL: (_P.POOL_DECIDE, frozenset({_S.NOMINATION, _S.STAGES, _S.DECISION, _S.NOTICE})),
    Act.NOMINATE: (_P.POOL_NOMINATE, frozenset({_S.NOMINATION})),
    Act.REVIEW: (_P.POOL_DECIDE, frozenset({_S.NOMINATION})),
    Act.CLOSE_NOMINATIONS: (_P.POOL_DECIDE, frozenset({_S.NOMINATION})),
    Act.PUT_POINTS: (_P.POOL_DECIDE, frozenset({_S.STAGES})),
    Act.FINISH_STAGES: (_P.POOL_DECIDE, frozenset({_S.STAGES})),
    Act.DECIDE: (_P.POOL_DECIDE, frozenset({_S.DECISION})),
    Act.OBJECT: (_P.POOL_DECIDE, frozenset({_S.NOTICE})),
    Act.CONCLUDE: (_P.POOL_DECIDE, frozenset({_S.NOTICE})),
}
"""The permission that an act asks for, and the states in which it is done."""

OF_STREETS = frozenset({Act.NOMINATE})
"""Acts on people of one's own units within the district's selection: done by streets as well."""

STATE_KINDS = {
    SelectionState.PLANNED: "warning",
    SelectionState.CONCLUDED: "success",
    SelectionState.CANCELLED: "danger",
}

PROCESS = Process(
    tuple(state for state in SelectionState if state is not SelectionState.CANCELLED),
    SELECTION_STATES,
    SelectionState.CANCELLED,
    msg("调整日程"),
)

TABS: tuple[tuple[str, Message], ...] = (
    ("selection", msg("概况")),
    ("entrants", msg("人选")),
    ("stages", msg("测评")),
    ("results", msg("结果")),
)
"""The pages of a selection: endpoint within the room that takes ``selection_id`` alone, and title."""


@dataclass(frozen=True, slots=True)
class SelectionHead:
    """What every page of a selection shows above its own part."""

    id: int
    name: str
    year: int
    state: SelectionState
    state_word: Message
    state_kind: str
    unit_id: int
    unit_name: str
    unit_path: str
    document: str
    edition: TalentPoolEdition
    """As frozen at the announcement, before that as the rulebook has it."""
    gate: Gate
    rung: Rung
    stages: tuple[SelectionStage, ...]
    days: tuple[Day, ...]
    steps: tuple[Step, ...]
    done: tuple[Done, ...]
    """What has been done, newest first."""
    tabs: tuple[Tab, ...]
    places: int
    """The sum of all units of the district."""
    units: int
    """How many units have places."""
    counts: Mapping[EntrantState, int]
    """Entrants that the actor may see, by state; every state is there."""
    version: int
    may: frozenset[Act]
    closed_reason: str
    """Why a selection was cancelled; empty otherwise."""

    @property
    def entered(self) -> int:
        """Nominations that stand: not withdrawn."""
        return sum(count for state, count in self.counts.items() if state is not EntrantState.WITHDRAWN)

    def day(self, field: str) -> date | None:
        """One of its days by its field."""
        return next((day.on for day in self.days if day.field == field), None)


def near_selection(actor: Actor, selection_id: int, permission: Permission, *, lock: bool = False) -> Selection:
    """A selection that the actor meets, or ``NotFound``.

    The actor's own one, or that of the district above them. What is done to the selection itself asks
    ``scope.fetch`` instead; within it, entrants are those of the actor's units.
    """
    query = select(Selection).where(Selection.id == selection_id, near(actor, Selection.unit_id, permission))
    selection = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if selection is None:
        raise NotFound
    return selection


def rules_of(selection: Selection) -> TalentPoolEdition:
    """The rules of a selection: as frozen when it was announced, before that those of the rulebook."""
    return frozen_rules(selection.edition, selection.edition_key)


def selection_head(actor: Actor, selection_id: int, permission: Permission = Permission.POOL_VIEW) -> SelectionHead:
    """The head of a selection that the actor meets with this permission, or ``NotFound``. Three queries."""
    return selection_with_head(actor, selection_id, permission)[1]


def selection_with_head(
    actor: Actor, selection_id: int, permission: Permission = Permission.POOL_VIEW
) -> tuple[Selection, SelectionHead]:
    """A selection that the actor meets with this permission, and its head. Three queries."""
    query = (
        select(Selection, Unit)
        .join(Unit, Unit.id == Selection.unit_id)
        .where(Selection.id == selection_id, near(actor, Selection.unit_id, permission))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row[0], _head(actor, row[0], row[1])


def _head(actor: Actor, selection: Selection, unit: Unit) -> SelectionHead:
    query = select(SelectionStep).where(SelectionStep.selection_id == selection.id).order_by(SelectionStep.id)
    reached = db.session.scalars(query).all()
    edition = rules_of(selection)
    gate = edition.gate(selection.gate)
    numbers = _numbers(actor, selection.id)
    note = reached[-1].note if reached else ""
    return SelectionHead(
        id=selection.id,
        name=selection.name,
        year=selection.year,
        state=selection.state,
        state_word=SELECTION_STATES[selection.state],
        state_kind=state_kind(selection.state),
        unit_id=unit.id,
        unit_name=unit.short_name,
        unit_path=unit.path,
        document=selection.document,
        edition=edition,
        gate=gate,
        rung=edition.rung(gate.rung),
        stages=edition.stages,
        days=days_of(selection),
        steps=PROCESS.steps(selection.state, reached, _planned(selection)),
        done=PROCESS.done(reached),
        tabs=tabs_of(actor, "talent_pool", TABS),
        places=numbers.get("places", 0),
        units=numbers.get("units", 0),
        counts={state: numbers.get(state.value, 0) for state in EntrantState},
        version=selection.version,
        may=acts(actor, selection.state, unit.path),
        closed_reason=note if selection.state is SelectionState.CANCELLED else "",
    )


def _numbers(actor: Actor, selection_id: int) -> dict[str, int]:
    """Entrants by state, places and units with places, in one query."""
    entrant, places = SelectionEntrant, SelectionPlaces
    seen = (entrant.selection_id == selection_id, within(actor, entrant.unit_id, Permission.POOL_VIEW))
    of_units = places.selection_id == selection_id
    query = union_all(
        *(
            select(literal(state.value), func.count()).select_from(entrant).where(*seen, entrant.state == state)
            for state in EntrantState
        ),
        select(literal("places"), func.coalesce(func.sum(places.places), 0)).where(of_units),
        select(literal("units"), func.count()).select_from(places).where(of_units),
    )
    return {name: int(number) for name, number in db.session.execute(query)}


def _planned(selection: Selection) -> dict[SelectionState, date | None]:
    return {SelectionState.STAGES: selection.held_on, SelectionState.NOTICE: selection.notice_starts_on}


def days_of(selection: Selection) -> tuple[Day, ...]:
    """The days of a selection in their usual order."""
    return (
        Day("reckoned_on", msg("资格计算日"), selection.reckoned_on),
        Day("announced_on", msg("公告发布"), selection.announced_on),
        Day("closes_on", msg("推荐报名截止（含当日）"), selection.closes_on),
        Day("held_on", msg("测评开始"), selection.held_on),
        Day("decided_on", msg("研究确定"), selection.decided_on),
        Day("notice_starts_on", msg("公示开始"), selection.notice_starts_on),
        Day("notice_ends_on", msg("公示结束（含当日）"), selection.notice_ends_on),
    )


def acts(actor: Actor, state: SelectionState, unit_path: str) -> frozenset[Act]:
    """What the actor may do now, by state and permission; whether it is all in order is each operation's affair."""
    return frozenset(
        act
        for act, (permission, states) in ACTS.items()
        if state in states
        and (meets(actor, unit_path, permission) if act in OF_STREETS else actor.can(permission, unit_path))
    )


def state_kind(state: SelectionState) -> str:
    """The colour of a state's pill."""
    return STATE_KINDS.get(state, "primary")


def places_of(selection_id: int) -> dict[int, int]:
    """The places of a selection by unit id. One query."""
    query = select(SelectionPlaces.unit_id, SelectionPlaces.places).where(SelectionPlaces.selection_id == selection_id)
    return {unit_id: places for unit_id, places in db.session.execute(query)}
