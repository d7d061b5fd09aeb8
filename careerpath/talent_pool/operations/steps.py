"""Steps that all files of selections take: one in the right state, the next state with its moment, reasons."""

from sqlalchemy import select

from careerpath.access.actor import Actor
from careerpath.access.guard import session_add
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.steps import check_stage
from careerpath.talent_pool.models import Selection, SelectionState, SelectionStep
from careerpath.talent_pool.queries.selections import near_selection
from careerpath.talent_pool.queries.words import SELECTION_STATES


def selection_in(actor: Actor, selection_id: int, permission: Permission, *states: SelectionState) -> Selection:
    """A selection of the actor's own district, locked until the commit. Raises ``Refused`` in another state.

    Streets and workers meet the selection of the district above them by ``queries.selections.near_selection``.
    """
    selection = fetch(actor, Selection, selection_id, permission, lock=True)
    check_state(selection, *states)
    return selection


def shared_selection(actor: Actor, selection_id: int, permission: Permission, *states: SelectionState) -> Selection:
    """A selection that the actor meets, held together with others until the commit.

    Whoever moves the selection on waits for those who nominate and review, and they for the moving on.
    """
    near_selection(actor, selection_id, permission)
    query = select(Selection).where(Selection.id == selection_id).with_for_update(read=True)
    selection = db.session.scalars(query).one()
    check_state(selection, *states)
    return selection


def check_state(selection: Selection, *states: SelectionState) -> None:
    """Refuse what may not be done to a selection where it stands."""
    check_stage(selection.name, selection.state, SELECTION_STATES, states)


def move_on(actor: Actor, selection: Selection, state: SelectionState, note: str = "") -> None:
    """Let a selection reach a state, and keep when and by whom."""
    selection.state = state
    session_add(
        SelectionStep(selection_id=selection.id, state=state, at=clock.now(), by=actor.display_name, note=note[:200])
    )
