"""What has been made so far: units, accounts and files, and who acts for whom."""

from dataclasses import dataclass, field

from sqlalchemy import select

from careerpath.access.actor import Actor, Grant
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.core.db import db
from careerpath.demo.people import Person, Town

EVERYBODY = Actor(None, "demo", "演示数据", (Grant(Role.WORKER, ""),))
"""In whose name the trail keeps what many people did at once; each of them acts inside for themselves."""


@dataclass(slots=True)
class Office:
    """The plan and what it has become: ids by unit code and by person, actors by street and by person."""

    town: Town
    units: dict[str, int] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    files: dict[int, int] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    """By the id of their file."""
    own: dict[int, Actor] = field(default_factory=dict)
    """The actors of people, by the key of the plan."""
    clerks: dict[str, Actor] = field(default_factory=dict)
    """The actors of the street offices, by the code of the street."""
    staff: dict[str, Actor] = field(default_factory=dict)
    """The actors of the accounts ``system``, ``security`` and ``district``."""

    def learn_units(self) -> None:
        """Read ids and paths of all units."""
        for row in db.session.execute(select(Unit.code, Unit.id, Unit.path)):
            self.units[row.code], self.paths[row.code] = row.id, row.path

    def learn_files(self, people: list[Person], ids: list[int]) -> None:
        """Keep which file belongs to whom."""
        for person, employee_id in zip(people, ids, strict=True):
            self.files[person.key] = employee_id
            self.people[employee_id] = person
