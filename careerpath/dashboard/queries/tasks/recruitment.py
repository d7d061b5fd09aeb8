"""Tasks of recruitment: applications that wait for a look, reviews that can be closed, notices, objections, places."""

from collections.abc import Iterator

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.recruitment.queries.due import due_batches
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
            due_on=one.closes_on,
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


def appointment_tasks(actor: Actor) -> Iterator[Task]:
    """Of final lists: notices that ran out, objections without an answer, reserve lists that end soon. Four queries."""
    if not actor.has(Permission.RECRUITMENT_DECIDE):
        return
    for one in due_batches(actor, clock.today()):
        told = {"unit": one.unit_name, "batch": one.name}
        url = url_for("recruitment.appointments", batch_id=one.id)
        if one.objections:
            yield Task(
                msg("答复%(unit)s%(batch)s公示异议", **told),
                msg("%(count)s 条异议未答复，有关人员暂不能聘用", count=one.objections),
                url,
                verb=msg("答复"),
            )
        if one.ready:
            yield Task(
                msg("办理%(unit)s%(batch)s聘用", **told),
                msg("%(count)s 人公示期满", count=one.ready),
                url,
                verb=msg("办理"),
            )
        if one.reserve_until is not None:
            yield Task(
                msg("递补%(unit)s%(batch)s空缺名额", **told),
                msg("空缺 %(empty)s 个，递补人选 %(reserves)s 人", empty=one.empty, reserves=one.reserves),
                url_for("recruitment.results", batch_id=one.id),
                msg("递补有效期至 %(day)s", day=one.reserve_until),
                late=True,
                verb=msg("递补"),
                due_on=one.reserve_until,
            )
