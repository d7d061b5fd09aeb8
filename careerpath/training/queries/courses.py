"""The list of courses, one of them, and what may be chosen for a new one or for a class of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import near, within
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.policy.codes import UnitKind
from careerpath.policy.training import Tier
from careerpath.training.models import ClassState, Course, TrainingClass
from careerpath.words import NotFound

HOLDERS = (*STREET_KINDS, UnitKind.DISTRICT, UnitKind.CITY)
MOST_CHOICES = 300


@dataclass(frozen=True, slots=True)
class CourseFilters:
    """What the list is narrowed to; ``state`` is ``active`` (the default), ``retired`` or ``all``."""

    q: str = ""
    tier: str = ""
    category: str = ""
    state: str = "active"
    unit: str = ""
    unit_id: int | None = None

    @property
    def narrow(self) -> bool:
        """Whether anything is left out beside what is retired."""
        return bool(self.q or self.tier or self.category or self.unit or self.unit_id or self.state == "retired")


def course_filters_of(args: Mapping[str, str], unit_id: int | None) -> CourseFilters:
    """What an address asks for; what makes no sense is left out."""
    return CourseFilters(
        q=args.get("q", "").strip()[:60],
        tier=args.get("tier", "") if args.get("tier") in set(Tier) else "",
        category=args.get("category", "").strip()[:40],
        state=args.get("state", "") if args.get("state") in ("retired", "all") else "active",
        unit=args.get("unit", "").strip()[:80],
        unit_id=unit_id,
    )


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course in the list, with how often it was held and when last."""

    record: Course = field(repr=False)
    unit_name: str
    unit_path: str
    classes: int
    last_on: date | None
    may_change: bool


def course_query(actor: Actor, filters: CourseFilters) -> Any:
    """Course and unit of what the filters leave, in no order."""
    query = (
        select(Course, Unit.short_name, Unit.path)
        .join(Unit, Unit.id == Course.unit_id)
        .where(near(actor, Course.unit_id, Permission.TRAINING_VIEW))
    )
    if filters.q:
        text = filters.q
        query = query.where(
            or_(Course.name.contains(text, autoescape=True), Course.outline.contains(text, autoescape=True))
        )
    if filters.tier:
        query = query.where(Course.tier == Tier(filters.tier))
    if filters.category:
        query = query.where(Course.category == filters.category)
    if filters.state != "all":
        query = query.where(Course.active.is_(filters.state == "active"))
    if filters.unit_id is not None:
        query = query.where(Unit.path.contains(f"/{filters.unit_id}/") | Unit.path.startswith(f"{filters.unit_id}/"))
    elif filters.unit:
        query = query.where(or_(Unit.name.contains(filters.unit, autoescape=True), Unit.code == filters.unit))
    return query


def course_lines(
    actor: Actor, filters: CourseFilters, *, after: str | None = None, before: str | None = None
) -> Page[CourseLine]:
    """The courses that the actor meets, by holder and name. Three queries, however many."""
    query = course_query(actor, filters).add_columns(Unit.code)
    keys = (SortKey(Unit.code), SortKey(Course.name), SortKey(Course.id))
    page = keyset_page(query, keys, lambda row: (row[3], row[0].name, row[0].id), after=after, before=before)
    held = _held([row[0].id for row in page.rows])
    lines = [
        CourseLine(one, name, path, *held.get(one.id, (0, None)), actor.can(Permission.TRAINING_HOLD, path))
        for one, name, path, _ in page.rows
    ]
    return Page(lines, page.total, page.after, page.before)


def course_categories(actor: Actor) -> list[str]:
    """The categories of the courses that the actor meets. One query."""
    query = select(Course.category).where(near(actor, Course.unit_id, Permission.TRAINING_VIEW), Course.category != "")
    return list(db.session.scalars(query.distinct().order_by(Course.category)))


def holders(actor: Actor) -> list[Unit]:
    """The units for which the actor may keep courses, the highest first."""
    query = select(Unit).where(within(actor, Unit.id, Permission.TRAINING_HOLD), Unit.kind.in_(HOLDERS))
    return list(db.session.scalars(query.order_by(func.length(Unit.path), Unit.code).limit(MOST_CHOICES)))


def course_choices(actor: Actor, course_id: int | None = None) -> list[tuple[int, str]]:
    """The courses of which the actor may hold a class; ``course_id`` is offered even when retired. One query."""
    query = (
        select(Course.id, Course.name, Unit.short_name)
        .join(Unit, Unit.id == Course.unit_id)
        .where(
            within(actor, Course.unit_id, Permission.TRAINING_HOLD),
            or_(Course.active.is_(True), Course.id == (course_id or 0)),
        )
    )
    rows = db.session.execute(query.order_by(func.length(Unit.path), Unit.code, Course.name).limit(MOST_CHOICES))
    return [(number, f"{unit} · {name}") for number, name, unit in rows]


def held_course(actor: Actor, course_id: int) -> tuple[Course, Unit]:
    """A course that the actor keeps, with its unit, or ``NotFound``. One query."""
    query = (
        select(Course, Unit)
        .join(Unit, Unit.id == Course.unit_id)
        .where(Course.id == course_id, within(actor, Course.unit_id, Permission.TRAINING_HOLD))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _held(course_ids: list[int]) -> dict[int, tuple[int, date | None]]:
    query = (
        select(TrainingClass.course_id, func.count(), func.max(TrainingClass.ends_on))
        .where(TrainingClass.course_id.in_(course_ids), TrainingClass.state == ClassState.CLOSED)
        .group_by(TrainingClass.course_id)
    )
    return {course_id: (count, last) for course_id, count, last in db.session.execute(query)} if course_ids else {}
