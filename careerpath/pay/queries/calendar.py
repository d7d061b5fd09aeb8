"""The calendar of steps: when each person's next level is due, on what conditions, and what holds it back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import below, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import Page
from careerpath.employees.models import Employee
from careerpath.pay.queries.editions import here_on, known_schemes
from careerpath.pay.queries.facts import Worker, workers_named
from careerpath.pay.queries.rounds import level_words
from careerpath.policy.pay import PayEdition, level_lacks, level_on, next_step
from careerpath.words import Message, msg

PEOPLE = 300
"""People on one page: a street fits, a district comes in pages."""

MOST_PEOPLE = 6000
"""People in one workbook: a district; more come street by street."""


@dataclass(frozen=True, slots=True)
class Schemes:
    """The scheme of today, and the one in which the steps are looked for."""

    present: PayEdition
    coming: PayEdition


@dataclass(frozen=True, slots=True)
class StepLine:
    """One person's next step. ``pending``: rule and approval part already, so that a round is due first."""

    employee_id: int
    number: str
    name: str
    unit_code: str
    unit_name: str
    title: str
    now: Message | None
    starts_on: date | None
    to: Message | None
    conditions: tuple[Message, ...]
    held_back: tuple[Message, ...]
    pending: bool


@dataclass(frozen=True, slots=True)
class StepGroup:
    """The steps of one month, or those of no month of the year."""

    title: Message
    lines: tuple[StepLine, ...]
    of_year: bool = False


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A year's steps of a unit, or of all units of the actor; one page of its people."""

    unit: Unit | None
    year: int
    edition: PayEdition
    people: Page[Any]
    groups: tuple[StepGroup, ...]

    @property
    def due(self) -> int:
        """People of this page with a step in the year."""
        return sum(line.starts_on is not None and line.starts_on.year == self.year for line in self.lines)

    @property
    def lines(self) -> tuple[StepLine, ...]:
        """All lines of this page."""
        return tuple(line for group in self.groups for line in group.lines)


def calendar_page(
    actor: Actor, unit_id: int | None, year: int, *, after: str | None = None, before: str | None = None
) -> CalendarPage:
    """One page of a year's calendar; a fixed number of queries. ``NotFound`` for a foreign unit."""
    unit = None if unit_id is None else fetch_unit(actor, unit_id, Permission.PAY_VIEW)
    on = looked_at(year)
    schemes = _schemes(on, year)
    page = _page(_people(actor, unit, on), after, before)
    lines = step_lines(schemes, [row.id for row in page.rows], on)
    return CalendarPage(unit, year, schemes.coming, page, _groups(lines, year))


def calendar_lines(actor: Actor, unit_id: int | None, year: int) -> tuple[PayEdition, list[StepLine], bool]:
    """The scheme, all lines of a unit by day, and whether they are more than one workbook takes."""
    unit = None if unit_id is None else fetch_unit(actor, unit_id, Permission.PAY_VIEW)
    on = looked_at(year)
    schemes = _schemes(on, year)
    query = _people(actor, unit, on).order_by(Employee.number).limit(MOST_PEOPLE + 1)
    ids = [row.id for row in db.session.execute(query)]
    lines = [line for some in _batches(ids[:MOST_PEOPLE]) for line in step_lines(schemes, some, on)]
    return schemes.coming, sorted(lines, key=_order), len(ids) > MOST_PEOPLE


def step_lines(schemes: Schemes, employee_ids: Sequence[int], on: date) -> list[StepLine]:
    """The next step after a day of some people who serve on it."""
    return [_line(schemes, worker, on) for worker in workers_named(employee_ids, on)]


def looked_at(year: int) -> date:
    """The day from which a year's steps are looked for: its eve, or today where that is past."""
    return max(clock.today(), date(year - 1, 12, 31))


