"""Proposals of the daily look at the rules: those that wait, and what became of the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, and_, cast, func, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import matches
from careerpath.policy.employment import age_on
from careerpath.talent_pool.models import Leaving, PoolEntry, PoolProposal, ProposalState, Proposed
from careerpath.talent_pool.queries.names import gate_names, rung_names
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.talent_pool.queries.words import LEAVINGS
from careerpath.words import Message

Street = aliased(Unit, name="street")


@dataclass(frozen=True, slots=True)
class ProposalFilters:
    """What the list is narrowed to; by default everything that waits."""

    q: str = ""
    unit: str = ""
    proposed: Proposed | None = None
    state: ProposalState = ProposalState.OPEN

    @property
    def narrow(self) -> bool:
        """Whether anything was chosen."""
        return self != ProposalFilters()


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal with its reasons. ``reserves`` is how many people its community has in the pool now."""

    id: int
    proposed: Proposed
    state: ProposalState
    employee_id: int
    entry_id: int | None
    number: str
    name: str
    age: int
    street: str
    unit_name: str
    rung: str
    ground: Message | str
    since: date
    because: tuple[str, ...]
    documents: tuple[str, ...]
    reserves: int
    proposed_on: date
    decided_on: date | None
    decided_by: str
    reason: str


def proposal_filters_of(args: Mapping[str, str]) -> ProposalFilters:
    """What an address asks for; what makes no sense is left out."""
    proposed, state = args.get("proposed", ""), args.get("state", "")
    return ProposalFilters(
        q=args.get("q", "").strip()[:64],
        unit=args.get("unit", "").strip()[:80],
        proposed=Proposed(proposed) if proposed in set(Proposed) else None,
        state=ProposalState(state) if state in set(ProposalState) else ProposalState.OPEN,
    )


def proposal_lines(
    actor: Actor,
    filters: ProposalFilters,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[ProposalLine]:
    """One page of proposals of the actor's units: exits before entries, unit by unit. Three queries."""
    today = clock.today()
    reserves = (
        select(func.count(PoolEntry.employee_id.distinct()))
        .where(PoolEntry.unit_id == PoolProposal.unit_id, PoolEntry.left_on.is_(None))
        .correlate(PoolProposal)
        .scalar_subquery()
    )
    direction = cast(PoolProposal.proposed, String)
    query = (
        select(
            PoolProposal,
            Employee.number,
            Employee.name,
            Employee.born_on,
            Unit.code.label("unit_code"),
            Unit.short_name.label("unit_name"),
            Street.short_name.label("street"),
            reserves.label("reserves"),
            direction.label("direction"),
        )
        .join(Employee, Employee.id == PoolProposal.employee_id)
        .join(Unit, Unit.id == PoolProposal.unit_id)
        .outerjoin(Street, and_(Street.id == Unit.parent_id, Street.kind.in_(STREET_KINDS)))
        .where(within(actor, PoolProposal.unit_id, Permission.POOL_VIEW), PoolProposal.state == filters.state)
    )
    if filters.proposed is not None:
        query = query.where(PoolProposal.proposed == filters.proposed)
    if filters.q:
        query = query.where(matches(filters.q))
    if filters.unit:
        top = aliased(Unit)
        named = or_(top.name.contains(filters.unit, autoescape=True), top.code == filters.unit)
        below = select(Unit.id).join(top, Unit.path.like(top.path.concat("%"))).where(named)
        query = query.where(PoolProposal.unit_id.in_(below))
    keys = [SortKey(direction, descending=True), SortKey(Unit.code), SortKey(Employee.number), SortKey(PoolProposal.id)]

    def marks(row: Any) -> tuple[Any, ...]:
        return row.direction, row.unit_code, row.number, row[0].id

    page = keyset_page(query, keys, marks, after=after, before=before, size=size)
    edition = rules_or_none(today) if page.rows else None
    rungs = rung_names(edition, (row[0].rung for row in page.rows))
    entering = [row[0].ground for row in page.rows if row[0].proposed is Proposed.ENTRY]
    gates = gate_names(edition, entering)
    return Page([_line(row, rungs, gates, today) for row in page.rows], page.total, page.after, page.before)


def ground_name(proposed: Proposed, ground: str, gates: Mapping[str, str]) -> Message | str:
    """What people call the ground of a proposal: the kind of exit, or the gate that was passed."""
    if proposed is Proposed.EXIT and ground in set(Leaving):
        return LEAVINGS[Leaving(ground)]
    return gates.get(ground, ground)


def _line(row: Any, rungs: Mapping[str, str], gates: Mapping[str, str], today: date) -> ProposalLine:
    proposal: PoolProposal = row[0]
    documents = dict.fromkeys(str(one.get("document", "")) for one in proposal.because)
    return ProposalLine(
        id=proposal.id,
        proposed=proposal.proposed,
        state=proposal.state,
        employee_id=proposal.employee_id,
        entry_id=proposal.entry_id,
        number=row.number,
        name=row.name,
        age=age_on(row.born_on, today),
        street=row.street or "",
        unit_name=row.unit_name,
        rung=rungs.get(proposal.rung, proposal.rung),
        ground=ground_name(proposal.proposed, proposal.ground, gates),
        since=proposal.since,
        because=tuple(str(one["text"]) for one in proposal.because),
        documents=tuple(one for one in documents if one),
        reserves=row.reserves,
        proposed_on=proposal.proposed_on,
        decided_on=proposal.decided_on,
        decided_by=proposal.decided_by,
        reason=proposal.reason,
    )
