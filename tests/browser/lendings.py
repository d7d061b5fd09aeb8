"""What the walk of a rotation arranges behind the browser: who is sent, and the account of their street office."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from careerpath.access.models import RoleGrant, Unit, User
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.rotations.models import Rotation
from tests.browser.office import Office


@dataclass(frozen=True, slots=True)
class Lent:
    """Somebody who has been nowhere yet, with their account and that of the street office."""

    account: str
    number: str
    name: str
    unit_id: int
    clerk: str


def lent(office: Office) -> Lent:
    """Somebody in service for long enough who was never on a rotation."""
    with office.app.app_context():
        query = (
            select(User.name, Employee.number, Employee.name, Employee.unit_id, Unit.parent_id)
            .join(Employee, Employee.user_id == User.id)
            .join(Unit, Unit.id == Employee.unit_id)
            .where(
                Employee.left_on.is_(None),
                Employee.joined_community_on < clock.today() - timedelta(days=400),
                User.password_hash == "",
                Employee.id.not_in(select(Rotation.employee_id).where(Rotation.employee_id.is_not(None))),
            )
            .order_by(Employee.id.desc())
        )
        account, number, name, unit_id, street_id = db.session.execute(query.limit(1)).one()
        over = (
            select(User.name)
            .join(RoleGrant, RoleGrant.user_id == User.id)
            .where(RoleGrant.role == Role.STREET_HR, RoleGrant.unit_id == street_id)
            .order_by(User.name.desc())
        )
        clerk = db.session.scalars(over).first()
        assert clerk is not None
    for one in (account, clerk):
        office.hand_out(one)
    return Lent(account, number, name, unit_id, clerk)
