"""A district with mentors and mentees, its clerks, and a worker with an account, for the tests of this room."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.employees.operations.people import link_account
from careerpath.mentoring.models import Mentor, Pairing
from careerpath.mentoring.operations.logs import LogGiven
from careerpath.mentoring.operations.mentors import MentorGiven
from careerpath.mentoring.operations.pairings import PairingGiven, agree_pairing
from careerpath.skills.models import WorkLine
from tests.factories.access import Town, make_actor
from tests.factories.employees import CLERK, make_employee

LINES = (("civil", "民政救助"), ("party", "党建"), ("mediation", "矛盾调解"))
LOG = LogGiven(date(2025, 12, 1), Decimal(2), "低保入户核查", "随同入户三家。")


@contextmanager
def day(on: date) -> Iterator[None]:
    """The morning of a day."""
    with clock.Stopped(datetime.combine(on, time(2), UTC)):
        yield


class Office:
    """Two streets of a district with the lines of work it keeps; mentors and mentees as they are asked for."""

    def __init__(self) -> None:
        self.town = Town()
        self.district = make_actor(Role.DISTRICT_HR, self.town.district)
        self.street = make_actor(Role.STREET_HR, self.town.street)
        self.secretary = make_actor(Role.COMMUNITY_SECRETARY, self.town.community)
        self.stranger = make_actor(Role.STREET_HR, self.town.other_street)
        with writing() as session:
            session.add_all(
                WorkLine(unit_id=self.town.district.id, code=code, name=name, place=place)
                for place, (code, name) in enumerate(LINES)
            )

    def person(self, unit: Unit | None = None, **changes: Any) -> Employee:
        """Somebody in service since 2018."""
        return make_employee(None, unit or self.town.community, **changes)

    def own(self, employee: Employee) -> Actor:
        """The account of a person, with their file."""
        unit = db.session.get_one(Unit, employee.unit_id)
        actor = make_actor(Role.WORKER, unit, f"worker-{employee.id}")
        assert actor.user_id is not None
        link_account(CLERK, employee.id, actor.user_id)
        return actor

    def given(self, **changes: Any) -> MentorGiven:
        """A cadre of an agency as they are appointed."""
        values: dict[str, Any] = {
            "kind": "agency_cadre",
            "number": "费导聘〔2025〕1号",
            "expertise": ("civil",),
            "starts_on": date(2025, 1, 1),
            "name": "周民政",
            "post": "费县民政局 科长",
        }
        return MentorGiven(**(values | changes))

    def pairing_given(self, mentor: Mentor, employee: Employee, **changes: Any) -> PairingGiven:
        """An agreement from March 2025 on."""
        values: dict[str, Any] = {
            "number": f"费帮〔2025〕{employee.id}-{mentor.id}号",
            "starts_on": date(2025, 3, 1),
            "wanted": ("civil",),
            "goals": "独立办理低保。",
        }
        return PairingGiven(mentor.id, employee.id, **(values | changes))

    def agree(self, mentor: Mentor, employee: Employee, **changes: Any) -> Pairing:
        """A pairing as the district agrees on it."""
        given = self.pairing_given(mentor, employee, **changes)
        return db.session.get_one(Pairing, agree_pairing(self.district, given))
