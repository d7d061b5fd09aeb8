"""What a person asks to have corrected in their own file."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record
from careerpath.core.types import TextEnum, UtcDateTime


class CorrectionState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class CorrectionRequest(Record):
    """One request by the person of a file, handled by the office of ``unit_id``: the home unit when it was asked."""

    __tablename__ = "correction_request"
    __table_args__ = (
        Index("ix_correction_request_employee_id", "employee_id"),
        Index("ix_correction_request_unit_id", "unit_id"),
    )

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    field: Mapped[str] = mapped_column(String(40))
    """What is wrong, as the person named it: 学历, 任职时间."""
    text: Mapped[str] = mapped_column(String(400))
    state: Mapped[CorrectionState] = mapped_column(TextEnum(CorrectionState), default=CorrectionState.OPEN)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(String(400), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str] = mapped_column(String(64), default="")
