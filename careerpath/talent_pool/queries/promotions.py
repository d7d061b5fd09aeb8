"""Promotions as lists show them: filters, one line each, and how many stand on each rung."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import matches, street_in, streets_of
from careerpath.talent_pool.models import PoolObjection, Promotion, PromotionState
from careerpath.talent_pool.queries.names import rung_names
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.talent_pool.queries.words import PROMOTION_STATES
from careerpath.words import Message, msg

OPEN = "open"
"""The filter for all that are under way."""
ENDED = (PromotionState.CONCLUDED, PromotionState.FAILED, PromotionState.WITHDRAWN)
STATE_KINDS: Mapping[PromotionState, str] = {
    PromotionState.SUBMITTED: "warning",
    PromotionState.RETURNED: "danger",
    PromotionState.APPROVED: "primary",
    PromotionState.NOTICE: "primary",
    PromotionState.CONCLUDED: "success",
    PromotionState.FAILED: "danger",
}


@dataclass(frozen=True, slots=True)
class PromotionFilters:
    """What is looked for: ``state`` is a state's code or ``open``."""

    q: str = ""
    unit: str = ""
    unit_id: int | None = None
    rung: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class PromotionLine:
    """One promotion in a list."""

    id: int
    employee_id: int
    name: str
    number: str
    former_post: str
    unit_name: str
    street: str
    rung: str
    title: str
    elected: bool
    main: bool
    state: PromotionState
    proposed_on: date
    notice_ends_on: date | None
    starts_on: date | None
    document: str

    @property
    def state_word(self) -> Message:
        """Where it stands; who won an election was not appointed."""
        return state_word(self.state, self.elected)

    @property
    def state_kind(self) -> str:
        """The colour of its state."""
        return STATE_KINDS.get(self.state, "")


@dataclass(frozen=True, slots=True)
class RungCount:
    """How many promotions to a rung are under way and how many have come to a post."""

    code: str
    name: str
    concluded: int
    open: int


@dataclass(frozen=True, slots=True)
class PromotionList:
    """One page of promotions with the figures above it."""

    page: Page[PromotionLine]
    rungs: tuple[RungCount, ...]
    waiting: Mapping[PromotionState, int]
    """How many of all that the actor sees stand in each state."""


def state_word(state: PromotionState, elected: bool) -> Message:
    """What a state is called."""
    if elected and state is PromotionState.CONCLUDED:
        return msg("已当选任职")
    return PROMOTION_STATES[state]


def promotion_filters_of(args: Mapping[str, str]) -> PromotionFilters:
    """The filters that stand in an address; what is no filter is left out."""
    state = args.get("state", "")
    return PromotionFilters(
        q=args.get("q", "").strip()[:64],
        unit=args.get("unit", "").strip()[:64],
        unit_id=whole_number(args.get("unit_id", "")),
        rung=args.get("rung", "").strip()[:40],
        state=state if state == OPEN or state in set(PromotionState) else "",
    )


