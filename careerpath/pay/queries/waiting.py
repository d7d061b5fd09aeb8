"""What of the rounds waits for somebody: for the start page and for a new round."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select

from careerpath.access.actor import Actor
from careerpath.access.models import STREET_KINDS, Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.pay.models import PlacementProposal, PlacementRound, ProposalState

SEASON = frozenset({11, 12, 1})
"""Months in which streets look at the steps of the first of January."""


@dataclass(slots=True)
class WaitingRound:
    """An open round with its people by what is to be done."""

    id: int
    unit_name: str
    on: date
    proposed: int = 0
    returned: int = 0
    submitted: int = 0


def waiting_rounds(actor: Actor) -> list[WaitingRound]:
    """The open rounds that the actor may see, oldest first: one query."""
    one = PlacementProposal
    rows = db.session.execute(
        select(PlacementRound.id, Unit.short_name, PlacementRound.on, one.state, func.count(one.employee_id.distinct()))
        .join(Unit, Unit.id == PlacementRound.unit_id)
        .outerjoin(one, one.round_id == PlacementRound.id)
        .where(PlacementRound.closed_at.is_(None), within(actor, PlacementRound.unit_id, Permission.PAY_VIEW))
        .group_by(PlacementRound.id, Unit.short_name, PlacementRound.on, one.state)
        .order_by(PlacementRound.id)
    )
    found: dict[int, WaitingRound] = {}
    for round_id, unit_name, on, state, people in rows:
        line = found.setdefault(round_id, WaitingRound(round_id, unit_name, on))
        if state is ProposalState.PROPOSED:
            line.proposed = people
        elif state is ProposalState.RETURNED:
            line.returned = people
        elif state is ProposalState.SUBMITTED:
            line.submitted = people
    return list(found.values())


def streets_without_round(
    actor: Actor, day: date, most: int, permission: Permission = Permission.PAY_PROPOSE
) -> list[str]:
    """Streets of the actor that have looked at no levels of a day or later: one query."""
    looked = exists().where(
        PlacementRound.unit_id == Unit.id, PlacementRound.on >= day, PlacementRound.newcomers.is_(False)
    )
    query = select(Unit.short_name).where(
        Unit.kind.in_(STREET_KINDS), Unit.ends_on.is_(None), within(actor, Unit.id, permission), ~looked
    )
    return list(db.session.scalars(query.order_by(Unit.path).limit(most)))


def is_season() -> bool:
    """Whether streets look at the steps of the first of January just now."""
    return clock.today().month in SEASON


def usual_day() -> date:
    """The day that a round usually looks at: the next 1 January in the last quarter, that of the year in January."""
    today = clock.today()
    if today.month > 9:
        return date(today.year + 1, 1, 1)
    return today.replace(day=1) if today.month == 1 else today
