"""Tasks of exams, certificates and degree courses."""

from collections.abc import Iterator

from flask import url_for

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.dashboard.queries.tasks.task import Task
from careerpath.training.models import StudyState, TryState
from careerpath.training.queries.study_due import MONTHS_AHEAD, study_due
from careerpath.words import msg


def study_tasks(actor: Actor) -> Iterator[Task]:
    """What of exams, certificates and studies waits for an actor. One statement."""
    if not actor.has(Permission.TRAINING_HOLD) and not actor.has(Permission.OWN_GROWTH):
        return
    due = study_due(actor)
    if due.own_running_out:
        yield Task(
            msg("办理证书再登记"),
            msg("您的职业资格证书登记即将到期或已到期，请联系街道办理"),
            url_for("training.own_studies"),
            late=True,
            verb=msg("查看"),
        )
    if due.awaited:
        yield Task(
            msg("登记考试结果"),
            msg("往年报考的 %(count)s 人次还没有结果", count=due.awaited),
            url_for("training.studies", year="all", state=TryState.REGISTERED.value),
            msg("已公布"),
            late=True,
            verb=msg("登记"),
        )
    if due.to_enter:
        yield Task(
            msg("记入职业资格证书"),
            msg("%(count)s 人考试通过，证书尚未记入档案", count=due.to_enter),
            url_for("training.studies", year="all", state=TryState.PASSED.value),
            verb=msg("查看"),
        )
    if due.running_out:
        yield Task(
            msg("办理证书再登记"),
            msg("%(count)s 人的证书登记 %(months)s 个月内到期或已到期", count=due.running_out, months=MONTHS_AHEAD),
            url_for("training.registrations", months=MONTHS_AHEAD),
        )
    if due.late:
        yield Task(
            msg("跟进在职学历教育"),
            msg("%(count)s 项学业已过预计毕业日期", count=due.late),
            url_for("training.degree_studies", state=StudyState.STUDYING.value),
            verb=msg("查看"),
        )
