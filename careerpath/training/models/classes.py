"""Courses and classes, their days, who takes part, who signed in, and their materials."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    Time,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record, Versioned
from careerpath.core.types import Hundredths, TextEnum, UtcDateTime
from careerpath.policy.training import Tier


class Course(Versioned, Record):
    """What is taught, by whom: ``unit_id`` holds it (city, district or street). Classes are held of it."""

    __tablename__ = "course"
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint("hours >= 0", name="hours_not_negative"),
        Index("ix_course_unit_id", "unit_id"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(80))
    tier: Mapped[Tier] = mapped_column(TextEnum(Tier))
    category: Mapped[str] = mapped_column(String(40), default="")
    """党建引领, 基层治理, 岗前培训 …, as the holder groups its courses."""
    hours: Mapped[Decimal] = mapped_column(Hundredths)
    """学时."""
    days: Mapped[Decimal | None] = mapped_column(Hundredths)
    """Where it is counted in days, not by its hours."""
    lines: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What it teaches: codes of lines of work."""
    teaches: Mapped[str] = mapped_column(String(16), default="")
    """The ``SkillLevel`` that who passes it has shown; empty for none."""
    outline: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class ClassState(StrEnum):
    """Where a class stands; whether it is being held follows from its days."""

    PLANNED = "planned"
    OPEN = "open"
    """Announced: people enrol, are enrolled, and sign in on its days."""
    CLOSED = "closed"
    """Who took part is settled and counts."""
    CANCELLED = "cancelled"


class TrainingClass(Versioned, Record):
    """One class of a course. ``unit_id`` holds it; hours and days are those of the course when it was planned."""

    __tablename__ = "training_class"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity_wanted"),
        Index("ix_training_class_unit_id_starts_on", "unit_id", "starts_on"),
        Index("ix_training_class_course_id", "course_id"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(80))
    """As lists name it: 2025年第3期社区书记培训班."""
    tier: Mapped[Tier] = mapped_column(TextEnum(Tier))
    hours: Mapped[Decimal] = mapped_column(Hundredths)
    days: Mapped[Decimal | None] = mapped_column(Hundredths)
    state: Mapped[ClassState] = mapped_column(TextEnum(ClassState), default=ClassState.PLANNED)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    enrol_until: Mapped[date | None] = mapped_column(Date)
    """The last day on which people may enrol themselves; empty where they may not."""
    held_at: Mapped[str] = mapped_column(String(80), default="")
    teacher: Mapped[str] = mapped_column(String(80), default="")
    capacity: Mapped[int | None] = mapped_column(Integer)
    audience: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Whom it is for: ``posts``, ``joined_from``, ``joined_until``, ``requirement`` (its code), ``lines``."""
    score_wanted: Mapped[Decimal | None] = mapped_column(Hundredths)
    """The score out of 100 from which somebody passes; empty where nothing is tested."""
    document: Mapped[str] = mapped_column(String(120), default="")
    remark: Mapped[str] = mapped_column(String(400), default="")
    closed_on: Mapped[date | None] = mapped_column(Date)
    cancelled_reason: Mapped[str] = mapped_column(String(200), default="")


class ClassDay(Record):
    """One day (or half of one) of a class, with the code that people type on their phones to sign in."""

    __tablename__ = "class_day"
    __table_args__ = (UniqueConstraint("class_id", "on", "begins"),)

    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    on: Mapped[date] = mapped_column(Date)
    begins: Mapped[time] = mapped_column(Time)
    ends: Mapped[time] = mapped_column(Time)
    code: Mapped[str] = mapped_column(String(8))
    """Drawn afresh for each day; it works from 30 minutes before it begins until it ends."""
    hours: Mapped[Decimal] = mapped_column(Hundredths)
    """How many of the hours of the class are taught on it."""


class EnrolmentWay(StrEnum):
    """How somebody came into a class: by the rule of its audience, by hand, by themselves."""

    RULE = "rule"
    HAND = "hand"
    SELF = "self"


class EnrolmentState(StrEnum):
    """Where somebody stands in a class."""

    ENROLLED = "enrolled"
    WAITING = "waiting"
    """The class is full."""
    ATTENDED = "attended"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"


class Enrolment(Versioned, Record):
    """One person in one class. ``unit_id`` is the person's unit at the time."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("class_id", "employee_id"),
        CheckConstraint("rating IS NULL OR rating BETWEEN 1 AND 5", name="rating_in_range"),
        Index("ix_enrolment_employee_id", "employee_id"),
        Index("ix_enrolment_unit_id", "unit_id"),
    )

    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    way: Mapped[EnrolmentWay] = mapped_column(TextEnum(EnrolmentWay))
    state: Mapped[EnrolmentState] = mapped_column(TextEnum(EnrolmentState), default=EnrolmentState.ENROLLED)
    hours: Mapped[Decimal | None] = mapped_column(Hundredths)
    """What counts for this person once the class is closed: all of it, or the days on which they signed in."""
    days: Mapped[Decimal | None] = mapped_column(Hundredths)
    score: Mapped[Decimal | None] = mapped_column(Hundredths)
    passed: Mapped[bool | None] = mapped_column(Boolean)
    note: Mapped[str] = mapped_column(String(200), default="")
    """Leave, the reason of an absence or a withdrawal."""
    rating: Mapped[int | None] = mapped_column(Integer)
    """What the person says of the class, 5 best."""
    comment: Mapped[str] = mapped_column(String(400), default="")


class ClassSignIn(Record):
    """Somebody was there on one day of a class; ``by_hand`` where the holder ticked it."""

    __tablename__ = "class_sign_in"
    __table_args__ = (UniqueConstraint("enrolment_id", "day_id"), Index("ix_class_sign_in_day_id", "day_id"))

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    day_id: Mapped[int] = mapped_column(ForeignKey("class_day.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_hand: Mapped[bool] = mapped_column(Boolean, default=False)
    by: Mapped[str] = mapped_column(String(64))


class ClassPaper(Record):
    """A paper of a class: schedule, handouts, slides."""

    __tablename__ = "class_paper"
    __table_args__ = (Index("ix_class_paper_class_id", "class_id"),)

    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    name: Mapped[str] = mapped_column(String(120))
    file_key: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int] = mapped_column(Integer)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(64))
