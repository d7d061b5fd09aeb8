"""Which lines of work a community covers on a day, by how many people, and who can do everything (全岗通)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from careerpath.access.models import Unit
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.serving import main_posting_on
from careerpath.skills.codes import SkillLevel
from careerpath.skills.models import Skill, WorkLine
from careerpath.skills.queries.levels import ABLE, LEVELS, RANK, in_force_on
from careerpath.skills.queries.lines import lines_of_many


@dataclass(frozen=True, slots=True)
class Cover:
    """How many people of a unit know a line at any level, can do it, can teach it, and how many are wanted."""

    line_id: int
    code: str
    name: str
    people: int
    able: int
    teaching: int
    wanted: int

    @property
    def is_gap(self) -> bool:
        """Whether too few can do it."""
        return self.able < self.wanted

    @property
    def lacking(self) -> int:
        """How many more are wanted."""
        return max(self.wanted - self.able, 0)


@dataclass(frozen=True, slots=True)
class UnitCover:
    """One unit: people in service on the day, those who can do every line, and the lines by id in their order."""

    unit_id: int
    serving: int
    all_round: int
    lines: Mapping[int, Cover]

    @property
    def gaps(self) -> tuple[Cover, ...]:
        """The lines that too few can do."""
        return tuple(cover for cover in self.lines.values() if cover.is_gap)


@dataclass(frozen=True, slots=True)
class Serving:
    """Somebody in service on a day at a unit, with the levels by code of the line."""

    employee_id: int
    path: str
    levels: Mapping[str, SkillLevel]

    def able(self, codes: Iterable[str]) -> bool:
        """Whether the person can do all of these lines."""
        return all(code in self.levels and self.levels[code].rank >= ABLE for code in codes)


def cover_of(unit_ids: Collection[int], on: date) -> dict[int, dict[int, Cover]]:
    """The cover of some units by line id, whoever asks. Three queries for any number.

    People count where their main post is on the day, at the unit or below it. Only lines in use are shown.
    """
    return {unit_id: dict(cover.lines) for unit_id, cover in unit_covers(unit_ids, on).items()}


def unit_covers(unit_ids: Collection[int], on: date) -> dict[int, UnitCover]:
    """The cover of some units with the people behind it, whoever asks. Three queries for any number."""
    if not unit_ids:
        return {}
    rows = db.session.execute(select(Unit.path, Unit.id).where(Unit.id.in_(set(unit_ids))))
    paths = {path: unit_id for path, unit_id in rows}
    lines = lines_of_many(paths)
    among: dict[str, list[Serving]] = {path: [] for path in paths}
    for person in serving_at(paths, on):
        steps = person.path.split("/")[:-1]
        for depth in range(1, len(steps) + 1):
            top = "/".join(steps[:depth]) + "/"
            if top in among:
                among[top].append(person)
    return {paths[path]: _cover(paths[path], lines[path], people) for path, people in among.items()}


def serving_at(paths: Collection[str], on: date) -> list[Serving]:
    """Everybody whose main post on the day lies at or below the longest path that all of these share. One query."""
    shared = _shared(paths)
    query = (
        select(Employee.id, Unit.path, WorkLine.code, func.max(RANK))
        .join(Posting, and_(*main_posting_on(on)))
        .join(Unit, Unit.id == Posting.unit_id)
        .outerjoin(Skill, and_(Skill.employee_id == Employee.id, in_force_on(on)))
        .outerjoin(WorkLine, WorkLine.id == Skill.line_id)
        .where(
            Unit.path.startswith(shared, autoescape=True),
            Employee.joined_community_on <= on,
            or_(Employee.left_on.is_(None), Employee.left_on >= on),
        )
        .group_by(Employee.id, Unit.path, WorkLine.code)
        .order_by(Employee.id)
    )
    found: dict[tuple[int, str], dict[str, SkillLevel]] = {}
    for employee_id, path, code, rank in db.session.execute(query):
        levels = found.setdefault((employee_id, path), {})
        if code is not None:
            levels[code] = LEVELS[rank]
    return [Serving(employee_id, path, levels) for (employee_id, path), levels in found.items()]


def _shared(paths: Collection[str]) -> str:
    """The path of the lowest unit at or above all of some paths; empty where they share none."""
    steps = []
    for each in zip(*(path.split("/")[:-1] for path in paths), strict=False):
        if len(set(each)) > 1:
            break
        steps.append(f"{each[0]}/")
    return "".join(steps)


def _cover(unit_id: int, lines: list[WorkLine], people: list[Serving]) -> UnitCover:
    found = {}
    for line in lines:
        ranks = [person.levels[line.code].rank for person in people if line.code in person.levels]
        able = sum(rank >= ABLE for rank in ranks)
        teaching = sum(rank >= SkillLevel.TEACHING.rank for rank in ranks)
        found[line.id] = Cover(line.id, line.code, line.name, len(ranks), able, teaching, line.wanted)
    codes = [line.code for line in lines]
    all_round = sum(person.able(codes) for person in people) if codes else 0
    return UnitCover(unit_id, len(people), all_round, found)
