"""Lists as they were published, checks, objections, appointments."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import Hundredths, TextEnum, UtcDateTime
from careerpath.policy.recruitment import Leaving, Outcome, Stage


class CheckKind(StrEnum):
    """体检 or 考察."""

    MEDICAL = "medical"
    BACKGROUND = "background"


class ListLine(Versioned, Record):
    """One line of a published list. ``outcome`` of the final list follows what happens after; ``first_outcome`` stays.

    Candidates of a by-election or a transfer have no marks: their result is recorded, not decided.
    """

    __tablename__ = "recruitment_list_line"
    __table_args__ = (
        UniqueConstraint("application_id", "stage"),
        Index("ix_recruitment_list_line_batch_id", "batch_id"),
        Index("ix_recruitment_list_line_position_id", "position_id"),
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("recruitment_batch.id"))
    position_id: Mapped[int] = mapped_column(ForeignKey("recruitment_position.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    stage: Mapped[Stage] = mapped_column(TextEnum(Stage))
    rank: Mapped[int | None] = mapped_column(Integer)
    written: Mapped[Decimal | None] = mapped_column(Hundredths)
    interview: Mapped[Decimal | None] = mapped_column(Hundredths)
    bonus: Mapped[Decimal | None] = mapped_column(Hundredths)
    total: Mapped[Decimal | None] = mapped_column(Hundredths)
    first_outcome: Mapped[Outcome] = mapped_column(TextEnum(Outcome))
    outcome: Mapped[Outcome] = mapped_column(TextEnum(Outcome))
    because: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info=DERIVED)
    """What the line rests on, as ``careerpath rules try recruitment`` reads it; under the application's number."""
    published_on: Mapped[date] = mapped_column(Date)
    notice_ends_on: Mapped[date | None] = mapped_column(Date)
    """The last day of the public notice that named this person as one to be appointed."""


class DirectResult(Record):
    """The recorded result of a by-election or of a transfer."""

    __tablename__ = "direct_result"
    __table_args__ = (UniqueConstraint("application_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    successful: Mapped[bool] = mapped_column(Boolean)
    held_on: Mapped[date] = mapped_column(Date)
    """The day of the election, or of the decision on the transfer."""
    votes_for: Mapped[int | None] = mapped_column(Integer)
    votes_cast: Mapped[int | None] = mapped_column(Integer)
    document: Mapped[str] = mapped_column(String(120))
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CandidateCheck(Versioned, Record):
    """A medical examination or a background check of somebody on the final list."""

    __tablename__ = "candidate_check"
    __table_args__ = (UniqueConstraint("application_id", "kind"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    kind: Mapped[CheckKind] = mapped_column(TextEnum(CheckKind))
    passed: Mapped[bool] = mapped_column(Boolean)
    on: Mapped[date] = mapped_column(Date)
    place: Mapped[str] = mapped_column(String(80), default="")
    """The hospital, or who looked into it."""
    note: Mapped[str] = mapped_column(String(400), default="", info={"secret": True})
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Departure(Record):
    """Somebody on the final list who will not be appointed, and who moved up instead."""

    __tablename__ = "candidate_departure"
    __table_args__ = (UniqueConstraint("application_id"), Index("ix_candidate_departure_batch_id", "batch_id"))

    batch_id: Mapped[int] = mapped_column(ForeignKey("recruitment_batch.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    leaving: Mapped[Leaving] = mapped_column(TextEnum(Leaving))
    on: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200), default="", info={"secret": True})
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"))
    """The application that moved up; empty while nobody has."""
    filled_on: Mapped[date | None] = mapped_column(Date)
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Objection(Versioned, Record):
    """What somebody brought forward during the public notice."""

    __tablename__ = "recruitment_objection"
    __table_args__ = (Index("ix_recruitment_objection_batch_id", "batch_id"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("recruitment_batch.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"))
    received_on: Mapped[date] = mapped_column(Date)
    named: Mapped[bool] = mapped_column(Boolean)
    """Whether the person gave a name; the name itself is not kept here."""
    text: Mapped[str] = mapped_column(Text, info={"secret": True})
    received_by: Mapped[str] = mapped_column(String(64))
    upheld: Mapped[bool | None] = mapped_column(Boolean)
    answer: Mapped[str] = mapped_column(Text, default="", info={"secret": True})
    answered_on: Mapped[date | None] = mapped_column(Date)
    answered_by: Mapped[str] = mapped_column(String(64), default="")


class Appointment(Record):
    """Somebody appointed: the terms, and the personnel file that was opened from the application."""

    __tablename__ = "appointment"
    __table_args__ = (UniqueConstraint("application_id"), UniqueConstraint("employee_id", "batch_id"))

    batch_id: Mapped[int] = mapped_column(ForeignKey("recruitment_batch.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    starts_on: Mapped[date] = mapped_column(Date)
    contract_ends_on: Mapped[date | None] = mapped_column(Date)
    probation_ends_on: Mapped[date | None] = mapped_column(Date)
    document: Mapped[str] = mapped_column(String(120), default="")
    round_id: Mapped[int | None] = mapped_column(ForeignKey("placement_round.id", ondelete="SET NULL"))
    """The round in which the first level was proposed, where the place has levels; none once it was taken back."""
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
