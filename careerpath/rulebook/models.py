"""What we keep of editions that an installation has brought in."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record
from careerpath.core.types import TextEnum, UtcDateTime


class EditionState(StrEnum):
    """Whether an edition counts: a draft does not yet, a withdrawn one no longer."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


class StoredEdition(Record):
    """One edition of one rule. Once adopted its text is never changed: a correction is an edition of its own."""

    __tablename__ = "stored_edition"
    __table_args__ = (UniqueConstraint("rule", "key"), Index("ix_stored_edition_effective_from", "effective_from"))

    rule: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(40))
    effective_from: Mapped[date] = mapped_column(Date)
    state: Mapped[EditionState] = mapped_column(TextEnum(EditionState, 16))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The edition as plain values."""
    source_text: Mapped[str] = mapped_column(Text)
    """The TOML as it was brought in, or as it was made of a workbook."""
    file_name: Mapped[str] = mapped_column(String(200), default="")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[str] = mapped_column(String(64))
    adopted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    adopted_by: Mapped[str] = mapped_column(String(64), default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was taken out of use again; what was decided under it keeps it."""
    withdrawn_by: Mapped[str] = mapped_column(String(64), default="")
    withdrawn_reason: Mapped[str] = mapped_column(String(400), default="")
