"""Rounds as people see them: the list, one round with its proposals, one proposal with its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.pay.models import PlacementProposal, PlacementRound, ProposalState
from careerpath.pay.queries.editions import scheme_of, scheme_on
from careerpath.pay.queries.sums import Counts, round_counts, round_state, round_sums
from careerpath.pay.queries.trail_words import STATE_NAMES
from careerpath.policy.codes import UnitKind
from careerpath.policy.pay import CAUSES, Cause, PayEdition
from careerpath.words import Message, NotFound, Refused, msg

ROWS = 200
"""Proposals on one page: most streets have fewer."""

STATE_KINDS = {
    ProposalState.PROPOSED: "",
    ProposalState.WITHHELD: "warning",
    ProposalState.SUBMITTED: "primary",
    ProposalState.RETURNED: "danger",
    ProposalState.APPROVED: "success",
}

Home = aliased(Unit)


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round in the list."""

    id: int
    unit_name: str
    on: date
    generated_at: datetime
    lacking: int
    closed: bool
    newcomers: bool
    """Whether it is for people who were just appointed."""
    counts: Counts

    @property
    def state_word(self) -> Message:
        """Where it stands."""
        return round_state(self.closed, self.counts)[0]

    @property
    def state_kind(self) -> str:
        """The colour of that word."""
        return round_state(self.closed, self.counts)[1]


