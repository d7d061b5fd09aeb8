"""Who mentors: people of the register, and people from outside by name."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record, Versioned


class Mentor(Versioned, Record):
    """Somebody who mentors. ``unit_id`` is where they serve, or the unit that invited somebody from outside."""

    __tablename__ = "mentor"
    __table_args__ = (
        UniqueConstraint("employee_id"),
        UniqueConstraint("unit_id", "number"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        CheckConstraint("cap IS NULL OR cap > 0", name="cap_wanted"),
        Index("ix_mentor_unit_id", "unit_id"),
    )

    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    """Empty for somebody who has no file here."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[str] = mapped_column(String(24))
    """The number of the letter of appointment (聘书)."""
    name: Mapped[str] = mapped_column(String(64))
    post: Mapped[str] = mapped_column(String(120))
    """Unit and post as the agreement prints them."""
    phone: Mapped[str] = mapped_column(String(20), default="")
    """The office's telephone of somebody from outside."""
    kind: Mapped[str] = mapped_column(String(40))
    """The kind by its code in the edition."""
    expertise: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What they can teach: codes of lines of work."""
    cap: Mapped[int | None] = mapped_column(Integer)
    """How many people they take at most; empty for the cap of their kind."""
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    end_reason: Mapped[str] = mapped_column(String(200), default="")
    document: Mapped[str] = mapped_column(String(120), default="")
    remark: Mapped[str] = mapped_column(String(400), default="")
