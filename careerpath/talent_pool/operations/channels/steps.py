"""Steps that all files of a channel take: one in the right state, the next state with its moment, a sound reason."""

from careerpath.access.actor import Actor
from careerpath.access.guard import session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.steps import check_stage
from careerpath.talent_pool.models import ChannelRound, ChannelState, ChannelStep
from careerpath.talent_pool.queries.words import CHANNEL_STATES


def channel_in(actor: Actor, channel_id: int, permission: Permission, *states: ChannelState) -> ChannelRound:
    """A channel of the actor's units, locked until the commit. Raises ``Refused`` in another state than these."""
    channel = fetch(actor, ChannelRound, channel_id, permission, lock=True)
    check_state(channel, *states)
    return channel


def check_state(channel: ChannelRound, *states: ChannelState) -> None:
    """Refuse what may not be done to a channel where it stands."""
    check_stage(channel.name, channel.state, CHANNEL_STATES, states)


def move_on(actor: Actor, channel: ChannelRound, state: ChannelState, note: str = "") -> None:
    """Let a channel reach a state, and keep when and by whom."""
    channel.state = state
    session_add(ChannelStep(channel_id=channel.id, state=state, at=clock.now(), by=actor.display_name, note=note[:200]))
