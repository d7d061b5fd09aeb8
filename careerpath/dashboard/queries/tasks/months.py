"""Months of pay that wait: a draft to be confirmed, and people who cannot be paid yet."""

from collections.abc import Iterator

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.pay.queries.runs import RunLine, RunState, waiting_runs
from careerpath.words import msg

MOST_LINES = 3


def month_tasks(actor: Actor) -> Iterator[Task]:
    """One query at the most."""
    running, mending = actor.has(Permission.PAY_RUN), actor.has(Permission.PAY_PROPOSE)
    if not (running or mending):
        return
    for line in waiting_runs(actor)[:MOST_LINES]:
        if running:
            yield _to_run(line)
        if mending and line.sums.lacking:
            yield _to_mend(line)


def _to_run(line: RunLine) -> Task:
    url = url_for("pay.run", run_id=line.id)
    month = f"{line.month:%Y-%m}"
    if line.state is RunState.OPENED:
        title = msg("核算 %(unit)s %(month)s 工资", unit=line.unit_name, month=month)
        return Task(title, msg("还没有计算完毕"), url, verb=msg("查看"))
    detail = msg("%(count)s 人，实发 %(sum)s 元", count=line.sums.paid, sum=f"{line.sums.payable:,.2f}")
    if line.sums.lacking:
        detail = msg("%(all)s；资料不全 %(count)s 人", all=detail, count=line.sums.lacking)
    return Task(
        msg("确认发放 %(unit)s %(month)s 工资", unit=line.unit_name, month=month), detail, url, verb=msg("确认")
    )


def _to_mend(line: RunLine) -> Task:
    return Task(
        msg("补齐 %(month)s 工资所需资料", month=f"{line.month:%Y-%m}"),
        msg("%(count)s 人资料不全，补齐前不能发放", count=line.sums.lacking),
        url_for("pay.run", run_id=line.id),
        verb=msg("查看"),
    )
