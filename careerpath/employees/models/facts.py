"""Dated facts about a person. A fact is superseded, never overwritten: late facts can be paid back, and any list can
be shown as it was known on an earlier day."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import Record
from careerpath.core.types import Hundredths, UtcDateTime


class Fact:
    """A fact with the moment it became known and, if so, the moment it was superseded."""

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    known_at: Mapped[datetime] = mapped_column(UtcDateTime)
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Posting(Fact, Record):
    """A post at a unit from a day to a day, both included. ``unit_id`` stays the unit of its time."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        Index("ix_posting_employee_id", "employee_id"),
        Index("ix_posting_unit_id", "unit_id"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    post: Mapped[str] = mapped_column(String(8))
    """``chief``, ``deputy`` or ``staff``."""
    title: Mapped[str] = mapped_column(String(60))
    """As it is printed: 社区党组织书记, 网格员."""
    elected: Mapped[bool] = mapped_column(Boolean, default=False)
    """Holds the post by election (居委会组织法): the result is recorded here, never decided here."""
    party_role: Mapped[str] = mapped_column(String(40), default="")
    dual_head: Mapped[bool] = mapped_column(Boolean, default=False)
    """一肩挑: secretary and director in one."""
    main: Mapped[bool] = mapped_column(Boolean, default=True)
    """The post that the person is paid and appraised in, where several are held."""
    duties: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)


class Education(Fact, Record):
    """One course of study: diploma and degree are held or not, each by itself."""

    __tablename__ = "education"
    __table_args__ = (Index("ix_education_employee_id", "employee_id"),)

    level: Mapped[str] = mapped_column(String(2))
    """GB/T 4658-2006 of the diploma."""
    degree: Mapped[str] = mapped_column(String(3), default="")
    """GB/T 6864 of the degree; empty without one."""
    full_time: Mapped[bool] = mapped_column(Boolean, default=True)
    school: Mapped[str] = mapped_column(String(80), default="")
    major: Mapped[str] = mapped_column(String(80), default="")
    graduated_on: Mapped[date | None] = mapped_column(Date)


class Certificate(Fact, Record):
    """A professional certificate: ``junior``, ``intermediate`` or ``senior`` social worker, obtained and registered."""

    __tablename__ = "certificate"
    __table_args__ = (Index("ix_certificate_employee_id", "employee_id"),)

    grade: Mapped[str] = mapped_column(String(16))
    certificate_number: Mapped[str] = mapped_column(String(40), default="")
    obtained_on: Mapped[date] = mapped_column(Date)
    registered_on: Mapped[date | None] = mapped_column(Date)
    registered_until: Mapped[date | None] = mapped_column(Date)
    """The last day of the present registration (登记有效期), before which it is renewed."""


class Contract(Fact, Record):
    """A labour contract with its probation; ``ends_on`` open for one without a fixed term."""

    __tablename__ = "contract"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        Index("ix_contract_employee_id", "employee_id"),
    )

    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    probation_ends_on: Mapped[date | None] = mapped_column(Date)


class Discipline(Fact, Record):
    """A disciplinary measure with its term, or a case that is still open (``closed_on`` empty, no measure yet)."""

    __tablename__ = "discipline"
    __table_args__ = (Index("ix_discipline_employee_id", "employee_id"),)

    measure: Mapped[str] = mapped_column(String(60), default="")
    """诫勉, 警告 and so on; empty while the case is open."""
    document: Mapped[str] = mapped_column(String(120), default="")
    opened_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)


class Absence(Fact, Record):
    """Days of absence in one calendar year, as totals."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_employee_id_year", "employee_id", "year"),)

    year: Mapped[int] = mapped_column(Integer)
    sick_days: Mapped[Decimal] = mapped_column(Hundredths, default=Decimal(0))
    personal_days: Mapped[Decimal] = mapped_column(Hundredths, default=Decimal(0))
    unexcused_days: Mapped[Decimal] = mapped_column(Hundredths, default=Decimal(0))


class Honour(Fact, Record):
    """An honour, or a mandate as delegate or deputy; ``ends_on`` is the last day of a mandate's term."""

    __tablename__ = "honour"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= granted_on", name="dates_in_order"),
        Index("ix_honour_employee_id", "employee_id"),
    )

    kind: Mapped[str] = mapped_column(String(24))
    """``HonourKind``."""
    level: Mapped[str] = mapped_column(String(16))
    """``HonourLevel`` of the body that granted it."""
    title: Mapped[str] = mapped_column(String(80))
    """As it is printed: 临沂市最美社工."""
    granted_by: Mapped[str] = mapped_column(String(80), default="")
    granted_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    document: Mapped[str] = mapped_column(String(120), default="")
