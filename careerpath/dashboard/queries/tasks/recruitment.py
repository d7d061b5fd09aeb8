"""Tasks of recruitment: applications that wait for a look, reviews that can be closed."""

from collections.abc import Iterator

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.recruitment.queries.reviewing import closable_batches, waiting_batches
from careerpath.words import msg


def review_tasks(actor: Actor) -> Iterator[Task]:
    """Of the review of applications. Two queries at the most."""
    waiting = waiting_batches(actor) if actor.has(Permission.RECRUITMENT_REVIEW) else []
    for one in waiting:
        late = one.closes_on is not None and one.closes_on < clock.today()
        yield Task(
            msg("审查%(unit)s%(batch)s报名", unit=one.unit_name, batch=one.batch_name),
            msg("待初审 %(first)s 人，待复审 %(second)s 人", first=one.first, second=one.second),
            url_for("recruitment.next_review", batch_id=one.batch_id),
            msg("%(day)s 报名截止", day=one.closes_on) if one.closes_on else None,
            late=late,
            verb=msg("审查"),
        )
    if not actor.has(Permission.RECRUITMENT_DECIDE):
        return
    for batch_id, name, unit_name in closable_batches(actor):
        yield Task(
            msg("结束%(unit)s%(batch)s资格审查", unit=unit_name, batch=name),
            msg("报名已截止，全部审查完毕后即可结束"),
            url_for("recruitment.close_review", batch_id=batch_id),
            verb=msg("查看"),
        )
