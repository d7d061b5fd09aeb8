"""What the walks of recruitment arrange behind the browser: days that pass."""

from datetime import timedelta

from sqlalchemy import select, update

from careerpath.access.models import RoleGrant, Unit, User
from careerpath.access.permissions import Role
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.recruitment.models import ListLine, RecruitmentBatch, RecruitmentPosition
from tests.browser.office import Office

ZHU = "祝清和"
"""The candidate of the walk."""


def bring_forward(office: Office, name: str) -> None:
    """Let the days of a batch be over: applications closed, exam and interview held, the public notice run out."""
    yesterday = clock.today() - timedelta(days=1)
    with office.app.app_context():
        batch_id = db.session.scalars(select(RecruitmentBatch.id).where(RecruitmentBatch.name == name)).one()
        days = {"closes_on": yesterday, "written_on": yesterday, "interview_on": yesterday}
        db.session.execute(update(RecruitmentBatch).where(RecruitmentBatch.id == batch_id).values(**days))
        for model in (ListLine,):
            db.session.execute(
                update(model)
                .where(model.batch_id == batch_id, model.notice_ends_on.is_not(None))
                .values(notice_ends_on=yesterday)
            )
        db.session.execute(
            update(RecruitmentBatch)
            .where(RecruitmentBatch.id == batch_id, RecruitmentBatch.notice_ends_on.is_not(None))
            .values(notice_ends_on=yesterday)
        )
        db.session.commit()


def clerk_over(office: Office, batch_id: int) -> str:
    """The account of the street office that a batch's community belongs to, with the demo's password."""
    with office.app.app_context():
        place = (
            select(Unit.path)
            .join(RecruitmentPosition, RecruitmentPosition.unit_id == Unit.id)
            .where(RecruitmentPosition.batch_id == batch_id)
        )
        path = db.session.scalars(place).one()
        over = select(User.name).join(RoleGrant, RoleGrant.user_id == User.id).join(Unit, Unit.id == RoleGrant.unit_id)
        query = over.where(
            RoleGrant.role == Role.STREET_HR, Unit.id.in_([int(part) for part in path.split("/") if part])
        )
        name = db.session.scalars(query.order_by(User.name.desc())).first()
    assert name is not None
    return office.hand_out(name)
