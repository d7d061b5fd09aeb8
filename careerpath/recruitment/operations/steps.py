"""Steps that all files of this room take: a batch in the right state, and the next state with its moment."""

from careerpath.access.actor import Actor
from careerpath.access.guard import session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.steps import check_stage
from careerpath.recruitment.models import BatchState, BatchStep, RecruitmentBatch
from careerpath.recruitment.queries.words import BATCH_STATES


def batch_in(actor: Actor, batch_id: int, permission: Permission, *states: BatchState) -> RecruitmentBatch:
    """A batch of the actor's units, locked until the commit. Raises ``Refused`` in another state than these."""
    batch = fetch(actor, RecruitmentBatch, batch_id, permission, lock=True)
    check_state(batch, *states)
    return batch


def check_state(batch: RecruitmentBatch, *states: BatchState) -> None:
    """Refuse what may not be done to a batch where it stands."""
    check_stage(batch.name, batch.state, BATCH_STATES, states)


def move_on(actor: Actor, batch: RecruitmentBatch, state: BatchState, note: str = "") -> None:
    """Let a batch reach a state, and keep when and by whom."""
    batch.state = state
    session_add(BatchStep(batch_id=batch.id, state=state, at=clock.now(), by=actor.display_name, note=note[:200]))
