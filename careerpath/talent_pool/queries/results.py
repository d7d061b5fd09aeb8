"""The result of a selection: everybody by unit and rank, who is level, what the notice needs, who would move up."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.web.paging import Page, listed_page
from careerpath.policy.talent_pool import Outcome
from careerpath.rulebook.queries.notices import usual_last_day
from careerpath.talent_pool.models import EntrantState, Selection, SelectionEntrant, SelectionState
from careerpath.talent_pool.operations.notice_days import notice_warnings, usual_days
from careerpath.talent_pool.queries.placed import Seen, SeenEntrant, SeenUnit, seen_standings
from careerpath.talent_pool.queries.selections import rules_of
from careerpath.words import Message

PAGE = 100
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One entrant with the unit they stand for."""

    unit: SeenUnit
    one: SeenEntrant
    place: int
    """Its place in the whole list, which is also the mark of its page."""


@dataclass(frozen=True, slots=True)
class Level:
    """Those of one unit who are level at its last place."""

    unit: SeenUnit
    people: tuple[SeenEntrant, ...]


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """The rows that are asked for, with what holds for all of them."""

    rows: Page[ResultRow]
    counts: Mapping[Outcome, int]
    places: int
    empty_units: tuple[SeenUnit, ...]
    """Units with fewer selected than places and nobody level; none while points are missing."""
    levels: tuple[Level, ...]
    streets: list[tuple[int, str]]
    decided: bool

    @property
    def selected(self) -> int:
        """How many are selected, or would be."""
        return self.counts.get(Outcome.SELECTED, 0)


@dataclass(frozen=True, slots=True)
class Successor:
    """A unit with a free place, and the next in rank: several where they are level."""

    unit: SeenUnit
    people: tuple[SeenEntrant, ...]


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Those on the notice, those who lost it, and places that became free."""

    selected: tuple[ResultRow, ...]
    lost: tuple[ResultRow, ...]
    """Those who were selected and are no more."""
    successors: tuple[Successor, ...]
    longer_until: date | None
    """The last day of a notice that is prolonged from today; none where nobody would move up."""


def results_page(
    actor: Actor,
    selection: Selection,
    *,
    street_id: int | None = None,
    outcome: str = "",
    q: str = "",
    after: str | None = None,
    before: str | None = None,
) -> ResultsPage:
    """The result as decided, before that as the points have it now, for the actor's units. Three queries."""
    seen = seen_standings(actor, selection)
    every = _rows(seen)
    rows = [
        row
        for row in every
        if (street_id is None or row.unit.street_id == street_id)
        and (not outcome or row.one.outcome.value == outcome)
        and (not q.strip() or q.strip() in row.one.name or q.strip() in row.unit.name)
    ]
    waiting = any(unit.standing.waiting for unit in seen.units)
    return ResultsPage(
        rows=listed_page(rows, lambda row: f"{row.place:06d}", after=after, before=before, size=PAGE),
        counts=Counter(row.one.outcome for row in every),
        places=sum(unit.places for unit in seen.units),
        empty_units=() if waiting else tuple(unit for unit in seen.units if _has_room(unit)),
        levels=_levels(seen),
        streets=seen.streets,
        decided=seen.decided,
    )


def notice_page(actor: Actor, selection: Selection) -> NoticePage:
    """The notice of a selection, for the actor's units. Two queries, one more where a place became free."""
    seen = seen_standings(actor, selection, with_points=False)
    rows = _rows(seen)
    free = _successors(seen) if selection.state is SelectionState.NOTICE else ()
    return NoticePage(
        selected=tuple(row for row in rows if row.one.outcome is Outcome.SELECTED),
        lost=tuple(row for row in rows if _was_selected(row.one)),
        successors=free,
        longer_until=usual_last_day(clock.today(), usual_days(seen.edition)) if free else None,
    )


def usual_notice(selection: Selection) -> tuple[date, date, tuple[Message, ...]]:
    """The usual first and last day of a notice that begins tomorrow, with what a person should look at."""
    edition = rules_of(selection)
    first = clock.today() + ONE_DAY
    last = usual_last_day(first, usual_days(edition))
    return first, last, notice_warnings(edition, first, last)


def _rows(seen: Seen) -> list[ResultRow]:
    pairs = [(unit, one) for unit in seen.units for one in unit.entrants]
    return [ResultRow(unit, one, place) for place, (unit, one) in enumerate(pairs, start=1)]


def _levels(seen: Seen) -> tuple[Level, ...]:
    if seen.decided:
        return ()
    return tuple(
        Level(unit, tuple(one for one in unit.entrants if one.id in {each.entrant.id for each in group}))
        for unit in seen.units
        for group in unit.standing.ties
    )


def _has_room(unit: SeenUnit) -> bool:
    level = any(one.outcome is Outcome.TIE for one in unit.entrants)
    return unit.selected < unit.places and not level


def _was_selected(one: SeenEntrant) -> bool:
    """Whether somebody lost the selection after the decision: whoever was out before it has no rank."""
    return one.outcome in (Outcome.OUT, Outcome.WITHDRAWN) and one.entrant.rank is not None


def _successors(seen: Seen) -> tuple[Successor, ...]:
    found = []
    for unit in seen.units:
        next_ones = [
            one
            for one in unit.entrants
            if one.outcome is Outcome.NOT_SELECTED and one.entrant.state is EntrantState.ADMITTED
        ]
        if unit.selected < unit.places and next_ones:
            best = min(one.rank or 0 for one in next_ones)
            found.append(Successor(unit, tuple(one for one in next_ones if one.rank == best)))
    return tuple(found)


def selection_of(actor: Actor, entrant_id: int) -> int:
    """The selection of an entrant of the actor's units, or ``NotFound``. One query."""
    return fetch(actor, SelectionEntrant, entrant_id, Permission.POOL_DECIDE).selection_id
