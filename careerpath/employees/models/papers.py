"""Résumé, family and attachments."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record, Versioned
from careerpath.core.types import TextEnum, UtcDateTime


class CareerLine(Versioned, Record):
    """One line of the résumé, from a month to a month; the current one is open."""

    __tablename__ = "career_line"
    __table_args__ = (Index("ix_career_line_employee_id", "employee_id"),)

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    text: Mapped[str] = mapped_column(String(200))


class FamilyMember(Versioned, Record):
    """A member of the family, as the appointment form asks for them."""

    __tablename__ = "family_member"
    __table_args__ = (Index("ix_family_member_employee_id", "employee_id"),)

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    relation: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(64))
    born_on: Mapped[date | None] = mapped_column(Date)
    political: Mapped[str] = mapped_column(String(2), default="13")
    work: Mapped[str] = mapped_column(String(120), default="")


class AttachmentKind(StrEnum):
    """What a kept file is."""

    IDENTITY = "identity"
    EDUCATION = "education"
    CERTIFICATE = "certificate"
    CONTRACT = "contract"
    STAMPED_FORM = "stamped_form"
    OTHER = "other"


class Attachment(Record):
    """A file of the personnel file: the content lies in the file store under ``file_key``."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_employee_id", "employee_id"),)

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    kind: Mapped[AttachmentKind] = mapped_column(TextEnum(AttachmentKind))
    name: Mapped[str] = mapped_column(String(120))
    file_key: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int] = mapped_column(Integer)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
