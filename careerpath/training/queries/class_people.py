"""Who is in a class, who may be sent to it, who was there on which day, and what they say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, visible, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.people import matches, street_in, streets_of
from careerpath.employees.queries.serving import main_posting_on
from careerpath.training.models import ClassDay, ClassSignIn, Enrolment, EnrolmentState, TrainingClass
from careerpath.training.queries.audience import people_meant
from careerpath.training.queries.classes import TAKING_PART, ClassHead
from careerpath.words import NotFound

MOST_ON_SHEET = 2000


@dataclass(frozen=True, slots=True)
class PeopleFilters:
    """What a list of people of a class is narrowed to."""

    q: str = ""
    state: str = ""
    unit: str = ""
    unit_id: int | None = None

    @property
    def narrow(self) -> bool:
        """Whether anybody is left out."""
        return bool(self.q or self.state or self.unit or self.unit_id)


def people_filters_of(args: Mapping[str, str], unit_id: int | None) -> PeopleFilters:
    """What an address asks for."""
    state = args.get("state", "")
    return PeopleFilters(
        q=args.get("q", "").strip()[:64],
        state=state if state in set(EnrolmentState) else "",
        unit=args.get("unit", "").strip()[:80],
        unit_id=unit_id,
    )


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in a class: the unit of the time, and on how many days they were there."""

    record: Enrolment = field(repr=False)
    name: str
    number: str
    unit: str
    street: str
    signed: int


def people_of_class(
    actor: Actor, class_id: int, filters: PeopleFilters, *, after: str | None = None, before: str | None = None
) -> Page[PersonLine]:
    """The people of the actor's units in a class, by unit and number. Four queries, however many."""
    query = people_query(actor, class_id)
    if filters.q:
        query = query.where(matches(filters.q))
    if filters.state:
        query = query.where(Enrolment.state == EnrolmentState(filters.state))
    if filters.unit_id is not None:
        query = query.where(Unit.path.contains(f"/{filters.unit_id}/") | Unit.path.startswith(f"{filters.unit_id}/"))
    elif filters.unit:
        query = query.where(_units_named(filters.unit))
    keys = (SortKey(Unit.code), SortKey(Employee.number), SortKey(Enrolment.id))
    page = keyset_page(query, keys, lambda row: (row.code, row.number, row[0].id), after=after, before=before)
    return Page(_lines(page.rows), page.total, page.after, page.before)


