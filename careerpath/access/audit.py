"""The trail: what each operation changed, with old and new values, written in the same transaction."""

import hashlib
import json
import re
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from careerpath.access.actor import Actor
from careerpath.access.models import AuditChange, AuditEntry
from careerpath.core import clock
from careerpath.core.db import Record

HIDDEN = "•••"
IDENTITY = re.compile(r"\d{17}[\dXxＸｘ]")
"""An identity number wherever it stands: people type it where an account or a reason is asked for."""
UNTRACKED = frozenset({"audit_entry", "audit_change"})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from: channel (web, console, job), network address, request number."""

    channel: str = "console"
    address: str = ""
    request: str = ""


@dataclass(slots=True)
class Trail:
    """What the running operation has changed so far."""

    changes: list[dict[str, Any]] = field(default_factory=list)
    note: str = ""
    result: str = "done"
    user: tuple[int, str] | None = None


CONSOLE = Origin()
origin: ContextVar[Origin] = ContextVar("origin", default=CONSOLE)
_trail: ContextVar[Trail | None] = ContextVar("trail", default=None)


def begin() -> Any:
    """Start to collect; gives the token for ``finish``."""
    return _trail.set(Trail())


def finish(token: Any) -> None:
    """Stop to collect."""
    _trail.reset(token)


def note(text: str) -> None:
    """Keep a reason with the running operation's entry, at most 400 characters; identity numbers in it are masked."""
    trail = _trail.get()
    if trail is None:
        raise RuntimeError("a note needs an operation")
    trail.note = IDENTITY.sub(lambda found: f"{found[0][:6]}********{found[0][14:]}", text)[:400]


def fail(text: str) -> None:
    """Keep that the running operation is kept, but did not give what was asked for (a sign-in that failed)."""
    note(text)
    trail = _trail.get()
    if trail is not None:
        trail.result = "failed"


def attribute(user_id: int, user_name: str) -> None:
    """Keep the running operation's entry under an account that only became known in it: at the door."""
    trail = _trail.get()
    if trail is None:
        raise RuntimeError("an attribution needs an operation")
    trail.user = (user_id, user_name)


def write(session: Session, actor: Actor, operation: str, result: str = "", text: str = "") -> None:
    """Write the entry of an operation and all its changes into the open transaction."""
    trail = _trail.get() or Trail()
    here = origin.get()
    entry_id = session.scalar(
        insert(AuditEntry)
        .values(
            at=clock.now(),
            user_id=trail.user[0] if trail.user else actor.user_id,
            user_name=trail.user[1] if trail.user else actor.name,
            operation=operation,
            result=result or trail.result,
            note=(text or trail.note)[:400],
            channel=here.channel,
            address=here.address,
            request=here.request,
        )
        .returning(AuditEntry.id)
    )
    if trail.changes:
        session.execute(insert(AuditChange), [{"entry_id": entry_id, **change} for change in trail.changes])


@event.listens_for(Session, "after_flush")
def _collect(session: Session, _: Any) -> None:
    trail = _trail.get()
    if trail is None:
        return
    for record in session.new:
        _add(trail, "made", record, None, _values(record))
    for record in session.dirty:
        old, new = _changed(record)
        if new:
            _add(trail, "changed", record, old, new)
    for record in session.deleted:
        _add(trail, "removed", record, _values(record), None)


def _add(trail: Trail, kind: str, record: Any, old: Any, new: Any) -> None:
    if isinstance(record, Record) and record.__tablename__ not in UNTRACKED:
        trail.changes.append(
            {"kind": kind, "table": record.__tablename__, "record_id": record.id, "old": old, "new": new}
        )


def _values(record: Any) -> dict[str, Any]:
    mapper = inspect(type(record))
    return {
        attribute.key: _plain(attribute.columns[0], getattr(record, attribute.key))
        for attribute in mapper.column_attrs
        if attribute.key in record.__dict__ and getattr(record, attribute.key) is not None
    }


def _changed(record: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    state = inspect(record)
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        if attribute.key == "version":
            continue
        history = state.get_history(attribute.key, PASSIVE_NO_INITIALIZE)
        if history.has_changes():
            column = attribute.columns[0]
            old[attribute.key] = _plain(column, history.deleted[0]) if history.deleted else None
            new[attribute.key] = _plain(column, history.added[0]) if history.added else None
    return old, new


def _plain(column: Any, value: Any) -> Any:
    if value is None:
        return None
    if column.info.get("secret"):
        return HIDDEN
    if column.info.get("derived"):
        # What follows from other records would fill the trail; its sign still tells whether it was changed behind it.
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
        return f"sha256:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(column, item) for key, item in value.items()}
    if isinstance(value, bytes):
        return f"{len(value)} B"
    return value
