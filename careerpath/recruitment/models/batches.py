"""Batches with their positions, and the days on which each stage was reached."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import TextEnum, UtcDateTime
from careerpath.employees.models import Channel


class BatchState(StrEnum):
    """Where a batch stands; each follows the one before, and a batch may be cancelled at any of them."""

    PLANNED = "planned"
    PUBLISHED = "published"
    """The rules are frozen; applications come in and are reviewed."""
    EXAM = "exam"
    """The review is closed: numbers, seats, attendance and written scores."""
    INTERVIEW = "interview"
    """The shortlist is out: second look at the papers, groups and score sheets."""
    CHECKS = "checks"
    """The final list is out: medical examination, background check, substitution."""
    NOTICE = "notice"
    """Those to be appointed are shown to the public, and appointed once the notice has run out."""
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


class RecruitmentBatch(Versioned, Record):
    """One batch of a district. ``edition`` is the rule as it was frozen at publication; until then ``edition_key``
    names the one in the rulebook that will be."""

    __tablename__ = "recruitment_batch"
    __table_args__ = (UniqueConstraint("unit_id", "name"), Index("ix_recruitment_batch_unit_id", "unit_id"))

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(40))
    """As personnel files name it: 第四批（2026年）."""
    title: Mapped[str] = mapped_column(String(120))
    """As the notice is headed."""
    year: Mapped[int] = mapped_column(Integer)
    state: Mapped[BatchState] = mapped_column(TextEnum(BatchState), default=BatchState.PLANNED)
    edition_key: Mapped[str] = mapped_column(String(64))
    edition: Mapped[dict[str, Any] | None] = mapped_column(JSON, info=DERIVED)
    document: Mapped[str] = mapped_column(String(120), default="")
    """The number of the notice."""
    vacancies_on: Mapped[date] = mapped_column(Date)
    """The day as of which the vacancies were counted."""
    announced_on: Mapped[date | None] = mapped_column(Date)
    opens_on: Mapped[date | None] = mapped_column(Date)
    closes_on: Mapped[date | None] = mapped_column(Date)
    """The last day of applications, included."""
    written_on: Mapped[date | None] = mapped_column(Date)
    written_time: Mapped[str] = mapped_column(String(40), default="")
    """As tickets print it: 上午9:00—11:30."""
    interview_on: Mapped[date | None] = mapped_column(Date)
    public: Mapped[bool] = mapped_column(Boolean, default=True)
    """Whether candidates may apply on the open page."""
    keep_months: Mapped[int] = mapped_column(Integer, default=6)
    """How long after the end the particulars of unsuccessful applicants are kept."""
    contact: Mapped[str] = mapped_column(String(120), default="")
    """Telephone and place for questions, as the notice prints them."""
    remark: Mapped[str] = mapped_column(Text, default="")
    """Further paragraphs of the notice, one a line."""
    notice_starts_on: Mapped[date | None] = mapped_column(Date)
    notice_ends_on: Mapped[date | None] = mapped_column(Date)
    """The public notice of those to be appointed, both included."""
    concluded_on: Mapped[date | None] = mapped_column(Date)
    purged_on: Mapped[date | None] = mapped_column(Date)


class RecruitmentPosition(Record):
    """Places at one unit, entered by one channel."""

    __tablename__ = "recruitment_position"
    __table_args__ = (
        UniqueConstraint("batch_id", "code"),
        CheckConstraint("places > 0", name="places_wanted"),
        Index("ix_recruitment_position_unit_id", "unit_id"),
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("recruitment_batch.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    code: Mapped[str] = mapped_column(String(20))
    """The number under which people apply: 001."""
    title: Mapped[str] = mapped_column(String(60))
    post: Mapped[str] = mapped_column(String(8), default="staff")
    """``chief``, ``deputy`` or ``staff``."""
    channel: Mapped[Channel] = mapped_column(TextEnum(Channel))
    group: Mapped[str] = mapped_column(String(40), default="")
    """The group of applicants it is reserved for, by its code in the edition; empty for everybody."""
    places: Mapped[int] = mapped_column(Integer)
    quota: Mapped[int | None] = mapped_column(Integer)
    actual: Mapped[int | None] = mapped_column(Integer)
    """Quota and people of the unit on the day the vacancies were counted, as the plan was made."""
    demand: Mapped[str] = mapped_column(String(200), default="")
    """What else the position asks for, in words."""


class BatchStep(Record):
    """The moment at which a batch reached a stage, and by whom."""

    __tablename__ = "recruitment_step"
    __table_args__ = (Index("ix_recruitment_step_batch_id", "batch_id"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("recruitment_batch.id"))
    state: Mapped[BatchState] = mapped_column(TextEnum(BatchState))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(String(200), default="")
    """The reason of a cancellation or of a longer closing date."""


class ApplicantTally(Record):
    """How many applicants of a kind there were: what stays for reports when their particulars are purged."""

    __tablename__ = "applicant_tally"
    __table_args__ = (Index("ix_applicant_tally_batch_id", "batch_id"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("recruitment_batch.id"))
    position_id: Mapped[int] = mapped_column(ForeignKey("recruitment_position.id"))
    sex: Mapped[str] = mapped_column(String(1))
    age: Mapped[int] = mapped_column(Integer)
    """Full years on the last day of applications."""
    education: Mapped[str] = mapped_column(String(2))
    source: Mapped[str] = mapped_column(String(16))
    entry: Mapped[str] = mapped_column(String(16))
    reached: Mapped[str] = mapped_column(String(16))
    """How far they came, see ``queries.reached``."""
    count: Mapped[int] = mapped_column(Integer)
