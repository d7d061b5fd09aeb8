"""What we keep of annual appraisals: the year, each street's part of it, and each person's record."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import DecimalMap, Hundredths, TextEnum, UtcDateTime
from careerpath.policy.appraisal_steps import State
from careerpath.policy.codes import UNDETERMINED

WITHOUT_GRADE = tuple(code.value for code in UNDETERMINED)
"""Codes of people who receive no grade and do not count for the quota."""


class AppraisalYear(Versioned, Record):
    """One district's appraisal of one year, with the edition of the rules frozen when it was opened."""

    __tablename__ = "appraisal_year"
    __table_args__ = (UniqueConstraint("unit_id", "year"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int] = mapped_column(Integer)
    edition: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The whole edition as plain values (``AppraisalEdition.from_plain``)."""
    reference_on: Mapped[date] = mapped_column(Date)
    """Everybody in service on this day is appraised."""
    self_summary_due_on: Mapped[date] = mapped_column(Date)
    community_due_on: Mapped[date] = mapped_column(Date)
    street_due_on: Mapped[date] = mapped_column(Date)
    district_due_on: Mapped[date] = mapped_column(Date)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StreetAppraisal(Versioned, Record):
    """One street's part of a year: the row that is locked where the quota of 优秀 is counted."""

    __tablename__ = "street_appraisal"
    __table_args__ = (UniqueConstraint("year_id", "unit_id"), Index("ix_street_appraisal_unit_id", "unit_id"))

    year_id: Mapped[int] = mapped_column(ForeignKey("appraisal_year.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The last time the street submitted."""
    quota_document: Mapped[str] = mapped_column(String(120), default="")
    """The approval document that allows the larger share of 优秀; empty without one."""


class Appraisal(Versioned, Record):
    """One person's appraisal of one year. What a decision rested on stays with it: unit, post, facts, reasons."""

    __tablename__ = "appraisal"
    __table_args__ = (
        UniqueConstraint("year_id", "employee_id"),
        Index("ix_appraisal_unit_id", "unit_id"),
        Index("ix_appraisal_street_appraisal_id", "street_appraisal_id"),
        Index("ix_appraisal_employee_id", "employee_id"),
    )

    year_id: Mapped[int] = mapped_column(ForeignKey("appraisal_year.id"))
    street_appraisal_id: Mapped[int] = mapped_column(ForeignKey("street_appraisal.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The home unit on the reference day."""
    roster_order: Mapped[int] = mapped_column(Integer, default=0)
    """Place in the printed roster: by community, then post, then number."""
    post: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(60))
    post_since: Mapped[date | None] = mapped_column(Date)
    duties: Mapped[str] = mapped_column(String(200), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Facts of the rules other than scores, as ``rules try`` reads them: absence, leave, probation, discipline."""
    special: Mapped[str] = mapped_column(String(2), default="")
    """5A, 5B, 5C or 6A as proposed from the facts when the year was opened; empty for a normal appraisal."""
    special_because: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)

    self_summary: Mapped[str] = mapped_column(Text, default="")
    self_summary_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    training: Mapped[str] = mapped_column(String(120), default="")
    ballots: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Tallies per voter class, never who voted: ``{"peer": {"1": 21, "2": 9, "3": 0, "4": 0}}``."""
    community_opinion: Mapped[str] = mapped_column(Text, default="")
    community_by: Mapped[str] = mapped_column(String(64), default="")
    community_on: Mapped[date | None] = mapped_column(Date)

    scores: Mapped[dict[str, Decimal]] = mapped_column(DecimalMap, default=dict)
    satisfaction: Mapped[Decimal | None] = mapped_column(Hundredths)
    """Per cent of satisfied residents."""
    total: Mapped[Decimal | None] = mapped_column(Hundredths)
    suggested_grade: Mapped[str] = mapped_column(String(2), default="")
    """What the rules make of scores and facts."""
    street_grade: Mapped[str] = mapped_column(String(2), default="")
    street_opinion: Mapped[str] = mapped_column(Text, default="")
    street_by: Mapped[str] = mapped_column(String(64), default="")
    street_on: Mapped[date | None] = mapped_column(Date)

    touched_by: Mapped[str] = mapped_column(String(64), default="")
    touched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Who wrote in this record last, and when: for whoever comes second."""
    complete: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether nothing is lacking for the street's submission."""
    state: Mapped[State] = mapped_column(TextEnum(State), default=State.OPEN)
    return_comment: Mapped[str] = mapped_column(Text, default="")
    grade: Mapped[str] = mapped_column(String(2), default="")
    """The decided grade."""
    decision: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(64), default="")
    decided_on: Mapped[date | None] = mapped_column(Date)
    because: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)
    """The reasons of score and grade, as they stood when last computed."""
    undetermined_note: Mapped[str] = mapped_column(Text, default="")
    signed_off: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether the worker has confirmed the result."""
    own_opinion: Mapped[str] = mapped_column(Text, default="")
