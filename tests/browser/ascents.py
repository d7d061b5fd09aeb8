"""What the walk of promotions arranges behind the browser: who is a reserve, and a notice that runs out."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from careerpath.access.models import Unit, User
from careerpath.access.session import actor_named
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee, Posting
from careerpath.employees.queries.serving import held_on
from careerpath.talent_pool.models import PoolEntry, Promotion, SelectionEntrant
from careerpath.talent_pool.operations.pool import PoolEntryGiven, enter_pool
from tests.browser.office import Office


@dataclass(frozen=True, slots=True)
class Climber:
    """A worker of the street who is to be promoted."""

    employee_id: int
    name: str
    number: str
    community: str


def climbers(office: Office) -> tuple[Climber, Climber]:
    """Two workers of the street of the demo's account whom no other walk has taken."""
    with office.app.app_context():
        street = actor_named("street")
        assert street is not None
        path = street.grants[0].path
        taken = select(PoolEntry.employee_id).union(select(SelectionEntrant.employee_id), select(Promotion.employee_id))
        named = select(User.id).where(User.name == "worker")
        query = (
            select(Employee.id, Employee.name, Employee.number, Unit.short_name)
            .join(Unit, Unit.id == Employee.unit_id)
            .join(Posting, (Posting.employee_id == Employee.id) & Posting.main.is_(True))
            .where(
                *held_on(clock.today()),
                Unit.path.startswith(path),
                Posting.post == "staff",
                Employee.left_on.is_(None),
                Employee.id.not_in(taken),
                Employee.user_id.not_in(named),
            )
            .order_by(Employee.number)
        )
        first, second = (Climber(*row) for row in db.session.execute(query.limit(2)))
    return first, second


def make_reserve(office: Office, climber: Climber) -> int:
    """Take somebody into the pool as a secretary's reserve of their community; gives the entry."""
    with office.app.app_context():
        district = actor_named("district")
        assert district is not None
        unit_id = db.session.get_one(Employee, climber.employee_id).unit_id
        given = PoolEntryGiven(climber.employee_id, unit_id, "secretary", clock.today() - timedelta(days=30))
        return enter_pool(district, given)


def notice_runs_out(office: Office, promotion_id: int) -> None:
    """Let the days of a public notice be over."""
    today = clock.today()
    with office.app.app_context():
        of_it = update(Promotion).where(Promotion.id == promotion_id)
        days = {"notice_starts_on": today - timedelta(days=8), "notice_ends_on": today - timedelta(days=1)}
        db.session.execute(of_it.values(**days))
        db.session.commit()
