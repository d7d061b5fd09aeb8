"""What we keep of reminders: how an account wants them, and what it was told on which day."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.mail import Fault
from careerpath.core.types import TextEnum, UtcDateTime


class Rhythm(StrEnum):
    """How often an account is reminded by e-mail."""

    NONE = "none"
    DAILY = "daily"
    WEEKLY = "weekly"


class ReminderChoice(Versioned, Record):
    """An account's address of e-mail, confirmed by a mailed code, and how often it is written to.

    ``asked_email`` waits for its code until ``code_until``; ``codes`` counts the codes of the day ``codes_on``.
    """

    __tablename__ = "reminder_choice"
    __table_args__ = (UniqueConstraint("user_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    email: Mapped[str] = mapped_column(String(254), default="")
    rhythm: Mapped[Rhythm] = mapped_column(TextEnum(Rhythm), default=Rhythm.NONE)
    language: Mapped[str] = mapped_column(String(2), default="")
    """``zh``, ``en``, or empty for the installation's."""
    asked_email: Mapped[str] = mapped_column(String(254), default="")
    code_sign: Mapped[str] = mapped_column(String(64), default="", info={"secret": True})
    code_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    code_tries: Mapped[int] = mapped_column(Integer, default=0)
    codes: Mapped[int] = mapped_column(Integer, default=0)
    codes_on: Mapped[date | None] = mapped_column(Date)


class Reminder(Record):
    """What an account was told on a day, in the system and, where it wished so, by e-mail.

    ``lines`` are counts alone, without names: they follow from other records. A mail that was begun has ``tried_at``;
    one that went has ``sent_at``, one that did not go has its ``fault``.
    """

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("user_id", "on"), Index("ix_reminder_on", "on"))

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    on: Mapped[date] = mapped_column(Date)
    lines: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)
    due: Mapped[int] = mapped_column(Integer, default=0)
    """How much of it is due on the day, or overdue."""
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    email: Mapped[str] = mapped_column(String(254), default="")
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fault: Mapped[Fault | None] = mapped_column(TextEnum(Fault))
    answer: Mapped[str] = mapped_column(String(200), default="")
