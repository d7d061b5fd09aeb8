"""Tasks of the reserve pool: proposals that wait, reviews that are due, tasks that are late, promotions."""

from collections.abc import Iterator

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.talent_pool.models import ChannelState, PromotionState
from careerpath.talent_pool.queries.channel_candidates import channels_waiting
from careerpath.talent_pool.queries.due_reserves import pool_due
from careerpath.talent_pool.queries.pool import Due
from careerpath.talent_pool.queries.promotions import promotions_waiting
from careerpath.words import msg


def pool_tasks(actor: Actor) -> Iterator[Task]:
    """Of the people in the pool. One statement, and one for the rules in force."""
    if not (actor.has(Permission.POOL_DECIDE) or actor.has(Permission.POOL_NOMINATE)):
        return
    due = pool_due(actor, clock.today())
    if due.entries or due.exits:
        yield Task(
            msg("研究入库出库建议"),
            msg("建议入库 %(entries)s 人，建议出库 %(exits)s 条", entries=due.entries, exits=due.exits),
            url_for("talent_pool.proposals"),
            verb=msg("研究"),
        )
    if due.reviews:
        yield Task(
            msg("后备人才年度评估"),
            msg("%(count)s 人评估已到期", count=due.reviews),
            url_for("talent_pool.entries", due=Due.REVIEW.value),
            msg("已到期"),
            late=True,
            verb=msg("评估"),
        )
    if due.late_tasks:
        yield Task(
            msg("督办后备培养任务"),
            msg("%(count)s 项培养任务逾期未完成", count=due.late_tasks),
            url_for("talent_pool.entries", due=Due.TASK.value),
            msg("已逾期"),
            late=True,
            verb=msg("查看"),
        )


def promotion_tasks(actor: Actor) -> Iterator[Task]:
    """Promotions that wait for the street or for the district. One query."""
    decides = actor.has(Permission.POOL_DECIDE)
    if not (decides or actor.has(Permission.POOL_NOMINATE)):
        return
    waiting = promotions_waiting(actor)
    if not decides:
        if waiting.returned:
            yield Task(
                msg("修改退回的晋升任用"),
                msg("%(count)s 人被区级退回", count=waiting.returned),
                url_for("talent_pool.promotions", state=PromotionState.RETURNED.value),
                msg("有退回"),
                late=True,
                verb=msg("修改"),
            )
        if waiting.to_submit:
            yield Task(
                msg("上报晋升任用"),
                msg("%(count)s 人已提出，尚未上报", count=waiting.to_submit),
                url_for("talent_pool.promotions", state=PromotionState.PROPOSED.value),
                verb=msg("上报"),
            )
        return
    if waiting.to_appoint:
        yield Task(
            msg("任前公示期满，办理任职"),
            msg("%(count)s 人公示期满，没有未答复的反映", count=waiting.to_appoint),
            url_for("talent_pool.promotions_together", act="appoint"),
            verb=msg("任职"),
        )
    if waiting.to_approve:
        yield Task(
            msg("审批晋升任用"),
            msg("%(count)s 人待审批", count=waiting.to_approve),
            url_for("talent_pool.promotions", state=PromotionState.SUBMITTED.value),
            verb=msg("审批"),
        )
    if waiting.to_notice:
        yield Task(
            msg("任前公示"),
            msg("%(count)s 人已批准，尚未公示", count=waiting.to_notice),
            url_for("talent_pool.promotions_together", act="notice"),
            verb=msg("公示"),
        )
    if waiting.to_elect:
        yield Task(
            msg("登记选举结果"),
            msg("%(count)s 人已批准推荐，等待选举", count=waiting.to_elect),
            url_for("talent_pool.election_results"),
            verb=msg("登记"),
        )


def channel_tasks(actor: Actor) -> Iterator[Task]:
    """Of targeted recruitment into institution posts. One query."""
    if not actor.has(Permission.POOL_DECIDE):
        return
    today = clock.today()
    for one in channels_waiting(actor):
        reviewing = one.state is ChannelState.OPEN
        late = reviewing and one.closes_on < today
        detail = msg("待审查 %(count)s 人", count=one.count)
        yield Task(
            msg("审查%(name)s报名资格", name=one.name) if reviewing else msg("登记%(name)s结果", name=one.name),
            detail if reviewing else msg("%(count)s 人没有登记结果", count=one.count),
            url_for("talent_pool.channel_candidates", channel_id=one.id),
            msg("报名 %(day)s 截止", day=one.closes_on) if reviewing else None,
            late=late,
            verb=msg("审查") if reviewing else msg("登记"),
            due_on=one.closes_on if reviewing else None,
        )
