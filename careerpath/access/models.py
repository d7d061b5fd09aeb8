"""What we keep of units, accounts, roles, sign-ins and the trail."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careerpath.access.permissions import Role
from careerpath.core.db import Record, Versioned
from careerpath.core.types import TextEnum, UtcDateTime
from careerpath.policy.codes import UnitKind

STREET_KINDS = frozenset({UnitKind.STREET, UnitKind.TOWN, UnitKind.TOWNSHIP})
"""The kinds that have a street office: streets, and towns and townships where there is no street."""


class Unit(Versioned, Record):
    """A place in the tree. ``path`` is the ids from the root down to itself, ``1/2/3/``: scope is a prefix of it."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        Index("ix_unit_path", "path"),
        Index("ix_unit_parent_id", "parent_id"),
    )

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    short_name: Mapped[str] = mapped_column(String(80))
    """The name as offices say it: 先农坛社区 for 先农坛社区居民委员会."""
    initials: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[UnitKind] = mapped_column(TextEnum(UnitKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    path: Mapped[str] = mapped_column(String(120), default="")
    households: Mapped[int | None] = mapped_column(Integer)
    residents: Mapped[int | None] = mapped_column(Integer)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)


class User(Versioned, Record):
    """An account. A person of the register may have one; the register points here, not the other way."""

    __tablename__ = "user_account"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str] = mapped_column(String(64))
    display_name: Mapped[str] = mapped_column(String(64))
    password_hash: Mapped[str] = mapped_column(String(200), info={"secret": True})
    must_change_password: Mapped[bool] = mapped_column(Boolean, default=True)
    failed_count: Mapped[int] = mapped_column(Integer, default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RoleGrant(Record):
    """A role of a user for a unit and everything below it, from a day to a day, both included."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        Index("ix_role_grant_user_id", "user_id"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    role: Mapped[Role] = mapped_column(TextEnum(Role))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)


class SignIn(Record):
    """One sign-in on one browser. The cookie names it; ending it here ends it there."""

    __tablename__ = "sign_in"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_sign_in_user_id", "user_id"))

    token_hash: Mapped[str] = mapped_column(String(64), info={"secret": True})
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    address: Mapped[str] = mapped_column(String(64), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")


class AuditEntry(Record):
    """One operation: who, when, what, from where, with which result. The database refuses to change or delete it."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_at", "at"), Index("ix_audit_entry_user_id", "user_id"))

    at: Mapped[datetime] = mapped_column(UtcDateTime)
    user_id: Mapped[int | None] = mapped_column(Integer)
    user_name: Mapped[str] = mapped_column(String(64))
    operation: Mapped[str] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(String(16))
    """``done``, ``denied`` (no permission) or ``failed`` (a sign-in that did not succeed)."""
    note: Mapped[str] = mapped_column(String(400), default="")
    """A reason that was asked for, or the name under which somebody tried."""
    channel: Mapped[str] = mapped_column(String(16), default="")
    address: Mapped[str] = mapped_column(String(64), default="")
    request: Mapped[str] = mapped_column(String(40), default="")


class AuditChange(Record):
    """One record that an operation made, changed or removed, with old and new values of what changed."""

    __tablename__ = "audit_change"
    __table_args__ = (
        Index("ix_audit_change_entry_id", "entry_id"),
        Index("ix_audit_change_record", "table", "record_id"),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"))
    kind: Mapped[str] = mapped_column(String(8))
    table: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int] = mapped_column(Integer)
    old: Mapped[Any] = mapped_column(JSON, nullable=True)
    new: Mapped[Any] = mapped_column(JSON, nullable=True)
