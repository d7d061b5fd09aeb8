"""What people can do in lines of work on a day: the best that they showed and that still holds."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from careerpath.core.db import db
from careerpath.skills.codes import SkillLevel
from careerpath.skills.models import Skill, WorkLine

ABLE = SkillLevel.ABLE.rank
"""The rank from which somebody covers a line."""

RANK = case({level.value: level.rank for level in SkillLevel}, value=Skill.level, else_=-1)
"""The rank of a level, for the best of several."""

LEVELS = {level.rank: level for level in SkillLevel}


def in_force_on(on: date) -> ColumnElement[bool]:
    """The condition "this skill was shown by the day and holds on it"."""
    return and_(Skill.shown_on <= on, or_(Skill.valid_until.is_(None), Skill.valid_until >= on))


def levels_of(employee_ids: Collection[int], on: date) -> dict[int, dict[str, SkillLevel]]:
    """The level of each person by code of the line, whoever asks; nobody without any. One query.

    Lines of two districts with one code are the same work: what was shown in one counts in the other.
    """
    if not employee_ids:
        return {}
    query = (
        select(Skill.employee_id, WorkLine.code, func.max(RANK))
        .join(WorkLine, WorkLine.id == Skill.line_id)
        .where(Skill.employee_id.in_(set(employee_ids)), in_force_on(on))
        .group_by(Skill.employee_id, WorkLine.code)
    )
    found: dict[int, dict[str, SkillLevel]] = {}
    for employee_id, code, rank in db.session.execute(query):
        found.setdefault(employee_id, {})[code] = LEVELS[rank]
    return found
