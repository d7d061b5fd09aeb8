"""What people study for beside their work: certificates and degrees, from registration to the result."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record, Versioned
from careerpath.core.types import Hundredths, TextEnum


class TryState(StrEnum):
    """Where a try at the national exam stands."""

    REGISTERED = "registered"
    PASSED = "passed"
    """The certificate stands in the file, or is to be entered there."""
    FAILED = "failed"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"


class CertificateTry(Versioned, Record):
    """One try at the national exam of social workers. It follows the person to every unit."""

    __tablename__ = "certificate_try"
    __table_args__ = (
        UniqueConstraint("employee_id", "grade", "year"),
        Index("ix_certificate_try_year", "year"),
    )

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    grade: Mapped[str] = mapped_column(String(16))
    """``Certificate`` of the codes: junior, intermediate, senior."""
    year: Mapped[int] = mapped_column(Integer)
    state: Mapped[TryState] = mapped_column(TextEnum(TryState), default=TryState.REGISTERED)
    registered_on: Mapped[date] = mapped_column(Date)
    support: Mapped[str] = mapped_column(String(200), default="")
    """What the employer gives: leave to study, fees, a course."""
    result_on: Mapped[date | None] = mapped_column(Date)
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id", ondelete="SET NULL"))
    """The fact of the file that came of it."""
    note: Mapped[str] = mapped_column(String(200), default="")


class StudyState(StrEnum):
    """Where a course of study stands."""

    STUDYING = "studying"
    FINISHED = "finished"
    GIVEN_UP = "given_up"


class DegreeStudy(Versioned, Record):
    """A course of study beside the work that the employer supports. It follows the person to every unit."""

    __tablename__ = "degree_study"
    __table_args__ = (
        CheckConstraint("expected_on >= starts_on", name="dates_in_order"),
        Index("ix_degree_study_employee_id", "employee_id"),
    )

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    state: Mapped[StudyState] = mapped_column(TextEnum(StudyState), default=StudyState.STUDYING)
    level: Mapped[str] = mapped_column(String(2))
    """GB/T 4658-2006 of the diploma that is aimed at."""
    school: Mapped[str] = mapped_column(String(80))
    major: Mapped[str] = mapped_column(String(80), default="")
    starts_on: Mapped[date] = mapped_column(Date)
    expected_on: Mapped[date] = mapped_column(Date)
    support: Mapped[str] = mapped_column(String(200), default="")
    amount: Mapped[Decimal | None] = mapped_column(Hundredths)
    """What the employer paid, in yuan."""
    paid: Mapped[bool] = mapped_column(Boolean, default=False)
    ended_on: Mapped[date | None] = mapped_column(Date)
    education_id: Mapped[int | None] = mapped_column(ForeignKey("education.id", ondelete="SET NULL"))
    """The fact of the file that came of it."""
    note: Mapped[str] = mapped_column(String(200), default="")
