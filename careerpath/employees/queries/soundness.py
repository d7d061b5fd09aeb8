"""How sound the files are: each check counted over all people of an actor, and the people whose files fail it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, within
from careerpath.core.db import db
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.employees.models import Employee
from careerpath.employees.queries.file_checks import FileCheck, Weight, checks
from careerpath.employees.queries.people import street_in, streets_of


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check and how many files fail it."""

    check: FileCheck
    people: int


@dataclass(frozen=True, slots=True)
class Soundness:
    """All checks over the people of an actor: how many there are, how many files lack nothing, how many are sound."""

    people: int
    complete: int
    sound: int
    lines: tuple[CheckLine, ...]

    def share(self, people: int) -> str:
        """So many of all as a percentage, cut off: 100% means everybody."""
        return f"{people * 1000 // self.people / 10:g}%" if self.people else "—"


@dataclass(frozen=True, slots=True)
class UnsoundFile:
    """Somebody whose file fails a check."""

    id: int
    number: str
    name: str
    unit: str
    street: str


def soundness(actor: Actor, on: date, unit_id: int | None = None) -> Soundness:
    """The checks over everybody in service whom the actor may see, below a unit if one is named. One query."""
    known = checks(actor)
    held = {one.code: one.condition(on) for one in known}
    lacking, wrong = (or_(*(held[one.code] for one in known if one.weight is weight)) for weight in Weight)
    sums = [_how_many(condition) for condition in (lacking, wrong, *held.values())]
    row = db.session.execute(select(func.count(), *sums).where(*_scope(actor, on, unit_id))).one()
    people, incomplete, unsound, *counts = (int(value or 0) for value in row)
    lines = tuple(CheckLine(one, count) for one, count in zip(known, counts, strict=True))
    return Soundness(people, people - incomplete, people - unsound, lines)


def complete_by_unit(actor: Actor, on: date, path: str = "") -> dict[int, tuple[int, int]]:
    """By unit, at or below a path: the people in service whom the actor may see, and whose files lack nothing."""
    lacking = or_(*(one.condition(on) for one in checks(actor) if one.weight is Weight.MISSING))
    query = (
        select(Employee.unit_id, func.count(), _how_many(lacking))
        .where(*_scope(actor, on, None), below(Employee.unit_id, path))
        .group_by(Employee.unit_id)
    )
    return {unit_id: (people, people - int(lacks or 0)) for unit_id, people, lacks in db.session.execute(query)}


def unsound_files(
    actor: Actor,
    check: FileCheck,
    on: date,
    unit_id: int | None = None,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[UnsoundFile]:
    """One page of the people whose files fail a check, in order of their numbers. Three queries."""
    query: Any = (
        select(Employee.id, Employee.number, Employee.name, Unit.short_name, Unit.path)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(*_scope(actor, on, unit_id), check.condition(on))
    )
    keys = (SortKey(Employee.number),)
    page = keyset_page(query, keys, lambda row: [row.number], after=after, before=before, size=size)
    streets = streets_of(row.path for row in page.rows) if page.rows else {}
    rows = [
        UnsoundFile(row.id, row.number, row.name, row.short_name, street_in(row.path, streets)) for row in page.rows
    ]
    return Page(rows, page.total, page.after, page.before)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    # A condition over an empty day is unknown: it counts as not held.
    return func.sum(case((condition, 1), else_=0))


def _scope(actor: Actor, on: date, unit_id: int | None) -> Sequence[ColumnElement[bool]]:
    found = [
        within(actor, Employee.unit_id, Permission.EMPLOYEE_VIEW),
        Employee.joined_community_on <= on,
        or_(Employee.left_on.is_(None), Employee.left_on >= on),
    ]
    if unit_id is not None:
        top = aliased(Unit)
        below = select(Unit.id).join(top, Unit.path.like(top.path.concat("%"))).where(top.id == unit_id)
        found.append(Employee.unit_id.in_(below))
    return found
