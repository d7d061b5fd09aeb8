"""What the walk of a selection arranges behind the browser: who takes part, and days that pass."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update

from careerpath.access.models import RoleGrant, Unit, User
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.talent_pool.models import PoolEntry, Selection, SelectionEntrant
from tests.browser.office import Office


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two workers of one community, and the account of their street office."""

    community: str
    unit_id: int
    own_account: str
    own_name: str
    colleague_number: str
    colleague_name: str
    clerk: str


def neighbours(office: Office) -> Neighbours:
    """Two people in service of one community who are in no pool and no selection; the first has an account."""
    with office.app.app_context():
        taken = select(PoolEntry.employee_id).union(select(SelectionEntrant.employee_id))
        free = (
            select(Employee.id, Employee.unit_id)
            .join(User, User.id == Employee.user_id)
            .where(Employee.left_on.is_(None), Employee.id.not_in(taken), User.password_hash == "")
        ).subquery()
        pairs = select(free.c.unit_id).group_by(free.c.unit_id).having(func.count() > 1).order_by(free.c.unit_id.desc())
        unit = db.session.get_one(Unit, db.session.scalars(pairs).first())
        people = select(Employee, User.name).join(User, User.id == Employee.user_id)
        wanted = select(free.c.id).where(free.c.unit_id == unit.id)
        (own, account), (colleague, _) = db.session.execute(people.where(Employee.id.in_(wanted)).limit(2)).all()
        over = (
            select(User.name)
            .join(RoleGrant, RoleGrant.user_id == User.id)
            .where(RoleGrant.role == Role.STREET_HR, RoleGrant.unit_id == unit.parent_id)
            .order_by(User.name.desc())
        )
        clerk = db.session.scalars(over).first()
        assert clerk is not None
        found = Neighbours(unit.short_name, unit.id, account, own.name, colleague.number, colleague.name, clerk)
    office.hand_out(found.own_account)
    office.hand_out(found.clerk)
    return found


def entrant_named(office: Office, selection_id: int, name: str) -> int:
    """The id of an entrant of a selection by name."""
    with office.app.app_context():
        query = (
            select(SelectionEntrant.id)
            .join(Employee, Employee.id == SelectionEntrant.employee_id)
            .where(SelectionEntrant.selection_id == selection_id, Employee.name == name)
        )
        return db.session.scalars(query).one()


def days_pass(office: Office, selection_id: int) -> None:
    """Let the days of a selection be over: nominations closed, stages held, the public notice run out."""
    yesterday = clock.today() - timedelta(days=1)
    with office.app.app_context():
        of_it = update(Selection).where(Selection.id == selection_id)
        db.session.execute(of_it.values(closes_on=yesterday, held_on=yesterday))
        db.session.execute(of_it.where(Selection.notice_ends_on.is_not(None)).values(notice_ends_on=yesterday))
        db.session.commit()