def unit_called(actor: Actor, text: str) -> int | None:
    """The one unit that the actor may see the pay of and that bears this name or code; None for none or several."""
    wanted = text.strip()
    query = select(Unit.id).where(
        or_(Unit.short_name == wanted, Unit.name == wanted, Unit.code == wanted),
        within(actor, Unit.id, Permission.PAY_VIEW),
    )
    ids = db.session.scalars(query.limit(2)).all()
    return ids[0] if len(ids) == 1 else None


def _people(actor: Actor, unit: Unit | None, on: date) -> Select[Any]:
    columns: tuple[Any, ...] = (Employee.id, Employee.number)
    query: Select[Any] = select(*columns).where(
        within(actor, Employee.unit_id, Permission.PAY_VIEW),
        Employee.joined_community_on <= on,
        or_(Employee.left_on.is_(None), Employee.left_on >= on),
    )
    return query if unit is None else query.where(below(Employee.unit_id, unit.path))


def _page(query: Select[Any], after: str | None, before: str | None) -> Page[Any]:
    """Some people by number; they are counted only where they are more than one page."""
    number = Employee.number
    if before:
        rows = list(db.session.execute(query.where(number < before).order_by(number.desc()).limit(PEOPLE + 1)))
        shown = rows[:PEOPLE][::-1]
        earlier, later = len(rows) > PEOPLE, True
    else:
        wanted = query.where(number > after) if after else query
        rows = list(db.session.execute(wanted.order_by(number).limit(PEOPLE + 1)))
        shown = rows[:PEOPLE]
        earlier, later = bool(after), len(rows) > PEOPLE
    total = len(shown)
    if earlier or later:
        total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    if not shown:
        return Page((), total, None, None)
    return Page(shown, total, shown[-1].number if later else None, shown[0].number if earlier else None)


def _schemes(on: date, year: int) -> Schemes:
    known = known_schemes()
    return Schemes(here_on(known, clock.today()), here_on(known, max(on, date(year, 1, 1))))


def _line(schemes: Schemes, worker: Worker, on: date) -> StepLine:
    edition, today = schemes.coming, clock.today()
    home, placement = worker.home_on(on), worker.placement_on(today)
    facts = replace(worker.facts_on(edition, on), placed=None)
    lacking = level_lacks(edition, facts)
    present = replace(worker.facts_on(schemes.present, today), placed=None)
    rule = None if lacking else level_on(schemes.present, present, today)
    step = None if lacking else next_step(edition, facts, on)
    pending = rule is not None and (placement is None or (placement.tier, placement.level) != (rule.tier, rule.level))
    to = None
    if step is not None and step.level is not None:
        to = msg("%(level)s 级", level=step.level)
    return StepLine(
        employee_id=worker.employee_id,
        number=worker.number,
        name=worker.name,
        unit_code="" if home is None else home.unit_code,
        unit_name="" if home is None else home.unit_name,
        title="" if home is None else home.title,
        now=None if placement is None else level_words(placement.tier, placement.level),
        starts_on=None if step is None else step.starts_on,
        to=to,
        conditions=() if step is None else step.conditions,
        held_back=lacking if step is None else step.held_back,
        pending=pending,
    )


def _groups(lines: Sequence[StepLine], year: int) -> tuple[StepGroup, ...]:
    months: dict[date, list[StepLine]] = {}
    later, never = [], []
    for line in sorted(lines, key=_order):
        if line.starts_on is None:
            never.append(line)
        elif line.starts_on.year == year:
            months.setdefault(line.starts_on.replace(day=1), []).append(line)
        else:
            later.append(line)
    found = [
        StepGroup(msg("%(year)s 年 %(month)s 月", year=day.year, month=day.month), tuple(held), of_year=True)
        for day, held in sorted(months.items())
    ]
    if later:
        found.append(StepGroup(msg("%(year)s 年以后", year=year), tuple(later)))
    if never:
        found.append(StepGroup(msg("暂无晋级日期"), tuple(never)))
    return tuple(found)


def _order(line: StepLine) -> tuple[date, str, str]:
    return line.starts_on or date.max, line.unit_code, line.number


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + PEOPLE] for start in range(0, len(ids), PEOPLE))
