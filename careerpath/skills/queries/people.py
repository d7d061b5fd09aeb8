"""The people of an actor with what they can do, and those of one community side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch, fetch_unit, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.fields import read_day
from careerpath.core.web.paging import PAGE_SIZE, Page, SortKey, keyset_page
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.people import matches, street_in, streets_of
from careerpath.employees.queries.person import PersonHead, own_head, person_head
from careerpath.employees.queries.serving import main_posting_on
from careerpath.skills.codes import SkillLevel
from careerpath.skills.models import Skill, WorkLine
from careerpath.skills.queries.cover import UnitCover, unit_covers
from careerpath.skills.queries.levels import ABLE, RANK, in_force_on, levels_of
from careerpath.skills.queries.lines import lines_of
from careerpath.skills.queries.person import SkillLine, person_lines
from careerpath.words import NotFound


@dataclass(frozen=True, slots=True)
class SkillFilters:
    """What the list is narrowed to; ``line`` and ``level`` name people who can do a line at that level or better."""

    on: date
    q: str = ""
    unit: str = ""
    unit_id: int | None = None
    line: str = ""
    level: SkillLevel | None = None

    @property
    def narrow(self) -> bool:
        """Whether people are left out."""
        return bool(self.q or self.unit or self.unit_id or self.line or self.level)


@dataclass(frozen=True, slots=True)
class SkilledPerson:
    """Somebody in service on a day with the levels by code of the line."""

    employee_id: int
    number: str
    name: str
    unit_id: int
    unit_name: str
    street: str
    title: str
    levels: Mapping[str, SkillLevel]

    @property
    def able(self) -> int:
        """How many lines the person can do."""
        return sum(level.rank >= ABLE for level in self.levels.values())

    @property
    def teaching(self) -> int:
        """How many lines the person can teach."""
        return sum(level is SkillLevel.TEACHING for level in self.levels.values())


@dataclass(frozen=True, slots=True)
class CommunityPage:
    """One unit on a day: its cover, and who can do what."""

    unit: Unit
    street: str
    on: date
    cover: UnitCover
    people: tuple[SkilledPerson, ...]

    def all_round(self, person: SkilledPerson) -> bool:
        """Whether somebody can do every line in use."""
        codes = [one.code for one in self.cover.lines.values()]
        return bool(codes) and all(code in person.levels and person.levels[code].rank >= ABLE for code in codes)


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person: every occasion up to a day, what is not held yet, and the lines in use."""

    head: PersonHead
    on: date
    occasions: tuple[SkillLine, ...]
    lines: tuple[WorkLine, ...]
    lacking: tuple[WorkLine, ...]
    may_keep: bool

    @property
    def best(self) -> Mapping[str, SkillLine]:
        """What counts in each line by its code."""
        return {one.code: one for one in self.occasions if one.best}


def filters_of(args: Mapping[str, str]) -> SkillFilters:
    """What an address asks for; what makes no sense is left out."""
    level = args.get("level", "")
    return SkillFilters(
        on=read_day(args.get("on", "")) or clock.today(),
        q=args.get("q", "").strip()[:64],
        unit=args.get("unit", "").strip()[:80],
        unit_id=whole_number(args.get("unit_id", "")),
        line=args.get("line", "")[:24],
        level=SkillLevel(level) if level in set(SkillLevel) else None,
    )


def skilled_people(
    actor: Actor, filters: SkillFilters, *, after: str | None = None, before: str | None = None, size: int = PAGE_SIZE
) -> Page[SkilledPerson]:
    """One page of the people in service on the day, by unit and number. Four queries, however many there are."""
    query = _serving(filters.on).where(within(actor, Posting.unit_id, Permission.SKILL_VIEW), *_conditions(filters))
    keys = [SortKey(Unit.code), SortKey(Employee.number)]
    page = keyset_page(query, keys, lambda row: (row.code, row.number), after=after, before=before, size=size)
    return Page(_people(page.rows, filters.on), page.total, page.after, page.before)


