"""What waits of the people of the pool, for the start page: proposals, reviews, tasks of reserves."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core.db import db
from careerpath.talent_pool.models import DevelopmentTask, PoolEntry, PoolProposal, ProposalState, Proposed
from careerpath.talent_pool.queries.pool import review_due_by
from careerpath.talent_pool.queries.rules import rules_or_none


@dataclass(frozen=True, slots=True)
class PoolDue:
    """How many wait for what; zero for what is not the actor's to do."""

    entries: int
    """Proposals to take somebody in, and below to let somebody go, which the actor decides."""
    exits: int
    reviews: int
    """Reserves of the units whose reviews the actor keeps, to be reviewed by the day."""
    late_tasks: int
    """Tasks of their reserves that should have been done before the day."""


def pool_due(actor: Actor, on: date) -> PoolDue:
    """Everything of the pool that waits for an actor on a day. One statement, and one for the rules in force."""
    edition = rules_or_none(on) if actor.has(Permission.POOL_NOMINATE) else None
    kept = (within(actor, PoolEntry.unit_id, Permission.POOL_NOMINATE), PoolEntry.left_on.is_(None))
    late = (
        select(func.count())
        .select_from(DevelopmentTask)
        .join(PoolEntry, PoolEntry.id == DevelopmentTask.entry_id)
        .where(*kept, DevelopmentTask.done_on.is_(None), DevelopmentTask.due_on < on)
    )
    reviews = select(func.count()).select_from(PoolEntry).where(*kept, review_due_by(edition, on))
    asked = (_proposed(actor, Proposed.ENTRY), _proposed(actor, Proposed.EXIT), reviews, late)
    return PoolDue(*db.session.execute(select(*(one.scalar_subquery() for one in asked))).one())


def _proposed(actor: Actor, proposed: Proposed) -> Any:
    return (
        select(func.count())
        .select_from(PoolProposal)
        .where(
            within(actor, PoolProposal.unit_id, Permission.POOL_DECIDE),
            PoolProposal.state == ProposalState.OPEN,
            PoolProposal.proposed == proposed,
        )
    )
