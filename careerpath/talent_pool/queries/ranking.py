"""Where the entrants of a selection stand, unit by unit: who takes part in a stage, totals, ranks, who is level."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, or_, select

from careerpath.core.db import db
from careerpath.policy.talent_pool import Entrant, Line, Outcome, TalentPoolEdition
from careerpath.policy.talent_pool import select as select_entrants
from careerpath.policy.talent_pool.parts import SelectionStage
from careerpath.talent_pool.models import EntrantState, Selection, SelectionEntrant, SelectionPlaces, StagePoints
from careerpath.talent_pool.queries.selections import rules_of
from careerpath.words import Refused, msg

Kept = Mapping[str, StagePoints]
"""What is kept of one entrant, by stage."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One entrant where the points put them now."""

    entrant: SelectionEntrant
    line: Line
    kept: Kept


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """The entrants of one unit among themselves, in rank order; those who are out stand behind."""

    unit_id: int
    places: int
    placed: tuple[Placed, ...]

    @property
    def waiting(self) -> bool:
        """Whether points are still to come."""
        return any(one.line.outcome is Outcome.WAITING for one in self.placed)

    @property
    def ties(self) -> tuple[tuple[Placed, ...], ...]:
        """The groups of those who are level at the last place, and whom only people can put in order."""
        found: dict[int | None, list[Placed]] = defaultdict(list)
        for one in self.placed:
            if one.line.outcome is Outcome.TIE:
                found[one.line.rank].append(one)
        return tuple(tuple(group) for group in found.values())


def standings(selection: Selection, *, lock: bool = False, unit_ids: Iterable[int] = ()) -> tuple[UnitStanding, ...]:
    """Every unit with places as the points put its entrants now, or only some units. Three queries.

    Taking part are those admitted; whoever stepped back after the first points stands behind, without a rank.
    """
    members: dict[int, list[SelectionEntrant]] = defaultdict(list)
    query = took_part(selection, unit_ids)
    for one in db.session.scalars(query.with_for_update() if lock else query):
        members[one.unit_id].append(one)
    kept = kept_points(selection, unit_ids)
    edition = rules_of(selection)
    return tuple(
        stand(edition, unit_id, places, members[unit_id], kept) for unit_id, places in _places(selection, unit_ids)
    )


def stand(
    edition: TalentPoolEdition,
    unit_id: int,
    places: int,
    members: Sequence[SelectionEntrant],
    kept: Mapping[int, Kept],
) -> UnitStanding:
    """The entrants of one unit among themselves, from what is kept of them by id."""
    by_id = {str(one.id): one for one in members}
    entrants = [
        Entrant(
            id=key,
            points=_points(kept.get(one.id, {})),
            withdrawn=one.state is EntrantState.WITHDRAWN,
            decided_order=one.decided_order,
        )
        for key, one in by_id.items()
    ]
    lines = select_entrants(edition, entrants, places) if entrants else ()
    return UnitStanding(unit_id, places, tuple(Placed(by_id[one.id], one, kept.get(int(one.id), {})) for one in lines))


def stage_named(edition: TalentPoolEdition, code: str) -> SelectionStage:
    """The stage with this code. Raises ``Refused`` with the known ones."""
    for stage in edition.stages:
        if stage.code == code:
            return stage
    known = "、".join(f"{stage.name}（{stage.code}）" for stage in edition.stages) or "—"
    raise Refused(msg("本次竞岗没有“%(code)s”环节，请改用：%(known)s。", code=code[:40], known=known), field="stage")


def taking_part(edition: TalentPoolEdition, standing: UnitStanding, stage: SelectionStage) -> frozenset[int]:
    """The entrants of a unit who are to have points in a stage: those who came through all the stages before it.

    Nobody while points of an earlier stage are missing.
    """
    place = edition.stages.index(stage)
    present = [one for one in standing.placed if one.entrant.state is EntrantState.ADMITTED]
    if place == 0:
        return frozenset(one.entrant.id for one in present)
    before = [one.code for one in edition.stages[:place]]
    entrants = [
        Entrant(str(one.entrant.id), {code: one.kept[code].points for code in before if code in one.kept})
        for one in present
    ]
    lines = select_entrants(edition, entrants, standing.places)
    return frozenset(int(one.id) for one in lines if one.outcome is Outcome.WAITING and one.stage == before[-1])


def lacking(edition: TalentPoolEdition, found: Sequence[UnitStanding]) -> list[tuple[SelectionStage, int]]:
    """Each stage with how many are to have points in it and have none yet; stages without any are left out."""
    missing = []
    for stage in edition.stages:
        count = sum(
            stage.code not in one.kept
            for unit in found
            for part in [taking_part(edition, unit, stage)]
            for one in unit.placed
            if one.entrant.id in part
        )
        if count:
            missing.append((stage, count))
    return missing


def _points(kept: Kept) -> dict[str, Decimal]:
    return {code: one.points for code, one in kept.items()}


def _places(selection: Selection, unit_ids: Iterable[int]) -> list[tuple[int, int]]:
    query = select(SelectionPlaces.unit_id, SelectionPlaces.places).where(SelectionPlaces.selection_id == selection.id)
    if wanted := set(unit_ids):
        query = query.where(SelectionPlaces.unit_id.in_(wanted))
    return [(unit_id, places) for unit_id, places in db.session.execute(query.order_by(SelectionPlaces.id))]


def took_part(selection: Selection, unit_ids: Iterable[int] = ()) -> Select[SelectionEntrant]:
    """Those admitted, and those who stepped back after the first points."""
    has_points = select(StagePoints.id).where(StagePoints.entrant_id == SelectionEntrant.id).exists()
    query = select(SelectionEntrant).where(
        SelectionEntrant.selection_id == selection.id,
        or_(
            SelectionEntrant.state == EntrantState.ADMITTED,
            (SelectionEntrant.state == EntrantState.WITHDRAWN) & has_points,
        ),
    )
    wanted = set(unit_ids)
    return (query.where(SelectionEntrant.unit_id.in_(wanted)) if wanted else query).order_by(SelectionEntrant.id)


def kept_points(selection: Selection, unit_ids: Iterable[int] = ()) -> dict[int, dict[str, StagePoints]]:
    """What is kept of a selection by entrant and stage. One query."""
    query = (
        select(StagePoints)
        .join(SelectionEntrant, SelectionEntrant.id == StagePoints.entrant_id)
        .where(SelectionEntrant.selection_id == selection.id)
    )
    wanted = set(unit_ids)
    if wanted:
        query = query.where(SelectionEntrant.unit_id.in_(wanted))
    found: dict[int, dict[str, StagePoints]] = defaultdict(dict)
    for one in db.session.scalars(query):
        found[one.entrant_id][one.stage] = one
    return found
