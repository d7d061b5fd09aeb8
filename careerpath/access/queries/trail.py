"""The audit trail: a page of entries, one entry with what it changed, and a range to take away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select, true

from careerpath.access.actor import Actor
from careerpath.access.models import AuditChange, AuditEntry, RoleGrant, Unit, User
from careerpath.access.permissions import Permission
from careerpath.access.scope import within
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.paging import Page, SortKey, keyset_page
from careerpath.words import NotFound

LEFT_OUT = frozenset({"id", "path", "version"})
"""Columns that only the program reads."""

MOST_CHANGES = 200
"""So many records of one entry are shown on its page; an import has thousands."""

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class TrailFilters:
    """What narrows the trail; days are days of the offices' calendar, both included."""

    starts_on: date | None = None
    ends_on: date | None = None
    user: str = ""
    operation: str = ""
    result: str = ""
    table: str = ""
    record_id: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One column before and after; None where there was or is nothing."""

    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One record that an entry made, changed or removed."""

    kind: str
    table: str
    record_id: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One entry with the first ``MOST_CHANGES`` of its changes; ``more`` says that there are others.

    ``names`` gives the words for unit and account ids among the values: ``("unit_id", 7)`` to a name.
    """

    entry: AuditEntry
    changes: tuple[ChangeShown, ...]
    more: bool
    names: dict[tuple[str, int], str]


def trail_page(
    actor: Actor, filters: TrailFilters, after: str | None = None, before: str | None = None
) -> Page[AuditEntry]:
    """Entries, newest first."""
    page = keyset_page(
        entries(actor, filters),
        (SortKey(AuditEntry.id, descending=True),),
        lambda row: (row[0].id,),
        after=after,
        before=before,
    )
    return Page([row[0] for row in page.rows], page.total, page.after, page.before)


def entry_shown(actor: Actor, entry_id: int) -> EntryShown:
    """One entry with its changes; ``NotFound`` when it is absent or not the actor's business."""
    query = entries(actor, TrailFilters()).where(AuditEntry.id == entry_id)
    entry = db.session.scalars(query).one_or_none()
    if entry is None:
        raise NotFound
    rows = db.session.scalars(
        select(AuditChange).where(AuditChange.entry_id == entry.id).order_by(AuditChange.id).limit(MOST_CHANGES + 1)
    ).all()
    changes = tuple(
        ChangeShown(row.kind, row.table, row.record_id, _differences(row.old or {}, row.new or {}))
        for row in rows[:MOST_CHANGES]
    )
    return EntryShown(entry, changes, len(rows) > MOST_CHANGES, _names(changes))


def entries(actor: Actor, filters: TrailFilters) -> Select[Any]:
    """The entries that the actor may see, narrowed by the filters, in no order."""
    query = select(AuditEntry).where(_visible(actor))
    if filters.starts_on is not None:
        query = query.where(AuditEntry.at >= _midnight(filters.starts_on))
    if filters.ends_on is not None:
        query = query.where(AuditEntry.at < _midnight(filters.ends_on + timedelta(days=1)))
    if filters.user:
        query = query.where(AuditEntry.user_name == filters.user)
    if filters.operation:
        query = query.where(AuditEntry.operation == filters.operation)
    if filters.result:
        query = query.where(AuditEntry.result == filters.result)
    if filters.table or filters.record_id is not None:
        changes = select(AuditChange.entry_id)
        if filters.table:
            changes = changes.where(AuditChange.table == filters.table)
        if filters.record_id is not None:
            changes = changes.where(AuditChange.record_id == filters.record_id)
        query = query.where(AuditEntry.id.in_(changes))
    return query


def entries_with_changes(
    actor: Actor, filters: TrailFilters, up_to: int
) -> Iterator[tuple[AuditEntry, Sequence[AuditChange]]]:
    """The entries up to an id with all their changes, newest first, read in chunks."""
    last = up_to + 1
    while True:
        query = entries(actor, filters).where(AuditEntry.id < last).order_by(AuditEntry.id.desc()).limit(CHUNK)
        found: Sequence[AuditEntry] = db.session.scalars(query).all()
        if not found:
            return
        by_entry: dict[int, list[AuditChange]] = {}
        changes = db.session.scalars(
            select(AuditChange).where(AuditChange.entry_id.in_([entry.id for entry in found])).order_by(AuditChange.id)
        )
        for change in changes:
            by_entry.setdefault(change.entry_id, []).append(change)
        for entry in found:
            yield entry, by_entry.get(entry.id, ())
        last = found[-1].id
        for record in (*found, *(change for many in by_entry.values() for change in many)):
            # A long range must not pile up in memory.
            db.session.expunge(record)


def differences(change: AuditChange) -> tuple[Difference, ...]:
    """What a change did to the columns that people read."""
    return _differences(change.old or {}, change.new or {})


def _visible(actor: Actor) -> ColumnElement[bool]:
    """Entries of accounts that had a role in the actor's units, and of those that never had one anywhere.

    Failed sign-ins under unknown names belong to no account; they are everybody's who may view the trail.
    """
    prefixes = actor.prefixes(Permission.AUDIT_VIEW)
    if not prefixes:
        return false()
    if prefixes[0] == "":
        return true()
    inside = select(RoleGrant.user_id).where(within(actor, RoleGrant.unit_id, Permission.AUDIT_VIEW))
    return or_(
        AuditEntry.user_id.is_(None),
        AuditEntry.user_id.in_(inside),
        AuditEntry.user_id.not_in(select(RoleGrant.user_id)),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.OFFICE_ZONE)


def _differences(old: dict[str, Any], new: dict[str, Any]) -> tuple[Difference, ...]:
    names = [name for name in dict.fromkeys((*old, *new)) if name not in LEFT_OUT]
    return tuple(Difference(name, old.get(name), new.get(name)) for name in names)


def _names(changes: Sequence[ChangeShown]) -> dict[tuple[str, int], str]:
    wanted: dict[str, set[int]] = {"unit_id": set(), "parent_id": set(), "user_id": set()}
    for change in changes:
        for difference in change.differences:
            if difference.column in wanted and (difference.column != "parent_id" or change.table == "unit"):
                wanted[difference.column] |= {
                    value for value in (difference.old, difference.new) if isinstance(value, int)
                }
    found: dict[tuple[str, int], str] = {}
    units = wanted["unit_id"] | wanted["parent_id"]
    if units:
        for row in db.session.execute(select(Unit.id, Unit.short_name).where(Unit.id.in_(units))):
            found["unit_id", row.id] = found["parent_id", row.id] = row.short_name
    if wanted["user_id"]:
        for row in db.session.execute(select(User.id, User.name).where(User.id.in_(wanted["user_id"]))):
            found["user_id", row.id] = row.name
    return found
