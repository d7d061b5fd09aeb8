"""The targeted recruitments into institution posts that a sheet may be about."""

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import near
from careerpath.core.db import db
from careerpath.spreadsheets.queries.selections import MOST_OFFERED
from careerpath.talent_pool.models import ChannelRound, ChannelState
from careerpath.words import Refused, msg


def offered_channels(actor: Actor, permission: Permission) -> list[tuple[int, str]]:
    """Id and name of those that the actor meets, newest first."""
    query = (
        select(ChannelRound.id, ChannelRound.name)
        .where(near(actor, ChannelRound.unit_id, permission), ChannelRound.state != ChannelState.CANCELLED)
        .order_by(ChannelRound.id.desc())
        .limit(MOST_OFFERED)
    )
    return [(channel_id, name) for channel_id, name in db.session.execute(query)]


def channel_named(actor: Actor, text: str, permission: Permission) -> ChannelRound:
    """The one of this name, or of this number, that the actor meets. Raises ``Refused``."""
    met = select(ChannelRound).where(near(actor, ChannelRound.unit_id, permission))
    found = db.session.scalars(met.where(ChannelRound.name == text.strip())).all()
    if not found and text.strip().isdecimal():
        found = db.session.scalars(met.where(ChannelRound.id == int(text))).all()
    if len(found) > 1:
        numbers = "、".join(str(one.id) for one in found)
        message = msg("有几次定向招聘叫“%(name)s”，请填编号：%(numbers)s。", name=text, numbers=numbers)
        raise Refused(message, field="channel")
    if not found:
        raise Refused(msg("没有定向招聘“%(name)s”，或者它不在您的管辖范围内。请核对名称。", name=text), field="channel")
    return found[0]
