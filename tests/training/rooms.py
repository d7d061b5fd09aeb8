"""A district, a street and their people, as the tests of courses and classes need them."""

from datetime import date
from decimal import Decimal
from typing import Any

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.people import link_account
from careerpath.policy.training import Tier
from careerpath.training.models import Enrolment, TrainingClass
from careerpath.training.operations.classes import ClassGiven
from careerpath.training.operations.courses import CourseGiven
from tests.factories.access import Town, make_actor
from tests.factories.employees import CLERK, make_employee

FIRST = date(2025, 12, 5)
LAST = date(2025, 12, 6)


class Offices(Town):
    """The town with the clerks of the district and of both streets, and two people of one street, one of the other."""

    def __init__(self) -> None:
        super().__init__()
        self.hr = make_actor(Role.DISTRICT_HR, self.district, "district")
        self.clerk = make_actor(Role.STREET_HR, self.street, "street")
        self.other_clerk = make_actor(Role.STREET_HR, self.other_street, "other-street")
        self.first = make_employee(None, self.community)
        self.second = make_employee(None, self.neighbour)
        self.third = make_employee(None, self.foreign)

    def worker(self, employee: Employee) -> Actor:
        """The account of a person."""
        unit = self.community if employee.unit_id == self.community.id else self.foreign
        actor = make_actor(Role.WORKER, unit, f"worker-{employee.id}")
        assert actor.user_id is not None
        link_account(CLERK, employee.id, actor.user_id)
        return actor


def a_course(**changes: Any) -> CourseGiven:
    """A course of the district for secretaries."""
    given: dict[str, Any] = {
        "name": "社区书记能力提升",
        "tier": Tier.DISTRICT,
        "hours": Decimal(16),
        "days": Decimal(2),
    }
    return CourseGiven(**(given | changes))


def a_class(course_id: int, **changes: Any) -> ClassGiven:
    """A class on 5 and 6 December 2025."""
    given: dict[str, Any] = {"name": "2025年第3期社区书记培训班", "starts_on": FIRST, "ends_on": LAST}
    return ClassGiven(course_id=course_id, **(given | changes))


def place_of(held: TrainingClass, employee: Employee) -> Enrolment:
    """Somebody's place in a class, as it stands now."""
    return db.session.query(Enrolment).filter_by(class_id=held.id, employee_id=employee.id).one()
