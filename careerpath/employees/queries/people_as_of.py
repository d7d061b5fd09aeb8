"""The list of people as of an earlier day: who was in service then, where and as what."""

from typing import Any

from sqlalchemy import ColumnElement, String, Subquery, cast, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.employees.models import Channel, Employee
from careerpath.employees.queries.as_of import AsOf, standing
from careerpath.employees.queries.people import NONE, PeopleFilters, PersonRow, street_in, streets_of
from careerpath.policy.employment import age_on

SORTED_BY = {"number": ("number",), "name": ("initials", "name", "id"), "joined": ("joined_on", "id")}
"""The columns of each order; age runs against the day of birth."""


def people_as_of(
    actor: Actor,
    as_of: AsOf,
    filters: PeopleFilters,
    sort: str = "number",
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[PersonRow]:
    """One page of those who were in service on a day in the units that the actor may see.

    Filters and orders are those of ``people_list``, and mean the day; ``status`` means nothing here. Three queries.
    """
    people = standing(as_of)
    keys = _keys(people, sort)
    marks = [key.column.label(f"key{place}") for place, key in enumerate(keys)]
    visible_now = select(Employee.id).where(
        Employee.id == people.c.id, within(actor, Employee.unit_id, Permission.EMPLOYEE_VIEW)
    )
    query = select(people, visible_now.exists().label("may_open"), *marks).where(
        *narrowed(actor, people, filters, as_of)
    )
    page = keyset_page(query, keys, lambda row: list(row)[-len(keys) :], after=after, before=before, size=size)
    streets = streets_of(row.path for row in page.rows) if page.rows else {}
    rows = [
        PersonRow(
            id=row.id,
            number=row.number,
            name=row.name,
            unit=row.unit_name,
            street=street_in(row.path, streets),
            post=row.post,
            title=row.title,
            sex=row.sex,
            age=age_on(row.born_on, as_of.on),
            political=row.political,
            education=row.education,
            certificate=row.certificate,
            joined_on=row.joined_on,
            left_on=None,
            serving=True,
            may_open=row.may_open,
        )
        for row in page.rows
    ]
    return Page(rows, page.total, page.after, page.before)


def _keys(people: Subquery, sort: str) -> tuple[SortKey, ...]:
    down, name = sort.startswith("-"), sort.removeprefix("-")
    if name == "age":
        return (SortKey(cast(people.c.born_on, String), descending=not down), SortKey(people.c.id))
    columns = SORTED_BY.get(name, SORTED_BY["number"])
    return tuple(
        SortKey(cast(people.c[column], String) if column == "joined_on" else people.c[column], descending=down)
        for column in columns
    )


def narrowed(actor: Actor, people: Subquery, filters: PeopleFilters, as_of: AsOf) -> list[ColumnElement[bool]]:
    """The filter over ``standing``: the units that the actor may see people of, narrowed. ``status`` means nothing."""
    column: Any = people.c.unit_id
    found = [within(actor, column, Permission.EMPLOYEE_VIEW)]
    text = filters.q.strip()
    if text:
        found.append(
            or_(
                people.c.name.contains(text, autoescape=True),
                people.c.initials.startswith(text.lower(), autoescape=True),
                people.c.number.startswith(text.upper(), autoescape=True),
            )
        )
    top = aliased(Unit)
    unit = filters.unit.strip()
    if filters.unit_id is not None or unit:
        meant = (
            top.id == filters.unit_id
            if filters.unit_id is not None
            else or_(top.name.contains(unit, autoescape=True), top.code == unit)
        )
        found.append(select(top.id).where(meant, people.c.path.like(top.path.concat("%"))).exists())
    for name, wanted in (
        ("post", filters.post),
        ("political", filters.political),
        ("education", filters.education),
        ("certificate", filters.certificate),
    ):
        if wanted:
            found.append(people.c[name] == ("" if wanted == NONE else wanted))
    if filters.channel in set(Channel):
        found.append(people.c.channel == Channel(filters.channel))
    found += filters.more.conditions(people.c, people.c.joined_on, as_of.on)
    return found
