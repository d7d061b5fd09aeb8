"""Promotions: proposal, approvals, public notice, appointment, or the recorded result of an election."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import TextEnum, UtcDateTime


class PromotionState(StrEnum):
    """Where a promotion stands. One to an elected post goes from APPROVED to CONCLUDED by the election's result."""

    PROPOSED = "proposed"
    """Written by the street, not yet submitted."""
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    """By the district: the notice is next, or the election."""
    NOTICE = "notice"
    CONCLUDED = "concluded"
    """Appointed, or elected; the posting stands in the file."""
    FAILED = "failed"
    """Not approved, not elected, or stopped after an objection."""
    WITHDRAWN = "withdrawn"


class Promotion(Versioned, Record):
    """One person proposed for one post. ``unit_id`` is the unit of the new post."""

    __tablename__ = "promotion"
    __table_args__ = (
        Index("ix_promotion_unit_id", "unit_id"),
        Index("ix_promotion_employee_id", "employee_id"),
    )

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("pool_entry.id"))
    """The entry of the pool that the person comes from."""
    rung: Mapped[str] = mapped_column(String(40))
    edition: Mapped[dict[str, Any]] = mapped_column(JSON, info=DERIVED)
    """The rule as it was when the promotion was proposed."""
    elected: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether an election decides: its result is recorded here, nobody is appointed."""
    post: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(60))
    party_role: Mapped[str] = mapped_column(String(40), default="")
    dual_head: Mapped[bool] = mapped_column(Boolean, default=False)
    main: Mapped[bool] = mapped_column(Boolean, default=True)
    """Whether the new post replaces the present main one; else it is held beside it."""
    former_post: Mapped[str] = mapped_column(String(120))
    """Unit and title when it was proposed."""
    relieved_of: Mapped[str] = mapped_column(String(120), default="")
    """拟免职务, as forms print it."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """任免理由."""
    state: Mapped[PromotionState] = mapped_column(TextEnum(PromotionState), default=PromotionState.PROPOSED)
    checked: Mapped[dict[str, bool]] = mapped_column(JSON, default=dict)
    eligible: Mapped[bool | None] = mapped_column(Boolean)
    eligibility: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)
    """The checklist of the rung on the day it was submitted."""
    proposed_on: Mapped[date] = mapped_column(Date)
    document: Mapped[str] = mapped_column(String(120), default="")
    """The district's document of approval."""
    approved_on: Mapped[date | None] = mapped_column(Date)
    notice_starts_on: Mapped[date | None] = mapped_column(Date)
    notice_ends_on: Mapped[date | None] = mapped_column(Date)
    starts_on: Mapped[date | None] = mapped_column(Date)
    """The first day in the new post."""
    held_on: Mapped[date | None] = mapped_column(Date)
    """The day of the election."""
    votes_for: Mapped[int | None] = mapped_column(Integer)
    votes_cast: Mapped[int | None] = mapped_column(Integer)
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id", ondelete="SET NULL"))
    ended_reason: Mapped[str] = mapped_column(String(200), default="")
    """Why it failed or was withdrawn."""


class PromotionStep(Record):
    """One step of a promotion with the opinion given at it."""

    __tablename__ = "promotion_step"
    __table_args__ = (Index("ix_promotion_step_promotion_id", "promotion_id"),)

    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotion.id"))
    state: Mapped[PromotionState] = mapped_column(TextEnum(PromotionState))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(64))
    opinion: Mapped[str] = mapped_column(String(400), default="")


class PoolObjection(Versioned, Record):
    """What somebody brought forward during the public notice of a selection or a promotion."""

    __tablename__ = "pool_objection"
    __table_args__ = (
        CheckConstraint("(entrant_id IS NULL) <> (promotion_id IS NULL)", name="about_one_thing"),
        Index("ix_pool_objection_entrant_id", "entrant_id"),
        Index("ix_pool_objection_promotion_id", "promotion_id"),
    )

    entrant_id: Mapped[int | None] = mapped_column(ForeignKey("selection_entrant.id"))
    promotion_id: Mapped[int | None] = mapped_column(ForeignKey("promotion.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """That of the entrant or of the promotion."""
    received_on: Mapped[date] = mapped_column(Date)
    named: Mapped[bool] = mapped_column(Boolean)
    """Whether the person gave a name; the name itself is not kept here."""
    text: Mapped[str] = mapped_column(Text, info={"secret": True})
    received_by: Mapped[str] = mapped_column(String(64))
    upheld: Mapped[bool | None] = mapped_column(Boolean)
    answer: Mapped[str] = mapped_column(Text, default="", info={"secret": True})
    answered_on: Mapped[date | None] = mapped_column(Date)
    answered_by: Mapped[str] = mapped_column(String(64), default="")
