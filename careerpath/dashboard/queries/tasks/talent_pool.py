"""Tasks of the reserve pool: proposals that wait, reviews that are due, development tasks that are late."""

from collections.abc import Iterator

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.talent_pool.models import Proposed
from careerpath.talent_pool.queries.pool import Due, reviews_due, tasks_late
from careerpath.talent_pool.queries.proposals import proposals_waiting
from careerpath.words import msg


def pool_tasks(actor: Actor) -> Iterator[Task]:
    """Of the people in the pool. Four queries at the most."""
    if actor.has(Permission.POOL_DECIDE):
        waiting = proposals_waiting(actor)
        if waiting:
            entries, exits = waiting.get(Proposed.ENTRY, 0), waiting.get(Proposed.EXIT, 0)
            yield Task(
                msg("研究入库出库建议"),
                msg("建议入库 %(entries)s 人，建议出库 %(exits)s 条", entries=entries, exits=exits),
                url_for("talent_pool.proposals"),
                verb=msg("研究"),
            )
    if not actor.has(Permission.POOL_NOMINATE):
        return
    today = clock.today()
    due, late = reviews_due(actor, today), tasks_late(actor, today)
    if due:
        yield Task(
            msg("后备人才年度评估"),
            msg("%(count)s 人评估已到期", count=due),
            url_for("talent_pool.entries", due=Due.REVIEW.value),
            msg("已到期"),
            late=True,
            verb=msg("评估"),
        )
    if late:
        yield Task(
            msg("督办后备培养任务"),
            msg("%(count)s 项培养任务逾期未完成", count=late),
            url_for("talent_pool.entries", due=Due.TASK.value),
            msg("已逾期"),
            late=True,
            verb=msg("查看"),
        )
