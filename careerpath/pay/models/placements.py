"""Levels: what was approved, and the rounds in which a street proposes and the district approves."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import Money, TextEnum, UtcDateTime
from careerpath.employees.models import Fact
from careerpath.policy.pay import Cause


class ProposalState(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    WITHHELD = "withheld"
    """The street does not put it forward, and says why."""
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Placement(Fact, Record):
    """An approved level from a day on, until the next one begins. A correction supersedes, it never overwrites."""

    __tablename__ = "placement"
    __table_args__ = (Index("ix_placement_employee_id", "employee_id"), Index("ix_placement_unit_id", "unit_id"))

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The unit of the person when it was approved."""
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("placement_proposal.id"))
    post: Mapped[str] = mapped_column(String(8))
    tier: Mapped[int | None] = mapped_column(Integer)
    level: Mapped[int] = mapped_column(Integer)
    starts_on: Mapped[date] = mapped_column(Date)
    cause: Mapped[Cause] = mapped_column(TextEnum(Cause))
    document: Mapped[str] = mapped_column(String(120), default="")
    """The approval: number of the form or of the document."""
    edition_key: Mapped[str] = mapped_column(String(64))
    because: Mapped[list[Any]] = mapped_column(JSON, info=DERIVED)


class PlacementRound(Versioned, Record):
    """One street's proposals on one day, under the edition frozen then."""

    __tablename__ = "placement_round"
    __table_args__ = (Index("ix_placement_round_unit_id", "unit_id"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    on: Mapped[date] = mapped_column(Date)
    """Levels are looked at on this day."""
    newcomers: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    """Whether it is for some people who were just appointed: it stands beside the street's own round."""
    edition: Mapped[dict[str, Any]] = mapped_column(JSON, info=DERIVED)
    edition_key: Mapped[str] = mapped_column(String(64))
    lacking: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)
    """People who could not be placed: ``{"employee_id", "number", "name", "unit", "missing": […]}``."""
    looked_at: Mapped[int] = mapped_column(Integer, default=0)
    """How many people the round looked at."""
    generated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    generated_by: Mapped[str] = mapped_column(String(64))
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When nothing was left to decide, or the street took the round back."""


class PlacementProposal(Versioned, Record):
    """One change of one person's level: before, after, since when, and why. It is what the approval form prints."""

    __tablename__ = "placement_proposal"
    __table_args__ = (
        UniqueConstraint("round_id", "employee_id", "starts_on"),
        Index("ix_placement_proposal_employee_id", "employee_id"),
        Index("ix_placement_proposal_unit_id", "unit_id"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("placement_round.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    roster_order: Mapped[int] = mapped_column(Integer)
    post: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(60))
    cause: Mapped[Cause] = mapped_column(TextEnum(Cause))
    starts_on: Mapped[date] = mapped_column(Date)
    before_tier: Mapped[int | None] = mapped_column(Integer)
    before_level: Mapped[int | None] = mapped_column(Integer)
    before_since: Mapped[date | None] = mapped_column(Date)
    after_tier: Mapped[int | None] = mapped_column(Integer)
    after_level: Mapped[int] = mapped_column(Integer)
    before_items: Mapped[list[Any]] = mapped_column(JSON)
    """``{"code", "name", "amount"}`` of each component before; empty without an approved level."""
    after_items: Mapped[list[Any]] = mapped_column(JSON)
    before_monthly: Mapped[Decimal | None] = mapped_column(Money)
    after_monthly: Mapped[Decimal] = mapped_column(Money)
    because: Mapped[list[Any]] = mapped_column(JSON, info=DERIVED)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, info=DERIVED)
    """What the proposal rests on, as ``careerpath rules try pay`` reads it."""
    state: Mapped[ProposalState] = mapped_column(TextEnum(ProposalState), default=ProposalState.PROPOSED)
    note: Mapped[str] = mapped_column(Text, default="")
    """The street's: why it is withheld, or what the district should know."""
    street_by: Mapped[str] = mapped_column(String(64), default="")
    street_on: Mapped[date | None] = mapped_column(Date)
    comment: Mapped[str] = mapped_column(Text, default="")
    """The district's."""
    decided_by: Mapped[str] = mapped_column(String(64), default="")
    decided_on: Mapped[date | None] = mapped_column(Date)
    document: Mapped[str] = mapped_column(String(120), default="")
    """The number of the approval."""
