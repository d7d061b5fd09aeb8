"""Records of lines of work and skills for the small world, and samples of the operations of that room."""

from collections.abc import Mapping
from datetime import date

from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.skills.codes import ShownBy, SkillLevel
from careerpath.skills.operations.lines import LineGiven
from careerpath.skills.operations.skills import ContestResult, SkillGiven
from tests.architecture.sample import Sample, near, own
from tests.factories.skills import make_line, make_skill

DAY = date(2025, 11, 1)
_LINE = LineGiven("party", "党建工作")
_SKILL = SkillGiven(1, SkillLevel.ABLE, ShownBy.TEST, DAY)

SAMPLES: dict[str, Sample] = {
    "keep_work_line": own("unit_id", Role.DISTRICT_HR, given=_LINE),
    "change_work_line": own("work_line_id", Role.DISTRICT_HR, given=_LINE, version=1),
    "retire_work_line": own("work_line_id", Role.DISTRICT_HR),
    "restore_work_line": own("work_line_id", Role.DISTRICT_HR),
    "take_usual_lines": own("unit_id", Role.DISTRICT_HR),
    "record_skill": near("employee_id", given=_SKILL),
    "record_contest": near(
        "work_line_id", on=DAY, name="业务大比武", results=(ContestResult(10**9, SkillLevel.ABLE, 1),)
    ),
    "change_skill": near("skill_id", given=_SKILL, version=1),
    "drop_skill": near("skill_id"),
}


def records(
    districts: Mapping[str, Unit], communities: Mapping[str, Unit], people: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """By place: a line of work of the district, and a skill in it of the person of that place."""
    lines = {unit.id: make_line(unit) for unit in districts.values()}
    found = {}
    for place, district in districts.items():
        line = lines[district.id]
        skill = make_skill(db.session.get_one(Employee, people[place]), line)
        found[place] = {"work_line_id": line.id, "skill_id": skill.id}
    return found
