"""Plans of a round: the list, one with its lines and what each host would have, and other hosts for somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, within
from careerpath.core.db import db
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import matches
from careerpath.policy.rotation import RotationEdition
from careerpath.rotations.models import Host, PlanLine, PlanState, RotationPlan
from careerpath.rotations.queries.findings import taken_at
from careerpath.rotations.queries.rules import frozen_rules
from careerpath.rotations.queries.words import PLAN_STATES
from careerpath.words import Message, msg

STATE_KINDS: dict[PlanState, str] = {
    PlanState.OPEN: "warning",
    PlanState.CARRIED_OUT: "success",
    PlanState.DROPPED: "",
}
"""The colour of each state."""

SHOWN: dict[str, Message] = {
    "without": msg("没有安排"),
    "changed": msg("人工选定"),
    "left_out": msg("本次不安排"),
}
"""What the lines may be narrowed to."""

Street = aliased(Unit, name="street")


@dataclass(frozen=True, slots=True)
class PlanFilters:
    """What the list is narrowed to."""

    q: str = ""
    state: PlanState | None = None
    kind: str = ""

    @property
    def narrow(self) -> bool:
        """Whether anything was chosen."""
        return self != PlanFilters()


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """One plan of the list with how many take part, are placed, and are left out."""

    id: int
    name: str
    unit_name: str
    kind: str
    state: PlanState
    starts_on: date
    ends_on: date
    people: int
    placed: int
    left_out: int
    solved_at: datetime
    by: str

    @property
    def state_word(self) -> Message:
        """Where it stands."""
        return PLAN_STATES[self.state]

    @property
    def state_kind(self) -> str:
        """The colour of its state."""
        return STATE_KINDS[self.state]


@dataclass(frozen=True, slots=True)
class PlanHead:
    """A plan with its rule and figures."""

    record: RotationPlan
    edition: RotationEdition
    unit_name: str
    kind: str
    people: int
    placed: int
    left_out: int
    points: Decimal
    may_change: bool

    @property
    def without(self) -> int:
        """Who takes part and goes nowhere."""
        return self.people - self.placed - self.left_out


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One person with the host proposed and the reasons, or why there is none."""

    id: int
    employee_id: int
    number: str
    name: str
    street: str
    unit_name: str
    host_id: int | None
    host: str
    has_wish: bool
    points: Decimal | None
    because: tuple[str, ...]
    documents: tuple[str, ...]
    kept: bool
    left_out: bool
    reason: str
    rotation_id: int | None


@dataclass(frozen=True, slots=True)
class HostLoad:
    """A host of a plan: people who are there on its days besides, people proposed, and the places it offers."""

    host_id: int
    name: str
    taken: int
    proposed: int
    places: int

    @property
    def beyond(self) -> bool:
        """Whether it would have more people than it offers places."""
        return self.taken + self.proposed > self.places


def plan_filters_of(args: Mapping[str, str]) -> PlanFilters:
    """What an address asks for; what makes no sense is left out."""
    state = args.get("state", "")
    return PlanFilters(
        q=args.get("q", "").strip()[:60],
        state=PlanState(state) if state in set(PlanState) else None,
        kind=args.get("kind", "")[:40],
    )


