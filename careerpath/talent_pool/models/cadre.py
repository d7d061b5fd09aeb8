"""What 干部任免审批表 asks of a person and the personnel file has no place for."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record, Versioned


class CadreSheet(Versioned, Record):
    """The further particulars of one person, kept with their file."""

    __tablename__ = "cadre_sheet"
    __table_args__ = (UniqueConstraint("employee_id"),)

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    birth_place: Mapped[str] = mapped_column(String(80), default="")
    health: Mapped[str] = mapped_column(String(40), default="")
    technical_post: Mapped[str] = mapped_column(String(80), default="")
    """专业技术职务."""
    speciality: Mapped[str] = mapped_column(String(120), default="")
    """熟悉专业有何专长."""
    rewards: Mapped[str] = mapped_column(Text, default="")
    """奖惩情况 in words, where the office writes its own instead of the honours and measures of the file."""
