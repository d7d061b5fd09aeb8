"""Who holds a job. Each step is one short transaction with one conditional UPDATE: two workers never hold one job.

Taking, heartbeats and kept pieces are not audited one by one; ordering, cancelling and concluding are operations.
"""

from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Update, and_, func, literal, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from careerpath.core import clock
from careerpath.core.db import db, writing
from careerpath.core.types import UtcDateTime
from careerpath.jobs.models import Chore, Job, JobChunk, JobState


def due_jobs(limit: int = 20) -> list[int]:
    """The ids of jobs that wait, or whose worker has not been heard of within its lease; oldest first."""
    query = select(Job.id).where(_free(clock.now())).order_by(Job.id).limit(limit)
    found = list(db.session.scalars(query).all())
    db.session.rollback()
    return found


def take(job_id: int, holder: str, lease: timedelta) -> bool:
    """Take a job that is free; whether it is now held by ``holder``."""
    now = clock.now()
    return _change(
        update(Job)
        .where(Job.id == job_id, _free(now))
        .values(
            state=JobState.RUNNING,
            worker=holder,
            lease_until=now + lease,
            heartbeat_at=now,
            started_at=func.coalesce(Job.started_at, literal(now, UtcDateTime())),
            attempts=Job.attempts + 1,
        )
    )


def renew(job_id: int, holder: str, lease: timedelta) -> bool:
    """A heartbeat: the lease begins anew. False when it is held no more (cancelled, or taken by another)."""
    now = clock.now()
    return _change(_held(job_id, holder).values(lease_until=now + lease, heartbeat_at=now))


def keep_plan(job_id: int, holder: str, plan: list[Any]) -> bool:
    """Keep the pieces into which the job was divided. False when it is held no more."""
    return _change(_held(job_id, holder).values(plan=plan, total=len(plan)))


def keep_chunk(job_id: int, holder: str, number: int, file_key: str, lease: timedelta) -> bool:
    """Keep a finished piece and count it. False, and nothing kept, when the job is held no more."""
    now = clock.now()
    with writing() as session:
        values = {"done": Job.done + 1, "lease_until": now + lease, "heartbeat_at": now}
        if _rows(session, _held(job_id, holder).values(values)) == 0:
            return False
        session.add(JobChunk(job_id=job_id, number=number, file_key=file_key, made_at=now))
    return True


def release(job_id: int, holder: str) -> None:
    """Give a job back unfinished, because the worker has to go; it does not count as a failed attempt."""
    _change(_held(job_id, holder).values(**_BACK))


def release_all(worker: str) -> None:
    """Give back every job that the worker of this name still holds."""
    held = Job.worker.startswith(f"{worker}/", autoescape=True)
    with writing() as session:
        _rows(session, update(Job).where(Job.state == JobState.RUNNING, held).values(**_BACK))


def begin_chore(name: str, on: date) -> bool:
    """Whether the caller is the one that does this piece of housekeeping on this day."""
    try:
        with writing() as session:
            query = update(Chore).where(Chore.name == name, Chore.begun_on < on).values(begun_on=on)
            if _rows(session, query) == 1:
                return True
            if session.scalar(select(Chore.id).where(Chore.name == name)) is not None:
                return False
            session.add(Chore(name=name, begun_on=on))
    except IntegrityError:
        # On the very first day two workers may both find nothing; one of them was first.
        return False
    return True


_BACK: dict[str, Any] = {
    "state": JobState.WAITING,
    "worker": "",
    "lease_until": None,
    "attempts": Job.attempts - 1,
}


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(Job.state == JobState.WAITING, and_(Job.state == JobState.RUNNING, Job.lease_until < now))


def _held(job_id: int, holder: str) -> Update:
    return update(Job).where(Job.id == job_id, Job.state == JobState.RUNNING, Job.worker == holder)


def _change(query: Update) -> bool:
    with writing() as session:
        return _rows(session, query) == 1


def _rows(session: Session, query: Update) -> int:
    result = session.execute(query, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", result).rowcount
