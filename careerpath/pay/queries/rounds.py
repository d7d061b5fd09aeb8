"""Rounds as people see them: the list, one round with its proposals, one proposal with its reasons."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.pay.models import Placement, PlacementProposal, PlacementRound, ProposalState
from careerpath.pay.queries.editions import scheme_of, scheme_on
from careerpath.pay.queries.reasons import ShownReason, shown_reasons
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
class Counts:
    """People of a round by the state of their changes."""

    by_state: Mapping[ProposalState, int]

    def of(self, *states: ProposalState) -> int:
        """People in some states."""
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def people(self) -> int:
        """All of them."""
        return sum(self.by_state.values())

    @property
    def waiting_for_street(self) -> int:
        """Not submitted yet, or given back."""
        return self.of(ProposalState.PROPOSED, ProposalState.RETURNED)

    @property
    def submitted(self) -> int:
        """Waiting for the district."""
        return self.of(ProposalState.SUBMITTED)

    @property
    def returned(self) -> int:
        """Given back by the district."""
        return self.of(ProposalState.RETURNED)

    @property
    def withheld(self) -> int:
        """Not put forward."""
        return self.of(ProposalState.WITHHELD)

    @property
    def approved(self) -> int:
        """Approved."""
        return self.of(ProposalState.APPROVED)


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round in the list."""

    id: int
    unit_name: str
    on: date
    generated_at: datetime
    lacking: int
    closed: bool
    counts: Counts

    @property
    def state_word(self) -> Message:
        """Where it stands."""
        return _round_state(self.closed, self.counts)[0]

    @property
    def state_kind(self) -> str:
        """The colour of that word."""
        return _round_state(self.closed, self.counts)[1]


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
        return _round_state(self.closed, self.counts)


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
class ItemLine:
    """One component before and after."""

    name: str
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal:
        """What it adds a month."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One change with its components and every reason. ``placement_id``: the approved level that it became."""

    line: ProposalLine
    round_id: int
    round_unit: str
    before_since: date | None
    edition: PayEdition
    items: tuple[ItemLine, ...]
    reasons: tuple[ShownReason, ...]
    street_by: str
    street_on: date | None
    decided_by: str
    decided_on: date | None
    document: str
    placement_id: int | None


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
        )
        .join(Unit, Unit.id == PlacementRound.unit_id)
        .where(within(actor, PlacementRound.unit_id, Permission.PAY_VIEW))
    )
    if open_only:
        query = query.where(PlacementRound.closed_at.is_(None))
    keys = (SortKey(PlacementRound.id, descending=True),)
    page = keyset_page(query, keys, lambda row: (row.id,), after=after, before=before)
    counts = _counts([row.id for row in page.rows])
    lines = [
        RoundLine(
            row.id, row.short_name, row.on, row.generated_at, len(row.lacking), bool(row.closed_at), counts[row.id]
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
    sums = _sums(round_id)
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
    query = _lines().where(PlacementProposal.round_id == round_id)
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
    return Page([_line(*row) for row in page.rows], page.total, page.after, page.before)


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


def proposal_page(actor: Actor, proposal_id: int) -> ProposalPage:
    """One change, or ``NotFound``: two queries."""
    street = aliased(Unit)
    row = db.session.execute(
        _lines()
        .add_columns(PlacementRound, street.short_name)
        .join(PlacementRound, PlacementRound.id == PlacementProposal.round_id)
        .join(street, street.id == PlacementRound.unit_id)
        .where(PlacementProposal.id == proposal_id, within(actor, PlacementProposal.unit_id, Permission.PAY_VIEW))
    ).one_or_none()
    if row is None:
        raise NotFound
    one, person, unit_name, round_, street_name = row
    placement_id = db.session.scalar(
        select(Placement.id).where(Placement.proposal_id == one.id, Placement.superseded_at.is_(None))
    )
    edition = scheme_of(round_.edition)
    return ProposalPage(
        line=_line(one, person, unit_name),
        round_id=round_.id,
        round_unit=street_name,
        before_since=one.before_since,
        edition=edition,
        items=tuple(item_lines(one.before_items, one.after_items)),
        reasons=shown_reasons(one.because, {each.code: each.name for each in edition.components}),
        street_by=one.street_by,
        street_on=one.street_on,
        decided_by=one.decided_by,
        decided_on=one.decided_on,
        document=one.document,
        placement_id=placement_id,
    )


def place_of(actor: Actor, placement_id: int) -> int | None:
    """The proposal that an approved level came from, or ``NotFound``; ``None`` where it came from none."""
    row = db.session.execute(
        select(Placement.proposal_id).where(
            Placement.id == placement_id, within(actor, Placement.unit_id, Permission.PAY_APPROVE)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0]


def item_lines(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[ItemLine]:
    """Components before and after side by side, in the order of the scheme; those that ended stand last."""
    old = {one["code"]: one for one in before}
    new = {one["code"]: one for one in after}
    lines = []
    for code in [*new, *(code for code in old if code not in new)]:
        named = new.get(code) or old[code]
        amounts = [None if one is None else Decimal(one["amount"]) for one in (old.get(code), new.get(code))]
        lines.append(ItemLine(named["name"], amounts[0], amounts[1]))
    return lines


def _lines() -> Select[PlacementProposal, Employee, str]:
    return (
        select(PlacementProposal, Employee, Home.short_name)
        .join(Employee, Employee.id == PlacementProposal.employee_id)
        .join(Home, Home.id == PlacementProposal.unit_id)
    )


def _line(one: PlacementProposal, person: Employee, unit_name: str) -> ProposalLine:
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


@dataclass(frozen=True, slots=True)
class _Sums:
    counts: Counts
    increase: Decimal
    earliest_on: date | None
    newly_placed: int


def _sums(round_id: int) -> _Sums:
    """What a round comes to, of everybody who is not withheld."""
    one = PlacementProposal
    people: dict[int, list[Any]] = {}
    for row in db.session.execute(
        select(one.employee_id, one.state, one.starts_on, one.before_since, one.before_monthly, one.after_monthly)
        .where(one.round_id == round_id)
        .order_by(one.employee_id, one.starts_on)
    ):
        people.setdefault(row.employee_id, []).append(row)
    by_state = Counter(rows[0].state for rows in people.values())
    going = [rows for rows in people.values() if rows[0].state is not ProposalState.WITHHELD]
    increase = Decimal(0)
    for rows in going:
        before = rows[0].before_monthly
        for earlier, later in pairwise(rows):
            # A level approved meanwhile stands in the way: what it pays now is what the change adds to.
            if later.before_since != earlier.starts_on:
                before = later.before_monthly
        if before is not None:
            increase += rows[-1].after_monthly - before
    earliest = min((rows[0].starts_on for rows in going), default=None)
    return _Sums(Counts(by_state), increase, earliest, sum(rows[0].before_since is None for rows in going))


def _counts(round_ids: Sequence[int]) -> dict[int, Counts]:
    one = PlacementProposal
    rows = db.session.execute(
        select(one.round_id, one.state, func.count(func.distinct(one.employee_id)))
        .where(one.round_id.in_(round_ids))
        .group_by(one.round_id, one.state)
    )
    found: dict[int, dict[ProposalState, int]] = {round_id: {} for round_id in round_ids}
    for round_id, state, people in rows:
        found[round_id][state] = people
    return {round_id: Counts(states) for round_id, states in found.items()}


def _round_state(closed: bool, counts: Counts) -> tuple[Message, str]:
    if closed:
        return msg("已办结"), "success"
    if counts.returned:
        return msg("有退回"), "danger"
    if counts.submitted:
        return msg("待审批"), "primary"
    if counts.of(ProposalState.PROPOSED):
        return msg("待上报"), "warning"
    return msg("待办结"), ""
