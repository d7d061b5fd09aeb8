"""Rotations: where somebody is lent to, for how long, what they report, and how the host judged them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import TextEnum, UtcDateTime
from careerpath.policy.rotation import Direction


class RotationState(StrEnum):
    """Where a rotation stands; whether somebody is away or overdue today follows from the days."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    """It takes place on its days: reports and extensions are entered."""
    RETURNED = "returned"
    """Back at home; the evaluation is to be written."""
    EVALUATED = "evaluated"
    CANCELLED = "cancelled"
    """Before it began."""


class Rotation(Versioned, Record):
    """One person at one host for a time. ``unit_id`` is the home unit, whose headcount goes on counting them.

    A cadre sent down (下派) may have no file here: then ``employee_id`` is empty and the name is kept as text.
    """

    __tablename__ = "rotation"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
        CheckConstraint("employee_id IS NOT NULL OR person_name <> ''", name="somebody"),
        Index("ix_rotation_employee_id", "employee_id"),
        Index("ix_rotation_unit_id", "unit_id"),
        Index("ix_rotation_host_id", "host_id"),
    )

    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    person_name: Mapped[str] = mapped_column(String(64), default="")
    home_name: Mapped[str] = mapped_column(String(120))
    """派出单位及职务, as it was when proposed."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    host_id: Mapped[int] = mapped_column(ForeignKey("host.id"))
    host_post: Mapped[str] = mapped_column(String(60))
    """挂职岗位."""
    kind: Mapped[str] = mapped_column(String(40))
    direction: Mapped[Direction] = mapped_column(TextEnum(Direction))
    full_time: Mapped[bool] = mapped_column(Boolean)
    edition: Mapped[dict[str, Any]] = mapped_column(JSON, info=DERIVED)
    """The rule as it was when the rotation was proposed."""
    state: Mapped[RotationState] = mapped_column(TextEnum(RotationState), default=RotationState.PROPOSED)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    """The last day planned, with extensions."""
    first_end: Mapped[date | None] = mapped_column(Date)
    """The last day as first planned, where it was extended."""
    returned_on: Mapped[date | None] = mapped_column(Date)
    """The last day away."""
    return_reason: Mapped[str] = mapped_column(String(200), default="")
    """Why earlier or later than planned."""
    tasks: Mapped[str] = mapped_column(Text, default="")
    document: Mapped[str] = mapped_column(String(120), default="")
    """The document of approval."""
    work: Mapped[str] = mapped_column(Text, default="")
    """主要工作."""
    self_summary: Mapped[str] = mapped_column(Text, default="")
    grade: Mapped[str] = mapped_column(String(24), default="")
    """鉴定等次, by its code in the edition."""
    host_opinion: Mapped[str] = mapped_column(Text, default="")
    home_opinion: Mapped[str] = mapped_column(Text, default="")
    district_opinion: Mapped[str] = mapped_column(Text, default="")
    evaluated_on: Mapped[date | None] = mapped_column(Date)
    wish_id: Mapped[int | None] = mapped_column(ForeignKey("rotation_wish.id", ondelete="SET NULL"))


class RotationStep(Record):
    """What was done with a rotation: approved, extended, returned, evaluated, taken back."""

    __tablename__ = "rotation_step"
    __table_args__ = (Index("ix_rotation_step_rotation_id", "rotation_id"),)

    rotation_id: Mapped[int] = mapped_column(ForeignKey("rotation.id"))
    state: Mapped[RotationState] = mapped_column(TextEnum(RotationState))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(String(200), default="")


class RotationReport(Versioned, Record):
    """What somebody away reports of a time."""

    __tablename__ = "rotation_report"
    __table_args__ = (UniqueConstraint("rotation_id", "on"),)

    rotation_id: Mapped[int] = mapped_column(ForeignKey("rotation.id"))
    on: Mapped[date] = mapped_column(Date)
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RotationWish(Versioned, Record):
    """What somebody would like; open until a rotation follows or it is taken back."""

    __tablename__ = "rotation_wish"
    __table_args__ = (
        Index("ix_rotation_wish_employee_id", "employee_id"),
        Index("ix_rotation_wish_unit_id", "unit_id"),
    )

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The person's unit when the wish was entered."""
    kind: Mapped[str] = mapped_column(String(40), default="")
    """The kind by its code; empty for any."""
    host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id"))
    lines: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What they would like to learn: codes of lines of work."""
    earliest_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(String(200), default="")
    wished_on: Mapped[date] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
