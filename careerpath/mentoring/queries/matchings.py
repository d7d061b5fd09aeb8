"""The list of matchings, and who may be named in a new one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core.db import db
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Matching, MatchingState, MatchLine, Mentor
from careerpath.mentoring.queries.matching_facts import district_path, without_mentor
from careerpath.mentoring.queries.words import MATCHING_STATES
from careerpath.words import Message

STATE_KINDS: dict[MatchingState, str] = {
    MatchingState.OPEN: "warning",
    MatchingState.CARRIED_OUT: "success",
    MatchingState.DROPPED: "",
}
"""The colour of each state."""


@dataclass(frozen=True, slots=True)
class MatchingFilters:
    """What the list is narrowed to."""

    q: str = ""
    state: MatchingState | None = None

    @property
    def narrow(self) -> bool:
        """Whether anything was chosen."""
        return self != MatchingFilters()


@dataclass(frozen=True, slots=True)
class MatchingRow:
    """One matching with how many take part, how many have a mentor, and how many were left out."""

    id: int
    name: str
    unit_name: str
    state: MatchingState
    starts_on: date
    ends_on: date
    people: int
    matched: int
    left_out: int
    solved_at: datetime
    by: str

    @property
    def state_word(self) -> Message:
        """Where it stands."""
        return MATCHING_STATES[self.state]

    @property
    def state_kind(self) -> str:
        """The colour of its state."""
        return STATE_KINDS[self.state]


def matching_filters_of(args: Mapping[str, str]) -> MatchingFilters:
    """What an address asks for; what makes no sense is left out."""
    state = args.get("state", "")
    return MatchingFilters(
        q=args.get("q", "").strip()[:60], state=MatchingState(state) if state in set(MatchingState) else None
    )


def matching_rows(
    actor: Actor,
    filters: MatchingFilters,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[MatchingRow]:
    """One page of the matchings of the actor's units, newest first. Two queries."""
    lines = select(func.count()).where(MatchLine.matching_id == Matching.id).correlate(Matching)
    query = (
        select(
            Matching,
            Unit.short_name,
            lines.scalar_subquery().label("people"),
            lines.where(MatchLine.mentor_id.is_not(None)).scalar_subquery().label("matched"),
            lines.where(MatchLine.left_out.is_(True)).scalar_subquery().label("left_out"),
        )
        .join(Unit, Unit.id == Matching.unit_id)
        .where(within(actor, Matching.unit_id, Permission.MENTORING_VIEW))
    )
    if filters.q:
        query = query.where(
            or_(
                Matching.name.contains(filters.q, autoescape=True), Unit.short_name.contains(filters.q, autoescape=True)
            )
        )
    if filters.state is not None:
        query = query.where(Matching.state == filters.state)
    keys = [SortKey(Matching.id, descending=True)]
    page = keyset_page(query, keys, lambda row: (row[0].id,), after=after, before=before, size=size)
    return Page([_row(row) for row in page.rows], page.total, page.after, page.before)


def joined_since(actor: Actor, unit_id: int, since: date, starts_on: date, ends_on: date) -> list[int]:
    """The people of a unit who joined on a day or later, have no mentor in a time and mentor nobody. Two queries."""
    unit = fetch_unit(actor, unit_id, Permission.MENTORING_KEEP)
    query = select(Employee.id).where(
        below(Employee.unit_id, unit.path),
        Employee.joined_community_on >= since,
        Employee.joined_community_on <= starts_on,
        or_(Employee.left_on.is_(None), Employee.left_on >= starts_on),
        *without_mentor(starts_on, ends_on),
    )
    return list(db.session.scalars(query))


def mentors_of_kinds(path: str, kinds: Collection[str], starts_on: date, ends_on: date) -> list[int]:
    """The mentors of the district of a unit of some kinds whose term holds a time. Two queries."""
    query = select(Mentor.id).where(
        below(Mentor.unit_id, district_path(path)),
        Mentor.kind.in_(kinds),
        Mentor.starts_on <= starts_on,
        or_(Mentor.ends_on.is_(None), Mentor.ends_on >= ends_on),
    )
    return list(db.session.scalars(query))


def _row(row: Any) -> MatchingRow:
    matching: Matching = row[0]
    return MatchingRow(
        id=matching.id,
        name=matching.name,
        unit_name=row.short_name,
        state=matching.state,
        starts_on=matching.starts_on,
        ends_on=matching.ends_on,
        people=row.people,
        matched=row.matched,
        left_out=row.left_out,
        solved_at=matching.solved_at,
        by=matching.by,
    )
