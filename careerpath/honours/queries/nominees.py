"""The people of a call: the list, one of them with what the file says, and somebody who could be put in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, visible
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.employees.models import Employee
from careerpath.employees.queries.homes import homes_of
from careerpath.employees.queries.people import matches
from careerpath.honours.models import HonourCall, HonourNominee, NomineeState
from careerpath.honours.operations.nominations import ON_THE_LIST, WITHDRAWABLE
from careerpath.honours.queries.calls import Act, CallHead, call_head
from careerpath.honours.queries.concerns import Concern, concerns_of
from careerpath.honours.queries.objections import ObjectionLine, objections_of
from careerpath.honours.queries.register import at_units_named
from careerpath.honours.queries.words import NOMINEE_STATES
from careerpath.words import Message

STATE_KINDS = {
    NomineeState.NOMINATED: "warning",
    NomineeState.CHOSEN: "primary",
    NomineeState.GRANTED: "success",
    NomineeState.REFUSED: "danger",
}
"""Colours of the pills; the others have none."""

LAST = 1_000_000
"""Those without a rank come after those with one."""
RANK = func.coalesce(HonourNominee.rank, LAST)


@dataclass(frozen=True, slots=True)
class NomineeFilters:
    """What is looked for among the people of a call."""

    q: str = ""
    unit: str = ""
    state: NomineeState | None = None

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "NomineeFilters":
        """The filters that stand in an address; what is no filter is left out."""
        state = args.get("state", "")
        found = NomineeState(state) if state in set(NomineeState) else None
        return cls(args.get("q", "").strip()[:64], args.get("unit", "").strip()[:64], found)

    def narrowed(self) -> bool:
        """Whether anything is looked for at all."""
        return self != NomineeFilters()


@dataclass(frozen=True, slots=True)
class NomineeLine:
    """One nominee in the list."""

    record: HonourNominee
    name: str
    number: str
    concerns: tuple[Concern, ...] = ()
    masked: bool = False
    """Whether what is being decided is not told to the reader yet."""

    @property
    def state(self) -> NomineeState:
        """Where they stand, as the reader may know."""
        return shown_state(self.record, self.masked)

    @property
    def rank(self) -> int | None:
        """The order in which the district chose them, as the reader may know."""
        return None if self.masked else self.record.rank

    @property
    def state_word(self) -> Message:
        """Where they stand, in words."""
        return NOMINEE_STATES[self.state]

    @property
    def state_kind(self) -> str:
        """The colour of that."""
        return STATE_KINDS.get(self.state, "")


def shown_state(nominee: HonourNominee, masked: bool) -> NomineeState:
    """Where a nominee stands as a reader may know it: ``masked`` hides what is being decided."""
    hidden = masked and nominee.state is not NomineeState.WITHDRAWN
    return NomineeState.NOMINATED if hidden else nominee.state


def nominee_lines(
    actor: Actor,
    head: CallHead,
    filters: NomineeFilters,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[NomineeLine]:
    """The nominees of a call whom the actor may see, by rank and then as they came in. Four queries."""
    keys = (SortKey(HonourNominee.id),) if head.masked else (SortKey(RANK), SortKey(HonourNominee.id))
    query: Any = _met(actor, head.id).add_columns(*(key.column.label(f"key{at}") for at, key in enumerate(keys)))
    if filters.state is not None and not head.masked:
        query = query.where(HonourNominee.state == filters.state)
    if filters.q:
        query = query.where(matches(filters.q))
    if filters.unit:
        query = query.where(at_units_named(HonourNominee.unit_id, filters.unit))
    page = keyset_page(query, keys, lambda row: list(row)[3:], after=after, before=before, size=size)
    return Page(_lines(head, page.rows), page.total, page.after, page.before)


def nominees_in(
    actor: Actor, head: CallHead, states: Sequence[NomineeState], *, concerned: bool = False
) -> list[NomineeLine]:
    """All nominees of a call in these states whom the actor may see, by rank. One query; three if ``concerned``."""
    query = _met(actor, head.id).where(HonourNominee.state.in_(states)).order_by(RANK, HonourNominee.id)
    return _lines(head, db.session.execute(query).all(), concerned)


@dataclass(frozen=True, slots=True)
class NomineePage:
    """One nominee with the head of the call."""

    head: CallHead
    line: NomineeLine
    objections: list[ObjectionLine]

    @property
    def record(self) -> HonourNominee:
        """The record."""
        return self.line.record

    @property
    def may_change(self) -> bool:
        """Whether the actor may change what is said of them."""
        return Act.NOMINATE in self.head.may and self.record.state is NomineeState.NOMINATED

    @property
    def may_withdraw(self) -> bool:
        """Whether the name may be taken back now, as far as the state goes."""
        return self.head.state in WITHDRAWABLE and self.record.state in ON_THE_LIST

    @property
    def may_object(self) -> bool:
        """Whether something brought forward may be entered."""
        return Act.OBJECT in self.head.may and self.record.state is NomineeState.CHOSEN


def nominee_page(actor: Actor, nominee_id: int, permission: Permission = Permission.HONOUR_VIEW) -> NomineePage:
    """One nominee of the actor's units, or ``NotFound``. Eight queries."""
    record = fetch(actor, HonourNominee, nominee_id, permission)
    head = call_head(actor, record.call_id, permission)
    person = db.session.get_one(Employee, record.employee_id)
    concerns = concerns_of(head.record, [person.id], clock.today())[person.id]
    objections = objections_of(actor, head.id, record.id) if actor.has(Permission.HONOUR_DECIDE) else []
    return NomineePage(head, NomineeLine(record, person.name, person.number, concerns, head.masked), objections)


@dataclass(frozen=True, slots=True)
class Prospective:
    """Somebody who could be nominated: what the file says before they are."""

    employee_id: int
    name: str
    number: str
    home: str
    concerns: tuple[Concern, ...]


def prospective(actor: Actor, call: HonourCall, employee_id: int) -> Prospective:
    """What the file says of one person of the actor's units, or ``NotFound``. Five queries."""
    person = fetch(actor, Employee, employee_id, Permission.HONOUR_NOMINATE)
    today = clock.today()
    home = homes_of([person.id], today)[person.id]
    return Prospective(
        person.id, person.name, person.number, home.name, concerns_of(call, [person.id], today)[person.id]
    )


def _met(actor: Actor, call_id: int) -> Any:
    return (
        visible(actor, HonourNominee, Permission.HONOUR_VIEW)
        .join(Employee, Employee.id == HonourNominee.employee_id)
        .where(HonourNominee.call_id == call_id)
        .add_columns(Employee.name, Employee.number)
    )


def _lines(head: CallHead, rows: Sequence[Any], concerned: bool = True) -> list[NomineeLine]:
    concerns = (
        concerns_of(head.record, [row[0].employee_id for row in rows], clock.today()) if rows and concerned else {}
    )
    return [NomineeLine(row[0], row[1], row[2], concerns.get(row[0].employee_id, ()), head.masked) for row in rows]
