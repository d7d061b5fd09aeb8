"""The month: the run, each street's register, each person's line, and what earlier months are still owed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.core.db import DERIVED, Record, Versioned
from careerpath.core.types import Money, UtcDateTime
from careerpath.employees.models import Fact

ZERO = Decimal(0)


class ContributionBase(Fact, Record):
    """The contribution base declared for a person from a day on, yuan a month, until the next one begins."""

    __tablename__ = "contribution_base"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="not_negative"),
        Index("ix_contribution_base_employee_id", "employee_id"),
    )

    starts_on: Mapped[date] = mapped_column(Date)
    amount: Mapped[Decimal] = mapped_column(Money)


class PayRun(Versioned, Record):
    """One month of one unit and everything below it. Once confirmed, nothing of it changes any more."""

    __tablename__ = "pay_run"
    __table_args__ = (UniqueConstraint("unit_id", "month"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    month: Mapped[date] = mapped_column(Date)
    """The first day of the month."""
    pay_edition: Mapped[dict[str, Any]] = mapped_column(JSON, info=DERIVED)
    """The whole edition as plain values (``PayEdition.from_plain``)."""
    insurance_edition: Mapped[dict[str, Any]] = mapped_column(JSON, info=DERIVED)
    other_editions: Mapped[list[Any]] = mapped_column(JSON, default=list, info=DERIVED)
    """Whole editions that held in other months of a performance period, or hold in the month after."""
    computed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The moment whose knowledge the lines rest on."""
    computed_by: Mapped[str] = mapped_column(String(64), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[str] = mapped_column(String(64), default="")


class PayRegister(Record):
    """One street's part of a run: what finance pays it by."""

    __tablename__ = "pay_register"
    __table_args__ = (UniqueConstraint("run_id", "unit_id"), Index("ix_pay_register_unit_id", "unit_id"))

    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    month: Mapped[date] = mapped_column(Date)
    people: Mapped[int] = mapped_column(Integer, default=0)
    lacking: Mapped[int] = mapped_column(Integer, default=0)
    """People whose facts do not suffice: listed, not paid."""
    gross: Mapped[Decimal] = mapped_column(Money, default=ZERO)
    back_pay: Mapped[Decimal] = mapped_column(Money, default=ZERO)
    deducted: Mapped[Decimal] = mapped_column(Money, default=ZERO)
    payable: Mapped[Decimal] = mapped_column(Money, default=ZERO)
    employer: Mapped[Decimal] = mapped_column(Money, default=ZERO)


class PayReasons(Record):
    """Reasons of amounts that many people of a run share, kept once."""

    __tablename__ = "pay_reasons"
    __table_args__ = (UniqueConstraint("run_id", "digest"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"))
    digest: Mapped[str] = mapped_column(String(40))
    because: Mapped[list[Any]] = mapped_column(JSON, info=DERIVED)


class PayLine(Record):
    """One person's month. Facts, editions and reasons stay with it, so that it can be computed again for ever."""

    __tablename__ = "pay_line"
    __table_args__ = (
        UniqueConstraint("employee_id", "month"),
        Index("ix_pay_line_register_id", "register_id"),
        Index("ix_pay_line_unit_id", "unit_id"),
    )

    register_id: Mapped[int] = mapped_column(ForeignKey("pay_register.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    month: Mapped[date] = mapped_column(Date)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The unit of the person in that month."""
    roster_order: Mapped[int] = mapped_column(Integer)
    number: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(String(64))
    post: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(60))
    tier: Mapped[int | None] = mapped_column(Integer)
    level: Mapped[int | None] = mapped_column(Integer)
    served: Mapped[int] = mapped_column(Integer)
    """Calendar days served of the month."""
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, info=DERIVED)
    """As ``PayFacts.from_plain`` reads them; beside them the declared contribution base under ``declared_base`` and,
    under ``on_days``, what held on other days of a performance period: ``{day: {"placed": …, "other": …}}``."""
    items: Mapped[list[Any]] = mapped_column(JSON, info=DERIVED)
    """``{"code", "name", "part", "whole", "amount"}`` of each component."""
    insurance: Mapped[list[Any]] = mapped_column(JSON, info=DERIVED)
    """``{"code", "name", "base", "employer", "employee"}`` of each item."""
    gross: Mapped[Decimal] = mapped_column(Money, default=ZERO)
    back_pay: Mapped[Decimal] = mapped_column(Money, default=ZERO)
    """What earlier months are owed (or owe), components only."""
    deducted: Mapped[Decimal] = mapped_column(Money, default=ZERO)
    """The employee's side of insurance and housing fund, with differences of earlier months."""
    payable: Mapped[Decimal] = mapped_column(Money, default=ZERO)
    employer: Mapped[Decimal] = mapped_column(Money, default=ZERO)
    """The employer's side, with differences of earlier months."""
    reasons_id: Mapped[int | None] = mapped_column(ForeignKey("pay_reasons.id"))
    because: Mapped[list[Any]] = mapped_column(JSON, info=DERIVED)
    """The reasons that are this person's own: of the level."""
    digest: Mapped[str] = mapped_column(String(40))
    """Of everything that the line rests on: while it is the same, nothing is owed for the month."""
    missing: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """What must be known before this person can be paid; then every amount is zero."""


class PayDifference(Record):
    """What one earlier, confirmed month should have brought more or less in one item, paid with a later run."""

    __tablename__ = "pay_difference"
    __table_args__ = (
        UniqueConstraint("run_id", "employee_id", "month", "side", "code"),
        Index("ix_pay_difference_employee_id", "employee_id"),
        Index("ix_pay_difference_unit_id", "unit_id"),
    )

    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"))
    """The run that pays it."""
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    month: Mapped[date] = mapped_column(Date)
    """The earlier month."""
    side: Mapped[str] = mapped_column(String(10))
    """``pay``, ``employee`` or ``employer``."""
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))
    was: Mapped[Decimal] = mapped_column(Money)
    """What was paid for that month so far, earlier differences included."""
    now: Mapped[Decimal] = mapped_column(Money)
    because: Mapped[list[Any]] = mapped_column(JSON, info=DERIVED)
    """Why: the reasons that are new."""
