"""The exam: rooms and seats, scores typed twice, interview groups and score sheets."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record, Versioned
from careerpath.core.types import DecimalMap, Hundredths, TextEnum, UtcDateTime


class Attendance(StrEnum):
    """Whether somebody came. ``expelled`` broke the rules: no score counts."""

    PRESENT = "present"
    ABSENT = "absent"
    EXPELLED = "expelled"


class ExamRoom(Record):
    """A room of the written exam."""

    __tablename__ = "exam_room"
    __table_args__ = (UniqueConstraint("batch_id", "number"), CheckConstraint("seats > 0", name="seats_wanted"))

    batch_id: Mapped[int] = mapped_column(ForeignKey("recruitment_batch.id"))
    number: Mapped[int] = mapped_column(Integer)
    place: Mapped[str] = mapped_column(String(80))
    seats: Mapped[int] = mapped_column(Integer)


class InterviewGroup(Record):
    """A panel that interviews in one room on one day."""

    __tablename__ = "interview_group"
    __table_args__ = (UniqueConstraint("batch_id", "number"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("recruitment_batch.id"))
    number: Mapped[int] = mapped_column(Integer)
    place: Mapped[str] = mapped_column(String(80))
    on: Mapped[date] = mapped_column(Date)
    time: Mapped[str] = mapped_column(String(40), default="")
    judges: Mapped[int] = mapped_column(Integer)


class Examinee(Versioned, Record):
    """An admitted applicant in the exam. The secret number stands on the answer sheet instead of a name."""

    __tablename__ = "examinee"
    __table_args__ = (
        UniqueConstraint("application_id"),
        UniqueConstraint("batch_id", "exam_number"),
        UniqueConstraint("batch_id", "secret_number"),
        UniqueConstraint("room_id", "seat"),
        Index("ix_examinee_interview_group_id", "interview_group_id"),
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("recruitment_batch.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    exam_number: Mapped[str] = mapped_column(String(20))
    """准考证号: what all public lists carry."""
    secret_number: Mapped[str] = mapped_column(String(12), info={"secret": True})
    room_id: Mapped[int] = mapped_column(ForeignKey("exam_room.id"))
    seat: Mapped[int] = mapped_column(Integer)
    attendance: Mapped[Attendance | None] = mapped_column(TextEnum(Attendance))
    written: Mapped[Mapping[str, Decimal] | None] = mapped_column(DecimalMap)
    """Agreed points by paper, under an empty code where the exam has none; empty until both entries agree."""
    shortlisted: Mapped[bool | None] = mapped_column(Boolean)
    """As the shortlist was published; empty before."""
    rechecked: Mapped[bool | None] = mapped_column(Boolean)
    """Whether the papers held at the second look before the interview (资格复审); empty before."""
    interview_group_id: Mapped[int | None] = mapped_column(ForeignKey("interview_group.id"))
    interview_order: Mapped[int | None] = mapped_column(Integer)
    """The lot drawn within the group."""
    interview_attendance: Mapped[Attendance | None] = mapped_column(TextEnum(Attendance))
    decided_order: Mapped[int | None] = mapped_column(Integer)
    """What people decided between candidates whom no rule tells apart, 1 before 2."""
    decided_reason: Mapped[str] = mapped_column(String(200), default="")


class ScoreEntry(Record):
    """Points of one paper as one of two people typed them; ``turn`` 3 is what settled a difference."""

    __tablename__ = "score_entry"
    __table_args__ = (
        UniqueConstraint("examinee_id", "paper", "turn"),
        CheckConstraint("turn BETWEEN 1 AND 3", name="turn_known"),
    )

    examinee_id: Mapped[int] = mapped_column(ForeignKey("examinee.id"))
    paper: Mapped[str] = mapped_column(String(20), default="")
    turn: Mapped[int] = mapped_column(Integer)
    points: Mapped[Decimal] = mapped_column(Hundredths)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class InterviewMark(Record):
    """The points that one judge gave one candidate, as they stand on the score sheet."""

    __tablename__ = "interview_mark"
    __table_args__ = (UniqueConstraint("examinee_id", "judge"),)

    examinee_id: Mapped[int] = mapped_column(ForeignKey("examinee.id"))
    judge: Mapped[int] = mapped_column(Integer)
    """The seat of the judge, from 1."""
    points: Mapped[Decimal] = mapped_column(Hundredths)
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
