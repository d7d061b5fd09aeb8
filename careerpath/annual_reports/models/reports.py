"""A report of a unit and year, and what people wrote into it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import TextEnum, UtcDateTime


class ReportState(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    """Its figures may be gathered anew and its texts changed."""
    FROZEN = "frozen"
    """Signed: figures, tables, annexes and texts stay as they are."""


class AnnualReport(Versioned, Record):
    """The 社区工作者队伍建设年度报告 of one unit and year."""

    __tablename__ = "annual_report"
    __table_args__ = (UniqueConstraint("unit_id", "year"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int] = mapped_column(Integer)
    state: Mapped[ReportState] = mapped_column(TextEnum(ReportState), default=ReportState.DRAFT)
    on: Mapped[date] = mapped_column(Date)
    """The day as of which people, posts and levels are counted: the last of the year, or an earlier one in it."""
    title: Mapped[str] = mapped_column(String(120), default="")
    """Empty: the usual one, made of unit and year."""
    signed_by: Mapped[str] = mapped_column(String(120), default="")
    """The office that issues it, as it stands under the text."""
    signed_on: Mapped[date | None] = mapped_column(Date)
    document: Mapped[str] = mapped_column(String(120), default="")
    """Its number, such as 费组发〔2026〕12号."""
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON, info=DERIVED)
    """The sections as they were gathered last (``queries.section.as_plain``); none before the first time."""
    gathered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gathered_by: Mapped[str] = mapped_column(String(64), default="")
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    frozen_by: Mapped[str] = mapped_column(String(64), default="")


class ReportText(Versioned, Record):
    """What somebody wrote in place of the usual text of a section. Places in braces are filled by figures."""

    __tablename__ = "report_text"
    __table_args__ = (UniqueConstraint("report_id", "section"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("annual_report.id"))
    section: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
