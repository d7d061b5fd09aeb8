"""Calls for honours: nominations, review, public notice, what was granted."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record, Versioned
from careerpath.core.types import TextEnum, UtcDateTime


class CallState(StrEnum):
    """Where a call stands; each follows the one before, and it may be cancelled at any of them."""

    PLANNED = "planned"
    NOMINATION = "nomination"
    """Announced: streets nominate."""
    REVIEW = "review"
    """Nominations are closed: the district chooses."""
    NOTICE = "notice"
    """Those chosen are shown to the public."""
    REFERRED = "referred"
    """Those chosen went up to the body that grants; its answer is awaited."""
    CONCLUDED = "concluded"
    """What was granted stands in the files."""
    CANCELLED = "cancelled"


class HonourCall(Versioned, Record):
    """One call of a district. ``outside``: a body above grants it; the names go up and the answer is recorded.

    Mandates (两代表一委员) are elected or agreed on elsewhere: their call only recommends, it is always ``outside``.
    """

    __tablename__ = "honour_call"
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint("places > 0", name="places_wanted"),
        Index("ix_honour_call_unit_id", "unit_id"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(80))
    """As lists name it: 2025年度费县最美社工评选."""
    year: Mapped[int] = mapped_column(Integer)
    state: Mapped[CallState] = mapped_column(TextEnum(CallState), default=CallState.PLANNED)
    kind: Mapped[str] = mapped_column(String(24))
    """``HonourKind``."""
    level: Mapped[str] = mapped_column(String(16))
    """``HonourLevel`` of the body that grants it."""
    title: Mapped[str] = mapped_column(String(80))
    """As it will be printed: 费县最美社工."""
    granted_by: Mapped[str] = mapped_column(String(80))
    outside: Mapped[bool] = mapped_column(Boolean, default=False)
    places: Mapped[int] = mapped_column(Integer)
    conditions: Mapped[str] = mapped_column(Text, default="")
    """One a line, as the announcement prints them."""
    least_years: Mapped[int] = mapped_column(Integer, default=0)
    """Full years of service in communities that are asked for by ``closes_on``."""
    document: Mapped[str] = mapped_column(String(120), default="")
    """The number of the announcement."""
    announced_on: Mapped[date | None] = mapped_column(Date)
    closes_on: Mapped[date] = mapped_column(Date)
    """The last day of nominations, included."""
    decided_on: Mapped[date | None] = mapped_column(Date)
    notice_starts_on: Mapped[date | None] = mapped_column(Date)
    notice_ends_on: Mapped[date | None] = mapped_column(Date)
    granted_on: Mapped[date | None] = mapped_column(Date)
    term_ends_on: Mapped[date | None] = mapped_column(Date)
    """The last day of a mandate's term."""
    grant_document: Mapped[str] = mapped_column(String(120), default="")
    concluded_on: Mapped[date | None] = mapped_column(Date)


class HonourStep(Record):
    """The moment at which a call reached a state, and by whom."""

    __tablename__ = "honour_step"
    __table_args__ = (Index("ix_honour_step_call_id", "call_id"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("honour_call.id"))
    state: Mapped[CallState] = mapped_column(TextEnum(CallState))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(String(200), default="")


class NomineeState(StrEnum):
    """Where a nomination stands."""

    NOMINATED = "nominated"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    WITHDRAWN = "withdrawn"
    GRANTED = "granted"
    REFUSED = "refused"
    """The body above did not grant it."""


class HonourNominee(Versioned, Record):
    """One person nominated in one call. ``unit_id`` is the person's unit at the time."""

    __tablename__ = "honour_nominee"
    __table_args__ = (
        UniqueConstraint("call_id", "employee_id"),
        Index("ix_honour_nominee_unit_id", "unit_id"),
        Index("ix_honour_nominee_employee_id", "employee_id"),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("honour_call.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    home_name: Mapped[str] = mapped_column(String(120))
    nominated_by: Mapped[str] = mapped_column(String(120), default="")
    nominated_on: Mapped[date] = mapped_column(Date)
    merits: Mapped[str] = mapped_column(Text)
    """主要事迹."""
    state: Mapped[NomineeState] = mapped_column(TextEnum(NomineeState), default=NomineeState.NOMINATED)
    rank: Mapped[int | None] = mapped_column(Integer)
    """The order in which the district chose them."""
    votes: Mapped[int | None] = mapped_column(Integer)
    """Votes of the panel, where there was one."""
    reason: Mapped[str] = mapped_column(String(200), default="")
    honour_id: Mapped[int | None] = mapped_column(ForeignKey("honour.id", ondelete="SET NULL"))
    """The fact of the file that came of it."""


class HonourObjection(Versioned, Record):
    """What somebody brought forward during the public notice."""

    __tablename__ = "honour_objection"
    __table_args__ = (Index("ix_honour_objection_nominee_id", "nominee_id"),)

    nominee_id: Mapped[int] = mapped_column(ForeignKey("honour_nominee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    received_on: Mapped[date] = mapped_column(Date)
    named: Mapped[bool] = mapped_column(Boolean)
    """Whether the person gave a name; the name itself is not kept here."""
    text: Mapped[str] = mapped_column(Text, info={"secret": True})
    received_by: Mapped[str] = mapped_column(String(64))
    upheld: Mapped[bool | None] = mapped_column(Boolean)
    answer: Mapped[str] = mapped_column(Text, default="", info={"secret": True})
    answered_on: Mapped[date | None] = mapped_column(Date)
    answered_by: Mapped[str] = mapped_column(String(64), default="")
