"""Wishes as the office lists them, and one of them for the proposal that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, and_, cast, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, visible, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import matches
from careerpath.rotations.models import Host, Rotation, RotationState, RotationWish
from careerpath.rotations.queries.names import kind_names
from careerpath.skills.queries.lines import lines_of_many
from careerpath.words import NotFound


@dataclass(frozen=True, slots=True)
class WishFilters:
    """What is looked for: ``state`` is ``open`` (usual), ``closed`` or ``all``; open and closed on the day ``on``."""

    on: date
    q: str = ""
    unit: str = ""
    unit_id: int | None = None
    kind: str = ""
    state: str = "open"

    @property
    def narrow(self) -> bool:
        """Whether anything is left out beside what is closed."""
        return bool(self.q or self.unit or self.unit_id or self.kind or self.state != "open")


@dataclass(frozen=True, slots=True)
class WishLine:
    """One wish in a list."""

    id: int
    employee_id: int
    name: str
    number: str
    unit_name: str
    kind: str
    host_name: str
    lines: tuple[str, ...]
    earliest_on: date | None
    note: str
    wished_on: date
    closed_on: date | None
    rotation_id: int | None
    """The rotation that answers it."""


def wish_filters_of(args: Mapping[str, str]) -> WishFilters:
    """The filters that stand in an address."""
    state = args.get("state", "")
    return WishFilters(
        on=read_day(args.get("on", "")) or clock.today(),
        q=args.get("q", "").strip()[:64],
        unit=args.get("unit", "").strip()[:64],
        unit_id=whole_number(args.get("unit_id", "")),
        kind=args.get("kind", "").strip()[:40],
        state=state if state in {"closed", "all"} else "open",
    )


def wish_lines(
    actor: Actor, filters: WishFilters, *, after: str | None = None, before: str | None = None, size: int = PAGE_SIZE
) -> Page[WishLine]:
    """One page of the wishes of the actor's people, oldest first. Three queries at the most."""
    query = wish_query().where(within(actor, RotationWish.unit_id, Permission.ROTATION_VIEW))
    if filters.q:
        query = query.where(matches(filters.q))
    if filters.unit_id is not None:
        path = db.session.scalar(select(Unit.path).where(Unit.id == filters.unit_id))
        query = query.where(below(RotationWish.unit_id, path or "-"))
    elif filters.unit:
        query = query.where(Unit.name.contains(filters.unit, autoescape=True))
    if filters.kind:
        query = query.where(or_(RotationWish.kind == filters.kind, RotationWish.kind == ""))
    open_then = or_(RotationWish.closed_on.is_(None), RotationWish.closed_on > filters.on)
    query = query.where(RotationWish.wished_on <= filters.on)
    if filters.state != "all":
        query = query.where(open_then if filters.state == "open" else ~open_then)
    page = keyset_page(
        query,
        (SortKey(cast(RotationWish.wished_on, String)), SortKey(RotationWish.id)),
        lambda row: (row[0].wished_on.isoformat(), row[0].id),
        after=after,
        before=before,
        size=size,
    )
    return Page(wishes_of(page.rows), page.total, page.after, page.before)


def wish_query() -> Any:
    """The columns of ``wishes_of``: the wish, name, number, unit, path, host, rotation."""
    answered = and_(Rotation.wish_id == RotationWish.id, Rotation.state != RotationState.CANCELLED)
    return (
        select(
            RotationWish,
            Employee.name,
            Employee.number,
            Unit.short_name,
            Unit.path,
            Host.name.label("host_name"),
            Rotation.id.label("rotation_id"),
        )
        .join(Employee, Employee.id == RotationWish.employee_id)
        .join(Unit, Unit.id == RotationWish.unit_id)
        .outerjoin(Host, Host.id == RotationWish.host_id)
        .outerjoin(Rotation, answered)
    )


def wishes_of(rows: Any) -> list[WishLine]:
    """Rows of ``wish_query`` as lines: one query for the names of lines of work."""
    kinds = kind_names(row[0].kind for row in rows)
    taught = lines_of_many({row.path for row in rows if row[0].lines}, retired=True)
    names = {path: {line.code: line.name for line in lines} for path, lines in taught.items()}
    return [
        WishLine(
            id=row[0].id,
            employee_id=row[0].employee_id,
            name=row.name,
            number=row.number,
            unit_name=row.short_name,
            kind=kinds[row[0].kind],
            host_name=row.host_name or "",
            lines=tuple(names.get(row.path, {}).get(code, code) for code in row[0].lines),
            earliest_on=row[0].earliest_on,
            note=row[0].note,
            wished_on=row[0].wished_on,
            closed_on=row[0].closed_on,
            rotation_id=row.rotation_id,
        )
        for row in rows
    ]


def open_wish(actor: Actor, wish_id: int) -> RotationWish:
    """A wish that a proposal may answer, or ``NotFound``."""
    wish = db.session.scalars(
        visible(actor, RotationWish, Permission.ROTATION_PROPOSE).where(
            RotationWish.id == wish_id, RotationWish.closed_on.is_(None)
        )
    ).one_or_none()
    if wish is None:
        raise NotFound
    return wish