def plan_summaries(
    actor: Actor,
    filters: PlanFilters,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[PlanSummary]:
    """One page of the plans of the actor's units, newest first. Two queries."""
    lines = select(func.count()).where(PlanLine.plan_id == RotationPlan.id).correlate(RotationPlan)
    query: Any = (
        select(
            RotationPlan,
            Unit.short_name,
            lines.scalar_subquery().label("people"),
            lines.where(PlanLine.host_id.is_not(None)).scalar_subquery().label("placed"),
            lines.where(PlanLine.left_out.is_(True)).scalar_subquery().label("left_out"),
        )
        .join(Unit, Unit.id == RotationPlan.unit_id)
        .where(within(actor, RotationPlan.unit_id, Permission.ROTATION_VIEW))
    )
    if filters.q:
        named = RotationPlan.name.contains(filters.q, autoescape=True)
        query = query.where(or_(named, Unit.short_name.contains(filters.q, autoescape=True)))
    if filters.state is not None:
        query = query.where(RotationPlan.state == filters.state)
    if filters.kind:
        query = query.where(RotationPlan.kind == filters.kind)
    keys = [SortKey(RotationPlan.id, descending=True)]
    page = keyset_page(query, keys, lambda row: (row[0].id,), after=after, before=before, size=size)
    return Page([_summary(row) for row in page.rows], page.total, page.after, page.before)


def plan_head(actor: Actor, plan_id: int) -> PlanHead:
    """A plan of the actor's units, or ``NotFound``. Two queries."""
    plan = fetch(actor, RotationPlan, plan_id, Permission.ROTATION_VIEW)
    query = select(
        func.count(),
        func.count(PlanLine.host_id),
        func.coalesce(func.sum(case((PlanLine.left_out.is_(True), 1), else_=0)), 0),
        func.coalesce(func.sum(PlanLine.points), 0),
        select(Unit.short_name).where(Unit.id == plan.unit_id).scalar_subquery(),
        select(Unit.path).where(Unit.id == plan.unit_id).scalar_subquery(),
    ).where(PlanLine.plan_id == plan.id)
    people, placed, left_out, points, unit_name, path = db.session.execute(query).one()
    edition = frozen_rules(plan.edition)
    return PlanHead(
        record=plan,
        edition=edition,
        unit_name=unit_name,
        kind=_kind(edition, plan.kind),
        people=people,
        placed=placed,
        left_out=left_out,
        points=Decimal(points),
        may_change=plan.state is PlanState.OPEN and actor.can(Permission.ROTATION_PROPOSE, path),
    )


def plan_rows(
    head: PlanHead,
    *,
    show: str = "",
    q: str = "",
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[PlanRow]:
    """One page of a plan's lines, unit by unit. Two queries."""
    query: Any = (
        select(
            PlanLine,
            Employee.number,
            Employee.name,
            Unit.code,
            Unit.short_name,
            Street.short_name.label("street"),
            Host.name.label("host"),
        )
        .join(Employee, Employee.id == PlanLine.employee_id)
        .join(Unit, Unit.id == PlanLine.unit_id)
        .outerjoin(Street, and_(Street.id == Unit.parent_id, Street.kind.in_(STREET_KINDS)))
        .outerjoin(Host, Host.id == PlanLine.host_id)
        .where(PlanLine.plan_id == head.record.id)
    )
    if show == "without":
        query = query.where(PlanLine.host_id.is_(None), PlanLine.left_out.is_(False))
    elif show == "changed":
        query = query.where(PlanLine.kept.is_(True))
    elif show == "left_out":
        query = query.where(PlanLine.left_out.is_(True))
    if q:
        query = query.where(matches(q))
    keys = [SortKey(Unit.code), SortKey(Employee.number), SortKey(PlanLine.id)]
    page = keyset_page(
        query, keys, lambda row: (row.code, row.number, row[0].id), after=after, before=before, size=size
    )
    return Page([_row(row) for row in page.rows], page.total, page.after, page.before)


def host_loads(head: PlanHead) -> list[HostLoad]:
    """The hosts to which a plan sends somebody, those beyond their places first. Two queries."""
    plan = head.record
    query = (
        select(Host.id, Host.name, Host.places, func.count(PlanLine.id), func.count(PlanLine.rotation_id))
        .join(PlanLine, PlanLine.host_id == Host.id)
        .where(PlanLine.plan_id == plan.id)
        .group_by(Host.id)
        .order_by(func.count(PlanLine.id).desc(), Host.name)
    )
    rows = db.session.execute(query).all()
    taken = taken_at([row[0] for row in rows], plan.starts_on, plan.ends_on)
    # Rotations that came of this plan are among those who are there: nobody is counted twice.
    loads = [
        HostLoad(host_id, name, max(taken.get(host_id, 0) - done, 0), proposed, places)
        for host_id, name, places, proposed, done in rows
    ]
    return sorted(loads, key=lambda load: not load.beyond)


def _kind(edition: RotationEdition, code: str) -> str:
    kind = edition.kind(code)
    return kind.name if kind is not None else code


def _summary(row: Any) -> PlanSummary:
    plan: RotationPlan = row[0]
    return PlanSummary(
        id=plan.id,
        name=plan.name,
        unit_name=row.short_name,
        kind=_kind(frozen_rules(plan.edition), plan.kind),
        state=plan.state,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        people=row.people,
        placed=row.placed,
        left_out=row.left_out,
        solved_at=plan.solved_at,
        by=plan.by,
    )


def _row(row: Any) -> PlanRow:
    line: PlanLine = row[0]
    documents = dict.fromkeys(str(one.get("document", "")) for one in line.because)
    return PlanRow(
        id=line.id,
        employee_id=line.employee_id,
        number=row.number,
        name=row.name,
        street=row.street or "",
        unit_name=row.short_name,
        host_id=line.host_id,
        host=row.host or "",
        has_wish=line.wish_id is not None,
        points=line.points,
        because=tuple(str(one["text"]) for one in line.because),
        documents=tuple(one for one in documents if one),
        kept=line.kept,
        left_out=line.left_out,
        reason=line.reason,
        rotation_id=line.rotation_id,
    )
