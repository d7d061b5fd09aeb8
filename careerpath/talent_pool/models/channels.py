"""The green channel: targeted recruitment into posts of institutions (事业编)."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import Hundredths, TextEnum, UtcDateTime


class ChannelState(StrEnum):
    """Where a targeted recruitment stands."""

    PLANNED = "planned"
    OPEN = "open"
    """Announced, the rules are frozen: names come in and are reviewed."""
    RESULTS = "results"
    """Who may take part is settled: the results of exam and interview are recorded."""
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


class ChannelRound(Versioned, Record):
    """One targeted recruitment into posts of institutions. ``edition`` is the rule as frozen when it was announced."""

    __tablename__ = "channel_round"
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint("places > 0", name="places_wanted"),
        Index("ix_channel_round_unit_id", "unit_id"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(80))
    year: Mapped[int] = mapped_column(Integer)
    gate: Mapped[str] = mapped_column(String(40))
    edition_key: Mapped[str] = mapped_column(String(64))
    edition: Mapped[dict[str, Any] | None] = mapped_column(JSON, info=DERIVED)
    state: Mapped[ChannelState] = mapped_column(TextEnum(ChannelState), default=ChannelState.PLANNED)
    document: Mapped[str] = mapped_column(String(120), default="")
    places: Mapped[int] = mapped_column(Integer)
    reckoned_on: Mapped[date] = mapped_column(Date)
    """The day on which the conditions are looked at."""
    closes_on: Mapped[date] = mapped_column(Date)
    """The last day of applications, included."""
    remark: Mapped[str] = mapped_column(Text, default="")
    concluded_on: Mapped[date | None] = mapped_column(Date)


class ChannelStep(Record):
    """The moment at which a targeted recruitment reached a state, and by whom."""

    __tablename__ = "channel_step"
    __table_args__ = (Index("ix_channel_step_channel_id", "channel_id"),)

    channel_id: Mapped[int] = mapped_column(ForeignKey("channel_round.id"))
    state: Mapped[ChannelState] = mapped_column(TextEnum(ChannelState))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(String(200), default="")


class ChannelResult(StrEnum):
    """What became of somebody in a targeted recruitment."""

    APPLIED = "applied"
    ADMITTED = "admitted"
    REJECTED = "rejected"
    HIRED = "hired"
    NOT_HIRED = "not_hired"
    WITHDRAWN = "withdrawn"


class ChannelCandidate(Versioned, Record):
    """One person in a targeted recruitment. ``unit_id`` is the home unit when the name came in."""

    __tablename__ = "channel_candidate"
    __table_args__ = (
        UniqueConstraint("channel_id", "employee_id"),
        Index("ix_channel_candidate_unit_id", "unit_id"),
        Index("ix_channel_candidate_employee_id", "employee_id"),
    )

    channel_id: Mapped[int] = mapped_column(ForeignKey("channel_round.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    home_name: Mapped[str] = mapped_column(String(120))
    result: Mapped[ChannelResult] = mapped_column(TextEnum(ChannelResult), default=ChannelResult.APPLIED)
    checked: Mapped[dict[str, bool]] = mapped_column(JSON, default=dict)
    eligible: Mapped[bool | None] = mapped_column(Boolean)
    eligibility: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)
    """The reasons of the rule's advice, as they stood at the review."""
    reviewed_by: Mapped[str] = mapped_column(String(64), default="")
    reviewed_on: Mapped[date | None] = mapped_column(Date)
    review_reason: Mapped[str] = mapped_column(String(200), default="")
    total: Mapped[Decimal | None] = mapped_column(Hundredths)
    """The total of exam and interview as the recruiting body published it."""
    rank: Mapped[int | None] = mapped_column(Integer)
    hired_by: Mapped[str] = mapped_column(String(80), default="")
    """The institution."""
    hired_on: Mapped[date | None] = mapped_column(Date)
    left_service: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether the hiring ended the service as a community worker."""
    note: Mapped[str] = mapped_column(String(200), default="")
