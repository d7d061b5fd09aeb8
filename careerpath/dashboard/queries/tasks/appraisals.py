"""Tasks of appraisals."""

from collections.abc import Iterator

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.appraisals.queries import years as appraisal_years
from careerpath.appraisals.queries.records import own_lines
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.policy.appraisal_steps import State, may_edit
from careerpath.words import msg


def own_tasks(actor: Actor) -> Iterator[Task]:
    """Of one's own appraisals."""
    if not actor.has(Permission.OWN_FILE_VIEW):
        return
    for line in own_lines(actor):
        url = url_for("appraisals.own", appraisal_id=line.id)
        if may_edit(line.state) and not line.has_summary:
            title = msg("写 %(year)s 年度个人总结", year=line.year)
            due = msg("%(day)s 前", day=line.summary_due_on)
            yield Task(title, msg("写好后街道才能提交考核"), url, due, verb=msg("开始写"), due_on=line.summary_due_on)
        elif line.state is State.DECIDED and not line.signed_off:
            yield Task(msg("签署 %(year)s 年度考核结果", year=line.year), msg("查看结果并签署本人意见"), url)


def appraisal_tasks(actor: Actor) -> Iterator[Task]:
    """Of the appraisal year under way."""
    if not actor.has(Permission.APPRAISAL_VIEW):
        return
    current = appraisal_years.current_year(actor)
    if current is None:
        return
    page = appraisal_years.year_page(actor, current.id)
    for street in page.streets:
        if actor.has(Permission.APPRAISAL_FILL) and street.waiting:
            yield Task(
                msg("填报 %(unit)s %(year)s 年度考核", unit=street.unit_name, year=page.year),
                msg(
                    "%(all)s 人，已填 %(filled)s 人，退回 %(returned)s 人",
                    all=street.expected,
                    filled=street.filled,
                    returned=street.returned,
                ),
                url_for("appraisals.street", street_id=street.part_id),
                msg("%(day)s 前提交", day=page.street_due_on),
                verb=msg("填报"),
                due_on=page.street_due_on,
            )
        if actor.has(Permission.APPRAISAL_DECIDE) and street.submitted:
            yield Task(
                msg("审定 %(unit)s %(year)s 年度考核", unit=street.unit_name, year=page.year),
                msg("待审定 %(count)s 人", count=street.submitted),
                url_for("appraisals.decide", street_id=street.part_id),
                msg("%(day)s 前审定", day=page.district_due_on),
                verb=msg("审定"),
                due_on=page.district_due_on,
            )
    left = sum(street.expected - street.opinions for street in page.streets)
    if left and actor.has(Permission.APPRAISAL_OPINION) and not actor.has(Permission.APPRAISAL_FILL):
        yield Task(
            msg("填写 %(year)s 年度社区意见", year=page.year),
            msg("还有 %(count)s 人没有社区意见", count=left),
            url_for("appraisals.opinions", year_id=page.id),
            msg("%(day)s 前", day=page.community_due_on),
            verb=msg("填写"),
            due_on=page.community_due_on,
        )
    missing = [street.unit_name for street in page.streets if street.waiting]
    if missing and actor.has(Permission.APPRAISAL_PLAN):
        yield Task(
            msg("%(year)s 年度考核：%(count)s 个街道（镇）未提交", year=page.year, count=len(missing)),
            msg("未提交：%(names)s", names="、".join(missing[:6]) + ("等" if len(missing) > 6 else "")),
            url_for("appraisals.year", year_id=page.id),
            msg("%(day)s 前提交", day=page.street_due_on),
            verb=msg("查看"),
            due_on=page.street_due_on,
        )
