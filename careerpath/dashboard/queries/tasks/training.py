"""Tasks of training: classes to publish, send people to, hold and close; and a worker's own."""

from collections.abc import Iterator

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.training.queries.classes import Standing
from careerpath.training.queries.due import training_due
from careerpath.words import msg


def training_tasks(actor: Actor) -> Iterator[Task]:
    """What of training waits for an actor. One statement."""
    if not actor.has(Permission.TRAINING_HOLD) and not actor.has(Permission.OWN_GROWTH):
        return
    due = training_due(actor)
    if due.own_today:
        yield Task(
            msg("今天培训签到"),
            msg("输入现场公布的签到码"),
            url_for("training.own_training"),
            msg("今天"),
            verb=msg("签到"),
            due_on=clock.today(),
        )
    if due.to_close:
        yield Task(
            msg("办结培训班"),
            msg("%(count)s 个班已结束，核对签到和成绩后办结", count=due.to_close),
            url_for("training.classes", state=Standing.DUE.value),
            msg("已结束"),
            late=True,
        )
    if due.today:
        yield Task(
            msg("组织培训签到"),
            msg("%(count)s 个班今天上课", count=due.today),
            url_for("training.classes", state=Standing.RUNNING.value),
            msg("今天"),
            due_on=clock.today(),
        )
    if due.to_open:
        yield Task(
            msg("发布培训班"),
            msg("%(count)s 个拟定的班即将开班，尚未发布", count=due.to_open),
            url_for("training.classes", state=Standing.PLANNED.value),
            verb=msg("发布"),
        )
    if due.to_send:
        yield Task(
            msg("选派参训人员"),
            msg("%(count)s 个上级培训班即将开班，本单位尚未选派", count=due.to_send),
            url_for("training.classes", state=Standing.AHEAD.value),
            verb=msg("选派"),
        )
    if due.own_to_rate:
        yield Task(
            msg("评价培训班"),
            msg("%(count)s 个班待评价，不显示姓名", count=due.own_to_rate),
            url_for("training.own_training"),
            verb=msg("评价"),
        )
