"""What a reserve is to do for their own development."""

from collections.abc import Iterator

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.talent_pool.queries.own_tasks import own_tasks_due
from careerpath.words import msg


def development_tasks(actor: Actor) -> Iterator[Task]:
    """One's own development tasks that are late or due soon. One query."""
    for one in own_tasks_due(actor):
        yield Task(
            msg("培养任务：%(text)s", text=one.text),
            msg("完成后请告知街道登记"),
            url_for("talent_pool.own_ladder"),
            msg("%(day)s 到期", day=one.due_on),
            late=one.late,
            verb=msg("查看"),
            due_on=one.due_on,
        )
