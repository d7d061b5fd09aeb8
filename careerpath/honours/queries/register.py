"""Who holds which honour on a day: read from the facts of the files, wherever these came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, or_, select
from sqlalchemy.orm import Mapped, aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.employees.models import Employee, Honour
from careerpath.employees.queries.homes import homes_of
from careerpath.employees.queries.people import matches
from careerpath.honours.models import HonourNominee
from careerpath.policy.codes import REPRESENTATION, HonourKind, HonourLevel

MANDATES = "mandates"
"""As a kind: delegates, deputies and advisers together (两代表一委员)."""
_GRANTED = cast(Honour.granted_on, String)

SORTS: Mapping[str, tuple[SortKey, ...]] = {
    "-granted": (SortKey(_GRANTED, descending=True), SortKey(Honour.id, descending=True)),
    "granted": (SortKey(_GRANTED), SortKey(Honour.id)),
    "name": (SortKey(Employee.initials), SortKey(Employee.name), SortKey(Honour.id)),
    "-name": tuple(SortKey(key, descending=True) for key in (Employee.initials, Employee.name, Honour.id)),
}
"""The orders there are; a minus turns one round."""
USUAL_SORT = "-granted"


@dataclass(frozen=True, slots=True)
class RegisterFilters:
    """What is looked for. ``kind`` is that of an honour or ``mandates``; ``left``: who has left service as well."""

    on: date
    q: str = ""
    unit: str = ""
    kind: str = ""
    level: str = ""
    left: bool = False

    @classmethod
    def of(cls, args: Mapping[str, str], today: date) -> "RegisterFilters":
        """The filters that stand in an address; what is no filter is left out, and no day lies ahead."""
        kind, level = args.get("kind", ""), args.get("level", "")
        return cls(
            on=min(read_day(args.get("on", "").strip()) or today, today),
            q=args.get("q", "").strip()[:64],
            unit=args.get("unit", "").strip()[:64],
            kind=kind if kind == MANDATES or kind in {one.value for one in HonourKind} else "",
            level=level if level in {one.value for one in HonourLevel} else "",
            left=args.get("left", "") == "yes",
        )

    def narrowed(self) -> bool:
        """Whether anything beside the day is looked for."""
        return self != RegisterFilters(self.on)


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One honour that somebody holds."""

    honour: Honour
    employee_id: int
    name: str
    number: str
    home: str
    call_nominee_id: int | None
    """The nominee of the call that it came from; None for one that was entered in the file."""


@dataclass(frozen=True, slots=True)
class RegisterCount:
    """How many honours of a kind and level are held, and by how many people."""

    kind: str
    level: str
    honours: int
    people: int


@dataclass(frozen=True, slots=True)
class Register:
    """One page of the register with the figures above it."""

    page: Page[RegisterLine]
    counts: tuple[RegisterCount, ...]
    """By kind and level in the order of the codes, of all that the filters leave."""
    people: int
    """Distinct people."""


def register_of(
    actor: Actor,
    filters: RegisterFilters,
    sort: str = USUAL_SORT,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Register:
    """What people of the actor's units hold on a day. A mandate is held within its term. Six queries, however many."""
    found = conditions(actor, filters)
    keys = SORTS.get(sort, SORTS[USUAL_SORT])
    columns = [key.column.label(f"key{place}") for place, key in enumerate(keys)]
    query: Any = (
        select(Honour, Employee.id, Employee.name, Employee.number, HonourNominee.id, *columns)
        .join(Employee, Employee.id == Honour.employee_id)
        .outerjoin(HonourNominee, HonourNominee.honour_id == Honour.id)
        .where(*found)
    )
    page = keyset_page(query, keys, lambda row: list(row)[5:], after=after, before=before, size=size)
    homes = homes_of((row[1] for row in page.rows), filters.on) if page.rows else {}
    lines = [RegisterLine(row[0], row[1], row[2], row[3], homes[row[1]].name, row[4]) for row in page.rows]
    grouped = (
        select(Honour.kind, Honour.level, func.count(), func.count(Honour.employee_id.distinct()))
        .join(Employee, Employee.id == Honour.employee_id)
        .where(*found)
        .group_by(Honour.kind, Honour.level)
    )
    counts = [RegisterCount(*row) for row in db.session.execute(grouped)]
    people = select(func.count(Honour.employee_id.distinct())).join(Employee, Employee.id == Honour.employee_id)
    return Register(
        Page(lines, page.total, page.after, page.before),
        tuple(sorted(counts, key=_place)),
        db.session.scalar(people.where(*found)) or 0,
    )


def conditions(actor: Actor, filters: RegisterFilters) -> list[ColumnElement[bool]]:
    """The filter of a list over ``Honour`` joined with ``Employee``: what is held on the day, as known now."""
    found = [
        within(actor, Employee.unit_id, Permission.HONOUR_VIEW),
        Honour.superseded_at.is_(None),
        Honour.granted_on <= filters.on,
        or_(Honour.ends_on.is_(None), Honour.ends_on >= filters.on),
    ]
    if not filters.left:
        found.append(Employee.joined_community_on <= filters.on)
        found.append(or_(Employee.left_on.is_(None), Employee.left_on >= filters.on))
    if filters.q:
        found.append(matches(filters.q))
    if filters.unit:
        found.append(at_units_named(Employee.unit_id, filters.unit))
    if filters.kind == MANDATES:
        found.append(Honour.kind.in_([one.value for one in REPRESENTATION]))
    elif filters.kind:
        found.append(Honour.kind == filters.kind)
    if filters.level:
        found.append(Honour.level == filters.level)
    return found


def at_units_named(column: Mapped[int], text: str) -> ColumnElement[bool]:
    """The filter "this unit bears a name with this text, or this code, or lies below one that does"."""
    top = aliased(Unit)
    meant = or_(top.name.contains(text, autoescape=True), top.code == text)
    return column.in_(select(Unit.id).join(top, Unit.path.like(top.path.concat("%"))).where(meant))


def _place(count: RegisterCount) -> tuple[int, int]:
    kinds, levels = [one.value for one in HonourKind], [one.value for one in HonourLevel]
    return kinds.index(count.kind), -levels.index(count.level)
