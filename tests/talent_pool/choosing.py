"""A district with a selection under way: its offices, its days, and people who could stand in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.employees.operations.people import link_account
from careerpath.talent_pool.models import Selection, SelectionEntrant
from careerpath.talent_pool.operations.nominations import NominationGiven, nominate_person
from careerpath.talent_pool.operations.selections import SelectionPlan, announce_selection, plan_selection
from tests.factories.access import Town, make_actor
from tests.factories.employees import CLERK, make_employee, make_identity
from tests.factories.talent_pool import RULES

DOCUMENT = "费社工发〔2025〕21号"


@contextmanager
def day(on: date) -> Iterator[None]:
    """The morning of a day."""
    with clock.Stopped(datetime.combine(on, time(2), UTC)):
        yield


def plan(**changes: Any) -> SelectionPlan:
    """A plan for secretaries' reserves: nominations until 10 December 2025, stages from the 20th."""
    given: dict[str, Any] = {
        "name": "2025年后备人才竞岗",
        "year": 2025,
        "edition_key": RULES,
        "gate": "reserve_secretary",
        "reckoned_on": date(2025, 12, 1),
        "closes_on": date(2025, 12, 10),
        "held_on": date(2025, 12, 20),
    }
    return SelectionPlan(**(given | changes))


class Choosing:
    """Two streets of two communities; the first two communities have a place or two."""

    def __init__(self) -> None:
        self.town = Town()
        self.district = make_actor(Role.DISTRICT_HR, self.town.district)
        self.street = make_actor(Role.STREET_HR, self.town.street)
        self.other_street = make_actor(Role.STREET_HR, self.town.other_street)
        self.places = {self.town.community.id: 2, self.town.foreign.id: 1}

    def planned(self, **changes: Any) -> Selection:
        """A selection that is planned with its places."""
        selection_id = plan_selection(self.district, self.town.district.id, plan(**changes), self.places)
        return db.session.get_one(Selection, selection_id)

    def announced(self, **changes: Any) -> Selection:
        """A selection that takes nominations."""
        selection = self.planned(**changes)
        announce_selection(self.district, selection.id, DOCUMENT, clock.today())
        return db.session.get_one(Selection, selection.id)

    def person(self, unit: Unit | None = None, born: date = date(1990, 4, 12), **changes: Any) -> Employee:
        """A party member of 35 with a diploma of 专科, in service since July 2018; appraisals are not known."""
        given: dict[str, Any] = {"identity": make_identity(born), "political": "01"}
        employee = make_employee(None, unit or self.town.community, **(given | changes))
        with writing():
            db.session.get_one(Employee, employee.id).highest_education = "31"
        return db.session.get_one(Employee, employee.id)

    def worker(self, employee: Employee) -> Actor:
        """The own account of a person."""
        unit = db.session.get_one(Unit, employee.unit_id)
        actor = make_actor(Role.WORKER, unit, f"worker-{employee.id}")
        assert actor.user_id is not None
        link_account(CLERK, employee.id, actor.user_id)
        return actor

    def nominated(self, selection: Selection, employee: Employee | None = None, **changes: Any) -> SelectionEntrant:
        """Somebody whom the street brought forward."""
        person = employee or self.person()
        given: dict[str, Any] = {"nominated_by": "费城街道党工委", "statement": "工作踏实。"}
        entrant_id = nominate_person(
            self.district, selection.id, NominationGiven(employee_id=person.id, **(given | changes))
        )
        return db.session.get_one(SelectionEntrant, entrant_id)
