"""Tasks of rotations: approvals, returns, evaluations, reports, wishes; and a worker's own."""

from collections.abc import Iterator

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.rotations.queries.due import rotations_due
from careerpath.rotations.queries.standing import Standing
from careerpath.words import msg

CONCERNED = (
    Permission.ROTATION_DECIDE,
    Permission.ROTATION_PROPOSE,
    Permission.ROTATION_REPORT,
    Permission.OWN_GROWTH,
)


def rotation_tasks(actor: Actor) -> Iterator[Task]:
    """What of rotations waits for an actor. One statement."""
    if not any(actor.has(one) for one in CONCERNED):
        return
    due = rotations_due(actor)
    if due.overdue:
        yield Task(
            msg("催办逾期未归的锻炼"),
            msg("%(count)s 人逾期未归", count=due.overdue),
            url_for("rotations.rotations", state=Standing.OVERDUE.value),
            msg("已逾期"),
            late=True,
            verb=msg("查看"),
        )
    if due.to_approve:
        yield Task(
            msg("批准轮岗锻炼"),
            msg("%(count)s 人待批准", count=due.to_approve),
            url_for("rotations.rotations", state=Standing.PROPOSED.value),
            verb=msg("批准"),
        )
    if due.to_evaluate:
        yield Task(
            msg("办理锻炼鉴定"),
            msg("%(count)s 人已返回，尚未鉴定", count=due.to_evaluate),
            url_for("rotations.rotations", state=Standing.TO_EVALUATE.value),
            verb=msg("鉴定"),
        )
    if due.soon:
        yield Task(
            msg("锻炼即将期满"),
            msg("%(count)s 人即将期满，请安排返回或办理延长", count=due.soon),
            url_for("rotations.rotations", state=Standing.AWAY.value, sort="ends"),
            verb=msg("查看"),
        )
    if due.unreported and not due.own_unreported:
        yield Task(
            msg("催交锻炼情况报告"),
            msg("%(count)s 人到期没有报告", count=due.unreported),
            url_for("rotations.rotations", state=Standing.AWAY.value),
            verb=msg("查看"),
        )
    if due.wishes:
        yield Task(
            msg("安排轮岗意愿"),
            msg("%(count)s 条意愿待安排", count=due.wishes),
            url_for("rotations.wishes"),
            verb=msg("安排"),
        )
    if due.own_unreported:
        yield Task(
            msg("填写锻炼情况报告"),
            msg("您在外锻炼的报告已到期"),
            url_for("rotations.own_rotation"),
            msg("已到期"),
            late=True,
            verb=msg("填写"),
        )
    if due.own_summary:
        yield Task(
            msg("填写锻炼总结"),
            msg("锻炼已结束，鉴定前请写总结"),
            url_for("rotations.own_rotation"),
            verb=msg("填写"),
        )
