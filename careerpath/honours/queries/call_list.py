"""Calls for honours as a list, and those that wait for somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import near, within
from careerpath.core.db import db
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.honours.models import CallState, HonourCall, HonourNominee, HonourObjection, NomineeState
from careerpath.honours.queries.calls import counts_of, state_kind
from careerpath.honours.queries.words import CALL_STATES
from careerpath.policy.codes import HonourKind
from careerpath.words import Message

OPEN = "open"
"""The filter for all that are under way."""
ENDED = (CallState.CONCLUDED, CallState.CANCELLED)


@dataclass(frozen=True, slots=True)
class CallFilters:
    """What is looked for: ``state`` is a state's code or ``open``."""

    q: str = ""
    year: int | None = None
    kind: str = ""
    state: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "CallFilters":
        """The filters that stand in an address; what is no filter is left out."""
        state, kind = args.get("state", ""), args.get("kind", "")
        return cls(
            q=args.get("q", "").strip()[:64],
            year=whole_number(args.get("year", "")),
            kind=kind if kind in {one.value for one in HonourKind} else "",
            state=state if state == OPEN or state in set(CallState) else "",
        )

    def narrowed(self) -> bool:
        """Whether anything is looked for at all."""
        return self != CallFilters()


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call in the list; counts are of the nominees whom the actor may see."""

    record: HonourCall
    unit_name: str
    counts: Mapping[NomineeState, int]

    @property
    def state_word(self) -> Message:
        """Where it stands."""
        return CALL_STATES[self.record.state]

    @property
    def state_kind(self) -> str:
        """The colour of its state."""
        return state_kind(self.record.state)

    @property
    def nominated(self) -> int:
        """Nominees who were not withdrawn."""
        return sum(count for state, count in self.counts.items() if state is not NomineeState.WITHDRAWN)

    @property
    def granted(self) -> int:
        """Nominees to whom it was granted."""
        return self.counts[NomineeState.GRANTED]


def call_lines(
    actor: Actor,
    filters: CallFilters,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[CallLine]:
    """The calls that the actor meets, newest first. Three queries, however many."""
    call = HonourCall
    query: Any = (
        select(call, Unit.short_name)
        .join(Unit, Unit.id == call.unit_id)
        .where(near(actor, call.unit_id, Permission.HONOUR_VIEW))
    )
    if filters.q:
        query = query.where(or_(call.name.contains(filters.q, autoescape=True), call.document == filters.q))
    if filters.year is not None:
        query = query.where(call.year == filters.year)
    if filters.kind:
        query = query.where(call.kind == filters.kind)
    if filters.state == OPEN:
        query = query.where(call.state.not_in(ENDED))
    elif filters.state:
        query = query.where(call.state == CallState(filters.state))
    keys = (SortKey(call.year, descending=True), SortKey(call.id, descending=True))
    page = keyset_page(query, keys, lambda row: (row[0].year, row[0].id), after=after, before=before, size=size)
    counts = counts_of(actor, [row[0].id for row in page.rows])
    none = dict.fromkeys(NomineeState, 0)
    lines = [CallLine(one, unit, counts.get(one.id, none)) for one, unit in page.rows]
    return Page(lines, page.total, page.after, page.before)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call that somebody should look at, with what it waits for."""

    id: int
    name: str
    state: CallState
    outside: bool
    closes_on: date
    notice_ends_on: date | None
    nominated: int
    """Of the actor's own units."""
    objections: int
    """Not answered yet."""
    decides: bool
    """Whether the actor decides it."""


def calls_waiting(actor: Actor) -> list[Waiting]:
    """The calls under way that the actor decides, or in which they may nominate. One query."""
    call, nominee = HonourCall, HonourNominee
    nominated = (
        select(func.count(nominee.id))
        .where(
            nominee.call_id == call.id,
            nominee.state != NomineeState.WITHDRAWN,
            within(actor, nominee.unit_id, Permission.HONOUR_NOMINATE),
        )
        .scalar_subquery()
    )
    objections = (
        select(func.count(HonourObjection.id))
        .join(nominee, nominee.id == HonourObjection.nominee_id)
        .where(nominee.call_id == call.id, HonourObjection.answered_on.is_(None))
        .scalar_subquery()
    )
    decides = within(actor, call.unit_id, Permission.HONOUR_DECIDE)
    nominates = and_(near(actor, call.unit_id, Permission.HONOUR_NOMINATE), call.state == CallState.NOMINATION)
    query = (
        select(
            call.id,
            call.name,
            call.state,
            call.outside,
            call.closes_on,
            call.notice_ends_on,
            nominated,
            objections,
            decides.label("decides"),
        )
        .where(call.state.not_in((*ENDED, CallState.PLANNED)), or_(decides, nominates))
        .order_by(call.closes_on, call.id)
    )
    return [Waiting(*row) for row in db.session.execute(query)]
