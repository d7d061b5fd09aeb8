"""Plans of a round: who would go where as it was reckoned, what people changed, and what came of it."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import Hundredths, TextEnum, UtcDateTime


class PlanState(StrEnum):
    """Where a plan stands."""

    OPEN = "open"
    """Proposals are looked at and changed; it may be reckoned again."""
    CARRIED_OUT = "carried_out"
    """Rotations were proposed from it."""
    DROPPED = "dropped"


class RotationPlan(Versioned, Record):
    """One round of one kind of rotation for a unit and what lies below it."""

    __tablename__ = "rotation_plan"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
        Index("ix_rotation_plan_unit_id", "unit_id"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(60))
    state: Mapped[PlanState] = mapped_column(TextEnum(PlanState), default=PlanState.OPEN)
    kind: Mapped[str] = mapped_column(String(40))
    edition: Mapped[dict[str, Any]] = mapped_column(JSON, info=DERIVED)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    host_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    """The hosts among which it was reckoned; empty for all with a place left."""
    solved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(64))
    carried_out_on: Mapped[date | None] = mapped_column(Date)


class PlanLine(Versioned, Record):
    """One person of a plan and the host proposed."""

    __tablename__ = "rotation_plan_line"
    __table_args__ = (
        UniqueConstraint("plan_id", "employee_id"),
        Index("ix_rotation_plan_line_employee_id", "employee_id"),
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("rotation_plan.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The person's unit when it was reckoned."""
    host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id"))
    wish_id: Mapped[int | None] = mapped_column(ForeignKey("rotation_wish.id", ondelete="SET NULL"))
    points: Mapped[Decimal | None] = mapped_column(Hundredths)
    because: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)
    kept: Mapped[bool] = mapped_column(Boolean, default=False)
    """A person chose this host: reckoning again leaves it as it is."""
    left_out: Mapped[bool] = mapped_column(Boolean, default=False)
    reason: Mapped[str] = mapped_column(String(200), default="")
    rotation_id: Mapped[int | None] = mapped_column(ForeignKey("rotation.id", ondelete="SET NULL"))
