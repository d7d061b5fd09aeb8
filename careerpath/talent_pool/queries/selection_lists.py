"""The list of selections, and the places of one with who stands for them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.queries.units import COMMUNITY_KINDS
from careerpath.access.scope import near, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.employees.queries.people import street_in, streets_of
from careerpath.policy.codes import UnitKind
from careerpath.policy.talent_pool import Outcome
from careerpath.talent_pool.models import (
    EntrantState,
    PoolEntry,
    Selection,
    SelectionEntrant,
    SelectionPlaces,
    SelectionState,
)
from careerpath.talent_pool.queries.selections import SelectionHead, state_kind
from careerpath.talent_pool.queries.words import SELECTION_STATES
from careerpath.words import Message

CLOSED = (SelectionState.CONCLUDED, SelectionState.CANCELLED)


@dataclass(frozen=True, slots=True)
class SelectionLine:
    """One selection in the list; entrants are those of the actor's units."""

    id: int
    name: str
    year: int
    unit_name: str
    state: SelectionState
    closes_on: date
    held_on: date | None
    places: int
    entered: int
    admitted: int
    selected: int

    @property
    def state_word(self) -> Message:
        """Where it stands."""
        return SELECTION_STATES[self.state]

    @property
    def state_kind(self) -> str:
        """The colour of its state."""
        return state_kind(self.state)


def selection_lines(
    actor: Actor, *, open_only: bool = False, after: str | None = None, before: str | None = None
) -> Page[SelectionLine]:
    """The selections that the actor meets, newest first. Four queries, however many."""
    one = Selection
    query: Any = (
        select(one, Unit.short_name)
        .join(Unit, Unit.id == one.unit_id)
        .where(near(actor, one.unit_id, Permission.POOL_VIEW))
    )
    if open_only:
        query = query.where(one.state.not_in(CLOSED))
    keys = (SortKey(one.year, descending=True), SortKey(one.id, descending=True))
    page = keyset_page(query, keys, lambda row: (row[0].year, row[0].id), after=after, before=before)
    ids = [row[0].id for row in page.rows]
    sums = select(SelectionPlaces.selection_id, func.sum(SelectionPlaces.places)).where(
        SelectionPlaces.selection_id.in_(ids)
    )
    places = {
        selection_id: int(total)
        for selection_id, total in db.session.execute(sums.group_by(SelectionPlaces.selection_id))
    }
    entrant = SelectionEntrant
    counted = (
        select(
            entrant.selection_id,
            func.count().filter(entrant.state != EntrantState.WITHDRAWN),
            func.count().filter(entrant.state == EntrantState.ADMITTED),
            func.count().filter(entrant.outcome == Outcome.SELECTED),
        )
        .where(entrant.selection_id.in_(ids), within(actor, entrant.unit_id, Permission.POOL_VIEW))
        .group_by(entrant.selection_id)
    )
    counts = {row[0]: (row[1], row[2], row[3]) for row in db.session.execute(counted)}
    lines = []
    for selection, unit_name in page.rows:
        entered, admitted, selected = counts.get(selection.id, (0, 0, 0))
        lines.append(
            SelectionLine(
                id=selection.id,
                name=selection.name,
                year=selection.year,
                unit_name=unit_name,
                state=selection.state,
                closes_on=selection.closes_on,
                held_on=selection.held_on,
                places=places.get(selection.id, 0),
                entered=entered,
                admitted=admitted,
                selected=selected,
            )
        )
    return Page(lines, page.total, page.after, page.before)


@dataclass(frozen=True, slots=True)
class PlacesLine:
    """One unit with its places and who stands for them."""

    unit_id: int
    unit_name: str
    street: str
    places: int
    waiting: int
    admitted: int
    selected: int
    reserves: int = 0
    """Reserves for the same rung whom the unit has already."""

    @property
    def few(self) -> bool:
        """Whether fewer take part than there are places."""
        return self.waiting + self.admitted < self.places


