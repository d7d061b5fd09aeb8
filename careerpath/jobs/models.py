"""What we keep of background work: who asked for what, how far it is, who holds it, and the result."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record
from careerpath.core.types import TextEnum, UtcDateTime
from careerpath.words import Message


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ACTIVE = (JobState.WAITING, JobState.RUNNING)
"""The states of work that is still to come to an end."""


class Job(Record):
    """One piece of background work. ``lease_until`` is when another worker may take it up if no heartbeat came."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_owner_id", "owner_id"), Index("ix_job_state", "state"))

    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[dict[str, Any]] = mapped_column(JSON)
    """A sentence for the owner with its values apart (``kept``, ``told``), to be shown in the reader's language."""
    owner_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    request: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What was asked for, as plain values."""
    plan: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    """The pieces, as divided when the job was first taken up: kept chunks stay those of the same pieces."""
    state: Mapped[JobState] = mapped_column(TextEnum(JobState), default=JobState.WAITING)
    total: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    message: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Why it failed: a sentence like the title."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    worker: Mapped[str] = mapped_column(String(80), default="")
    """Who holds the lease: the worker's name and a mark of this one taking."""
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


class Chore(Record):
    """A daily piece of housekeeping and the last day it was begun: several workers do it once between them."""

    __tablename__ = "chore"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str] = mapped_column(String(40))
    begun_on: Mapped[date] = mapped_column(Date)


def kept(message: Message) -> dict[str, Any]:
    """A sentence as plain values for a column: its text, and the values of its places."""
    return {"text": message.text, "values": {name: _kept_value(value) for name, value in message.values.items()}}


def told(sentence: dict[str, Any]) -> Message:
    """The sentence that ``kept`` put away."""
    values = {name: told(value) if isinstance(value, dict) else value for name, value in sentence["values"].items()}
    return Message(sentence["text"], values)


def _kept_value(value: object) -> object:
    if isinstance(value, Message):
        return kept(value)
    return value if isinstance(value, int | str) else str(value)
