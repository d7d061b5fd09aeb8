"""What was changed in one file, when and by whom: its part of the audit trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from careerpath.access.models import AuditChange, AuditEntry, Unit
from careerpath.core.db import db
from careerpath.employees.models import (
    Absence,
    Attachment,
    CareerLine,
    Certificate,
    Contract,
    CorrectionRequest,
    Discipline,
    Education,
    FamilyMember,
    Honour,
    Posting,
)
from careerpath.employees.queries.person import PersonHead

PARTS: tuple[Any, ...] = (
    Posting, Education, Certificate, Contract, Discipline, Absence, Honour, CareerLine, FamilyMember, Attachment,
    CorrectionRequest,
)  # fmt: skip
HIDDEN_COLUMNS = frozenset({"id", "employee_id", "uid", "known_at", "initials", "file_key", "photo_key", "version"})
MOST = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """One column of a changed record, before and after; plain values or the sign for what stays hidden."""

    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One change to one record of the file."""

    at: datetime
    user_name: str
    operation: str
    note: str
    table: str
    kind: str
    differences: tuple[Difference, ...]


def trail_of(head: PersonHead) -> list[TrailEntry]:
    """The latest changes of a file, newest first, at most ``MOST``. One query."""
    belongs = [and_(AuditChange.table == "employee", AuditChange.record_id == head.id)]
    belongs += [
        and_(
            AuditChange.table == part.__tablename__,
            AuditChange.record_id.in_(select(part.id).where(part.employee_id == head.id)),
        )
        for part in PARTS
    ]
    query = (
        select(AuditChange, AuditEntry)
        .join(AuditEntry, AuditEntry.id == AuditChange.entry_id)
        .where(or_(*belongs))
        .order_by(AuditChange.id.desc())
        .limit(MOST)
    )
    return [
        TrailEntry(
            at=entry.at,
            user_name=entry.user_name,
            operation=entry.operation,
            note=entry.note,
            table=change.table,
            kind=change.kind,
            differences=_differences(change.old or {}, change.new or {}),
        )
        for change, entry in db.session.execute(query)
    ]


def _differences(old: dict[str, Any], new: dict[str, Any]) -> tuple[Difference, ...]:
    names = [name for name in dict.fromkeys((*old, *new)) if name not in HIDDEN_COLUMNS]
    return tuple(
        Difference(name, old.get(name), new.get(name))
        for name in names
        if old.get(name) not in ("", None, False) or new.get(name) not in ("", None, False)
    )


def unit_names(entries: Sequence[TrailEntry]) -> dict[int, str]:
    """The names of the units that some entries speak of. One query."""
    ids = {
        value
        for entry in entries
        for difference in entry.differences
        if difference.column == "unit_id"
        for value in (difference.old, difference.new)
        if isinstance(value, int)
    }
    if not ids:
        return {}
    rows = db.session.execute(select(Unit.id, Unit.short_name).where(Unit.id.in_(ids)))
    return {row.id: row.short_name for row in rows}
