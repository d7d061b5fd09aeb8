"""Rotations as lists show them: filters, one line each, and how many stand where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import matches
from careerpath.policy.rotation import Direction
from careerpath.rotations.models import Host, Rotation
from careerpath.rotations.queries.names import kind_names
from careerpath.rotations.queries.reach import rotation_met
from careerpath.rotations.queries.standing import Standing, away_on, standing_of, stands
from careerpath.words import Message, msg

CURRENT = "current"
"""The filter for all that are not over: proposed, to come, away, overdue, to be evaluated."""
OVER = (Standing.EVALUATED, Standing.CANCELLED)

SORTS: dict[str, tuple[SortKey, ...]] = {
    "starts": (SortKey(cast(Rotation.starts_on, String)), SortKey(Rotation.id)),
    "-starts": (SortKey(cast(Rotation.starts_on, String), descending=True), SortKey(Rotation.id, descending=True)),
    "ends": (SortKey(cast(Rotation.ends_on, String)), SortKey(Rotation.id)),
    "-ends": (SortKey(cast(Rotation.ends_on, String), descending=True), SortKey(Rotation.id, descending=True)),
}
USUAL_SORT = "-starts"

_home = aliased(Unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationFilters:
    """What is looked for; ``state`` is a standing's code or ``current``, on the day ``on``."""

    on: date
    q: str = ""
    unit: str = ""
    unit_id: int | None = None
    kind: str = ""
    direction: str = ""
    state: str = ""
    host_id: int | None = None
    employee_id: int | None = None
    sort: str = USUAL_SORT

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        chosen = (self.q, self.unit, self.unit_id, self.kind, self.direction, self.state, self.host_id)
        return any(chosen) or self.employee_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationLine:
    """One rotation in a list. ``number`` is empty for a cadre without a file."""

    id: int
    employee_id: int | None
    name: str
    number: str
    home_name: str
    host_name: str
    host_post: str
    kind: str
    direction: Direction
    standing: Standing
    starts_on: date
    ends_on: date
    extended: bool
    returned_on: date | None
    grade: str
    version: int


@dataclass(frozen=True, slots=True)
class RotationList:
    """One page with the figures above it: how many stand where, and how many are away by direction."""

    page: Page[RotationLine]
    counts: Mapping[Standing, int]
    away: Mapping[Direction, int]


def rotation_filters_of(args: Mapping[str, str]) -> RotationFilters:
    """The filters that stand in an address; what is no filter is left out."""
    state, direction, sort = args.get("state", ""), args.get("direction", ""), args.get("sort", "")
    return RotationFilters(
        on=read_day(args.get("on", "")) or clock.today(),
        q=args.get("q", "").strip()[:64],
        unit=args.get("unit", "").strip()[:64],
        unit_id=whole_number(args.get("unit_id", "")),
        kind=args.get("kind", "").strip()[:40],
        direction=direction if direction in set(Direction) else "",
        state=state if state == CURRENT or state in set(Standing) else "",
        host_id=whole_number(args.get("host", "")),
        employee_id=whole_number(args.get("employee", "")),
        sort=sort if sort in SORTS else USUAL_SORT,
    )


def rotation_lines(
    actor: Actor,
    filters: RotationFilters,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> RotationList:
    """One page of the rotations that the actor meets. Three queries, however many there are."""
    query = line_query().where(*conditions(actor, filters))
    keys = SORTS[filters.sort]
    by_start = filters.sort.endswith("starts")
    page = keyset_page(
        query,
        keys,
        lambda row: ((row.starts_on if by_start else row.ends_on).isoformat(), row.id),
        after=after,
        before=before,
        size=size,
    )
    counts, away = _counts(actor, filters.on)
    return RotationList(Page(lines_of(page.rows, filters.on), page.total, page.after, page.before), counts, away)


def line_query() -> Any:
    """The columns of ``lines_of`` with the person, the home unit and the host."""
    one = Rotation
    return (
        select(
            one.id,
            one.employee_id,
            one.person_name,
            one.home_name,
            one.host_post,
            one.kind,
            one.direction,
            one.state,
            one.starts_on,
            one.ends_on,
            one.first_end,
            one.returned_on,
            one.evaluated_on,
            one.grade,
            one.version,
            Employee.name,
            Employee.number,
            Host.name.label("host_name"),
        )
        .join(Host, Host.id == one.host_id)
        .join(_home, _home.id == one.unit_id)
        .outerjoin(Employee, Employee.id == one.employee_id)
    )


def lines_of(rows: Sequence[Any], on: date) -> list[RotationLine]:
    """Rows of ``line_query`` as lines on a day."""
    names = kind_names(row.kind for row in rows)
    return [
        RotationLine(
            id=row.id,
            employee_id=row.employee_id,
            name=row.name or row.person_name,
            number=row.number or "",
            home_name=row.home_name,
            host_name=row.host_name,
            host_post=row.host_post,
            kind=names[row.kind],
            direction=row.direction,
            standing=standing_of(row.state, row.starts_on, row.ends_on, row.returned_on, row.evaluated_on, on),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            extended=row.first_end is not None,
            returned_on=row.returned_on,
            grade=row.grade,
            version=row.version,
        )
        for row in rows
    ]


def conditions(
    actor: Actor, filters: RotationFilters, permission: Permission = Permission.ROTATION_VIEW
) -> list[ColumnElement[bool]]:
    """The filter of a list over ``line_query``."""
    found = [rotation_met(actor, permission)]
    if filters.q:
        named = Rotation.person_name.contains(filters.q, autoescape=True)
        found.append(or_(and_(Rotation.employee_id.is_not(None), matches(filters.q)), named))
    if filters.unit_id is not None:
        found.append(_concerns(Unit.id == filters.unit_id))
    elif filters.unit:
        text = filters.unit
        found.append(or_(_home.name.contains(text, autoescape=True), Host.name.contains(text, autoescape=True)))
    if filters.kind:
        found.append(Rotation.kind == filters.kind)
    if filters.direction:
        found.append(Rotation.direction == Direction(filters.direction))
    if filters.host_id is not None:
        found.append(Rotation.host_id == filters.host_id)
    if filters.employee_id is not None:
        found.append(Rotation.employee_id == filters.employee_id)
    if filters.state == CURRENT:
        found.append(or_(*(stands(one, filters.on) for one in Standing if one not in OVER)))
    elif filters.state:
        found.append(stands(Standing(filters.state), filters.on))
    return found


def _concerns(wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    """Lent by a unit and those below it, or borrowed by them."""
    here = aliased(Unit)
    path = select(Unit.path).where(wanted).correlate(None).scalar_subquery()
    inside = select(here.id).where(here.path.like(func.coalesce(path, "-").concat("%")))
    return or_(Rotation.unit_id.in_(inside), Host.at_unit_id.in_(inside))


def _counts(actor: Actor, on: date) -> tuple[dict[Standing, int], dict[Direction, int]]:
    columns = [func.count().filter(stands(one, on)) for one in Standing]
    columns += [func.count().filter(away_on(on), Rotation.direction == one) for one in Direction]
    row = db.session.execute(select(*columns).where(rotation_met(actor, Permission.ROTATION_VIEW))).one()
    counts = dict(zip(Standing, row[: len(Standing)], strict=True))
    return counts, dict(zip(Direction, row[len(Standing) :], strict=True))


DIRECTION_AWAY: Mapping[Direction, Message] = {
    Direction.UP: msg("上挂在外"),
    Direction.DOWN: msg("下派在外"),
    Direction.BESIDE: msg("平级交流在外"),
}
"""What the figures above a list are called."""
