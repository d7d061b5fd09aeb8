"""The entrants of a selection as the offices see them: the list with its filters and the rule's advice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import matches
from careerpath.talent_pool.models import EntrantState, Nomination, Selection, SelectionEntrant
from careerpath.talent_pool.queries.advice import STANDING_KINDS, STANDINGS, advices
from careerpath.talent_pool.queries.words import ENTRANT_STATES, NOMINATIONS, OUTCOMES
from careerpath.words import Message

STATE_KINDS: Mapping[EntrantState, str] = {
    EntrantState.NOMINATED: "primary",
    EntrantState.ADMITTED: "success",
    EntrantState.REJECTED: "danger",
    EntrantState.WITHDRAWN: "",
}


@dataclass(frozen=True, slots=True)
class EntrantFilter:
    """What of a selection's entrants is wanted; empty means everything."""

    q: str = ""
    """Part of the name, pinyin initials, or the number."""
    unit: str = ""
    """Part of the name of a street or a community, or its code."""
    state: EntrantState | None = None
    nomination: Nomination | None = None

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return self != EntrantFilter()

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "EntrantFilter":
        """The filter in an address; what cannot be read is left out."""
        state, nomination = args.get("state", ""), args.get("nomination", "")
        return cls(
            q=args.get("q", "").strip()[:64],
            unit=args.get("unit", "").strip()[:64],
            state=EntrantState(state) if state in set(EntrantState) else None,
            nomination=Nomination(nomination) if nomination in set(Nomination) else None,
        )


@dataclass(frozen=True, slots=True)
class EntrantRow:
    """One line of the list; ``eligible`` is the advice, of the review once there was one."""

    id: int
    employee_id: int
    number: str
    name: str
    unit_name: str
    home_name: str
    nomination: Message
    nominated_by: str
    supporters: int
    nominated_on: date
    state: EntrantState
    eligible: bool | None
    outcome: Message | None
    rank: int | None

    @property
    def state_word(self) -> Message:
        """Where the nomination stands."""
        return ENTRANT_STATES[self.state]

    @property
    def state_kind(self) -> str:
        """The colour of the state."""
        return STATE_KINDS[self.state]

    @property
    def advice_word(self) -> Message:
        """The advice in one word."""
        return STANDINGS[self.eligible]

    @property
    def advice_kind(self) -> str:
        """The colour of that word."""
        return STANDING_KINDS[self.eligible]


def entrant_lines(
    actor: Actor,
    selection: Selection,
    wanted: EntrantFilter,
    *,
    after: str | None = None,
    before: str | None = None,
) -> Page[EntrantRow]:
    """One page of the entrants whom the actor may see, by unit and number.

    Two queries; six more for the facts of those who wait for a review.
    """
    query: Any = (
        select(SelectionEntrant, Employee.number, Employee.name, Unit.short_name, Unit.code)
        .join(Employee, Employee.id == SelectionEntrant.employee_id)
        .join(Unit, Unit.id == SelectionEntrant.unit_id)
        .where(*_conditions(actor, selection, wanted))
    )
    keys = (SortKey(Unit.code), SortKey(Employee.number))
    page = keyset_page(query, keys, lambda row: (row[4], row[1]), after=after, before=before)
    waiting = {row[0].employee_id: row[0].checked for row in page.rows if row[0].state is EntrantState.NOMINATED}
    advice = advices(selection, waiting)
    rows = [_row(row, advice[row[0].employee_id].eligible if row[0].employee_id in advice else row[0].eligible)
            for row in page.rows]  # fmt: skip
    return Page(rows, page.total, page.after, page.before)


def next_waiting(actor: Actor, selection_id: int, after_id: int = 0) -> int | None:
    """The next entrant who waits for a review, beginning anew at the end; ``None`` where nobody does. One query."""
    query = (
        select(SelectionEntrant.id)
        .where(
            SelectionEntrant.selection_id == selection_id,
            SelectionEntrant.state == EntrantState.NOMINATED,
            SelectionEntrant.id != after_id,
            within(actor, SelectionEntrant.unit_id, Permission.POOL_DECIDE),
        )
        .order_by((SelectionEntrant.id < after_id).asc(), SelectionEntrant.id)
    )
    return db.session.scalar(query.limit(1))


def _conditions(actor: Actor, selection: Selection, wanted: EntrantFilter) -> list[ColumnElement[bool]]:
    found = [
        SelectionEntrant.selection_id == selection.id,
        within(actor, SelectionEntrant.unit_id, Permission.POOL_VIEW),
    ]
    if wanted.q:
        found.append(matches(wanted.q))
    if wanted.unit:
        top, own = aliased(Unit), aliased(Unit)
        meant = or_(top.name.contains(wanted.unit, autoescape=True), top.code == wanted.unit)
        found.append(
            SelectionEntrant.unit_id.in_(select(own.id).join(top, own.path.like(top.path.concat("%"))).where(meant))
        )
    if wanted.state is not None:
        found.append(SelectionEntrant.state == wanted.state)
    if wanted.nomination is not None:
        found.append(SelectionEntrant.nomination == wanted.nomination)
    return found


def _row(row: Any, eligible: bool | None) -> EntrantRow:
    entrant, number, name, unit_name, _ = row
    return EntrantRow(
        id=entrant.id,
        employee_id=entrant.employee_id,
        number=number,
        name=name,
        unit_name=unit_name,
        home_name=entrant.home_name,
        nomination=NOMINATIONS[entrant.nomination],
        nominated_by=entrant.nominated_by,
        supporters=entrant.supporters,
        nominated_on=entrant.nominated_on,
        state=entrant.state,
        eligible=eligible,
        outcome=OUTCOMES[entrant.outcome] if entrant.outcome is not None else None,
        rank=entrant.rank,
    )
