"""Tasks of calls for honours: nominations that are open, and what the district is to do next."""

from collections.abc import Iterator
from datetime import date

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.honours.models import CallState
from careerpath.honours.queries.call_list import Waiting, calls_waiting
from careerpath.words import msg


def honour_tasks(actor: Actor) -> Iterator[Task]:
    """Of calls for honours under way. One query."""
    if not (actor.has(Permission.HONOUR_DECIDE) or actor.has(Permission.HONOUR_NOMINATE)):
        return
    today = clock.today()
    for one in calls_waiting(actor):
        task = _of_nomination(one, today) if one.state is CallState.NOMINATION else _of_district(one, today)
        if task is not None:
            yield task


def _of_nomination(one: Waiting, today: date) -> Task | None:
    if today <= one.closes_on:
        return Task(
            msg("推荐人选：%(name)s", name=one.name),
            msg("已推荐 %(count)s 人", count=one.nominated),
            url_for("honours.nominees", call_id=one.id),
            msg("%(day)s 截止", day=one.closes_on),
            verb=msg("推荐"),
            due_on=one.closes_on,
        )
    if not one.decides:
        return None
    return Task(
        msg("结束推荐，进入评审：%(name)s", name=one.name),
        msg("推荐已截止，共 %(count)s 人", count=one.nominated),
        url_for("honours.call", call_id=one.id),
        msg("%(day)s 已截止", day=one.closes_on),
        late=True,
        due_on=one.closes_on,
    )


def _of_district(one: Waiting, today: date) -> Task | None:
    if not one.decides:
        return None
    if one.state is CallState.REVIEW:
        detail = msg("推荐 %(count)s 人", count=one.nominated)
        return Task(
            msg("评审人选：%(name)s", name=one.name),
            detail,
            url_for("honours.call_review", call_id=one.id),
            verb=msg("评审"),
        )
    if one.objections:
        return Task(
            msg("核查答复公示反映：%(name)s", name=one.name),
            msg("%(count)s 条没有答复", count=one.objections),
            url_for("honours.call_review", call_id=one.id),
            verb=msg("答复"),
        )
    if one.state is CallState.NOTICE:
        if one.notice_ends_on is None or today <= one.notice_ends_on:
            return None
        return Task(
            msg("公示期满，上报人选：%(name)s", name=one.name)
            if one.outside
            else msg("公示期满，登记表彰决定：%(name)s", name=one.name),
            msg("没有未答复的反映"),
            url_for("honours.call" if one.outside else "honours.call_results", call_id=one.id),
            msg("公示 %(day)s 结束", day=one.notice_ends_on),
        )
    return Task(
        msg("登记上级批复：%(name)s", name=one.name),
        msg("已上报，批复后登记结果"),
        url_for("honours.call_results", call_id=one.id),
        verb=msg("登记"),
    )
