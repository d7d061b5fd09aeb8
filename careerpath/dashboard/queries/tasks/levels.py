"""Tasks of levels: a street's rounds, and what waits for the district."""

from collections.abc import Iterator, Sequence

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.pay.queries.changed_posts import changed_post_count
from careerpath.pay.queries.waiting import WaitingRound, is_season, streets_without_round, usual_day, waiting_rounds
from careerpath.words import msg

MOST_LINES = 6
"""Rounds that are named one by one; more are summed up in a line."""


def level_tasks(actor: Actor) -> Iterator[Task]:
    """Four queries at the most."""
    proposing, deciding = actor.has(Permission.PAY_PROPOSE), actor.has(Permission.PAY_APPROVE)
    if not (proposing or deciding):
        return
    open_rounds = waiting_rounds(actor)
    if deciding:
        yield from _to_decide([one for one in open_rounds if one.submitted])
    if proposing:
        yield from _to_submit([one for one in open_rounds if one.proposed or one.returned or not one.submitted])
        yield from _changed(actor)
        if is_season():
            yield from _to_begin(actor)


def _to_decide(rounds: Sequence[WaitingRound]) -> Iterator[Task]:
    if len(rounds) > MOST_LINES:
        yield Task(
            msg("审批套级晋级"),
            msg(
                "%(units)s 个街道（镇）%(count)s 人待审批",
                units=len(rounds),
                count=sum(one.submitted for one in rounds),
            ),
            url_for("pay.rounds"),
            verb=msg("审批"),
        )
        return
    for one in rounds:
        yield Task(
            msg("审批 %(unit)s %(on)s 套级晋级", unit=one.unit_name, on=one.on),
            msg("%(count)s 人待审批", count=one.submitted),
            url_for("pay.round_", round_id=one.id),
            verb=msg("审批"),
        )


def _to_submit(rounds: Sequence[WaitingRound]) -> Iterator[Task]:
    for one in rounds[:MOST_LINES]:
        title = msg("办理 %(unit)s %(on)s 套级晋级", unit=one.unit_name, on=one.on)
        url = url_for("pay.round_", round_id=one.id)
        if one.returned:
            detail = msg("%(count)s 人被退回，%(more)s 人待上报", count=one.returned, more=one.proposed)
            yield Task(title, detail, url, msg("有退回"), late=True, verb=msg("处理"))
        elif one.proposed:
            yield Task(title, msg("%(count)s 人可套级晋级，待上报", count=one.proposed), url, verb=msg("办理"))
        else:
            yield Task(title, msg("没有待上报的人员，可以办结"), url, verb=msg("办结"))


def _changed(actor: Actor) -> Iterator[Task]:
    count = changed_post_count(actor)
    if count:
        yield Task(
            msg("职务变动待套级"),
            msg("%(count)s 人主要职务已变动，尚未列入套级晋级", count=count),
            url_for("pay.changed_posts"),
            verb=msg("查看"),
        )


def _to_begin(actor: Actor) -> Iterator[Task]:
    day = usual_day()
    for unit_name in streets_without_round(actor, day, MOST_LINES):
        yield Task(
            msg("测算 %(unit)s %(day)s 晋级", unit=unit_name, day=day),
            msg("尚未发起这一日的套级晋级"),
            url_for("pay.new_round", on=day),
            verb=msg("发起"),
        )
