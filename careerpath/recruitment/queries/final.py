"""The final list as it stands, and who would move up into the places that people left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.core.db import db
from careerpath.policy.reason import Reason
from careerpath.policy.recruitment import (
    Candidate,
    Marks,
    Outcome,
    Ranked,
    Stage,
    Vacated,
    substitute,
    valid_until,
)
from careerpath.recruitment.models import (
    Application,
    Departure,
    Examinee,
    ListLine,
    RecruitmentBatch,
    RecruitmentPosition,
)
from careerpath.recruitment.queries.rules import rules_of

NO_MARKS = Marks(None, None, Decimal(0), None, None, None)
"""Substitution goes by rank: it looks at no score again."""


@dataclass(frozen=True, slots=True)
class FinalRow:
    """One line of the final list with whose it is; ``examinee`` is None for a by-election or a transfer."""

    line: ListLine
    application: Application
    position: RecruitmentPosition
    examinee: Examinee | None

    @property
    def number(self) -> str:
        """The number under which the list names the person."""
        return self.application.number if self.examinee is None else self.examinee.exam_number


@dataclass(frozen=True, slots=True)
class Filling:
    """Who moves up now, best first in each position; the places for which people must decide or nobody is left."""

    moved: tuple[tuple[FinalRow, Reason], ...]
    tied: tuple[tuple[FinalRow, ...], ...]
    empty: tuple[Vacated, ...]


def final_rows(batch_id: int, *, lock: bool = False) -> list[FinalRow]:
    """All lines of a batch's final list by position, the ranked ones first: one query."""
    query = (
        select(ListLine, Application, RecruitmentPosition, Examinee)
        .join(Application, Application.id == ListLine.application_id)
        .join(RecruitmentPosition, RecruitmentPosition.id == ListLine.position_id)
        .outerjoin(Examinee, Examinee.application_id == ListLine.application_id)
        .where(ListLine.batch_id == batch_id, ListLine.stage == Stage.FINAL)
        .order_by(RecruitmentPosition.code, ListLine.rank.is_(None), ListLine.rank, ListLine.id)
    )
    if lock:
        query = query.with_for_update(of=ListLine)
    return [FinalRow(*row) for row in db.session.execute(query).all()]


def departures_of(batch_id: int) -> dict[int, Departure]:
    """Who left after the final list was published, by application: one query."""
    query = select(Departure).where(Departure.batch_id == batch_id).order_by(Departure.on, Departure.id)
    return {one.application_id: one for one in db.session.scalars(query)}


def reserve_until(batch: RecruitmentBatch, rows: Sequence[FinalRow]) -> date | None:
    """The last day on which somebody may move up; ``None`` without a reserve list."""
    if not rows:
        return None
    return valid_until(rules_of(batch), rows[0].line.published_on)


def filling(batch: RecruitmentBatch, rows: Sequence[FinalRow], gone: Mapping[int, Departure], on: date) -> Filling:
    """Who moves up on a day into all places that were left so far. Raises ``Refused`` outside the validity.

    The rule looks at the list as it was first published, with everybody who left since; who has moved up already is
    counted, so that nobody moves up twice and no place is filled twice.
    """
    listed = {row.number: row for row in rows if row.examinee is not None}
    left = {number: gone[row.application.id].leaving for number, row in listed.items() if row.application.id in gone}
    ranked = tuple(_ranked(row, _decided_ranks(rows).get(row.line.id)) for row in listed.values())
    published_on = rows[0].line.published_on if rows else on
    after = substitute(rules_of(batch), ranked, on, published_on, left)
    reasons = {one.successor_id: one.reason for one in after.vacated if one.successor_id is not None}
    free = {position: len(departures) for position, departures in open_places(rows, gone).items()}
    moved = []
    for one in after.ranked:
        row = listed[one.id]
        if one.id in reasons and row.line.outcome is not Outcome.PROPOSED and free.get(row.position.id):
            free[row.position.id] -= 1
            moved.append((row, reasons[one.id]))
    tied = dict.fromkeys(one.tied_ids for one in after.vacated if one.tied_ids)
    return Filling(
        tuple(moved),
        tuple(tuple(listed[number] for number in ids) for ids in tied),
        tuple(one for one in after.vacated if one.successor_id is None and not one.tied_ids),
    )


def open_places(rows: Sequence[FinalRow], gone: Mapping[int, Departure]) -> dict[int, list[Departure]]:
    """The places that somebody proposed has left and nobody has filled, by position, in the order they became free."""
    moved_up = {one.successor_id for one in gone.values()}
    places: dict[int, list[Departure]] = {}
    for row in rows:
        departure = gone.get(row.application.id)
        proposed = row.line.first_outcome is Outcome.PROPOSED or row.application.id in moved_up
        if departure is not None and departure.successor_id is None and proposed:
            places.setdefault(row.position.id, []).append(departure)
    for departures in places.values():
        departures.sort(key=lambda one: (one.on, one.id))
    return places


def level_reserves(rows: Sequence[FinalRow]) -> list[list[FinalRow]]:
    """Reserve candidates of one position who share a rank and are still waiting, two or more."""
    groups: dict[tuple[int, int | None], list[FinalRow]] = {}
    for row in rows:
        if row.line.first_outcome is Outcome.RESERVE and row.line.outcome in (Outcome.RESERVE, Outcome.TIE):
            groups.setdefault((row.position.id, row.line.rank), []).append(row)
    return [group for group in groups.values() if len(group) > 1]


def _decided_ranks(rows: Sequence[FinalRow]) -> dict[int, int]:
    """The ranks of reserves who were level, told apart as people decided; those who left keep their rank."""
    found: dict[int, int] = {}
    for row in rows:
        order = None if row.examinee is None else row.examinee.decided_order
        if row.line.first_outcome is Outcome.RESERVE and order is not None and row.line.rank is not None:
            found[row.line.id] = order
    groups: dict[tuple[int, int | None], list[FinalRow]] = {}
    for row in rows:
        if row.line.id in found:
            groups.setdefault((row.position.id, row.line.rank), []).append(row)
    ranks: dict[int, int] = {}
    for group in groups.values():
        for place, row in enumerate(sorted(group, key=lambda one: found[one.line.id])):
            ranks[row.line.id] = (row.line.rank or 0) + place
    return ranks


def _ranked(row: FinalRow, rank: int | None) -> Ranked:
    candidate = Candidate(id=row.number, position=row.position.code)
    line = row.line
    return Ranked(candidate, NO_MARKS, rank or line.rank, True, line.first_outcome, ())
