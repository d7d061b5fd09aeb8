"""The nine cells of performance and potential: who of the pool stands where, as far as both are known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import Page, listed_page
from careerpath.employees.models import Employee
from careerpath.policy.talent_pool import Cell, Rung, TalentPoolEdition, cell_of
from careerpath.policy.talent_pool.pool import Level
from careerpath.talent_pool.models import PoolEntry
from careerpath.talent_pool.queries.facts import grades_of
from careerpath.talent_pool.queries.rules import rules_on
from careerpath.talent_pool.queries.words import READINESS
from careerpath.words import Message, msg

UNPLACED = "unplaced"
"""As a filter: people of whom performance or potential is not known."""

NAMES_SHOWN = 6
"""Names that stand in a cell itself; the table beside has all of them."""


@dataclass(frozen=True, slots=True)
class GridFilters:
    """What the grid is narrowed to, and whose names stand in the table: a cell such as ``high-middle``."""

    unit: str = ""
    rung: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class GridLine:
    """One reserve: the cell with its reason, or what is lacking for one."""

    entry_id: int
    employee_id: int
    number: str
    name: str
    unit_name: str
    rung: str
    readiness: Message
    performance: Decimal | None
    potential: Decimal | None
    cell: str
    words: Message


@dataclass(frozen=True, slots=True)
class GridCell:
    """One of the nine cells: its code, how many people, and the first names."""

    code: str
    performance: Level
    potential: Level
    count: int
    names: tuple[GridLine, ...]


@dataclass(frozen=True, slots=True)
class NineGrid:
    """The cells in rows from high potential to low, each from low performance to high; none without a rule for it."""

    edition: TalentPoolEdition
    on: date
    rows: tuple[tuple[GridCell, ...], ...]
    placed: int
    unplaced: int
    rungs: tuple[Rung, ...]
    page: Page[GridLine]


def nine_grid(actor: Actor, filters: GridFilters, *, after: str | None = None, before: str | None = None) -> NineGrid:
    """The reserves of the actor's units by cell, and one page of those chosen. Three queries.

    Raises ``Refused`` where no edition is in force.
    """
    on = clock.today()
    edition = rules_on(on)
    if edition.grid is None:
        return NineGrid(edition, on, (), 0, 0, edition.rungs, Page((), 0, None, None))
    entries = _entries(actor, filters, on)
    grades = grades_of(entries.with_only_columns(PoolEntry.employee_id))
    names = {rung.code: rung.name for rung in edition.rungs}
    lines = [_line(edition, row, grades.get(row.employee_id, {}), names, on) for row in db.session.execute(entries)]
    lines.sort(key=_key)
    behind: dict[str, list[GridLine]] = {}
    for line in lines:
        behind.setdefault(line.cell, []).append(line)
    unplaced = len(behind.get(UNPLACED, ()))
    chosen = behind.get(filters.cell, []) if filters.cell else [line for line in lines if line.cell != UNPLACED]
    return NineGrid(
        edition=edition,
        on=on,
        rows=_rows(behind),
        placed=len(lines) - unplaced,
        unplaced=unplaced,
        rungs=edition.rungs,
        page=listed_page(chosen, _key, after=after, before=before),
    )


def cell_code(performance: Level, potential: Level) -> str:
    """A cell in an address: performance, then potential."""
    return f"{performance.value}-{potential.value}"


CELLS: Mapping[str, tuple[Level, Level]] = {
    cell_code(performance, potential): (performance, potential) for performance, potential in product(Level, Level)
}
"""Performance and potential of each cell by its code."""


def _key(line: GridLine) -> str:
    return f"{line.number}/{line.entry_id:010d}"


def _rows(behind: Mapping[str, Sequence[GridLine]]) -> tuple[tuple[GridCell, ...], ...]:
    found = []
    for potential in (Level.HIGH, Level.MIDDLE, Level.LOW):
        row = []
        for performance in (Level.LOW, Level.MIDDLE, Level.HIGH):
            code = cell_code(performance, potential)
            lines = behind.get(code, ())
            row.append(GridCell(code, performance, potential, len(lines), tuple(lines[:NAMES_SHOWN])))
        found.append(tuple(row))
    return tuple(found)


def _entries(actor: Actor, filters: GridFilters, on: date) -> Any:
    """The reserves on a day in the actor's units, narrowed."""
    query = (
        select(
            PoolEntry.id,
            PoolEntry.employee_id,
            PoolEntry.rung,
            PoolEntry.readiness,
            PoolEntry.potential,
            Employee.number,
            Employee.name,
            Unit.short_name,
        )
        .join(Employee, Employee.id == PoolEntry.employee_id)
        .join(Unit, Unit.id == PoolEntry.unit_id)
        .where(
            PoolEntry.entered_on <= on,
            or_(PoolEntry.left_on.is_(None), PoolEntry.left_on >= on),
            within(actor, PoolEntry.unit_id, Permission.POOL_VIEW),
        )
    )
    if filters.rung:
        query = query.where(PoolEntry.rung == filters.rung)
    if filters.unit.strip():
        text, top = filters.unit.strip(), aliased(Unit)
        inside = (
            select(Unit.id)
            .join(top, Unit.path.like(top.path.concat("%")))
            .where(or_(top.name.contains(text, autoescape=True), top.code == text))
        )
        query = query.where(PoolEntry.unit_id.in_(inside))
    return query


def _line(
    edition: TalentPoolEdition, row: Any, grades: Mapping[int, Any], names: Mapping[str, str], on: date
) -> GridLine:
    cell = None if row.potential is None else cell_of(edition, grades, row.potential, on)
    return GridLine(
        entry_id=row.id,
        employee_id=row.employee_id,
        number=row.number,
        name=row.name,
        unit_name=row.short_name,
        rung=names.get(row.rung, row.rung),
        readiness=READINESS[row.readiness],
        performance=cell.points if cell is not None else None,
        potential=row.potential,
        cell=cell_code(cell.performance, cell.potential) if cell is not None else UNPLACED,
        words=_words(cell, row.potential),
    )


def _words(cell: Cell | None, potential: Decimal | None) -> Message:
    if cell is not None:
        return cell.reason.message
    if potential is None:
        return msg("没有潜力评估分，请在后备评估中填写。")
    return msg("近年没有确定等次的年度考核。")
