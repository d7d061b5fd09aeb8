"""The selections for the reserve pool that a sheet may be about."""

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import near
from careerpath.core.db import db
from careerpath.talent_pool.models import Selection, SelectionState
from careerpath.words import Refused, msg

MOST_OFFERED = 100
"""Older selections are reached from their own pages."""


def offered_selections(actor: Actor, permission: Permission) -> list[tuple[int, str]]:
    """Id and name of the selections that the actor meets, newest first."""
    query = (
        select(Selection.id, Selection.name)
        .where(near(actor, Selection.unit_id, permission), Selection.state != SelectionState.CANCELLED)
        .order_by(Selection.id.desc())
        .limit(MOST_OFFERED)
    )
    return [(selection_id, name) for selection_id, name in db.session.execute(query)]


def selection_named(actor: Actor, text: str, permission: Permission) -> Selection:
    """The one selection of this name, or of this number, that the actor meets. Raises ``Refused``."""
    met = select(Selection).where(near(actor, Selection.unit_id, permission))
    found = db.session.scalars(met.where(Selection.name == text.strip())).all()
    if not found and text.strip().isdecimal():
        found = db.session.scalars(met.where(Selection.id == int(text))).all()
    if len(found) > 1:
        numbers = "、".join(str(one.id) for one in found)
        message = msg("有几次竞岗叫“%(name)s”，请填编号：%(numbers)s。", name=text, numbers=numbers)
        raise Refused(message, field="selection")
    if not found:
        raise Refused(msg("没有竞岗“%(name)s”，或者它不在您的管辖范围内。请核对名称。", name=text), field="selection")
    return found[0]
