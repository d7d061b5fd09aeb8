"""The people of the pool as a list: who is in it or left, how ready, whose review or task is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import matches
from careerpath.policy.employment import add_months, age_on
from careerpath.policy.talent_pool import Entry, TalentPoolEdition, next_review
from careerpath.talent_pool.models import DevelopmentTask, Leaving, PoolEntry, PoolReview, Readiness
from careerpath.talent_pool.queries.names import rung_names
from careerpath.talent_pool.queries.reserves import in_pool_on
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.words import Message, msg

ONE_DAY = timedelta(days=1)
SOON_DAYS = 30
"""A review that is due within so many days is shown as coming."""

Street = aliased(Unit, name="street")


class Inside(StrEnum):
    """Whether those in the pool are listed, those who left it, or both."""

    IN = "in"
    LEFT = "left"
    ALL = "all"


class Due(StrEnum):
    """Whose review or task is due."""

    REVIEW = "review"
    REVIEW_SOON = "review_soon"
    TASK = "task"


INSIDE_WORDS: Mapping[Inside, Message] = {
    Inside.IN: msg("在库"), Inside.LEFT: msg("已出库"), Inside.ALL: msg("全部")
}  # fmt: skip
DUE_WORDS: Mapping[Due, Message] = {
    Due.REVIEW: msg("评估已到期"),
    Due.REVIEW_SOON: msg("30 日内应评估"),
    Due.TASK: msg("培养任务逾期"),
}


@dataclass(frozen=True, slots=True)
class EntryFilters:
    """What the list is narrowed to; ``unit`` is part of a unit's name or its code and includes what lies below."""

    q: str = ""
    unit: str = ""
    unit_id: int | None = None
    rung: str = ""
    readiness: Readiness | None = None
    inside: Inside = Inside.IN
    due: Due | None = None
    on: date | None = None
    """An earlier day on which they were in the pool or had left it; none for today."""

    @property
    def narrow(self) -> bool:
        """Whether anything was chosen."""
        return self != EntryFilters(on=self.on)


@dataclass(frozen=True, slots=True)
class EntryLine:
    """Somebody's time in the pool. ``review_on`` is the day by which the next review is due."""

    id: int
    employee_id: int
    number: str
    name: str
    age: int
    street: str
    unit_id: int
    unit_name: str
    home_name: str
    """Where they serve, where that is another unit."""
    rung: str
    entered_on: date
    readiness: Readiness
    potential: Decimal | None
    review_on: date | None
    review_due: bool
    open_tasks: int
    late_tasks: int
    left_on: date | None
    leaving: Leaving | None


def filters_of(args: Mapping[str, str]) -> EntryFilters:
    """What an address asks for; what makes no sense is left out."""
    day = read_day(args.get("on", ""))
    readiness, inside, due = args.get("readiness", ""), args.get("inside", ""), args.get("due", "")
    return EntryFilters(
        q=args.get("q", "").strip()[:64],
        unit=args.get("unit", "").strip()[:80],
        unit_id=whole_number(args.get("unit_id", "")),
        rung=args.get("rung", "")[:40],
        readiness=Readiness(readiness) if readiness in set(Readiness) else None,
        inside=Inside(inside) if inside in set(Inside) else Inside.IN,
        due=Due(due) if due in set(Due) else None,
        on=day if day is not None and day < clock.today() else None,
    )


