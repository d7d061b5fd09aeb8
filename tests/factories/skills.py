"""Lines of work and skills, written down directly for what comes after."""

from datetime import date
from itertools import count
from typing import Any

from careerpath.access.models import Unit
from careerpath.core.db import writing
from careerpath.employees.models import Employee
from careerpath.skills.codes import ShownBy, SkillLevel
from careerpath.skills.models import Skill, WorkLine

_serials = count(1)


def make_line(unit: Unit, code: str = "", name: str = "", **changes: Any) -> WorkLine:
    """A line of work of a district."""
    serial = next(_serials)
    given: dict[str, Any] = {"code": code or f"line{serial}", "name": name or f"业务条线{serial}", "place": serial}
    with writing() as session:
        line = WorkLine(unit_id=unit.id, **(given | changes))
        session.add(line)
    return line


def make_skill(employee: Employee, line: WorkLine, level: SkillLevel = SkillLevel.ABLE, **changes: Any) -> Skill:
    """Something that somebody showed in a line of work."""
    given: dict[str, Any] = {"shown_by": ShownBy.PRACTICE, "shown_on": date(2025, 6, 1), "evidence": "社区评定"}
    with writing() as session:
        skill = Skill(employee_id=employee.id, line_id=line.id, level=level, **(given | changes))
        session.add(skill)
    return skill
