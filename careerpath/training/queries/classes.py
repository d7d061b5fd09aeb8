"""The list of classes, and the head that every page of a class has."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.core.web.process import Step
from careerpath.policy.training import Tier
from careerpath.skills.queries.lines import names_line
from careerpath.training.models import ClassPaper, ClassState, Course, Enrolment, EnrolmentState, TrainingClass
from careerpath.training.queries.reach import met_classes
from careerpath.words import Message, NotFound, msg

TAKING_PART = (EnrolmentState.ENROLLED, EnrolmentState.ATTENDED, EnrolmentState.ABSENT)


class Standing(StrEnum):
    """Where a class stands on a day: an open one is ahead, being held, or over and to be closed."""

    PLANNED = "planned"
    AHEAD = "ahead"
    RUNNING = "running"
    DUE = "due"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STANDINGS: Mapping[Standing, Message] = {
    Standing.PLANNED: msg("拟定"),
    Standing.AHEAD: msg("报名中"),
    Standing.RUNNING: msg("培训中"),
    Standing.DUE: msg("待办结"),
    Standing.CLOSED: msg("已办结"),
    Standing.CANCELLED: msg("已取消"),
}
KINDS: Mapping[Standing, str] = {
    Standing.PLANNED: "",
    Standing.AHEAD: "primary",
    Standing.RUNNING: "primary",
    Standing.DUE: "warning",
    Standing.CLOSED: "success",
    Standing.CANCELLED: "danger",
}
_OF_STATES = {
    ClassState.PLANNED: Standing.PLANNED,
    ClassState.CLOSED: Standing.CLOSED,
    ClassState.CANCELLED: Standing.CANCELLED,
}


def standing_of(state: ClassState, starts_on: date, ends_on: date, on: date) -> Standing:
    """Where a class stands on a day."""
    if state is not ClassState.OPEN:
        return _OF_STATES[state]
    if on < starts_on:
        return Standing.AHEAD
    return Standing.RUNNING if on <= ends_on else Standing.DUE


@dataclass(frozen=True, slots=True)
class ClassFilters:
    """What the list is narrowed to; empty means everything. ``unit_id`` includes the holders below it."""

    q: str = ""
    tier: str = ""
    category: str = ""
    standing: str = ""
    month: str = ""
    on: date | None = None
    """Classes being held on that day."""
    unit: str = ""
    unit_id: int | None = None
    course_id: int | None = None
    line: str = ""
    """Of courses that teach this line of work."""
    sort: str = "-starts"

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(
            self.q or self.tier or self.category or self.standing or self.month or self.on or self.unit
            or self.unit_id or self.course_id or self.line
        )  # fmt: skip


def class_filters_of(args: Mapping[str, str], unit_id: int | None, course_id: int | None) -> ClassFilters:
    """What an address asks for; what makes no sense is left out."""
    return ClassFilters(
        q=args.get("q", "").strip()[:60],
        tier=args.get("tier", "") if args.get("tier") in set(Tier) else "",
        category=args.get("category", "").strip()[:40],
        standing=args.get("state", "") if args.get("state") in set(Standing) else "",
        month=args.get("month", "") if _month(args.get("month", "")) else "",
        on=read_day(args.get("on", "")),
        unit=args.get("unit", "").strip()[:80],
        unit_id=unit_id,
        course_id=course_id,
        line=args.get("line", "").strip()[:24],
        sort="starts" if args.get("sort") == "starts" else "-starts",
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """People of a class: all who take part, those of the actor's units, those who wait, those who were there."""

    taking: int = 0
    own: int = 0
    waiting: int = 0
    attended: int = 0
    rated: int = 0


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class in the list."""

    id: int
    name: str
    course: str
    category: str
    unit_name: str
    tier: Tier
    standing: Standing
    starts_on: date
    ends_on: date
    held_at: str
    teacher: str
    hours: Decimal
    days: Decimal | None
    capacity: int | None
    enrol_until: date | None
    counts: Counts

    @property
    def standing_word(self) -> Message:
        """Where it stands."""
        return STANDINGS[self.standing]

    @property
    def standing_kind(self) -> str:
        """The colour of its pill."""
        return KINDS[self.standing]


def class_lines(
    actor: Actor, filters: ClassFilters, *, after: str | None = None, before: str | None = None
) -> Page[ClassLine]:
    """The classes that the actor meets. Three queries, however many."""
    starts = cast(TrainingClass.starts_on, String)
    down = filters.sort.startswith("-")
    query = class_query(actor, filters).add_columns(starts.label("key"))
    keys = (SortKey(starts, descending=down), SortKey(TrainingClass.id, descending=down))
    page = keyset_page(query, keys, lambda row: (row.key, row[0].id), after=after, before=before)
    return Page(lines_of_rows(actor, page.rows), page.total, page.after, page.before)


def class_query(actor: Actor, filters: ClassFilters) -> Any:
    """Class, course, category and unit of what the filters leave, in no order."""
    return (
        select(TrainingClass, Course.name.label("course"), Course.category, Unit.short_name.label("unit_name"))
        .join(Course, Course.id == TrainingClass.course_id)
        .join(Unit, Unit.id == TrainingClass.unit_id)
        .where(met_classes(actor, Permission.TRAINING_VIEW), *_conditions(filters))
    )


def lines_of_rows(actor: Actor, rows: Sequence[Any]) -> list[ClassLine]:
    """The lines of rows of ``class_query``. One query for the counts."""
    counts, today, none = counts_of(actor, [row[0].id for row in rows]), clock.today(), Counts()
    return [
        ClassLine(
            id=one.id,
            name=one.name,
            course=course,
            category=category,
            unit_name=unit_name,
            tier=one.tier,
            standing=standing_of(one.state, one.starts_on, one.ends_on, today),
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            held_at=one.held_at,
            teacher=one.teacher,
            hours=one.hours,
            days=one.days,
            capacity=one.capacity,
            enrol_until=one.enrol_until,
            counts=counts.get(one.id, none),
        )
        for one, course, category, unit_name, *_ in rows
    ]


def categories_of(actor: Actor) -> list[str]:
    """The categories that courses of classes in reach are grouped by. One query."""
    query = (
        select(Course.category)
        .join(TrainingClass, TrainingClass.course_id == Course.id)
        .where(met_classes(actor, Permission.TRAINING_VIEW), Course.category != "")
        .distinct()
        .order_by(Course.category)
    )
    return list(db.session.scalars(query))


def counts_of(actor: Actor, class_ids: Collection[int]) -> dict[int, Counts]:
    """The counts of some classes. One query."""
    if not class_ids:
        return {}
    taking = Enrolment.state.in_(TAKING_PART)
    own = and_(taking, within(actor, Enrolment.unit_id, Permission.TRAINING_VIEW))
    wanted = (
        taking,
        own,
        Enrolment.state == EnrolmentState.WAITING,
        Enrolment.state == EnrolmentState.ATTENDED,
        Enrolment.rating.is_not(None),
    )
    query = select(Enrolment.class_id, *(func.sum(case((one, 1), else_=0)) for one in wanted))
    rows = db.session.execute(query.where(Enrolment.class_id.in_(class_ids)).group_by(Enrolment.class_id))
    return {row[0]: Counts(*row[1:]) for row in rows}


@dataclass(frozen=True, slots=True)
class ClassHead:
    """One class with what the reader may do with it."""

    id: int
    name: str
    course_id: int
    course: Course = field(repr=False)
    record: TrainingClass = field(repr=False)
    unit_id: int
    unit_name: str
    unit_path: str
    standing: Standing
    counts: Counts
    papers: int
    holds: bool
    """Whether the reader's office holds it: everything of the class itself."""
    sends: bool
    """Whether the reader may send people to it and take them out."""

    @property
    def standing_word(self) -> Message:
        """Where it stands."""
        return STANDINGS[self.standing]

    @property
    def standing_kind(self) -> str:
        """The colour of its pill."""
        return KINDS[self.standing]

    @property
    def is_open(self) -> bool:
        """Whether people may still come in and sign in."""
        return self.record.state is ClassState.OPEN

    @property
    def is_unsettled(self) -> bool:
        """Whether it may still be changed."""
        return self.record.state in (ClassState.PLANNED, ClassState.OPEN)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps across the top with their days."""
        one, order = self.record, [Standing.PLANNED, Standing.AHEAD, Standing.RUNNING, Standing.DUE, Standing.CLOSED]
        if self.standing is Standing.CANCELLED:
            return (Step(msg("拟定"), None, "done"), Step(STANDINGS[Standing.CANCELLED], None, "current"))
        here = order.index(self.standing)
        notes = (
            None,
            msg("本人报名到 %(day)s", day=one.enrol_until) if one.enrol_until else None,
            msg("%(first)s 至 %(last)s", first=one.starts_on, last=one.ends_on),
            msg("%(day)s", day=one.closed_on) if one.closed_on else None,
        )
        titles = (msg("拟定"), msg("发布报名"), msg("培训签到"), msg("办结"))
        # Closing is one step: it is current while it waits, and done once it is.
        place = min(here, 3)
        found = []
        for number, (title, note) in enumerate(zip(titles, notes, strict=True)):
            standing = "done" if number < place or here == len(order) - 1 else "current"
            found.append(Step(title, note, standing if number <= place else "later"))
        return tuple(found)


def class_head(actor: Actor, class_id: int, permission: Permission = Permission.TRAINING_VIEW) -> ClassHead:
    """One class that the actor meets, or ``NotFound``. Three queries."""
    query = (
        select(TrainingClass, Course, Unit)
        .join(Course, Course.id == TrainingClass.course_id)
        .join(Unit, Unit.id == TrainingClass.unit_id)
        .where(TrainingClass.id == class_id, met_classes(actor, permission))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    one, course, unit = row
    papers = db.session.scalar(select(func.count()).where(ClassPaper.class_id == one.id)) or 0
    return ClassHead(
        id=one.id,
        name=one.name,
        course_id=course.id,
        course=course,
        record=one,
        unit_id=unit.id,
        unit_name=unit.short_name,
        unit_path=unit.path,
        standing=standing_of(one.state, one.starts_on, one.ends_on, clock.today()),
        counts=counts_of(actor, [one.id]).get(one.id, Counts()),
        papers=papers,
        holds=actor.can(Permission.TRAINING_HOLD, unit.path),
        sends=actor.has(Permission.TRAINING_HOLD),
    )


def held_head(actor: Actor, class_id: int) -> ClassHead:
    """One class that the actor holds, or ``NotFound``: for the pages that only its holder opens."""
    head = class_head(actor, class_id, Permission.TRAINING_HOLD)
    if not head.holds:
        raise NotFound
    return head


def _conditions(filters: ClassFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    one, today = TrainingClass, clock.today()
    if filters.q:
        text = filters.q
        found.append(
            or_(
                one.name.contains(text, autoescape=True),
                Course.name.contains(text, autoescape=True),
                one.teacher.contains(text, autoescape=True),
            )
        )
    if filters.tier:
        found.append(one.tier == Tier(filters.tier))
    if filters.category:
        found.append(Course.category == filters.category)
    if filters.course_id is not None:
        found.append(one.course_id == filters.course_id)
    if filters.line:
        found.append(names_line(Course.lines, filters.line))
    if filters.month:
        year, month = int(filters.month[:4]), int(filters.month[5:])
        following = date(year + month // 12, month % 12 + 1, 1)
        found += [one.starts_on < following, one.ends_on >= date(year, month, 1)]
    if filters.on is not None:
        found += [one.starts_on <= filters.on, one.ends_on >= filters.on]
    if filters.unit_id is not None:
        found.append(Unit.path.contains(f"/{filters.unit_id}/") | Unit.path.startswith(f"{filters.unit_id}/"))
    elif filters.unit:
        found.append(or_(Unit.name.contains(filters.unit, autoescape=True), Unit.code == filters.unit))
    if filters.standing:
        found.append(_stands(Standing(filters.standing), today))
    return found


def _stands(standing: Standing, on: date) -> ColumnElement[bool]:
    one = TrainingClass
    state = next((state for state, found in _OF_STATES.items() if found is standing), None)
    if state is not None:
        return one.state == state
    if standing is Standing.AHEAD:
        return and_(one.state == ClassState.OPEN, one.starts_on > on)
    if standing is Standing.RUNNING:
        return and_(one.state == ClassState.OPEN, one.starts_on <= on, one.ends_on >= on)
    return and_(one.state == ClassState.OPEN, one.ends_on < on)


def _month(text: str) -> bool:
    year, dash, month = text.partition("-")
    sound = dash and len(year) == 4 and year.isascii() and year.isdigit() and month.isascii() and month.isdigit()
    return bool(sound) and 1990 <= int(year) <= 2100 and len(month) == 2 and 1 <= int(month) <= 12
