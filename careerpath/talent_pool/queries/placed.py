"""The standing of a selection as an actor may see it: units and people by name, what became of everybody."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.policy.talent_pool import Outcome, TalentPoolEdition
from careerpath.talent_pool.models import Selection, SelectionEntrant, SelectionPlaces
from careerpath.talent_pool.queries.ranking import Placed, UnitStanding, kept_points, stand, took_part
from careerpath.talent_pool.queries.selections import rules_of
from careerpath.talent_pool.queries.words import OUTCOMES
from careerpath.words import Message, msg

SHAPES: Mapping[Outcome, str] = {
    Outcome.SELECTED: "●",
    Outcome.NOT_SELECTED: "■",
    Outcome.TIE: "◆",
    Outcome.OUT: "▲",
    Outcome.WAITING: "○",
    Outcome.WITHDRAWN: "–",
}
KINDS: Mapping[Outcome, str] = {
    Outcome.SELECTED: "success",
    Outcome.TIE: "warning",
    Outcome.OUT: "danger",
    Outcome.WAITING: "primary",
}
"""Shape and colour of an outcome: never told by colour alone."""


@dataclass(frozen=True, slots=True)
class SeenEntrant:
    """Somebody in a selection, as far as the points go."""

    id: int
    name: str
    number: str
    """The number of the person in the register."""
    placed: Placed
    decided: bool
    """Whether the district has decided, so that what is kept counts and not what the points say."""

    @property
    def entrant(self) -> SelectionEntrant:
        """The nomination."""
        return self.placed.entrant

    @property
    def outcome(self) -> Outcome:
        """What became of them, or what the points say so far."""
        kept = self.placed.entrant.outcome
        return kept if self.decided and kept is not None else self.placed.line.outcome

    @property
    def rank(self) -> int | None:
        """The rank among those of the unit."""
        return self.placed.entrant.rank if self.decided else self.placed.line.rank

    @property
    def total(self) -> Decimal | None:
        """The total, out of 100 where stages have weights."""
        return self.placed.entrant.total if self.decided else self.placed.line.total

    @property
    def word(self) -> Message:
        """The outcome in words."""
        return OUTCOMES[self.outcome]

    @property
    def shape(self) -> str:
        """The mark of the outcome."""
        return SHAPES[self.outcome]

    @property
    def kind(self) -> str:
        """The colour of the outcome."""
        return KINDS.get(self.outcome, "")

    @property
    def why(self) -> Message:
        """The last line of the reasons."""
        if self.decided:
            kept = self.placed.entrant.because
            return Message("%(text)s", {"text": kept[-1]["text"] if kept else ""})
        reasons = self.placed.line.reasons
        return reasons[-1].message if reasons else msg("还没有成绩。")

    def points(self, stage: str) -> Decimal | None:
        """The points of a stage."""
        kept = self.placed.kept.get(stage)
        return None if kept is None else kept.points


@dataclass(frozen=True, slots=True)
class SeenUnit:
    """One unit with places, and its entrants in rank order."""

    id: int
    name: str
    street: str
    street_id: int
    standing: UnitStanding
    entrants: tuple[SeenEntrant, ...]

    @property
    def places(self) -> int:
        """How many are selected here."""
        return self.standing.places

    @property
    def selected(self) -> int:
        """How many are selected, or would be by the points so far."""
        return sum(one.outcome is Outcome.SELECTED for one in self.entrants)


@dataclass(frozen=True, slots=True)
class Seen:
    """A selection's units, by street and name."""

    edition: TalentPoolEdition
    units: tuple[SeenUnit, ...]
    decided: bool

    @property
    def streets(self) -> list[tuple[int, str]]:
        """The streets of the units, for a choice."""
        return list(dict.fromkeys((one.street_id, one.street) for one in self.units))

    def entrants(self) -> list[SeenEntrant]:
        """Everybody, unit by unit."""
        return [one for unit in self.units for one in unit.entrants]


def seen_standings(actor: Actor, selection: Selection, *, with_points: bool = True) -> Seen:
    """The units of the actor with places in a selection, with everybody who takes part there. Three queries.

    Without points two; then only what the district decided counts.
    """
    edition, decided = rules_of(selection), selection.decided_on is not None
    street = aliased(Unit)
    units = db.session.execute(
        select(SelectionPlaces.places, Unit.id, Unit.short_name, Unit.path, street.id, street.short_name)
        .join(Unit, Unit.id == SelectionPlaces.unit_id)
        .outerjoin(street, street.id == Unit.parent_id)
        .where(SelectionPlaces.selection_id == selection.id)
        .order_by(street.path, Unit.path)
    ).all()
    members: dict[int, list[SelectionEntrant]] = defaultdict(list)
    people: dict[int, tuple[str, str]] = {}
    query = took_part(selection).add_columns(Employee.name, Employee.number)
    for entrant, name, number in db.session.execute(query.join(Employee, Employee.id == SelectionEntrant.employee_id)):
        members[entrant.unit_id].append(entrant)
        people[entrant.id] = (name, number)
    kept = kept_points(selection) if with_points else {}
    found = []
    for places, unit_id, unit_name, path, street_id, street_name in units:
        if not actor.can(Permission.POOL_VIEW, path):
            continue
        standing = stand(edition, unit_id, places, members[unit_id], kept)
        entrants = tuple(SeenEntrant(one.entrant.id, *people[one.entrant.id], one, decided) for one in standing.placed)
        if decided:
            entrants = tuple(sorted(entrants, key=_by_rank))
        found.append(SeenUnit(unit_id, unit_name, street_name or "", street_id or 0, standing, entrants))
    return Seen(edition, tuple(found), decided)


def _by_rank(one: SeenEntrant) -> tuple[bool, int, int]:
    return one.rank is None, one.rank or 0, one.id