@dataclass(frozen=True, slots=True)
class RoundPage:
    """One round. ``increase``: what it adds a month, without the ``newly_placed``, who have nothing to compare with."""

    id: int
    unit_id: int
    unit_name: str
    on: date
    edition: PayEdition
    generated_at: datetime
    generated_by: str
    submitted_at: datetime | None
    closed_at: datetime | None
    newcomers: bool
    lacking: Sequence[Mapping[str, Any]]
    looked_at: int
    counts: Counts
    increase: Decimal
    earliest_on: date | None
    newly_placed: int

    @property
    def closed(self) -> bool:
        """Whether nothing can be done in it any more."""
        return self.closed_at is not None

    @property
    def state(self) -> tuple[Message, str]:
        """Where it stands, and the colour of that word."""
        return round_state(self.closed, self.counts)


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One change in the table of a round."""

    id: int
    employee_id: int
    order: int
    number: str
    name: str
    unit_name: str
    title: str
    before: Message | None
    before_monthly: Decimal | None
    after: Message
    after_monthly: Decimal
    starts_on: date
    cause: Message
    state: ProposalState
    note: str
    comment: str

    @property
    def increase(self) -> Decimal | None:
        """What it adds a month; ``None`` where there is nothing to compare with."""
        return None if self.before_monthly is None else self.after_monthly - self.before_monthly

    @property
    def state_word(self) -> Message:
        """The state in words."""
        return STATE_NAMES[self.state]

    @property
    def state_kind(self) -> str:
        """The colour of that word."""
        return STATE_KINDS[self.state]


@dataclass(frozen=True, slots=True)
class RoundFilter:
    """What of a round is wanted."""

    q: str = ""
    unit_id: int | None = None
    cause: Cause | None = None
    state: ProposalState | None = None

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q or self.unit_id or self.cause or self.state)


def round_filter(args: Mapping[str, str]) -> RoundFilter:
    """The filter in an address; what cannot be read is left out."""
    cause, state = args.get("cause", ""), args.get("state", "")
    return RoundFilter(
        q=args.get("q", "").strip()[:64],
        unit_id=whole_number(args.get("unit", "")),
        cause=Cause(cause) if cause in {one.value for one in Cause} else None,
        state=ProposalState(state) if state in {one.value for one in ProposalState} else None,
    )


def level_words(tier: int | None, level: int | None) -> Message | None:
    """A level in words; ``None`` where there is none."""
    if level is None:
        return None
    if tier is None:
        return msg("%(level)s 级", level=level)
    return msg("%(tier)s 档 %(level)s 级", tier=tier, level=level)


def round_lines(actor: Actor, *, open_only: bool, after: str | None, before: str | None) -> Page[RoundLine]:
    """The rounds that the actor may see, newest first: three queries."""
    query = (
        select(
            PlacementRound.id,
            Unit.short_name,
            PlacementRound.on,
            PlacementRound.generated_at,
            PlacementRound.lacking,
            PlacementRound.closed_at,
            PlacementRound.newcomers,
        )
        .join(Unit, Unit.id == PlacementRound.unit_id)
        .where(within(actor, PlacementRound.unit_id, Permission.PAY_VIEW))
    )
    if open_only:
        query = query.where(PlacementRound.closed_at.is_(None))
    keys = (SortKey(PlacementRound.id, descending=True),)
    page = keyset_page(query, keys, lambda row: (row.id,), after=after, before=before)
    counts = round_counts([row.id for row in page.rows])
    lines = [
        RoundLine(
            row.id,
            row.short_name,
            row.on,
            row.generated_at,
            len(row.lacking),
            bool(row.closed_at),
            row.newcomers,
            counts[row.id],
        )
        for row in page.rows
    ]
    return Page(lines, page.total, page.after, page.before)


def streets_to_place(actor: Actor) -> list[tuple[int, str]]:
    """The streets for which the actor may begin a round."""
    rows = db.session.execute(
        select(Unit.id, Unit.short_name)
        .where(Unit.kind.in_(STREET_KINDS | {UnitKind.DISTRICT}), within(actor, Unit.id, Permission.PAY_PROPOSE))
        .order_by(Unit.path)
    )
    return [(row[0], row[1]) for row in rows]


def scheme_or_none(on: date) -> PayEdition | None:
    """The scheme in force on a day, for a page that says so; ``None`` where there is none."""
    try:
        return scheme_on(on)
    except Refused:
        return None


def round_page(actor: Actor, round_id: int, permission: Permission = Permission.PAY_VIEW) -> RoundPage:
    """One round, or ``NotFound``: two queries."""
    row = db.session.execute(
        select(PlacementRound, Unit.short_name)
        .join(Unit, Unit.id == PlacementRound.unit_id)
        .where(PlacementRound.id == round_id, within(actor, PlacementRound.unit_id, permission))
    ).one_or_none()
    if row is None:
        raise NotFound
    round_, unit_name = row
    sums = round_sums(round_id)
    return RoundPage(
        id=round_.id,
        unit_id=round_.unit_id,
        unit_name=unit_name,
        on=round_.on,
        edition=scheme_of(round_.edition),
        generated_at=round_.generated_at,
        generated_by=round_.generated_by,
        submitted_at=round_.submitted_at,
        closed_at=round_.closed_at,
        newcomers=round_.newcomers,
        lacking=round_.lacking,
        looked_at=round_.looked_at,
        counts=sums.counts,
        increase=sums.increase,
        earliest_on=sums.earliest_on,
        newly_placed=sums.newly_placed,
    )


def proposal_lines(
    round_id: int, wanted: RoundFilter, *, after: str | None = None, before: str | None = None
) -> Page[ProposalLine]:
    """The changes of a round that the actor has been shown, in roster order: two queries."""
    query = lines_with_people().where(PlacementProposal.round_id == round_id)
    if wanted.unit_id is not None:
        query = query.where(PlacementProposal.unit_id == wanted.unit_id)
    if wanted.cause is not None:
        query = query.where(PlacementProposal.cause == wanted.cause)
    if wanted.state is not None:
        query = query.where(PlacementProposal.state == wanted.state)
    if wanted.q:
        query = query.where(
            or_(
                Employee.name.contains(wanted.q, autoescape=True),
                Employee.number == wanted.q,
                Employee.initials.startswith(wanted.q.lower(), autoescape=True),
            )
        )
    keys = (SortKey(PlacementProposal.roster_order), SortKey(PlacementProposal.id))
    page = keyset_page(query, keys, lambda row: (row[0].roster_order, row[0].id), after=after, before=before, size=ROWS)
    return Page([line_of(*row) for row in page.rows], page.total, page.after, page.before)


def round_units(round_id: int) -> list[tuple[int, str]]:
    """The communities of a round, for a choice: one query."""
    rows = db.session.execute(
        select(Home.id, Home.short_name)
        .where(Home.id.in_(select(PlacementProposal.unit_id).where(PlacementProposal.round_id == round_id)))
        .order_by(Home.path)
    )
    return [(row[0], row[1]) for row in rows]


def submitted_ids(round_id: int) -> tuple[int, ...]:
    """All proposals of a round that wait for the district."""
    query = select(PlacementProposal.id).where(
        PlacementProposal.round_id == round_id, PlacementProposal.state == ProposalState.SUBMITTED
    )
    return tuple(db.session.scalars(query.order_by(PlacementProposal.id)))


def lines_with_people() -> Select[Any]:
    """Proposals with the person and the name of the unit."""
    columns: tuple[Any, ...] = (PlacementProposal, Employee, Home.short_name)
    query: Select[Any] = (
        select(*columns)
        .join(Employee, Employee.id == PlacementProposal.employee_id)
        .join(Home, Home.id == PlacementProposal.unit_id)
    )
    return query


def line_of(one: PlacementProposal, person: Employee, unit_name: str) -> ProposalLine:
    """A proposal as it stands in the table."""
    after = level_words(one.after_tier, one.after_level)
    return ProposalLine(
        id=one.id,
        employee_id=person.id,
        order=one.roster_order,
        number=person.number,
        name=person.name,
        unit_name=unit_name,
        title=one.title,
        before=level_words(one.before_tier, one.before_level),
        before_monthly=one.before_monthly,
        after=after or msg("%(level)s 级", level=one.after_level),
        after_monthly=one.after_monthly,
        starts_on=one.starts_on,
        cause=CAUSES[one.cause],
        state=one.state,
        note=one.note,
        comment=one.comment,
    )
