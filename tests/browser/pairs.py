"""What the walk of a pairing arranges behind the browser: who takes part, and a year that passes."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from careerpath.access.models import RoleGrant, Unit, User
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.mentoring.models import Mentor, MentoringLog, Pairing
from tests.browser.office import Office


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody without a mentor, the account of their street office, and that of their community's secretary."""

    account: str
    employee_id: int
    number: str
    name: str
    clerk: str
    secretary: str


def pair(office: Office) -> Pair:
    """Somebody in service whom nobody mentors, in a community whose secretary has an account."""
    with office.app.app_context():
        own = select(RoleGrant.user_id).where(RoleGrant.role == Role.COMMUNITY_SECRETARY)
        query = (
            select(Employee.id, Employee.number, Employee.name, User.name, Unit.parent_id, RoleGrant.user_id)
            .join(User, User.id == Employee.user_id)
            .join(Unit, Unit.id == Employee.unit_id)
            .join(RoleGrant, (RoleGrant.unit_id == Unit.id) & (RoleGrant.role == Role.COMMUNITY_SECRETARY))
            .where(
                Employee.left_on.is_(None),
                User.password_hash == "",
                User.id.not_in(own),
                Employee.id.not_in(select(Pairing.employee_id)),
                Employee.id.not_in(select(Mentor.employee_id).where(Mentor.employee_id.is_not(None))),
            )
            .order_by(Employee.id)
        )
        employee_id, number, name, account, street_id, secretary_id = db.session.execute(query.limit(1)).one()
        over = (
            select(User.name)
            .join(RoleGrant, RoleGrant.user_id == User.id)
            .where(RoleGrant.role == Role.STREET_HR, RoleGrant.unit_id == street_id)
            .order_by(User.name.desc())
        )
        clerk = db.session.scalars(over).first()
        secretary = db.session.scalar(select(User.name).where(User.id == secretary_id))
        assert clerk is not None
        assert secretary is not None
        found = Pair(account, employee_id, number, name, clerk, secretary)
    for one in (found.account, found.clerk, found.secretary):
        office.hand_out(one)
    return found


def year_passes(office: Office, pairing_id: int) -> None:
    """Let the year of a pairing be over: all its days lie so much earlier that yesterday was the last."""
    yesterday = clock.today() - timedelta(days=1)
    with office.app.app_context():
        pairing = db.session.get_one(Pairing, pairing_id)
        earlier = pairing.ends_on - yesterday
        of_it = update(Pairing).where(Pairing.id == pairing_id)
        db.session.execute(of_it.values(starts_on=pairing.starts_on - earlier, ends_on=yesterday))
        for log in db.session.scalars(select(MentoringLog).where(MentoringLog.pairing_id == pairing_id)).all():
            moved = update(MentoringLog).where(MentoringLog.id == log.id)
            db.session.execute(moved.values(on=log.on - earlier))
        db.session.commit()
