"""The list of people, and looking one up by name, pinyin initials or number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.employees.models import Channel, Employee, Posting
from careerpath.employees.queries.narrowing import EVERYBODY, Narrowing
from careerpath.employees.queries.serving import main_posting_on
from careerpath.policy.employment import age_on

NONE = "none"
"""As a filter: those who hold no certificate, or whose education is not known."""


@dataclass(frozen=True, slots=True)
class PeopleFilters:
    """What a list is narrowed to; empty means everything. ``unit_id`` includes the units below it."""

    q: str = ""
    unit: str = ""
    """Part of the name of a unit, or its code."""
    unit_id: int | None = None
    post: str = ""
    political: str = ""
    education: str = ""
    certificate: str = ""
    status: str = "serving"
    """``serving``, ``left`` or ``all``."""
    channel: str = ""
    more: Narrowing = EVERYBODY


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list."""

    id: int
    number: str
    name: str
    unit: str
    street: str
    post: str
    title: str
    sex: str
    age: int
    political: str
    education: str
    certificate: str
    joined_on: date
    left_on: date | None
    serving: bool
    may_open: bool = True
    """Whether the actor may open the file today: on an earlier day somebody may have been elsewhere."""


@dataclass(frozen=True, slots=True)
class PersonFound:
    """One answer of a look-up."""

    id: int
    name: str
    number: str
    unit: str


_joined = cast(Employee.joined_community_on, String)
_born = cast(Employee.born_on, String)

SORTS: dict[str, tuple[SortKey, ...]] = {
    "number": (SortKey(Employee.number),),
    "-number": (SortKey(Employee.number, descending=True),),
    "name": (SortKey(Employee.initials), SortKey(Employee.name), SortKey(Employee.id)),
    "-name": tuple(SortKey(key, descending=True) for key in (Employee.initials, Employee.name, Employee.id)),
    "joined": (SortKey(_joined), SortKey(Employee.id)),
    "-joined": (SortKey(_joined, descending=True), SortKey(Employee.id, descending=True)),
    "age": (SortKey(_born, descending=True), SortKey(Employee.id)),
    "-age": (SortKey(_born), SortKey(Employee.id)),
}
"""The orders there are; a minus turns one round."""


