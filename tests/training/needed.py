"""A district under the training rules of 费县: a secretary, a worker and an entrant of 2025, and classes of 2025."""

from datetime import date
from decimal import Decimal

from careerpath.access.actor import Actor
from careerpath.access.permissions import Role
from careerpath.employees.models import Employee
from careerpath.policy.training import Tier
from careerpath.training.models import ClassState, EnrolmentState
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_employee
from tests.factories.training import make_class, make_course, make_enrolment

TODAY = date(2025, 12, 5)


class Needed:
    """Actors of each role and three people of a community."""

    def __init__(self) -> None:
        self.town = Town()
        self.district = make_actor(Role.DISTRICT_HR, self.town.district)
        self.street = make_actor(Role.STREET_HR, self.town.street)
        self.secretary = make_employee(None, self.town.community, name="陈静", post="chief")
        self.worker = make_employee(None, self.town.community, name="林涛")
        self.entrant = make_employee(None, self.town.neighbour, name="赵敏", joined_community_on=date(2025, 1, 10))

    def other_street(self) -> Actor:
        """The clerk of the street next door."""
        return make_actor(Role.STREET_HR, self.town.other_street)

    def attend(
        self,
        employee: Employee,
        days: str,
        tier: Tier = Tier.DISTRICT,
        on: date = date(2025, 6, 2),
    ) -> None:
        """Somebody took part in a class that ended on a day."""
        holder = self.town.street if tier is Tier.STREET else self.town.district
        course = make_course(holder, tier, days=Decimal(days), hours=Decimal(days) * 8)
        held = make_class(course, ClassState.CLOSED, starts_on=on, ends_on=on, closed_on=on)
        make_enrolment(held, employee, state=EnrolmentState.ATTENDED)
