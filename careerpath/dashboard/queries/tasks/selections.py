"""Tasks of selections: nominations that wait for a review or are about to close."""

from collections.abc import Iterator

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.talent_pool.queries.due_selections import (
    DueSelection,
    nominations_due,
    open_for_oneself,
    reviews_due,
)
from careerpath.words import msg


def nomination_tasks(actor: Actor) -> Iterator[Task]:
    """Of the district, a street or a worker. One query for each of the three."""
    if actor.has(Permission.POOL_DECIDE):
        for one in reviews_due(actor):
            if one.waiting:
                yield _review(one)
            elif one.over:
                yield _closing(one)
    elif actor.has(Permission.POOL_NOMINATE):
        for one in nominations_due(actor):
            yield Task(
                msg("推荐%(unit)s%(name)s人选", unit=one.unit_name, name=one.name),
                msg("管辖范围内已推荐 %(count)s 人", count=one.entered),
                url_for("talent_pool.selection", selection_id=one.id),
                msg("%(day)s 截止", day=one.closes_on),
                late=one.soon,
                verb=msg("推荐"),
                due_on=one.closes_on,
            )
    if actor.has(Permission.OWN_NOMINATE):
        for one in open_for_oneself(actor):
            yield Task(
                msg("%(name)s正在推荐报名", name=one.name),
                msg("可以本人报名，也可以联名推荐同事"),
                url_for("talent_pool.open_selections"),
                msg("%(day)s 截止", day=one.closes_on),
                late=one.soon,
                verb=msg("查看"),
                due_on=one.closes_on,
            )


def _review(one: DueSelection) -> Task:
    return Task(
        msg("审查%(unit)s%(name)s人选", unit=one.unit_name, name=one.name),
        msg("%(count)s 人待资格审查", count=one.waiting),
        url_for("talent_pool.entrants", selection_id=one.id, state="nominated"),
        msg("%(day)s 报名截止", day=one.closes_on),
        late=one.over,
        verb=msg("审查"),
        due_on=one.closes_on,
    )


def _closing(one: DueSelection) -> Task:
    return Task(
        msg("结束%(unit)s%(name)s资格审查", unit=one.unit_name, name=one.name),
        msg("推荐报名已截止，审查完毕，可以转入测评"),
        url_for("talent_pool.selection", selection_id=one.id),
        late=True,
        verb=msg("办理"),
    )
