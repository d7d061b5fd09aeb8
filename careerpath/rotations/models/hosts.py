"""Where people may be lent to: agencies, departments of a street, units of the tree."""

from enum import StrEnum

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record, Versioned
from careerpath.core.types import TextEnum


class HostKind(StrEnum):
    """What a host is: 机关部门, 街道科室, 单位树里的单位, 其他单位."""

    AGENCY = "agency"
    DEPARTMENT = "department"
    UNIT = "unit"
    OTHER = "other"


class Host(Versioned, Record):
    """Somewhere people may be lent to. ``unit_id`` is the district or street that keeps it in its list."""

    __tablename__ = "host"
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        UniqueConstraint("at_unit_id"),
        CheckConstraint("(kind = 'unit') = (at_unit_id IS NOT NULL)", name="unit_of_the_tree"),
        CheckConstraint("places >= 0", name="places_not_negative"),
        Index("ix_host_unit_id", "unit_id"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[HostKind] = mapped_column(TextEnum(HostKind))
    name: Mapped[str] = mapped_column(String(80))
    at_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """The unit of the tree that it is: its page shows whom it borrowed."""
    places: Mapped[int] = mapped_column(Integer, default=0)
    """How many people it offers to take at once; the planner looks at it."""
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The kinds of rotation it takes, by their codes in the edition; empty for all."""
    lines: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What can be learnt there: codes of lines of work."""
    contact: Mapped[str] = mapped_column(String(80), default="")
    remark: Mapped[str] = mapped_column(String(200), default="")
    active: Mapped[bool] = mapped_column(Boolean, default=True)
