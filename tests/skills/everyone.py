"""A district with three lines of work and the people of two communities."""

from datetime import date
from typing import Any

from careerpath.access.permissions import Role
from careerpath.employees.models import Employee
from careerpath.skills.codes import ShownBy, SkillLevel
from careerpath.skills.operations.skills import SkillGiven
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_employee
from tests.factories.skills import make_line

TODAY = date(2025, 12, 5)


class Skills:
    """Actors of each role, three lines, two people of a community and one next door."""

    def __init__(self) -> None:
        self.town = Town()
        self.district = make_actor(Role.DISTRICT_HR, self.town.district)
        self.street = make_actor(Role.STREET_HR, self.town.street)
        self.other = make_actor(Role.STREET_HR, self.town.other_street)
        self.secretary = make_actor(Role.COMMUNITY_SECRETARY, self.town.community)
        self.party = make_line(self.town.district, "party", "党建工作", wanted=2)
        self.grid = make_line(self.town.district, "grid", "网格治理", wanted=1)
        self.relief = make_line(self.town.district, "relief", "社会救助", wanted=2)
        self.chen = make_employee(None, self.town.community, name="陈静")
        self.lin = make_employee(None, self.town.community, name="林涛")
        self.zhao = make_employee(None, self.town.neighbour, name="赵敏")

    def stranger(self) -> Employee:
        """Somebody of the other street."""
        return make_employee(None, self.town.foreign, name="周平")


def shown(line_id: int, level: SkillLevel = SkillLevel.ABLE, **changes: Any) -> SkillGiven:
    """What somebody showed by a test in November."""
    given: dict[str, Any] = {"shown_by": ShownBy.TEST, "shown_on": date(2025, 11, 3)}
    return SkillGiven(line_id, level, **(given | changes))
