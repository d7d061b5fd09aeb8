"""What of nominations waits for an office or a worker: for the start page."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, select

from careerpath.access.actor import Actor
from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import near, within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.talent_pool.models import EntrantState, Selection, SelectionEntrant, SelectionPlaces, SelectionState

SOON = timedelta(days=3)
"""How long before their last day nominations are called urgent."""


@dataclass(frozen=True, slots=True)
class DueSelection:
    """A selection that takes nominations, with who waits for a review."""

    id: int
    name: str
    unit_name: str
    closes_on: date
    waiting: int
    entered: int
    """Nominations of the actor's units that stand."""

    @property
    def over(self) -> bool:
        """Whether the last day of nominations is past."""
        return clock.today() > self.closes_on

    @property
    def soon(self) -> bool:
        """Whether it is near."""
        return not self.over and self.closes_on - clock.today() <= SOON


def reviews_due(actor: Actor) -> list[DueSelection]:
    """Selections of the actor's district that take nominations or wait for their closing, oldest first. One query."""
    return _due(actor, Permission.POOL_DECIDE, within(actor, Selection.unit_id, Permission.POOL_DECIDE))


def nominations_due(actor: Actor) -> list[DueSelection]:
    """Selections that an office may still bring people forward for, where its units have places. One query."""
    places = exists().where(
        SelectionPlaces.selection_id == Selection.id,
        within(actor, SelectionPlaces.unit_id, Permission.POOL_NOMINATE),
    )
    open_now = Selection.closes_on >= clock.today()
    wanted = and_(near(actor, Selection.unit_id, Permission.POOL_NOMINATE), places, open_now)
    return _due(actor, Permission.POOL_NOMINATE, wanted)


def open_for_oneself(actor: Actor) -> list[DueSelection]:
    """Selections in which a worker may put themselves or a colleague forward today. One query."""
    open_now = Selection.closes_on >= clock.today()
    return _due(actor, Permission.OWN_NOMINATE, and_(near(actor, Selection.unit_id, Permission.OWN_NOMINATE), open_now))


def _due(actor: Actor, permission: Permission, wanted: ColumnElement[bool]) -> list[DueSelection]:
    entrant = SelectionEntrant
    mine = and_(entrant.selection_id == Selection.id, within(actor, entrant.unit_id, permission))
    query = (
        select(
            Selection.id,
            Selection.name,
            Unit.short_name,
            Selection.closes_on,
            func.count(entrant.id).filter(entrant.state == EntrantState.NOMINATED),
            func.count(entrant.id).filter(entrant.state != EntrantState.WITHDRAWN),
        )
        .join(Unit, Unit.id == Selection.unit_id)
        .outerjoin(entrant, mine)
        .where(Selection.state == SelectionState.NOMINATION, wanted)
        .group_by(Selection.id, Selection.name, Unit.short_name, Selection.closes_on)
        .order_by(Selection.closes_on, Selection.id)
    )
    return [DueSelection(*row) for row in db.session.execute(query)]
