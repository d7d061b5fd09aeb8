"""Where people serve on a day, as lists and forms of this room name it: street, community and title."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select

from careerpath.access.models import Unit
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.people import street_in, streets_of
from careerpath.employees.queries.serving import main_posting_on


@dataclass(frozen=True, slots=True)
class Home:
    """The home unit of somebody with the title of the main post on a day; the title is empty without one."""

    unit_id: int
    unit_path: str
    street: str
    unit_name: str
    title: str
    in_service: bool

    @property
    def name(self) -> str:
        """费城街道 东关社区 社区党组织书记."""
        return " ".join(part for part in (self.street, self.unit_name, self.title) if part)[:120]


def homes_of(employee_ids: Iterable[int], on: date) -> dict[int, Home]:
    """The homes of some people by their ids, whoever asks. Two queries."""
    query = (
        select(Employee.id, Employee.left_on, Unit.id, Unit.path, Unit.short_name, Posting.title)
        .join(Unit, Unit.id == Employee.unit_id)
        .outerjoin(Posting, and_(*main_posting_on(on)))
        .where(Employee.id.in_(sorted(set(employee_ids))))
    )
    rows = db.session.execute(query).all()
    streets = streets_of(row[3] for row in rows) if rows else {}
    return {
        employee_id: Home(
            unit_id=unit_id,
            unit_path=path,
            street=street_in(path, streets),
            unit_name=short_name,
            title=title or "",
            in_service=left_on is None or left_on >= on,
        )
        for employee_id, left_on, unit_id, path, short_name, title in rows
    }
