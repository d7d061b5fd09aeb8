"""The calls for honours that a sheet may be about."""

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import near
from careerpath.core.db import db
from careerpath.honours.models import CallState, HonourCall
from careerpath.spreadsheets.queries.selections import MOST_OFFERED
from careerpath.words import Refused, msg


def offered_calls(actor: Actor, permission: Permission) -> list[tuple[int, str]]:
    """Id and name of those that the actor meets, newest first."""
    query = (
        select(HonourCall.id, HonourCall.name)
        .where(near(actor, HonourCall.unit_id, permission), HonourCall.state != CallState.CANCELLED)
        .order_by(HonourCall.id.desc())
        .limit(MOST_OFFERED)
    )
    return [(call_id, name) for call_id, name in db.session.execute(query)]


def call_named(actor: Actor, text: str, permission: Permission) -> HonourCall:
    """The one of this name, or of this number, that the actor meets. Raises ``Refused``."""
    met = select(HonourCall).where(near(actor, HonourCall.unit_id, permission))
    found = db.session.scalars(met.where(HonourCall.name == text.strip())).all()
    if not found and text.strip().isdecimal():
        found = db.session.scalars(met.where(HonourCall.id == int(text))).all()
    if len(found) > 1:
        numbers = "、".join(str(one.id) for one in found)
        message = msg("有几次评选叫“%(name)s”，请填编号：%(numbers)s。", name=text, numbers=numbers)
        raise Refused(message, field="call")
    if not found:
        raise Refused(msg("没有评选“%(name)s”，或者它不在您的管辖范围内。请核对名称。", name=text), field="call")
    return found[0]
