"""Matchings: who would suit whom as it was solved, what people changed, and what came of it."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import Hundredths, TextEnum, UtcDateTime


class MatchingState(StrEnum):
    """Where a matching stands."""

    OPEN = "open"
    """Proposals are looked at and changed; it may be solved again."""
    CARRIED_OUT = "carried_out"
    DROPPED = "dropped"


class Matching(Versioned, Record):
    """One proposal for many mentees and mentors of a unit and what lies below it."""

    __tablename__ = "matching"
    __table_args__ = (Index("ix_matching_unit_id", "unit_id"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(60))
    state: Mapped[MatchingState] = mapped_column(TextEnum(MatchingState), default=MatchingState.OPEN)
    edition: Mapped[dict[str, Any]] = mapped_column(JSON, info=DERIVED)
    starts_on: Mapped[date] = mapped_column(Date)
    """The first day of the pairings that are to follow."""
    ends_on: Mapped[date] = mapped_column(Date)
    mentor_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    """The mentors among whom it was solved; empty for all with a place left."""
    solved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(64))
    carried_out_on: Mapped[date | None] = mapped_column(Date)


class MatchLine(Versioned, Record):
    """One mentee of a matching and the mentor proposed; nobody where none suits or no place is left."""

    __tablename__ = "match_line"
    __table_args__ = (UniqueConstraint("matching_id", "employee_id"), Index("ix_match_line_employee_id", "employee_id"))

    matching_id: Mapped[int] = mapped_column(ForeignKey("matching.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The mentee's unit when it was solved."""
    wanted: Mapped[list[str]] = mapped_column(JSON, default=list)
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("mentor.id"))
    points: Mapped[Decimal | None] = mapped_column(Hundredths)
    because: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)
    kept: Mapped[bool] = mapped_column(Boolean, default=False)
    """A person chose this mentor: solving again leaves it as it is."""
    left_out: Mapped[bool] = mapped_column(Boolean, default=False)
    """A person decided that this mentee gets no mentor this time."""
    reason: Mapped[str] = mapped_column(String(200), default="")
    """Why a person changed it, or why the mentor takes more people than the cap allows."""
    pairing_id: Mapped[int | None] = mapped_column(ForeignKey("pairing.id", ondelete="SET NULL"))
