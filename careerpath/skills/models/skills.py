"""Lines of work of a district, and what people can do in them."""

from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record, Versioned
from careerpath.core.types import TextEnum
from careerpath.skills.codes import ShownBy, SkillLevel


class WorkLine(Versioned, Record):
    """A line of a community's work (党建, 民政, 网格治理 …), kept by a district for all its communities."""

    __tablename__ = "work_line"
    __table_args__ = (
        UniqueConstraint("unit_id", "code"),
        UniqueConstraint("unit_id", "name"),
        Index("ix_work_line_unit_id", "unit_id"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    code: Mapped[str] = mapped_column(String(24))
    """By which mentors' expertise, courses and wishes name the line; the same in all districts where the work is."""
    name: Mapped[str] = mapped_column(String(40))
    place: Mapped[int] = mapped_column(Integer, default=0)
    """Where it stands in lists."""
    wanted: Mapped[int] = mapped_column(Integer, default=2)
    """How many people of a community are to cover it: the holder and who stands in (AB 岗)."""
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class Skill(Versioned, Record):
    """What somebody can do in a line of work, how it was shown, and until when that holds.

    One row for each time it was shown: the best one in force on a day counts. It follows the person to every unit.
    """

    __tablename__ = "skill"
    __table_args__ = (
        UniqueConstraint("employee_id", "line_id", "shown_by", "shown_on"),
        Index("ix_skill_employee_id", "employee_id"),
        Index("ix_skill_line_id", "line_id"),
    )

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("work_line.id"))
    level: Mapped[SkillLevel] = mapped_column(TextEnum(SkillLevel))
    shown_by: Mapped[ShownBy] = mapped_column(TextEnum(ShownBy))
    shown_on: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    """The last day on which it counts; empty for good."""
    evidence: Mapped[str] = mapped_column(String(200), default="")
    """The contest and the place won, the course, who tested."""
