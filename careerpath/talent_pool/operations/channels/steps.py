"""Steps that all files of a channel take: one in the right state, the next state with its moment, a sound reason."""

from careerpath.access.actor import Actor
from careerpath.access.guard import session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.talent_pool.models import ChannelRound, ChannelState, ChannelStep
from careerpath.talent_pool.queries.words import CHANNEL_STATES
from careerpath.words import Refused, msg

LONGEST_REASON = 200


def channel_in(actor: Actor, channel_id: int, permission: Permission, *states: ChannelState) -> ChannelRound:
    """A channel of the actor's units, locked until the commit. Raises ``Refused`` in another state than these."""
    channel = fetch(actor, ChannelRound, channel_id, permission, lock=True)
    check_state(channel, *states)
    return channel


def check_state(channel: ChannelRound, *states: ChannelState) -> None:
    """Refuse what may not be done to a channel where it stands."""
    if channel.state not in states:
        raise Refused(
            msg(
                "“%(name)s”现为“%(state)s”阶段，这项业务只能在“%(wanted)s”阶段办理。",
                name=channel.name,
                state=CHANNEL_STATES[channel.state],
                wanted="、".join(str(CHANNEL_STATES[state]) for state in states),
            )
        )


def move_on(actor: Actor, channel: ChannelRound, state: ChannelState, note: str = "") -> None:
    """Let a channel reach a state, and keep when and by whom."""
    channel.state = state
    session_add(ChannelStep(channel_id=channel.id, state=state, at=clock.now(), by=actor.display_name, note=note[:200]))


def read_reason(text: str, field: str = "reason") -> str:
    """A reason without spaces to spare; refused where it is empty or too long."""
    reason = " ".join(text.split())
    if not reason:
        raise Refused(msg("请写明原因，它会记入办理过程。"), field=field)
    if len(reason) > LONGEST_REASON:
        raise Refused(msg("原因最多 %(most)s 个字，请缩短。", most=LONGEST_REASON), field=field)
    return reason