def people_list(
    actor: Actor,
    filters: PeopleFilters,
    sort: str = "number",
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[PersonRow]:
    """One page of the people whom the actor may see. Four queries, however many there are."""
    keys = SORTS.get(sort, SORTS["number"])
    columns = [key.column.label(f"key{place}") for place, key in enumerate(keys)]
    query = select(Employee.id, *columns).where(*conditions(actor, filters))
    page = keyset_page(query, keys, lambda row: list(row)[1:], after=after, before=before, size=size)
    return Page(_rows([row.id for row in page.rows]), page.total, page.after, page.before)


def conditions(actor: Actor, filters: PeopleFilters) -> list[ColumnElement[bool]]:
    """The filter of a list over ``Employee``: what the actor may see, narrowed."""
    today = clock.today()
    found = [within(actor, Employee.unit_id, Permission.EMPLOYEE_VIEW)]
    if filters.q.strip():
        found.append(matches(filters.q))
    top = aliased(Unit)
    if filters.unit_id is not None:
        found.append(_below(top, top.id == filters.unit_id))
    elif filters.unit.strip():
        text = filters.unit.strip()
        found.append(_below(top, or_(top.name.contains(text, autoescape=True), top.code == text)))
    if filters.post:
        found.append(exists().where(*main_posting_on(today), Posting.post == filters.post))
    for column, wanted in (
        (Employee.political, filters.political),
        (Employee.highest_education, filters.education),
        (Employee.highest_certificate, filters.certificate),
    ):
        if wanted:
            found.append(column == ("" if wanted == NONE else wanted))
    if filters.channel in set(Channel):
        found.append(Employee.channel == Channel(filters.channel))
    found += filters.more.conditions(Employee, Employee.joined_community_on, today)
    if filters.status == "serving":
        found.append(or_(Employee.left_on.is_(None), Employee.left_on >= today))
    elif filters.status == "left":
        found.append(Employee.left_on < today)
    return found


def matches(q: str) -> ColumnElement[bool]:
    """The filter "this is meant by what was typed": part of the name, pinyin initials or the number."""
    text = q.strip()
    return or_(
        Employee.name.contains(text, autoescape=True),
        Employee.initials.startswith(text.lower(), autoescape=True),
        Employee.number.startswith(text.upper(), autoescape=True),
    )


def find_people(actor: Actor, q: str, limit: int = 10) -> list[PersonFound]:
    """The first people whom the actor may see and whom ``q`` may mean, those in service first. One query."""
    if not q.strip():
        return []
    query = (
        select(Employee.id, Employee.name, Employee.number, Unit.short_name)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(within(actor, Employee.unit_id, Permission.EMPLOYEE_VIEW), matches(q))
        .order_by(Employee.left_on.is_not(None), func.length(Employee.name), Employee.initials, Employee.number)
        .limit(limit)
    )
    return [PersonFound(*row) for row in db.session.execute(query)]


def unit_named(actor: Actor, text: str, permission: Permission = Permission.EMPLOYEE_EDIT) -> int | None:
    """The one unit of the actor (who may edit people of it) that bears this name or code; None for none or several."""
    wanted = text.strip()
    query = select(Unit.id).where(
        or_(Unit.short_name == wanted, Unit.name == wanted, Unit.code == wanted),
        within(actor, Unit.id, permission),
    )
    ids = db.session.scalars(query.limit(2)).all()
    return ids[0] if len(ids) == 1 else None


def unit_label(actor: Actor, unit_id: int | None) -> str:
    """The short name of a unit within the actor's scope; empty for none."""
    if unit_id is None:
        return ""
    query = select(Unit.short_name).where(Unit.id == unit_id, within(actor, Unit.id, Permission.EMPLOYEE_VIEW))
    return db.session.scalar(query) or ""


def streets_of(paths: Iterable[str]) -> dict[int, str]:
    """The short names of all streets and towns that stand in some unit paths, by their ids. One query."""
    ids = {int(part) for path in paths for part in path.split("/") if part}
    query = select(Unit.id, Unit.short_name).where(Unit.id.in_(ids), Unit.kind.in_(STREET_KINDS))
    return {row.id: row.short_name for row in db.session.execute(query)}


def street_in(path: str, streets: dict[int, str]) -> str:
    """The street of one unit path, out of ``streets_of``."""
    return next((streets[int(part)] for part in path.split("/") if part and int(part) in streets), "")


def _below(top: Any, wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    return Employee.unit_id.in_(select(Unit.id).join(top, Unit.path.like(top.path.concat("%"))).where(wanted))


def _rows(ids: Sequence[int]) -> list[PersonRow]:
    today = clock.today()
    found = {row.id: row for row in db.session.execute(_row_query(today).where(Employee.id.in_(ids)))} if ids else {}
    streets = streets_of(row.path for row in found.values()) if found else {}
    return [
        PersonRow(
            id=row.id,
            number=row.number,
            name=row.name,
            unit=row.short_name,
            street=street_in(row.path, streets),
            post=row.post or "",
            title=row.title or "",
            sex=row.sex,
            age=age_on(row.born_on, today),
            political=row.political,
            education=row.highest_education,
            certificate=row.highest_certificate,
            joined_on=row.joined_community_on,
            left_on=row.left_on,
            serving=row.left_on is None or row.left_on >= today,
        )
        for row in (found[one] for one in ids if one in found)
    ]


def _row_query(today: date) -> Any:
    # Who has left is shown with the post of the last day of service.
    day = case((Employee.left_on < today, Employee.left_on), else_=literal(today, Date))
    return (
        select(
            Employee.id,
            Employee.number,
            Employee.name,
            Unit.short_name,
            Unit.path,
            Posting.post,
            Posting.title,
            Employee.sex,
            Employee.born_on,
            Employee.political,
            Employee.highest_education,
            Employee.highest_certificate,
            Employee.joined_community_on,
            Employee.left_on,
        )
        .join(Unit, Unit.id == Employee.unit_id)
        .outerjoin(Posting, and_(*main_posting_on(day)))
    )
