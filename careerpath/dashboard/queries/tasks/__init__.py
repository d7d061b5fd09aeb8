"""What waits for an actor, room by room."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from careerpath.access.actor import Actor
from careerpath.core import clock
from careerpath.dashboard.queries.tasks.appraisals import appraisal_tasks, own_tasks
from careerpath.dashboard.queries.tasks.development import development_tasks
from careerpath.dashboard.queries.tasks.files import correction_tasks
from careerpath.dashboard.queries.tasks.honours import honour_tasks
from careerpath.dashboard.queries.tasks.levels import level_tasks
from careerpath.dashboard.queries.tasks.mentoring import mentoring_tasks
from careerpath.dashboard.queries.tasks.months import month_tasks
from careerpath.dashboard.queries.tasks.recruitment import appointment_tasks, review_tasks
from careerpath.dashboard.queries.tasks.rotations import rotation_tasks
from careerpath.dashboard.queries.tasks.selections import nomination_tasks
from careerpath.dashboard.queries.tasks.studies import study_tasks
from careerpath.dashboard.queries.tasks.talent_pool import channel_tasks, pool_tasks, promotion_tasks
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.dashboard.queries.tasks.training import training_tasks

FINDERS: tuple[Callable[[Actor], Iterator[Task]], ...] = (
    own_tasks,
    appraisal_tasks,
    level_tasks,
    month_tasks,
    review_tasks,
    appointment_tasks,
    nomination_tasks,
    development_tasks,
    pool_tasks,
    promotion_tasks,
    channel_tasks,
    honour_tasks,
    mentoring_tasks,
    rotation_tasks,
    training_tasks,
    study_tasks,
    correction_tasks,
)
"""Each finds the tasks of one room, most urgent first."""

__all__ = ["FINDERS", "Task", "tasks"]


def tasks(actor: Actor) -> tuple[Task, ...]:
    """What waits for this actor: what is late first, then by the day on which it is due, then room by room."""
    today = clock.today()
    found = [_marked(task, today) for find in FINDERS for task in find(actor)]
    return tuple(sorted(found, key=lambda task: (not task.late, task.due_on or date.max)))


def _marked(task: Task, today: date) -> Task:
    return replace(task, late=True) if task.due_on is not None and task.due_on < today else task
