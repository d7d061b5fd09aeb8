"""An appraisal year of a small district, opened through the operation."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Role
from careerpath.appraisals.models import Appraisal, AppraisalYear, StreetAppraisal
from careerpath.appraisals.operations.street import RowEntry, fill_row
from careerpath.appraisals.operations.years import NewYear, open_year
from careerpath.appraisals.queries.editions import edition_by_key
from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.employees.models import Employee
from careerpath.policy.appraisal_steps import State
from careerpath.policy.edition import to_plain
from tests.factories.access import Town, make_actor
from tests.factories.employees import make_employee

GOOD: dict[str, Decimal | str | None] = {
    "scores.tasks": Decimal("38"),
    "scores.integrity": Decimal("20"),
    "scores.training": Decimal("14"),
}
"""Points that give 97.00 with a satisfaction of 100 per cent, 88.25 with 65 per cent."""


class Year:
    """A district of two streets with an open year: ``people`` in the own street, one elsewhere."""

    def __init__(self, people: int = 5, **changes: object) -> None:
        self.town = Town()
        self.hr = make_actor(Role.DISTRICT_HR, self.town.district)
        self.clerk = make_actor(Role.STREET_HR, self.town.street)
        self.stranger = make_actor(Role.STREET_HR, self.town.other_street)
        self.employees = [make_employee(None, self.town.community, **changes) for _ in range(people)]
        self.elsewhere = make_employee(None, self.town.foreign)
        self.id = open_year(self.hr, new_year(self.town.district))

    @property
    def records(self) -> list[Appraisal]:
        """The own street's records in roster order."""
        query = select(Appraisal).where(Appraisal.street_appraisal_id == self.street.id)
        return list(db.session.scalars(query.order_by(Appraisal.roster_order)))

    @property
    def street(self) -> StreetAppraisal:
        """The own street's part."""
        return self.part(self.town.street)

    def part(self, unit: Unit) -> StreetAppraisal:
        """A street's part."""
        return db.session.scalars(select(StreetAppraisal).where(StreetAppraisal.unit_id == unit.id)).one()

    def record_of(self, employee: Employee) -> Appraisal:
        """A person's record."""
        return db.session.scalars(select(Appraisal).where(Appraisal.employee_id == employee.id)).one()

    def fill(self, record: Appraisal, grade: str = "2", satisfaction: str = "90", actor: Actor | None = None) -> int:
        """Fill a row so that it can be submitted."""
        cells = {**GOOD, "satisfaction": Decimal(satisfaction), "grade": grade, "opinion": "同意。"}
        return fill_row(actor or self.clerk, record.id, RowEntry(record.version, cells))


def new_year(district: Unit, year: int = 2025, **changes: object) -> NewYear:
    """The opening of a year with the demo's edition."""
    given: dict[str, object] = {
        "unit_id": district.id,
        "year": year,
        "edition": "feixian-2022",
        "reference_on": date(year, 12, 1),
        "self_summary_due_on": date(year, 12, 10),
        "community_due_on": date(year, 12, 15),
        "street_due_on": date(year, 12, 20),
        "district_due_on": date(year + 1, 1, 15),
    }
    return NewYear(**(given | changes))  # type: ignore[arg-type]


def make_decided_year(district: Unit, street: Unit, year: int, grades: Mapping[int, str]) -> None:
    """Decided appraisals of a year by the id of the person, as an office brings them over from its papers."""
    with writing() as session:
        whole = AppraisalYear(
            unit_id=district.id,
            year=year,
            edition=to_plain(edition_by_key("feixian-2022")),
            reference_on=date(year, 12, 1),
            self_summary_due_on=date(year, 12, 10),
            community_due_on=date(year, 12, 15),
            street_due_on=date(year, 12, 20),
            district_due_on=date(year + 1, 1, 15),
            opened_at=clock.now(),
            closed_at=clock.now(),
        )
        session.add(whole)
        session.flush()
        part = StreetAppraisal(year_id=whole.id, unit_id=street.id)
        session.add(part)
        session.flush()
        for employee_id, grade in grades.items():
            unit_id = session.get_one(Employee, employee_id).unit_id
            record = Appraisal(
                year_id=whole.id,
                street_appraisal_id=part.id,
                employee_id=employee_id,
                unit_id=unit_id,
                post="staff",
                title="社区工作者",
                facts={},
                state=State.DECIDED,
                grade=grade,
            )
            session.add(record)