def community_page(actor: Actor, unit_id: int, on: date) -> CommunityPage:
    """A unit of the actor's with its people. Seven queries. Raises ``NotFound`` for one that is not the actor's."""
    unit = fetch_unit(actor, unit_id, Permission.SKILL_VIEW)
    rows = db.session.execute(
        _serving(on)
        .where(Unit.path.startswith(unit.path, autoescape=True))
        .order_by(Unit.code, Employee.number)
        .limit(MOST_PEOPLE)
    ).all()
    street = street_in(unit.path, streets_of([unit.path]))
    return CommunityPage(unit, street, on, unit_covers([unit.id], on)[unit.id], tuple(_people(rows, on)))


def person_page(actor: Actor, employee_id: int, on: date) -> PersonPage:
    """A person of the actor's. Raises ``NotFound`` for any other. Seven queries at most."""
    fetch(actor, Employee, employee_id, Permission.SKILL_VIEW)
    return _person(actor, person_head(actor, employee_id), on)


def own_page(actor: Actor, on: date) -> PersonPage:
    """The actor's own page. Raises ``NotFound`` for an account without a file."""
    return _person(actor, own_head(actor), on)


def skill_of(actor: Actor, skill_id: int) -> tuple[Skill, Employee, str]:
    """A record with its person and the path of the home unit, for whoever may change it. Raises ``NotFound``."""
    query = (
        select(Skill, Employee, Unit.path)
        .join(Employee, Employee.id == Skill.employee_id)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(Skill.id == skill_id, within(actor, Employee.unit_id, Permission.SKILL_KEEP))
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1], found[2]


MOST_PEOPLE = 300
"""So many people stand side by side; a unit with more is looked at in the list."""


def _person(actor: Actor, head: PersonHead, on: date) -> PersonPage:
    lines, occasions = lines_of(head.path), person_lines(head.id, on)
    able = {one.code for one in occasions if one.best and one.level.rank >= ABLE}
    lacking = tuple(line for line in lines if line.code not in able)
    return PersonPage(head, on, occasions, tuple(lines), lacking, actor.can(Permission.SKILL_KEEP, head.path))


def _serving(on: date) -> Any:
    columns: tuple[Any, ...] = (
        Employee.id,
        Employee.number,
        Employee.name,
        Posting.unit_id,
        Unit.short_name,
        Unit.path,
        Posting.title,
        Unit.code,
    )
    return (
        select(*columns)
        .join(Posting, and_(*main_posting_on(on)))
        .join(Unit, Unit.id == Posting.unit_id)
        .where(Employee.joined_community_on <= on, or_(Employee.left_on.is_(None), Employee.left_on >= on))
    )


def _conditions(filters: SkillFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.q:
        found.append(matches(filters.q))
    top = aliased(Unit)
    if filters.unit_id is not None:
        found.append(_under(top, top.id == filters.unit_id))
    elif filters.unit:
        found.append(_under(top, or_(top.name.contains(filters.unit, autoescape=True), top.code == filters.unit)))
    if filters.line or filters.level:
        level = filters.level or SkillLevel.ABLE
        shown = [Skill.employee_id == Employee.id, in_force_on(filters.on), level.rank <= RANK]
        if filters.line:
            shown.append(Skill.line_id.in_(select(WorkLine.id).where(WorkLine.code == filters.line)))
        found.append(exists().where(*shown))
    return found


def _under(top: Any, wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    lower = aliased(Unit)
    return Posting.unit_id.in_(select(lower.id).join(top, lower.path.like(top.path.concat("%"))).where(wanted))


def _people(rows: Sequence[Any], on: date) -> list[SkilledPerson]:
    levels = levels_of([row[0] for row in rows], on)
    streets = streets_of(row[5] for row in rows) if rows else {}
    return [
        SkilledPerson(
            employee_id,
            number,
            name,
            unit_id,
            unit_name,
            street_in(path, streets),
            title or "",
            levels.get(employee_id, {}),
        )
        for employee_id, number, name, unit_id, unit_name, path, title, *_ in rows
    ]
