"""Where people serve, as lists and forms print it: street, community and title."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select

from careerpath.access.models import Unit
from careerpath.access.queries.units import ids_of
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.serving import main_posting_on
from careerpath.policy.codes import UnitKind

ABOVE_STREETS = frozenset({UnitKind.CITY, UnitKind.DISTRICT})


@dataclass(frozen=True, slots=True)
class Home:
    """The home unit of somebody with the title of the main post on a day; the title is empty without one."""

    unit_id: int
    unit_path: str
    place: str
    """费城街道 东关社区."""
    title: str
    in_service: bool

    @property
    def name(self) -> str:
        """费城街道 东关社区 社区党组织书记."""
        return f"{self.place} {self.title}".strip()[:120]


def homes_of(employee_ids: Iterable[int], on: date) -> dict[int, Home]:
    """The homes of some people by their ids, whoever asks. Two queries."""
    query = (
        select(Employee.id, Employee.left_on, Unit.id, Unit.path, Posting.title)
        .join(Unit, Unit.id == Employee.unit_id)
        .outerjoin(Posting, and_(*main_posting_on(on)))
        .where(Employee.id.in_(sorted(set(employee_ids))))
    )
    rows = db.session.execute(query).all()
    places = place_names(row[3] for row in rows)
    return {
        employee_id: Home(unit_id, path, places[path], title or "", left_on is None or left_on >= on)
        for employee_id, left_on, unit_id, path, title in rows
    }


def home_names(employee_ids: Iterable[int]) -> dict[int, str]:
    """The unit and the title of today's main posting of some people, by id: two queries.

    Who holds no posting today, before the first day or after the last, is named by the home unit alone.
    """
    return {number: home.name for number, home in homes_of(employee_ids, clock.today()).items()}


def place_names(paths: Iterable[str]) -> dict[str, str]:
    """The names of units from the street down, by path: 费城街道 东关社区. One query."""
    wanted = set(paths)
    query = select(Unit.id, Unit.short_name, Unit.kind).where(
        Unit.id.in_({one for path in wanted for one in ids_of(path)})
    )
    units = {unit_id: (name, kind) for unit_id, name, kind in db.session.execute(query)}
    return {
        path: " ".join(units[one][0] for one in ids_of(path) if one in units and units[one][1] not in ABOVE_STREETS)
        for path in wanted
    }
