"""What may be done with background work: order it, cancel it, take it off the list; and how a worker concludes it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy import delete, select

from careerpath.access.actor import Actor
from careerpath.access.guard import after_commit, operation, session_add
from careerpath.access.models import User
from careerpath.access.permissions import Permission
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.files import FileStore, files
from careerpath.core.queue import queue
from careerpath.jobs.models import ACTIVE, Job, JobChunk, JobState, kept
from careerpath.words import Message, NotFound, Refused, msg

ACTIVE_LIMIT = 20
"""How many jobs of one owner may wait or run at a time."""
RESULT_DAYS = 7
"""How long a result can be fetched."""


class Ended(Refused):
    """The job came to its end before it could be cancelled."""

    def __init__(self) -> None:
        super().__init__(msg("这项任务已经结束，不能取消。"))


@dataclass(frozen=True, slots=True)
class Conclusion:
    """How a job ended: with a result in the file store, or with a sentence that says why not."""

    state: JobState
    message: Message | None = None
    result_key: str = ""
    result_name: str = ""
    result_type: str = ""


@operation(Permission.SIGNED_IN)
def order_job(actor: Actor, kind: str, title: Message, request: Mapping[str, Any]) -> int:
    """Order background work; gives the id of the job.

    The same order that still waits or runs is not made twice: its id is given again. ``request`` holds plain JSON
    values. The permission for the work itself is the caller's to check; it is checked again when the work runs.
    """
    plain: dict[str, Any] = json.loads(json.dumps(dict(request)))
    # The owner's row is held, so that orders of one person queue up and each sees the one before.
    owner_id = db.session.scalars(select(User.id).where(User.id == actor.user_id).with_for_update()).one()
    active = db.session.scalars(select(Job).where(Job.owner_id == owner_id, Job.state.in_(ACTIVE))).all()
    for job in active:
        if job.kind == kind and job.request == plain:
            return job.id
    if len(active) >= ACTIVE_LIMIT:
        raise Refused(
            msg("您已有 %(count)s 项任务尚未完成，请等待完成，或在“后台任务”中取消后再提交。", count=len(active))
        )
    job = Job(kind=kind, title=kept(title), owner_id=owner_id, request=plain, created_at=clock.now())
    session_add(job)
    after_commit(partial(_wake, job.id))
    return job.id


@operation(Permission.SIGNED_IN)
def cancel_job(actor: Actor, job_id: int) -> None:
    """Cancel one's own job. A worker that holds it stops after the piece in its hands and keeps nothing of it."""
    job = _own(actor, job_id)
    if job.state not in ACTIVE:
        raise Ended
    job.state = JobState.CANCELLED
    job.finished_at, job.lease_until, job.worker = clock.now(), None, ""
    _drop_chunks(job.id)


@operation(Permission.SIGNED_IN)
def forget_job(actor: Actor, job_id: int) -> None:
    """Take one's own job that has ended off the list, with its result."""
    job = _own(actor, job_id)
    if job.state in ACTIVE:
        raise Refused(msg("这项任务尚未结束，请先取消。"))
    _remove_later([job.result_key])
    db.session.delete(job)


@operation(Permission.SIGNED_IN)
def conclude_job(actor: Actor, job_id: int, holder: str, conclusion: Conclusion) -> None:
    """End a job in its owner's name, on behalf of the worker that holds it.

    Raises ``NotFound`` when ``holder`` holds it no more: it was cancelled, or taken up by another worker.
    """
    job = _own(actor, job_id)
    if job.state is not JobState.RUNNING or job.worker != holder:
        raise NotFound
    job.state = conclusion.state
    job.finished_at, job.lease_until, job.worker = clock.now(), None, ""
    job.message = kept(conclusion.message) if conclusion.message else None
    job.result_key, job.result_name, job.result_type = (
        conclusion.result_key,
        conclusion.result_name,
        conclusion.result_type,
    )
    _drop_chunks(job.id)


@operation(Permission.JOB_SWEEP)
def sweep_results(actor: Actor) -> int:
    """Take away the results that are older than ``RESULT_DAYS``; gives how many. The jobs stay on the lists."""
    before = clock.now() - timedelta(days=RESULT_DAYS)
    jobs = db.session.scalars(select(Job).where(Job.finished_at < before, Job.result_key != "")).all()
    _remove_later([job.result_key for job in jobs])
    for job in jobs:
        job.result_key = ""
    return len(jobs)


def _own(actor: Actor, job_id: int) -> Job:
    query = select(Job).where(Job.id == job_id, Job.owner_id == actor.user_id).with_for_update()
    job = db.session.scalars(query).one_or_none()
    if job is None:
        raise NotFound
    return job


def _drop_chunks(job_id: int) -> None:
    _remove_later(db.session.scalars(select(JobChunk.file_key).where(JobChunk.job_id == job_id)).all())
    db.session.execute(delete(JobChunk).where(JobChunk.job_id == job_id))


def _remove_later(keys: Iterable[str]) -> None:
    """Files go once the rows that named them are gone for good."""
    after_commit(partial(_remove, files(), [key for key in keys if key]))


def _remove(store: FileStore, keys: list[str]) -> None:
    for key in keys:
        try:
            store.remove(key)
        except OSError:
            current_app.logger.exception("a file of a job could not be removed: %s", key)


def _wake(job_id: int) -> None:
    try:
        queue().wake(job_id)
    except Exception:
        # The order stands in the database; a worker that looks round finds it without the call.
        current_app.logger.exception("no worker could be woken for job %s", job_id)
