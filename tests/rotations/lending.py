"""A district that lends its people: clerks, hosts, and rotations brought to where a test begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any

from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.rotations.models import Host, HostKind, Rotation
from careerpath.rotations.operations.decisions import approve_rotation
from careerpath.rotations.operations.hosts import HostGiven, keep_host
from careerpath.rotations.operations.returns import return_rotation
from careerpath.rotations.operations.rotations import RotationGiven, propose_rotation
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_employee

PROPOSED = date(2025, 8, 20)
STARTS = date(2025, 9, 1)
ENDS = date(2026, 2, 28)
"""Six full months."""
DOCUMENT = "费组字〔2025〕7号"


@contextmanager
def day(on: date) -> Iterator[None]:
    """The morning of a day."""
    with clock.Stopped(datetime.combine(on, time(2), UTC)):
        yield


class Lending:
    """A district of two streets with four communities, their clerks, and a department that takes people."""

    def __init__(self) -> None:
        self.town = Town()
        self.district = make_actor(Role.DISTRICT_HR, self.town.district)
        self.street = make_actor(Role.STREET_HR, self.town.street)
        self.other_street = make_actor(Role.STREET_HR, self.town.other_street)
        self.secretary = make_actor(Role.COMMUNITY_SECRETARY, self.town.community)
        self.host = self.department()

    def department(self, unit: Unit | None = None, **changes: Any) -> Host:
        """A department that the district keeps in its list."""
        given: dict[str, Any] = {"kind": HostKind.AGENCY, "name": "县委社会工作部"}
        host_id = keep_host(self.district, (unit or self.town.district).id, HostGiven(**(given | changes)))
        return db.session.get_one(Host, host_id)

    def person(self, unit: Unit | None = None, **changes: Any) -> Employee:
        """Somebody in service since July 2018."""
        return make_employee(None, unit or self.town.community, **changes)

    def given(self, employee: Employee | None = None, **changes: Any) -> RotationGiven:
        """A secondment of six months to the department."""
        values: dict[str, Any] = {
            "kind": "secondment",
            "host_id": self.host.id,
            "host_post": "干事",
            "starts_on": STARTS,
            "ends_on": ENDS,
            "employee_id": employee.id if employee is not None else None,
        }
        return RotationGiven(**(values | changes))

    def proposed(self, employee: Employee | None = None, **changes: Any) -> Rotation:
        """Proposed by the street."""
        with day(PROPOSED):
            rotation_id = propose_rotation(self.street, self.given(employee or self.person(), **changes))
        return self.again(rotation_id)

    def approved(self, employee: Employee | None = None, **changes: Any) -> Rotation:
        """Approved by the district before it begins."""
        rotation = self.proposed(employee, **changes)
        with day(PROPOSED):
            approve_rotation(self.district, rotation.id, DOCUMENT, PROPOSED)
        return self.again(rotation.id)

    def returned(self, employee: Employee | None = None, **changes: Any) -> Rotation:
        """Back on the last day planned."""
        rotation = self.approved(employee, **changes)
        with day(rotation.ends_on):
            return_rotation(self.district, rotation.id, rotation.ends_on)
        return self.again(rotation.id)

    @staticmethod
    def again(rotation_id: int) -> Rotation:
        """The rotation as it stands now."""
        db.session.expire_all()
        return db.session.get_one(Rotation, rotation_id)
