"""A district with a pool: its people in service since 2018, party members of age, and who acts on what day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any

from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.employees.operations.facts import NewEducation
from careerpath.employees.operations.history import add_fact
from careerpath.talent_pool.models import PoolEntry
from careerpath.talent_pool.operations.pool import PoolEntryGiven, enter_pool
from tests.factories.access import Town, make_actor
from tests.factories.appraisals import make_decided_year
from tests.factories.employees import CLERK, make_employee, make_identity

ENTERED = date(2025, 6, 1)


@contextmanager
def day(on: date) -> Iterator[None]:
    """The morning of a day."""
    with clock.Stopped(datetime.combine(on, time(2), UTC)):
        yield


class Pool:
    """A district of two streets with four communities, its clerks, and whoever is registered in it."""

    def __init__(self) -> None:
        self.town = Town()
        self.district = make_actor(Role.DISTRICT_HR, self.town.district)
        self.street = make_actor(Role.STREET_HR, self.town.street)
        self.stranger = make_actor(Role.STREET_HR, self.town.other_street)

    def person(self, unit: Unit | None = None, born: date = date(1990, 4, 12), **changes: Any) -> Employee:
        """A party member with a diploma of 专科, in service since July 2018."""
        given: dict[str, Any] = {"identity": make_identity(born), "political": "01"}
        employee = make_employee(None, unit or self.town.community, **(given | changes))
        add_fact(CLERK, employee.id, NewEducation(level="31"))
        return db.session.get_one(Employee, employee.id)

    def given(self, employee: Employee, unit: Unit | None = None, **changes: Any) -> PoolEntryGiven:
        """How somebody is taken in as the secretary's reserve of a community."""
        values: dict[str, Any] = {"rung": "secretary", "entered_on": ENTERED, "document": "费社工发〔2025〕30号"}
        return PoolEntryGiven(employee.id, (unit or self.town.community).id, **(values | changes))

    def enter(self, employee: Employee, unit: Unit | None = None, **changes: Any) -> PoolEntry:
        """Somebody taken in."""
        return db.session.get_one(PoolEntry, enter_pool(self.district, self.given(employee, unit, **changes)))

    def reserve(self, unit: Unit | None = None, **changes: Any) -> PoolEntry:
        """Somebody who is in the pool."""
        return self.enter(self.person(unit), unit, **changes)

    @staticmethod
    def file_of(entry: PoolEntry) -> Employee:
        """The file of somebody in the pool."""
        return db.session.get_one(Employee, entry.employee_id)

    def appraise(self, *people: Employee, years: tuple[int, ...] = (2023, 2024), grade: str = "2") -> None:
        """Decided appraisals of some people, each year with the same grade."""
        for year in years:
            make_decided_year(self.town.district, self.town.street, year, {one.id: grade for one in people})
