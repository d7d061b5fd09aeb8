"""The reserve pool: entries, development tasks, yearly reviews, and what the daily look at the rules proposes."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import Hundredths, TextEnum, UtcDateTime


class Readiness(StrEnum):
    """How soon somebody could take the post: 可随时使用, 培养1—2年, 需长期培养."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


class Leaving(StrEnum):
    """Why somebody left the pool: a reason of the rule, or one that only people know."""

    APPRAISAL = "appraisal"
    DISCIPLINE = "discipline"
    AGE = "age"
    TIME = "time"
    REVIEWS = "reviews"
    APPOINTED = "appointed"
    REFUSAL = "refusal"
    LEFT_SERVICE = "left_service"
    OTHER = "other"


class PoolEntry(Versioned, Record):
    """Somebody's time in the pool. ``unit_id`` is the unit whose reserve they are; its standard counts them."""

    __tablename__ = "pool_entry"
    __table_args__ = (
        CheckConstraint("left_on IS NULL OR left_on >= entered_on", name="dates_in_order"),
        Index("ix_pool_entry_unit_id", "unit_id"),
        Index("ix_pool_entry_employee_id", "employee_id"),
    )

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    rung: Mapped[str] = mapped_column(String(40))
    """The rung that they are a reserve for, by its code in the edition."""
    edition_key: Mapped[str] = mapped_column(String(64))
    """The edition by which they entered."""
    entered_on: Mapped[date] = mapped_column(Date)
    selection_id: Mapped[int | None] = mapped_column(ForeignKey("selection.id"))
    """The selection that they came by; none for those taken in by a document."""
    document: Mapped[str] = mapped_column(String(120), default="")
    readiness: Mapped[Readiness] = mapped_column(TextEnum(Readiness), default=Readiness.SOON)
    potential: Mapped[Decimal | None] = mapped_column(Hundredths)
    """Points of the last assessment of potential, 0 to 100."""
    remark: Mapped[str] = mapped_column(String(400), default="")
    left_on: Mapped[date | None] = mapped_column(Date)
    """The last day in the pool; open while in it."""
    leaving: Mapped[Leaving | None] = mapped_column(TextEnum(Leaving))
    left_reason: Mapped[str] = mapped_column(String(200), default="")
    left_document: Mapped[str] = mapped_column(String(120), default="")


class TaskKind(StrEnum):
    """What a reserve is developed by: 培训, 轮岗锻炼, 导师帮带, 学历证书, 专项任务."""

    TRAINING = "training"
    ROTATION = "rotation"
    MENTORING = "mentoring"
    STUDY = "study"
    PRACTICE = "practice"


class DevelopmentTask(Versioned, Record):
    """Something that a reserve is to do until a day."""

    __tablename__ = "development_task"
    __table_args__ = (Index("ix_development_task_entry_id", "entry_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("pool_entry.id"))
    kind: Mapped[TaskKind] = mapped_column(TextEnum(TaskKind))
    text: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    result: Mapped[str] = mapped_column(String(200), default="")


class PoolReview(Record):
    """One yearly review of a reserve: passed or not, potential, and what readiness it left."""

    __tablename__ = "pool_review"
    __table_args__ = (UniqueConstraint("entry_id", "on"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("pool_entry.id"))
    on: Mapped[date] = mapped_column(Date)
    passed: Mapped[bool] = mapped_column(Boolean)
    potential: Mapped[Decimal | None] = mapped_column(Hundredths)
    readiness: Mapped[Readiness] = mapped_column(TextEnum(Readiness))
    opinion: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Proposed(StrEnum):
    """What the rule proposes: to take somebody in, or to let them leave."""

    ENTRY = "entry"
    EXIT = "exit"


class ProposalState(StrEnum):
    """What people made of a proposal; one whose ground has gone is lapsed."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    LAPSED = "lapsed"


class PoolProposal(Versioned, Record):
    """What the daily look at the rules proposes and a person decides. The same ground is proposed once."""

    __tablename__ = "pool_proposal"
    __table_args__ = (
        UniqueConstraint("employee_id", "rung", "proposed", "ground", "since"),
        Index("ix_pool_proposal_unit_id", "unit_id"),
        Index("ix_pool_proposal_state", "state"),
    )

    proposed: Mapped[Proposed] = mapped_column(TextEnum(Proposed))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("pool_entry.id"))
    """The entry that is to end; none for one that is to begin."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    rung: Mapped[str] = mapped_column(String(40))
    ground: Mapped[str] = mapped_column(String(40))
    """The kind of exit, or the gate that was passed."""
    since: Mapped[date] = mapped_column(Date)
    because: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)
    proposed_on: Mapped[date] = mapped_column(Date)
    state: Mapped[ProposalState] = mapped_column(TextEnum(ProposalState), default=ProposalState.OPEN)
    decided_on: Mapped[date | None] = mapped_column(Date)
    decided_by: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    """Why a proposal was dismissed."""
