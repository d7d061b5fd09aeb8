"""What the owner sees of background work. Everybody sees their own jobs only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, select

from careerpath.access.actor import Actor
from careerpath.access.queries.trail_words import RoomWords
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.jobs.models import ACTIVE, Job, JobState, told
from careerpath.jobs.operations import RESULT_DAYS
from careerpath.words import Message, NotFound, Refused, msg

STATE_NAMES: dict[JobState, Message] = {
    JobState.WAITING: msg("等待办理"),
    JobState.RUNNING: msg("正在办理"),
    JobState.DONE: msg("已完成"),
    JobState.FAILED: msg("未能完成"),
    JobState.CANCELLED: msg("已取消"),
}

JOB_WORDS = RoomWords(
    operations={
        "order_job": msg("提交后台任务"),
        "cancel_job": msg("取消后台任务"),
        "forget_job": msg("移除后台任务"),
        "conclude_job": msg("办结后台任务"),
        "sweep_results": msg("清理过期结果文件"),
    },
    tables={"job": msg("后台任务")},
    columns={
        "kind": msg("类别"),
        "title": msg("名称"),
        "owner_id": msg("提交人账号"),
        "request": msg("办理内容"),
        "plan": msg("各部分内容"),
        "state": msg("状态"),
        "total": msg("部分总数"),
        "done": msg("已完成部分"),
        "message": msg("说明"),
        "created_at": msg("提交时间"),
        "started_at": msg("开始时间"),
        "finished_at": msg("结束时间"),
        "heartbeat_at": msg("最近进展时间"),
        "lease_until": msg("办理期限"),
        "worker": msg("办理进程"),
        "attempts": msg("办理次数"),
        "result_key": msg("结果文件编号"),
        "result_name": msg("结果文件名"),
        "result_type": msg("结果文件类型"),
    },
    values={"state": {state.value: name for state, name in STATE_NAMES.items()}},
)
"""What the audit trail calls background work."""


@dataclass(frozen=True, slots=True)
class JobView:
    """One job as its owner sees it. ``percent`` is whole, 0 to 100, and 100 only when the job is done."""

    id: int
    title: Message
    state: JobState
    state_name: Message
    done: int
    total: int
    percent: int
    message: Message
    created_at: datetime
    finished_at: datetime | None
    result_name: str
    has_result: bool
    kept_until: datetime | None

    @property
    def active(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in ACTIVE


@dataclass(frozen=True, slots=True)
class ResultFile:
    """The result of a job in the file store."""

    key: str
    name: str
    media_type: str


def my_jobs(actor: Actor, after: str | None = None, before: str | None = None) -> Page[JobView]:
    """The actor's jobs, newest first."""
    page = keyset_page(_mine(actor), [SortKey(Job.id, descending=True)], _mark, after=after, before=before)
    return Page([_view(row) for row in page.rows], page.total, page.after, page.before)


def my_job(actor: Actor, job_id: int) -> JobView:
    """One of the actor's jobs, or ``NotFound``."""
    row = db.session.execute(_mine(actor).where(Job.id == job_id)).one_or_none()
    if row is None:
        raise NotFound
    return _view(row)


def my_result(actor: Actor, job_id: int) -> ResultFile:
    """The result of one of the actor's jobs. ``NotFound`` for others', ``Refused`` when there is none (any more)."""
    job = my_job(actor, job_id)
    key, media_type = db.session.execute(select(Job.result_key, Job.result_type).where(Job.id == job_id)).one()
    if not key:
        raise Refused(_why_no_result(job))
    return ResultFile(key, job.result_name, media_type)


def _mine(actor: Actor) -> Select[Any]:
    return select(
        Job.id,
        Job.title,
        Job.state,
        Job.done,
        Job.total,
        Job.message,
        Job.created_at,
        Job.finished_at,
        Job.result_name,
        Job.result_key,
    ).where(Job.owner_id == actor.user_id)


def _mark(row: Row[Any]) -> list[int]:
    return [row.id]


def _view(row: Row[Any]) -> JobView:
    done = row.state is JobState.DONE
    expired = done and not row.result_key
    return JobView(
        id=row.id,
        title=told(row.title),
        state=row.state,
        state_name=STATE_NAMES[row.state],
        done=row.done,
        total=row.total,
        percent=100 if done else min(99, row.done * 100 // row.total) if row.total else 0,
        message=told(row.message) if row.message else _progress(row.state, row.done, row.total, expired),
        created_at=row.created_at,
        finished_at=row.finished_at,
        result_name=row.result_name,
        has_result=bool(row.result_key),
        kept_until=row.finished_at + timedelta(days=RESULT_DAYS) if row.result_key else None,
    )


def _progress(state: JobState, done: int, total: int, expired: bool) -> Message:
    """What to say of a job that has no sentence of its own."""
    if state is JobState.WAITING and not done:
        return msg("已排队，轮到后自动开始。")
    if state in ACTIVE and not total:
        return msg("正在准备。")
    if state in ACTIVE and done == total:
        return msg("各部分已完成，正在合成结果文件。")
    if state in ACTIVE:
        return msg("共 %(total)s 个部分，已完成 %(done)s 个。", total=total, done=done)
    if state is JobState.CANCELLED:
        return msg("任务已取消，没有保留结果。")
    if expired:
        return msg("结果文件超过 %(days)s 天，已清理。如仍需要，请重新提交。", days=RESULT_DAYS)
    return msg("结果文件保留 %(days)s 天，请及时下载。", days=RESULT_DAYS)


def _why_no_result(job: JobView) -> Message:
    return msg("任务尚未完成，请完成后再下载。") if job.active else job.message