def promotion_lines(
    actor: Actor,
    filters: PromotionFilters,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> PromotionList:
    """One page of the promotions to posts of the actor's units, newest first. Six queries, however many there are."""
    query = line_query().where(*conditions(actor, filters))
    keys = (SortKey(Promotion.id, descending=True),)
    page = keyset_page(query, keys, lambda row: (row.id,), after=after, before=before, size=size)
    counted = _counts(actor)
    edition = rules_or_none(clock.today())
    codes = [rung.code for rung in edition.rungs[1:]] if edition is not None else []
    order = [*codes, *sorted({rung for rung, _ in counted} - set(codes))]
    names = rung_names(edition, [*order, *(row.rung for row in page.rows)])
    rungs = tuple(
        RungCount(
            code,
            names[code],
            counted.get((code, PromotionState.CONCLUDED), 0),
            sum(count for (rung, state), count in counted.items() if rung == code and state not in ENDED),
        )
        for code in order
    )
    waiting = {state: sum(count for (_, one), count in counted.items() if one is state) for state in PromotionState}
    return PromotionList(Page(lines_of(page.rows, names), page.total, page.after, page.before), rungs, waiting)


def line_query() -> Any:
    """The columns of ``lines_of``, with the unit of the new post and the person."""
    columns = (
        Promotion.id,
        Promotion.employee_id,
        Promotion.former_post,
        Promotion.rung,
        Promotion.title,
        Promotion.elected,
        Promotion.main,
        Promotion.state,
        Promotion.proposed_on,
        Promotion.notice_ends_on,
        Promotion.starts_on,
        Promotion.document,
    )
    return (
        select(*columns, Employee.name, Employee.number, Unit.short_name, Unit.path)
        .join(Employee, Employee.id == Promotion.employee_id)
        .join(Unit, Unit.id == Promotion.unit_id)
    )


def lines_of(rows: Sequence[Any], names: Mapping[str, str]) -> list[PromotionLine]:
    """Rows of ``line_query`` as lines: one query for the streets."""
    streets = streets_of(row.path for row in rows) if rows else {}
    return [
        PromotionLine(
            id=row.id,
            employee_id=row.employee_id,
            name=row.name,
            number=row.number,
            former_post=row.former_post,
            unit_name=row.short_name,
            street=street_in(row.path, streets),
            rung=names[row.rung],
            title=row.title,
            elected=row.elected,
            main=row.main,
            state=row.state,
            proposed_on=row.proposed_on,
            notice_ends_on=row.notice_ends_on,
            starts_on=row.starts_on,
            document=row.document,
        )
        for row in rows
    ]


def conditions(actor: Actor, filters: PromotionFilters) -> list[ColumnElement[bool]]:
    """The filter of a list over ``Promotion`` joined with the person and the unit."""
    found = [within(actor, Promotion.unit_id, Permission.POOL_VIEW)]
    if filters.q:
        found.append(matches(filters.q))
    if filters.unit_id is not None:
        path = select(Unit.path).where(Unit.id == filters.unit_id).correlate(None).scalar_subquery()
        found.append(Unit.path.like(func.coalesce(path, "-").concat("%")))
    elif filters.unit:
        found.append(or_(Unit.name.contains(filters.unit, autoescape=True), Unit.code == filters.unit))
    if filters.rung:
        found.append(Promotion.rung == filters.rung)
    if filters.state == OPEN:
        found.append(Promotion.state.not_in(ENDED))
    elif filters.state:
        found.append(Promotion.state == PromotionState(filters.state))
    return found


def together(
    actor: Actor, states: Iterable[PromotionState], *, elected: bool, by: date | None = None
) -> list[PromotionLine]:
    """Everybody of the actor's district for whom one thing may be done now, by unit. Three queries at the most.

    With ``by`` only those whose notice has run out on the day before and who have no open objection.
    """
    query = line_query().where(
        within(actor, Promotion.unit_id, Permission.POOL_DECIDE), Promotion.state.in_(tuple(states))
    )
    if PromotionState.SUBMITTED not in set(states):
        query = query.where(Promotion.elected.is_(elected))
    if by is not None:
        query = query.where(Promotion.notice_ends_on < by, ~_objected())
    rows = db.session.execute(query.order_by(Unit.path, Promotion.id).limit(PAGE_SIZE * 4)).all()
    return lines_of(rows, rung_names(rules_or_none(clock.today()), {row.rung for row in rows}))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many promotions wait for each of the steps that somebody has to take."""

    to_submit: int
    returned: int
    to_approve: int
    to_notice: int
    to_elect: int
    to_appoint: int


def promotions_waiting(actor: Actor) -> Waiting:
    """What waits on the day, of the units where the actor sees reserves. One query."""
    one, done = Promotion, clock.today()
    over = case((one.notice_ends_on < done, 1), else_=0) * case((_objected(), 0), else_=1)
    row = db.session.execute(
        select(
            func.count().filter(one.state == PromotionState.PROPOSED),
            func.count().filter(one.state == PromotionState.RETURNED),
            func.count().filter(one.state == PromotionState.SUBMITTED),
            func.count().filter(one.state == PromotionState.APPROVED, one.elected.is_(False)),
            func.count().filter(one.state == PromotionState.APPROVED, one.elected.is_(True)),
            func.count().filter(one.state == PromotionState.NOTICE, over == 1),
        ).where(within(actor, one.unit_id, Permission.POOL_VIEW), one.state.not_in(ENDED))
    ).one()
    return Waiting(*row)


def _objected() -> ColumnElement[bool]:
    return (
        select(PoolObjection.id)
        .where(PoolObjection.promotion_id == Promotion.id, PoolObjection.answered_on.is_(None))
        .exists()
    )


def _counts(actor: Actor) -> dict[tuple[str, PromotionState], int]:
    rows = db.session.execute(
        select(Promotion.rung, Promotion.state, func.count())
        .where(within(actor, Promotion.unit_id, Permission.POOL_VIEW))
        .group_by(Promotion.rung, Promotion.state)
    )
    return {(rung, state): count for rung, state, count in rows}
