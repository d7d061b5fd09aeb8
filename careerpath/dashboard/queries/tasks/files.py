"""Tasks of personnel files."""

from collections.abc import Iterator

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.employees.queries.corrections import waiting_count
from careerpath.words import msg


def correction_tasks(actor: Actor) -> Iterator[Task]:
    """Requests for correction that nobody has answered."""
    if not actor.has(Permission.EMPLOYEE_EDIT):
        return
    count = waiting_count(actor)
    if count:
        yield Task(
            msg("信息更正申请"),
            msg("%(count)s 份待处理", count=count),
            url_for("corrections.waiting"),
            verb=msg("处理"),
        )