def entry_lines(
    actor: Actor,
    filters: EntryFilters,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[EntryLine]:
    """One page of the pool of the actor's units, in the order of unit and number. Four queries at the most.

    Readiness, potential and tasks are those of today, whatever the day: the pool keeps no past of them.
    """
    today = filters.on or clock.today()
    edition = rules_or_none(today)
    home, last = aliased(Unit, name="home"), _last_review()
    open_task = (DevelopmentTask.entry_id == PoolEntry.id, DevelopmentTask.done_on.is_(None))
    tasks = select(func.count()).select_from(DevelopmentTask).where(*open_task)
    query = (
        select(
            PoolEntry,
            Employee.number,
            Employee.name,
            Employee.born_on,
            Unit.code.label("unit_code"),
            Unit.short_name.label("unit_name"),
            Street.short_name.label("street"),
            Employee.unit_id.label("home_id"),
            home.short_name.label("home_name"),
            last.label("last_review"),
            tasks.scalar_subquery().label("open_tasks"),
            tasks.where(DevelopmentTask.due_on < today).scalar_subquery().label("late_tasks"),
        )
        .join(Employee, Employee.id == PoolEntry.employee_id)
        .join(Unit, Unit.id == PoolEntry.unit_id)
        .join(home, home.id == Employee.unit_id)
        .outerjoin(Street, and_(Street.id == Unit.parent_id, Street.kind.in_(STREET_KINDS)))
        .where(*conditions(actor, filters, edition, today))
    )
    keys = [SortKey(Unit.code), SortKey(Employee.number), SortKey(PoolEntry.id)]
    page = keyset_page(
        query, keys, lambda row: (row.unit_code, row.number, row[0].id), after=after, before=before, size=size
    )
    names = rung_names(edition, (row[0].rung for row in page.rows))
    return Page([_line(row, names, edition, today) for row in page.rows], page.total, page.after, page.before)


def conditions(
    actor: Actor, filters: EntryFilters, edition: TalentPoolEdition | None, today: date
) -> list[ColumnElement[bool]]:
    """The filter of a list over ``PoolEntry`` joined with ``Employee``: the actor's units, narrowed."""
    found = [within(actor, PoolEntry.unit_id, Permission.POOL_VIEW)]
    if filters.q:
        found.append(matches(filters.q))
    top = aliased(Unit)
    wanted = None
    if filters.unit_id is not None:
        wanted = top.id == filters.unit_id
    elif filters.unit:
        wanted = or_(top.name.contains(filters.unit, autoescape=True), top.code == filters.unit)
    if wanted is not None:
        below = select(Unit.id).join(top, Unit.path.like(top.path.concat("%"))).where(wanted)
        found.append(PoolEntry.unit_id.in_(below))
    if filters.rung:
        found.append(PoolEntry.rung == filters.rung)
    if filters.readiness is not None:
        found.append(PoolEntry.readiness == filters.readiness)
    if filters.on is not None:
        found.append(PoolEntry.entered_on <= filters.on)
    if filters.inside is not Inside.ALL:
        inside = PoolEntry.left_on.is_(None) if filters.on is None else and_(*in_pool_on(filters.on))
        found.append(inside if filters.inside is Inside.IN else ~inside)
    if filters.due is Due.TASK:
        late = select(DevelopmentTask.entry_id).where(DevelopmentTask.done_on.is_(None), DevelopmentTask.due_on < today)
        found.append(PoolEntry.id.in_(late))
    elif filters.due is not None:
        found.append(review_due_by(edition, today if filters.due is Due.REVIEW else today + SOON_DAYS * ONE_DAY))
    return found


def review_due_by(edition: TalentPoolEdition | None, on: date) -> ColumnElement[bool]:
    """The condition "the next review of this entry is due on this day or before"."""
    if edition is None or edition.review is None:
        return PoolEntry.id.is_(None)
    months = edition.review.months
    # The last day whose same day so many months later is not after ``on``, also at the ends of short months.
    limit = max(add_months(on, -months), add_months(on + ONE_DAY, -months) - ONE_DAY)
    return func.coalesce(_last_review(), PoolEntry.entered_on) <= limit


def _last_review() -> Any:
    return (
        select(func.max(PoolReview.on)).where(PoolReview.entry_id == PoolEntry.id).correlate(PoolEntry)
    ).scalar_subquery()


def _line(row: Any, names: Mapping[str, str], edition: TalentPoolEdition | None, today: date) -> EntryLine:
    entry: PoolEntry = row[0]
    review_on = None
    if edition is not None and entry.left_on is None:
        reviews = {row.last_review: True} if row.last_review is not None else {}
        review_on = next_review(edition, Entry(entry.rung, entry.entered_on, reviews))
    # On an earlier day nobody has left who was still in the pool.
    gone = entry.left_on is not None and (today == clock.today() or entry.left_on < today)
    return EntryLine(
        id=entry.id,
        employee_id=entry.employee_id,
        number=row.number,
        name=row.name,
        age=age_on(row.born_on, today),
        street=row.street or "",
        unit_id=entry.unit_id,
        unit_name=row.unit_name,
        home_name=row.home_name if row.home_id != entry.unit_id else "",
        rung=names.get(entry.rung, entry.rung),
        entered_on=entry.entered_on,
        readiness=entry.readiness,
        potential=entry.potential,
        review_on=review_on,
        review_due=review_on is not None and review_on <= today,
        open_tasks=row.open_tasks,
        late_tasks=row.late_tasks,
        left_on=entry.left_on if gone else None,
        leaving=entry.leaving if gone else None,
    )
