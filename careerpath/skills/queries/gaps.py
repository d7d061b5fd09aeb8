"""What is lacking: lines that a community does not cover, and lines that a person cannot do yet."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from careerpath.access.models import Unit
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.skills.models import WorkLine
from careerpath.skills.queries.cover import Cover, unit_covers
from careerpath.skills.queries.levels import ABLE, levels_of
from careerpath.skills.queries.lines import lines_of_many


def gaps_of(unit_ids: Collection[int], on: date) -> dict[int, tuple[Cover, ...]]:
    """The lines that too few people of each unit can do on a day, whoever asks. Three queries for any number."""
    return {unit_id: cover.gaps for unit_id, cover in unit_covers(unit_ids, on).items()}


def lines_lacking(employee_ids: Collection[int], on: date) -> dict[int, tuple[WorkLine, ...]]:
    """The lines in use in a person's district that the person cannot do yet, whoever asks. Three queries."""
    if not employee_ids:
        return {}
    query = (
        select(Employee.id, Unit.path).join(Unit, Unit.id == Employee.unit_id).where(Employee.id.in_(set(employee_ids)))
    )
    homes = {employee_id: path for employee_id, path in db.session.execute(query)}
    lines, levels = lines_of_many(homes.values()), levels_of(employee_ids, on)
    found = {}
    for employee_id, path in homes.items():
        able = {code for code, level in levels.get(employee_id, {}).items() if level.rank >= ABLE}
        found[employee_id] = tuple(line for line in lines[path] if line.code not in able)
    return found
