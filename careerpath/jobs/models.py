"""What we keep of background work: who asked for what, how far it is, who holds it, and the result."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record
from careerpath.core.types import TextEnum, UtcDateTime


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Record):
    """One piece of background work. ``lease_until`` is when another worker may take it up if no heartbeat came."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_owner_id", "owner_id"), Index("ix_job_state", "state"))

    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    owner_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    request: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What was asked for, as plain values."""
    state: Mapped[JobState] = mapped_column(TextEnum(JobState), default=JobState.WAITING)
    total: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    message: Mapped[str] = mapped_column(String(400), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    worker: Mapped[str] = mapped_column(String(60), default="")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    result_key: Mapped[str] = mapped_column(String(64), default="")
    result_name: Mapped[str] = mapped_column(String(120), default="")
    result_type: Mapped[str] = mapped_column(String(80), default="")


class JobChunk(Record):
    """A finished piece of a job: kept, so that a worker that takes the job up again need not do it twice."""

    __tablename__ = "job_chunk"
    __table_args__ = (UniqueConstraint("job_id", "number"),)

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"))
    number: Mapped[int] = mapped_column(Integer)
    file_key: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
