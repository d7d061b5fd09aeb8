"""The recruitment batches that a sheet may be about."""

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.recruitment.models import BatchState, RecruitmentBatch
from careerpath.recruitment.queries.nearby import near
from careerpath.words import Refused, msg

MOST_OFFERED = 100
"""Older batches are reached from their own pages."""


def offered_batches(actor: Actor, permission: Permission) -> list[tuple[int, str]]:
    """Id and name of the batches that the actor meets, newest first."""
    query = (
        select(RecruitmentBatch.id, RecruitmentBatch.name)
        .where(near(actor, permission), RecruitmentBatch.state != BatchState.CANCELLED)
        .order_by(RecruitmentBatch.id.desc())
        .limit(MOST_OFFERED)
    )
    return [(batch_id, name) for batch_id, name in db.session.execute(query)]


def batch_named(actor: Actor, text: str, permission: Permission) -> RecruitmentBatch:
    """The one batch of this name, or of this number, that the actor meets. Raises ``Refused``."""
    met = select(RecruitmentBatch).where(near(actor, permission))
    found = db.session.scalars(met.where(RecruitmentBatch.name == text.strip())).all()
    if not found and text.strip().isdecimal():
        found = db.session.scalars(met.where(RecruitmentBatch.id == int(text))).all()
    if len(found) > 1:
        numbers = "、".join(str(batch.id) for batch in found)
        message = msg("有几个招聘批次叫“%(name)s”，请填批次号：%(numbers)s。", name=text, numbers=numbers)
        raise Refused(message, field="batch")
    if not found:
        raise Refused(
            msg("没有招聘批次“%(name)s”，或者它不在您的管辖范围内。请核对批次名称。", name=text), field="batch"
        )
    return found[0]
