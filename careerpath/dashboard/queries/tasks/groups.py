"""Tasks under headings: what cannot wait, what has its day, and the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from careerpath.dashboard.queries.tasks.task import Task
from careerpath.words import Message, msg

TITLES = (msg("急办"), msg("限期办理"), msg("其他待办"))
"""The headings in their order: late or due today; due on a day; without a day."""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks of one urgency, in the order in which they came."""

    title: Message
    tasks: tuple[Task, ...]


def grouped(tasks: Iterable[Task], today: date) -> tuple[TaskGroup, ...]:
    """The tasks under their headings; a heading without tasks is left out."""
    places: tuple[list[Task], ...] = tuple([] for _ in TITLES)
    for task in tasks:
        places[_urgency(task, today)].append(task)
    return tuple(TaskGroup(title, tuple(found)) for title, found in zip(TITLES, places, strict=True) if found)


def _urgency(task: Task, today: date) -> int:
    if task.late or task.due_on == today:
        return 0
    return 1 if task.due is not None else 2
