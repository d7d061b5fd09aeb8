"""Tasks of mentoring: pairings that stalled or lack a review, evaluations, and one's own logs."""

from collections.abc import Iterator

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.mentoring.queries.due import OwnDue, dues
from careerpath.mentoring.queries.standing import Standing
from careerpath.words import msg


def mentoring_tasks(actor: Actor) -> Iterator[Task]:
    """What waits in the pairings of the actor's units and in one's own. One query."""
    found = dues(actor, clock.today())
    for one in found.own:
        yield _own_task(one)
    stalled = found.standings.get(Standing.STALLED, 0)
    unreviewed = found.standings.get(Standing.REVIEW_DUE, 0)
    waiting = found.standings.get(Standing.TO_EVALUATE, 0) - found.ready
    if stalled:
        yield Task(
            msg("督促停滞的帮带"),
            msg("%(count)s 个结对长期没有帮带记录", count=stalled),
            url_for("mentoring.pairings", state=Standing.STALLED.value),
            msg("已停滞"),
            late=True,
            verb=msg("查看"),
        )
    if unreviewed:
        yield Task(
            msg("帮带季度评估"),
            msg("%(count)s 个结对评估逾期", count=unreviewed),
            url_for("mentoring.pairings", state=Standing.REVIEW_DUE.value),
            msg("已逾期"),
            late=True,
            verb=msg("评估"),
        )
    if waiting:
        yield Task(
            msg("帮带期满评价"),
            msg("%(count)s 个结对期满，双方尚未评价齐全", count=waiting),
            url_for("mentoring.pairings", state=Standing.TO_EVALUATE.value),
            verb=msg("评价"),
        )
    if found.ready and actor.has(Permission.MENTORING_KEEP):
        yield Task(
            msg("帮带期满办结"),
            msg("%(count)s 个结对双方已评价，等待办结", count=found.ready),
            url_for("mentoring.pairings", state=Standing.TO_EVALUATE.value),
            verb=msg("办结"),
        )


def _own_task(one: OwnDue) -> Task:
    if one.evaluate:
        title, verb = msg("评价与%(name)s的帮带", name=one.name), msg("评价")
        return Task(title, msg("帮带期满，请填写评价"), url_for("mentoring.own_mentoring"), verb=verb)
    return Task(
        msg("与%(name)s的帮带", name=one.name),
        msg("已有 %(days)s 天没有帮带记录", days=one.days),
        url_for("mentoring.own_mentoring"),
        msg("已停滞"),
        late=True,
        verb=msg("填写"),
    )
