"""Pages of long lists by key: the hundredth page costs what the first one costs."""

import base64
import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from careerpath.core.db import db

T = TypeVar("T")

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, the count of all, and the marks of the pages before and after."""

    rows: Sequence[T]
    total: int
    after: str | None
    before: str | None


@dataclass(frozen=True, slots=True)
class SortKey:
    """One column of an order. Columns may not be null; the last key of an order must be unique."""

    column: InstrumentedAttribute[Any] | ColumnElement[Any]
    descending: bool = False


def keyset_page(
    query: Select[Any],
    keys: Sequence[SortKey],
    marks: Callable[[Any], Sequence[Any]],
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[Any]:
    """One page of a query in the order of ``keys``, beginning after a mark or ending before one.

    ``marks`` gives a row's values of the keys (text, int or ISO dates). Two queries: rows and count. A mark that
    cannot be read starts at the beginning.
    """
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    backward = before is not None
    mark = _read(before if backward else after, len(keys))
    if mark is not None:
        query = query.where(_beyond(keys, mark, backward))
    ordered = query.order_by(None).order_by(
        *(key.column.desc() if key.descending != backward else key.column.asc() for key in keys)
    )
    rows = list(db.session.execute(ordered.limit(size + 1)).all())
    more = len(rows) > size
    rows = rows[:size]
    if backward:
        rows.reverse()
    if not rows:
        return Page((), total, None, None)
    has_after = more if not backward else mark is not None
    has_before = more if backward else mark is not None
    return Page(
        rows,
        total,
        _write(marks(rows[-1])) if has_after else None,
        _write(marks(rows[0])) if has_before else None,
    )


def listed_page(
    rows: Sequence[T],
    key: Callable[[T], str],
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[T]:
    """One page of rows that are in memory, in the order of a unique text ``key``; the marks are keys themselves."""
    keys = [key(row) for row in rows]
    if before:
        last = bisect_left(keys, before)
        first = max(last - size, 0)
    else:
        first = bisect_right(keys, after) if after else 0
        last = min(first + size, len(rows))
    shown = rows[first:last]
    more = bool(shown) and last < len(rows)
    return Page(shown, len(rows), keys[last - 1] if more else None, keys[first] if shown and first else None)


def _beyond(keys: Sequence[SortKey], mark: Sequence[Any], backward: bool) -> ColumnElement[bool]:
    found: ColumnElement[bool] = false()
    for place, key in enumerate(keys):
        same = [keys[i].column == mark[i] for i in range(place)]
        further = key.column < mark[place] if key.descending != backward else key.column > mark[place]
        found = or_(found, and_(*same, further))
    return found


def _write(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(values), ensure_ascii=False).encode()).decode().rstrip("=")


def _read(text: str | None, count: int) -> list[Any] | None:
    if not text:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, UnicodeDecodeError):
        return None
    plain = isinstance(values, list) and len(values) == count and all(isinstance(v, str | int) for v in values)
    return values if plain else None
