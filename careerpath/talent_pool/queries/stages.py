"""The stages of a selection while points come in: how far each one is, the grid of one stage, a row as it was saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import Page, listed_page
from careerpath.policy.talent_pool.parts import SelectionStage
from careerpath.talent_pool.models import Selection, StagePoints
from careerpath.talent_pool.queries.placed import Seen, SeenEntrant, SeenUnit, seen_standings
from careerpath.talent_pool.queries.ranking import taking_part
from careerpath.words import NotFound

PAGE = 200
"""Rows of one page of the grid."""


@dataclass(frozen=True, slots=True)
class StageProgress:
    """How far one stage is."""

    stage: SelectionStage
    expected: int
    """Who takes part, as far as the stages before have all their points."""
    filled: int
    blocked: tuple[str, ...]
    """Units that wait for points of an earlier stage."""
    lacking: tuple[str, ...]
    """Units in which points of this stage are missing."""

    @property
    def finished(self) -> bool:
        """Whether nothing is missing any more."""
        return not self.blocked and self.filled == self.expected


@dataclass(frozen=True, slots=True)
class PointsRow:
    """One row of the grid."""

    id: int
    name: str
    number: str
    unit: str
    kept: StagePoints | None

    @property
    def version(self) -> int:
        """0 where nothing stands."""
        return 0 if self.kept is None else self.kept.version

    @property
    def state(self) -> str:
        """Of the row in the grid."""
        return "empty" if self.kept is None else "saved"

    def values(self) -> dict[str, str]:
        """What stands in its cells."""
        if self.kept is None:
            return {"points": "", "votes_for": "", "votes_cast": ""}
        votes = (self.kept.votes_for, self.kept.votes_cast)
        told = ["" if one is None else str(one) for one in votes]
        return {"points": format(self.kept.points, "f"), "votes_for": told[0], "votes_cast": told[1]}


@dataclass(frozen=True, slots=True)
class StageGrid:
    """The rows of one stage that are asked for, and how far the whole stage is."""

    progress: StageProgress
    rows: Page[PointsRow]
    streets: Sequence[tuple[int, str]]
    by_votes: bool
    """Whether tallies stand in it already, so that tallies are what is typed."""


def stages_page(actor: Actor, selection: Selection) -> list[StageProgress]:
    """How far each stage is, for the actor's units. Three queries."""
    seen = seen_standings(actor, selection)
    return [_progress(seen, stage) for stage in seen.edition.stages]


def stage_grid(
    actor: Actor,
    selection: Selection,
    stage: SelectionStage,
    *,
    street_id: int | None = None,
    after: str | None = None,
    before: str | None = None,
) -> StageGrid:
    """Who takes part in a stage of the actor's units, unit by unit, with what stands. Three queries."""
    seen = seen_standings(actor, selection)
    rows = [
        _row(unit, one, stage)
        for unit in seen.units
        if street_id is None or unit.street_id == street_id
        for part in [taking_part(seen.edition, unit.standing, stage)]
        for one in sorted(unit.entrants, key=_by_id)
        if one.id in part
    ]
    order = {row.id: f"{place:06d}" for place, row in enumerate(rows)}
    return StageGrid(
        progress=_progress(seen, stage),
        rows=listed_page(rows, lambda row: order[row.id], after=after, before=before, size=PAGE),
        streets=seen.streets,
        by_votes=any(row.kept is not None and row.kept.votes_cast is not None for row in rows),
    )


@dataclass(frozen=True, slots=True)
class SavedPoints:
    """What a page with script is told after a row was saved, or when somebody else was first."""

    row: PointsRow
    progress: StageProgress
    counted_at: datetime

    def as_json(self, at: str) -> dict[str, Any]:
        """For the page: version, points as they are kept, the sum line."""
        return {
            "version": self.row.version,
            "shown": {"points": self.row.values()["points"]},
            "state": self.row.state,
            "summary": {"filled": self.progress.filled, "expected": self.progress.expected},
            "counted_at": self.counted_at.timestamp(),
            "saved_at": at,
        }

    def as_conflict(self) -> dict[str, Any]:
        """For the page when it came second: what stands, and who wrote it when."""
        kept = self.row.kept
        return {
            "version": self.row.version,
            "values": self.row.values(),
            "by": "" if kept is None else kept.by,
            "at": "" if kept is None else clock.office_time(kept.at).strftime("%H:%M"),
        }


def points_as_saved(actor: Actor, selection_id: int, stage: SelectionStage, entrant_id: int) -> SavedPoints:
    """One row as it now stands, or ``NotFound``."""
    counted_at = clock.now()
    db.session.expire_all()
    selection = fetch(actor, Selection, selection_id, Permission.POOL_DECIDE)
    seen = seen_standings(actor, selection)
    for unit in seen.units:
        for one in unit.entrants:
            if one.id == entrant_id:
                return SavedPoints(_row(unit, one, stage), _progress(seen, stage), counted_at)
    raise NotFound


def _row(unit: SeenUnit, one: SeenEntrant, stage: SelectionStage) -> PointsRow:
    return PointsRow(one.id, one.name, one.number, unit.name, one.placed.kept.get(stage.code))


def _progress(seen: Seen, stage: SelectionStage) -> StageProgress:
    earlier = [one.code for one in seen.edition.stages[: seen.edition.stages.index(stage)]]
    expected = filled = 0
    blocked, lacking = [], []
    for unit in seen.units:
        part = taking_part(seen.edition, unit.standing, stage)
        has = sum(stage.code in one.placed.kept for one in unit.entrants if one.id in part)
        expected, filled = expected + len(part), filled + has
        if has < len(part):
            lacking.append(unit.name)
        if not part and unit.standing.waiting and any(_lacks(unit, code) for code in earlier):
            blocked.append(unit.name)
    return StageProgress(stage, expected, filled, tuple(blocked), tuple(lacking))


def _lacks(unit: SeenUnit, code: str) -> bool:
    """Whether somebody of a unit who is still in it has no points of a stage."""
    return any(code not in one.placed.kept for one in unit.entrants if one.placed.line.outcome.value == "waiting")


def _by_id(one: SeenEntrant) -> int:
    return one.id