def places_lines(actor: Actor, head: SelectionHead) -> list[PlacesLine]:
    """The units with places that the actor may see, in order of their codes. Two queries."""
    entrant = SelectionEntrant
    joined = (entrant.selection_id == SelectionPlaces.selection_id) & (entrant.unit_id == SelectionPlaces.unit_id)
    rows = db.session.execute(
        select(
            Unit.id,
            Unit.short_name,
            Unit.path,
            SelectionPlaces.places,
            func.count(entrant.id).filter(entrant.state == EntrantState.NOMINATED),
            func.count(entrant.id).filter(entrant.state == EntrantState.ADMITTED),
            func.count(entrant.id).filter(entrant.outcome == Outcome.SELECTED),
        )
        .select_from(SelectionPlaces)
        .join(Unit, Unit.id == SelectionPlaces.unit_id)
        .outerjoin(entrant, joined)
        .where(
            SelectionPlaces.selection_id == head.id,
            within(actor, SelectionPlaces.unit_id, Permission.POOL_VIEW),
        )
        .group_by(Unit.id, Unit.short_name, Unit.path, Unit.code, SelectionPlaces.places)
        .order_by(Unit.code)
    ).all()
    streets = streets_of(row[2] for row in rows) if rows else {}
    return [PlacesLine(row[0], row[1], street_in(row[2], streets), *row[3:]) for row in rows]


def places_wanted(head: SelectionHead) -> list[PlacesLine]:
    """Every community and village of the district with the places planned so far and the reserves it has already.

    Two queries. Reserves are those for the same rung.
    """
    today = clock.today()
    reserves = (
        select(func.count())
        .select_from(PoolEntry)
        .where(
            PoolEntry.unit_id == Unit.id,
            PoolEntry.rung == head.rung.code,
            or_(PoolEntry.left_on.is_(None), PoolEntry.left_on >= today),
        )
        .correlate(Unit)
        .scalar_subquery()
    )
    planned = and_(SelectionPlaces.unit_id == Unit.id, SelectionPlaces.selection_id == head.id)
    rows = db.session.execute(
        select(Unit.id, Unit.short_name, Unit.path, func.coalesce(SelectionPlaces.places, 0), reserves)
        .outerjoin(SelectionPlaces, planned)
        .where(
            Unit.path.startswith(head.unit_path, autoescape=True),
            Unit.kind.in_(COMMUNITY_KINDS),
            or_(Unit.ends_on.is_(None), Unit.ends_on >= today),
        )
        .order_by(Unit.code)
    ).all()
    streets = streets_of(row[2] for row in rows) if rows else {}
    return [PlacesLine(row[0], row[1], street_in(row[2], streets), row[3], 0, 0, 0, row[4]) for row in rows]


def districts(actor: Actor) -> list[tuple[int, str]]:
    """The districts that the actor may plan a selection for: id and name. One query."""
    query = select(Unit.id, Unit.short_name).where(
        Unit.kind == UnitKind.DISTRICT, within(actor, Unit.id, Permission.POOL_DECIDE)
    )
    return [(unit_id, name) for unit_id, name in db.session.execute(query.order_by(Unit.code))]


def units_with_places(selection_id: int, path: str) -> list[tuple[int, str]]:
    """The units with places in the street of a unit, for a choice of whose reserve somebody stands for. One query.

    ``path`` is the unit's own; above the streets nothing is found.
    """
    unit, street = aliased(Unit), aliased(Unit)
    ids = [int(part) for part in path.split("/") if part]
    query = (
        select(unit.id, unit.short_name)
        .join(SelectionPlaces, SelectionPlaces.unit_id == unit.id)
        .join(street, unit.path.like(street.path.concat("%")))
        .where(SelectionPlaces.selection_id == selection_id, street.id.in_(ids), street.kind.in_(STREET_KINDS))
        .order_by(unit.code)
    )
    return [(unit_id, name) for unit_id, name in db.session.execute(query)]
