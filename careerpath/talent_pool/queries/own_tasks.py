"""What a reserve is to do next, for their own start page."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.employees.models import Employee
from careerpath.talent_pool.models import DevelopmentTask, PoolEntry

AHEAD = timedelta(days=30)
"""How long before its day a task is brought to mind."""


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A development task that is not done and due soon, or late."""

    text: str
    due_on: date
    late: bool


def own_tasks_due(actor: Actor) -> list[OwnTask]:
    """The actor's own tasks in the pool that are late or due within ``AHEAD``, by day. One query."""
    if actor.user_id is None or not actor.has(Permission.OWN_FILE_VIEW):
        return []
    today = clock.today()
    query = (
        select(DevelopmentTask.text, DevelopmentTask.due_on)
        .join(PoolEntry, PoolEntry.id == DevelopmentTask.entry_id)
        .join(Employee, Employee.id == PoolEntry.employee_id)
        .where(
            Employee.user_id == actor.user_id,
            or_(PoolEntry.left_on.is_(None), PoolEntry.left_on >= today),
            DevelopmentTask.done_on.is_(None),
            DevelopmentTask.due_on <= today + AHEAD,
        )
        .order_by(DevelopmentTask.due_on, DevelopmentTask.id)
    )
    return [OwnTask(text, due_on, due_on < today) for text, due_on in db.session.execute(query)]
