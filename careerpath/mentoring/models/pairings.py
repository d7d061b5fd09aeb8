"""Pairings: agreement, monthly log, reviews, and what each said of the other at the end."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import Hundredths, TextEnum, UtcDateTime


class PairingState(StrEnum):
    """Where a pairing stands; whether it has begun, stalled or run out follows from the days."""

    AGREED = "agreed"
    """From the agreement to the last day, and after it until both have evaluated."""
    COMPLETED = "completed"
    """Both sides evaluated; the grade says whether it counts."""
    ENDED = "ended"
    """Before its time."""
    DROPPED = "dropped"
    """Entered by mistake, or never begun."""


class Pairing(Versioned, Record):
    """One mentor and one mentee for a time. ``unit_id`` is the mentee's unit when it was agreed."""

    __tablename__ = "pairing"
    __table_args__ = (
        UniqueConstraint("unit_id", "number"),
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
        Index("ix_pairing_mentor_id", "mentor_id"),
        Index("ix_pairing_employee_id", "employee_id"),
        Index("ix_pairing_unit_id", "unit_id"),
    )

    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentor.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[str] = mapped_column(String(24))
    """The number of the agreement."""
    edition: Mapped[dict[str, Any]] = mapped_column(JSON, info=DERIVED)
    """The rule as it was when the two agreed."""
    state: Mapped[PairingState] = mapped_column(TextEnum(PairingState), default=PairingState.AGREED)
    home_name: Mapped[str] = mapped_column(String(120))
    """The mentee's unit and title as the agreement prints them."""
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    wanted: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What the mentee is to learn: codes of lines of work."""
    goals: Mapped[str] = mapped_column(Text, default="")
    plan: Mapped[str] = mapped_column(Text, default="")
    assessment: Mapped[str] = mapped_column(Text, default="")
    """考核办法."""
    cap_reason: Mapped[str] = mapped_column(String(200), default="")
    """Why the mentor takes more people than the cap allows."""
    because: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)
    """The reasons of the proposal that it came from."""
    ended_on: Mapped[date | None] = mapped_column(Date)
    """The last day of one that ended before its time."""
    end_reason: Mapped[str] = mapped_column(String(200), default="")
    """Why it ended, was dropped, or was taken up again after it had been completed."""
    mentee_grade: Mapped[str] = mapped_column(String(24), default="")
    """What the mentor says of the mentee, by its code in the edition."""
    mentee_opinion: Mapped[str] = mapped_column(Text, default="")
    mentor_grade: Mapped[str] = mapped_column(String(24), default="")
    """What the mentee says of the mentor."""
    mentor_opinion: Mapped[str] = mapped_column(Text, default="")
    unit_opinion: Mapped[str] = mapped_column(Text, default="")
    """见证单位意见."""
    completed_on: Mapped[date | None] = mapped_column(Date)


class MentoringLog(Versioned, Record):
    """One talk, visit or task of a pairing."""

    __tablename__ = "mentoring_log"
    __table_args__ = (
        CheckConstraint("hours >= 0", name="hours_not_negative"),
        Index("ix_mentoring_log_pairing_id", "pairing_id"),
    )

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    on: Mapped[date] = mapped_column(Date)
    hours: Mapped[Decimal] = mapped_column(Hundredths, default=Decimal(0))
    topic: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MentoringReview(Versioned, Record):
    """A quarterly review of a pairing."""

    __tablename__ = "mentoring_review"
    __table_args__ = (UniqueConstraint("pairing_id", "on"),)

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"))
    on: Mapped[date] = mapped_column(Date)
    progress: Mapped[str] = mapped_column(Text)
    """What has been reached of the goals."""
    opinion: Mapped[str] = mapped_column(Text, default="")
    """What should change."""
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
