"""What an account is told on a day: its tasks by line of the menu, and the days that are coming by kind, in counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.dashboard.queries.deadlines import Deadline, DeadlineKind, Span, deadlines
from careerpath.dashboard.queries.deadlines.deadline import KIND_WORDS
from careerpath.dashboard.queries.menu import TITLES, line_at, lines_of
from careerpath.dashboard.queries.tasks import Task, tasks
from careerpath.words import Message, msg

WEEK, MONTH = 7, 30
"""How many days ahead deadlines are told: those that are near, and all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reminder. ``key`` is an endpoint of the menu, or a kind of deadline; no line names a person.

    ``late`` is due on the day or overdue. Of tasks ``count`` is all of them; of deadlines those within ``MONTH`` days
    after the day, ``near`` those within ``WEEK``. ``next_on`` is the nearest day that is still ahead.
    """

    key: str
    url: str
    count: int
    late: int = 0
    near: int = 0
    next_on: date | None = None

    @property
    def is_deadline(self) -> bool:
        """Whether the line is about days that are coming, not about tasks."""
        return self.key in set(DeadlineKind)

    @property
    def title(self) -> Message:
        """What the line is about."""
        if self.is_deadline:
            return KIND_WORDS[DeadlineKind(self.key)]
        return TITLES.get(self.key, msg("其他事项"))

    @property
    def detail(self) -> Message:
        """How much there is, how much of it is due, and the nearest day ahead."""
        parts = [msg("%(count)s 项待办", count=self.count)] if not self.is_deadline else []
        if self.late:
            parts.append(msg("%(late)s 项已到期", late=self.late))
        if self.near:
            parts.append(msg("%(days)s 天内 %(count)s 项", days=WEEK, count=self.near))
        if self.is_deadline and self.count > self.near:
            parts.append(msg("%(days)s 天内共 %(count)s 项", days=MONTH, count=self.count))
        if self.next_on is not None:
            parts.append(msg("最近 %(day)s", day=self.next_on))
        told = parts[0]
        for part in parts[1:]:
            told = msg("%(first)s，%(then)s", first=told, then=part)
        return told

    def as_plain(self) -> dict[str, Any]:
        """The line as values that JSON can hold."""
        next_on = self.next_on.isoformat() if self.next_on else None
        return {
            "key": self.key,
            "url": self.url,
            "count": self.count,
            "late": self.late,
            "near": self.near,
            "next_on": next_on,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Line":
        """The line again."""
        next_on = date.fromisoformat(plain["next_on"]) if plain["next_on"] else None
        return cls(plain["key"], plain["url"], plain["count"], plain["late"], plain["near"], next_on)


@dataclass(frozen=True, slots=True)
class Digest:
    """What there is to tell, and what it is made of; empty where nothing waits."""

    lines: tuple[Line, ...]
    tasks: tuple[Task, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    @property
    def due(self) -> int:
        """How much is due on the day, or overdue."""
        return sum(line.late for line in self.lines)


def digest(actor: Actor, on: date) -> Digest:
    """What an actor is to be told on a day: every task, the deadlines of a month ahead and of a year back.

    One query for each room of tasks and each kind of deadline.
    """
    waiting = tasks(actor)
    coming = tuple(deadlines(actor, Span.around(on, MONTH)))
    return Digest((*_of_tasks(actor, waiting, on), *_of_deadlines(actor, coming, on)), waiting, coming)


def _of_tasks(actor: Actor, waiting: Iterable[Task], on: date) -> list[Line]:
    places = lines_of(actor)
    found: dict[str, list[Task]] = {}
    for task in waiting:
        found.setdefault(line_at(places, urlsplit(task.url).path), []).append(task)
    lines = []
    for key, some in found.items():
        late = sum(task.late or (task.due_on is not None and task.due_on <= on) for task in some)
        ahead = [task.due_on for task in some if task.due_on is not None and task.due_on > on]
        url = some[0].url if len(some) == 1 else url_for(key)
        lines.append(Line(key, url, len(some), late, next_on=min(ahead, default=None)))
    return lines


def _of_deadlines(actor: Actor, coming: Iterable[Deadline], on: date) -> list[Line]:
    found: dict[DeadlineKind, list[Deadline]] = {}
    for one in coming:
        found.setdefault(one.kind, []).append(one)
    lines = []
    for kind, some in found.items():
        ahead = [one.on for one in some if one.on > on]
        near = sum(day <= on + timedelta(days=WEEK) for day in ahead)
        url = some[0].url
        if len(some) > 1 and actor.has(Permission.EMPLOYEE_VIEW):
            url = url_for("dashboard.coming", kind=kind.value, days=MONTH)
        late = len(some) - len(ahead)
        lines.append(Line(kind.value, url, len(ahead), late, near, min(ahead, default=None)))
    return lines