def people_query(actor: Actor, class_id: int) -> Any:
    """Enrolment, name, number, unit, its path and code of the actor's people in a class."""
    return (
        select(Enrolment, Employee.name, Employee.number, Unit.short_name.label("unit"), Unit.path, Unit.code)
        .join(Employee, Employee.id == Enrolment.employee_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .where(Enrolment.class_id == class_id, within(actor, Enrolment.unit_id, Permission.TRAINING_VIEW))
    )


def all_people_of_class(actor: Actor, class_id: int) -> list[PersonLine]:
    """Everybody of the actor's units in a class, by unit and number: for sheets and papers. Three queries."""
    query = people_query(actor, class_id).order_by(Unit.code, Employee.number)
    return _lines(db.session.execute(query).all())


def enrolment_of(actor: Actor, enrolment_id: int) -> tuple[Enrolment, str]:
    """Somebody of the actor's units in a class, with the name, or ``NotFound``."""
    query = (
        select(Enrolment, Employee.name)
        .join(Employee, Employee.id == Enrolment.employee_id)
        .where(Enrolment.id == enrolment_id, within(actor, Enrolment.unit_id, Permission.TRAINING_HOLD))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be sent to a class."""

    id: int
    name: str
    number: str
    unit: str
    street: str
    title: str


def candidates_for(
    actor: Actor, head: ClassHead, filters: PeopleFilters, *, after: str | None = None, before: str | None = None
) -> Page[Candidate]:
    """People of the actor's units within the reach of a class who are not in it, by unit and number. Three queries."""
    today = clock.today()
    inside = select(Enrolment.employee_id).where(
        Enrolment.class_id == head.id, Enrolment.state != EnrolmentState.WITHDRAWN
    )
    query: Any = (
        visible(actor, Employee, Permission.TRAINING_HOLD)
        .join(Unit, Unit.id == Employee.unit_id)
        .outerjoin(Posting, and_(*main_posting_on(today)))
        .where(
            below(Employee.unit_id, head.unit_path),
            or_(Employee.left_on.is_(None), Employee.left_on >= today),
            Employee.id.not_in(inside),
        )
        .with_only_columns(
            Employee.id, Employee.name, Employee.number, Unit.short_name, Unit.path, Unit.code, Posting.title
        )
    )
    if filters.q:
        query = query.where(matches(filters.q))
    if filters.unit_id is not None:
        query = query.where(Unit.path.contains(f"/{filters.unit_id}/") | Unit.path.startswith(f"{filters.unit_id}/"))
    elif filters.unit:
        query = query.where(_units_named(filters.unit))
    keys = (SortKey(Unit.code), SortKey(Employee.number), SortKey(Employee.id))
    page = keyset_page(query, keys, lambda row: (row.code, row.number, row.id), after=after, before=before)
    streets = streets_of(row.path for row in page.rows) if page.rows else {}
    rows = [
        Candidate(row.id, row.name, row.number, row.short_name, street_in(row.path, streets), row.title or "")
        for row in page.rows
    ]
    return Page(rows, page.total, page.after, page.before)


def count_meant(actor: Actor, head: ClassHead) -> int | None:
    """How many people of the actor's the audience would call now; ``None`` where it says nothing."""
    return len(people_meant(actor, head.record)) if head.record.audience and head.sends else None


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Somebody who should be there on a day, and the sign if they were."""

    enrolment_id: int
    name: str
    number: str
    unit: str
    at: datetime | None
    by_hand: bool


@dataclass(frozen=True, slots=True)
class DayTab:
    """One day of a class with how many were there."""

    record: ClassDay = field(repr=False)
    signed: int


def days_with_counts(class_id: int) -> list[DayTab]:
    """The days of a class in their order, each with its signs. One query."""
    signs = select(ClassSignIn.day_id, func.count().label("signed")).group_by(ClassSignIn.day_id).subquery()
    query = (
        select(ClassDay, func.coalesce(signs.c.signed, 0))
        .outerjoin(signs, signs.c.day_id == ClassDay.id)
        .where(ClassDay.class_id == class_id)
        .order_by(ClassDay.on, ClassDay.begins)
    )
    return [DayTab(day, signed) for day, signed in db.session.execute(query)]


def day_now(days: Sequence[DayTab], asked: int | None) -> DayTab | None:
    """The day that is asked for, else today's, else the last one before today, else the first."""
    today = clock.today()
    chosen = next((day for day in days if day.record.id == asked), None)
    behind = [day for day in days if day.record.on <= today]
    now = clock.office_time(clock.now()).time()
    running = [day for day in behind if day.record.on == today and day.record.ends >= now]
    return chosen or next(iter(running), None) or (behind[-1] if behind else next(iter(days), None))


def sheet_of_day(actor: Actor, class_id: int, day_id: int) -> list[SheetLine]:
    """Those of the actor's units who should be there on a day, who is missing first. One query."""
    query = (
        select(Enrolment.id, Employee.name, Employee.number, Unit.short_name, ClassSignIn.at, ClassSignIn.by_hand)
        .join(Employee, Employee.id == Enrolment.employee_id)
        .join(Unit, Unit.id == Enrolment.unit_id)
        .outerjoin(ClassSignIn, and_(ClassSignIn.enrolment_id == Enrolment.id, ClassSignIn.day_id == day_id))
        .where(
            Enrolment.class_id == class_id,
            Enrolment.state.in_(TAKING_PART),
            within(actor, Enrolment.unit_id, Permission.TRAINING_VIEW),
        )
        .order_by(ClassSignIn.id.is_not(None), Unit.code, Employee.number)
        .limit(MOST_ON_SHEET)
    )
    return [SheetLine(*row[:5], bool(row[5])) for row in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class Ratings:
    """What people say of a class: how many of each rating from 5 down, and comments without names."""

    counts: tuple[tuple[int, int], ...]
    comments: tuple[tuple[int, str], ...]

    @property
    def total(self) -> int:
        """How many have said something."""
        return sum(count for _, count in self.counts)

    @property
    def average(self) -> str:
        """The average with one decimal; empty while nobody has said anything."""
        if not self.total:
            return ""
        tenths = (sum(rating * count for rating, count in self.counts) * 20 + self.total) // (2 * self.total)
        return f"{tenths // 10}.{tenths % 10}"


LEAST_FOR_COMMENTS = 3
"""Comments of fewer people would tell who wrote them."""


def ratings_of(class_id: int) -> Ratings:
    """The ratings of a class; comments in no order that tells who wrote them, and only of three people or more."""
    query = select(Enrolment.rating, Enrolment.comment).where(
        Enrolment.class_id == class_id, Enrolment.rating.is_not(None)
    )
    rows = [(rating or 0, comment) for rating, comment in db.session.execute(query)]
    counts = tuple((stars, sum(rating == stars for rating, _ in rows)) for stars in range(5, 0, -1))
    comments = sorted(((rating, text) for rating, text in rows if text), key=lambda one: (-one[0], one[1]))
    return Ratings(counts, tuple(comments) if len(rows) >= LEAST_FOR_COMMENTS else ())


def class_of_day(day_id: int) -> TrainingClass:
    """The class of a day, whoever asks, or ``NotFound``."""
    query = select(TrainingClass).join(ClassDay, ClassDay.class_id == TrainingClass.id).where(ClassDay.id == day_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def _units_named(text: str) -> Any:
    """Units of this name, and those below a street of this name."""
    named = select(Unit.path).where(or_(Unit.name.contains(text, autoescape=True), Unit.code == text)).limit(50)
    paths = db.session.scalars(named).all()
    return or_(*(Unit.path.startswith(path, autoescape=True) for path in paths)) if paths else Unit.id.is_(None)


def _lines(rows: Sequence[Any]) -> list[PersonLine]:
    streets = streets_of(row.path for row in rows) if rows else {}
    signed = _signed([row[0].id for row in rows])
    return [
        PersonLine(row[0], row.name, row.number, row.unit, street_in(row.path, streets), signed.get(row[0].id, 0))
        for row in rows
    ]


def _signed(enrolment_ids: Sequence[int]) -> dict[int, int]:
    query = select(ClassSignIn.enrolment_id, func.count()).where(ClassSignIn.enrolment_id.in_(enrolment_ids))
    rows = db.session.execute(query.group_by(ClassSignIn.enrolment_id)) if enrolment_ids else ()
    return {enrolment_id: count for enrolment_id, count in rows}
