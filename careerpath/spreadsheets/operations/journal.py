"""What the running import makes and changes, kept so that it can be taken back as a whole."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import Date, Time, event, insert, inspect
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from careerpath.core.db import Record, db
from careerpath.core.types import DecimalMap, Hundredths, TextEnum, UtcDateTime
from careerpath.spreadsheets.models import SheetImportChange

LEFT_OUT = frozenset({"audit_entry", "audit_change", "sheet_import", "sheet_import_change", "number_series"})
"""Numbers that were given out stay given out; the trail and the imports themselves are not taken back."""

DERIVED = frozenset({("unit", "path")})
"""Columns that follow from others and are written past the records."""

PLAIN = frozenset({str, int, bool})

MADE, CHANGED = "made", "changed"


@dataclass(slots=True)
class Journal:
    """The records touched so far, with the first values of changed columns."""

    records: dict[tuple[str, int], Record] = field(default_factory=dict)
    before: dict[tuple[str, int], dict[str, Any] | None] = field(default_factory=dict)

    def keep(self, import_id: int) -> int:
        """Write down everything for an import; gives how many records."""
        rows = [
            {
                "import_id": import_id,
                "table": table,
                "record_id": record_id,
                "kind": MADE if self.before[table, record_id] is None else CHANGED,
                "before": self.before[table, record_id],
                "after": fingerprint(record),
            }
            for (table, record_id), record in self.records.items()
        ]
        if rows:
            # Past the session: these rows are not told in the trail once more.
            db.session.execute(insert(SheetImportChange), rows)
        return len(rows)


_journal: ContextVar[Journal | None] = ContextVar("journal", default=None)


@contextmanager
def keeping() -> Iterator[Journal]:
    """Collect what is flushed within the block."""
    journal = Journal()
    token = _journal.set(journal)
    try:
        yield journal
    finally:
        _journal.reset(token)


def fingerprint(record: Record) -> str:
    """Equal as long as nothing changed any column of a record."""
    plain = {name: _plain(getattr(record, name)) for name in _compared(type(record))}
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def restore(record: Record, before: Mapping[str, Any]) -> None:
    """Give a record the values back that it had before."""
    columns = _mapper(record).columns
    for name, value in before.items():
        setattr(record, name, _value(columns[name].type, value))


@event.listens_for(Session, "after_flush")
def _collect(session: Session, _: Any) -> None:
    journal = _journal.get()
    if journal is None:
        return
    for record in session.new:
        if _is_kept(record):
            key = (record.__tablename__, record.id)
            journal.records[key], journal.before[key] = record, None
    for record in session.dirty:
        old = _old_values(record) if _is_kept(record) else {}
        if old:
            key = (record.__tablename__, record.id)
            journal.records[key] = record
            known = journal.before.get(key, {})
            journal.before[key] = None if known is None else old | known
    if any(_is_kept(record) for record in session.deleted):
        raise RuntimeError("an import takes nothing away that could not be given back")


def _is_kept(record: object) -> bool:
    return isinstance(record, Record) and record.__tablename__ not in LEFT_OUT


def _old_values(record: Record) -> dict[str, Any]:
    state = inspect(record)
    found = {}
    for attribute in state.mapper.column_attrs:
        history = state.get_history(attribute.key, PASSIVE_NO_INITIALIZE)
        if attribute.key == "version" or not history.has_changes():
            continue
        if not history.deleted:
            raise RuntimeError(f"{record.__tablename__}.{attribute.key} was changed without having been read")
        found[attribute.key] = _plain(history.deleted[0])
    return found


@cache
def _compared(model: type[Record]) -> tuple[str, ...]:
    columns = (attribute.key for attribute in inspect(model).column_attrs)
    return tuple(sorted(name for name in columns if (model.__tablename__, name) not in DERIVED))


def _mapper(record: Record) -> Mapper[Any]:
    return inspect(type(record))


def _plain(value: Any) -> Any:
    """A column's value as JSON holds it."""
    if value is None or type(value) in PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        # 3 and 3.00 are the same number, before and after the database has rounded it to its places.
        return format(value.normalize(), "f")
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _value(column_type: Any, plain: Any) -> Any:
    """What ``_plain`` was given, for a column of this type."""
    if plain is None:
        return None
    if isinstance(column_type, UtcDateTime):
        return datetime.fromisoformat(plain)
    if isinstance(column_type, Date):
        return date.fromisoformat(plain)
    if isinstance(column_type, Time):
        return time.fromisoformat(plain)
    if isinstance(column_type, Hundredths):
        return Decimal(plain)
    if isinstance(column_type, TextEnum):
        return column_type.enum(plain)
    if isinstance(column_type, DecimalMap):
        return {code: Decimal(number) for code, number in plain.items()}
    return plain
