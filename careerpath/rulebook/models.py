"""What we keep of editions that an installation has brought in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record
from careerpath.core.types import UtcDateTime


class StoredEdition(Record):
    """One edition of one rule. It is never changed: a correction is an edition of its own."""

    __tablename__ = "stored_edition"
    __table_args__ = (UniqueConstraint("rule", "key"), Index("ix_stored_edition_effective_from", "effective_from"))

    rule: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(40))
    effective_from: Mapped[date] = mapped_column(Date)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The edition as plain values."""
    source_text: Mapped[str] = mapped_column(Text)
    """The TOML as it was brought in."""
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[str] = mapped_column(String(64))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was taken out of use again; years that froze it keep it."""
