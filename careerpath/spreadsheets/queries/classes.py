"""The classes that a sheet may be about."""

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core.db import db
from careerpath.spreadsheets.queries.selections import MOST_OFFERED
from careerpath.training.models import ClassState, TrainingClass
from careerpath.training.queries.reach import met_classes
from careerpath.words import Refused, msg


def offered_classes(actor: Actor, permission: Permission) -> list[tuple[int, str]]:
    """Id and name of those that the actor meets, newest first."""
    query = (
        select(TrainingClass.id, TrainingClass.name)
        .where(met_classes(actor, permission), TrainingClass.state != ClassState.CANCELLED)
        .order_by(TrainingClass.starts_on.desc(), TrainingClass.id.desc())
        .limit(MOST_OFFERED)
    )
    return [(class_id, name) for class_id, name in db.session.execute(query)]


def class_named(actor: Actor, text: str, permission: Permission) -> TrainingClass:
    """The one of this name, or of this number, that the actor meets. Raises ``Refused``."""
    met = select(TrainingClass).where(met_classes(actor, permission))
    found = db.session.scalars(met.where(TrainingClass.name == text.strip())).all()
    if not found and text.strip().isdecimal():
        found = db.session.scalars(met.where(TrainingClass.id == int(text))).all()
    if len(found) > 1:
        numbers = "、".join(str(one.id) for one in found)
        message = msg("有几个培训班叫“%(name)s”，请填编号：%(numbers)s。", name=text, numbers=numbers)
        raise Refused(message, field="training_class")
    if not found:
        message = msg("没有培训班“%(name)s”，或者它不在您的管辖范围内。请核对名称。", name=text)
        raise Refused(message, field="training_class")
    return found[0]
