"""A range of the audit trail as a table: one row for each record that an entry changed."""

import io
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from careerpath.access.actor import Actor
from careerpath.access.models import AuditChange, AuditEntry
from careerpath.access.queries.trail import TrailFilters, differences, entries_with_changes
from careerpath.access.queries.trail_words import CHANGE_KINDS, CHANNELS, RESULTS, TrailWords
from careerpath.core import clock
from careerpath.core.sheets.columns import Column, SheetSpec
from careerpath.core.sheets.readers import text
from careerpath.core.sheets.writing import write_csv, write_table
from careerpath.core.web.language import say

LONGEST = 30_000
"""More of a value than this does not fit into a cell; the entry's page shows all of it."""

_WORD = text(LONGEST)
_LONG = text(LONGEST, width=60)

TRAIL = SheetSpec(
    "trail",
    "审计记录",
    (
        Column("id", "记录号", _WORD),
        Column("at", "时间", text(LONGEST, width=20)),
        Column("user", "账号", _WORD),
        Column("operation", "操作", text(LONGEST, width=20)),
        Column("result", "结果", _WORD),
        Column("note", "说明", text(LONGEST, width=30)),
        Column("channel", "来源", _WORD),
        Column("address", "网络地址", _WORD),
        Column("request", "请求编号", text(LONGEST, width=20)),
        Column("kind", "变更", _WORD),
        Column("table", "对象", _WORD),
        Column("record", "对象编号", _WORD),
        Column("old", "修改前", _LONG),
        Column("new", "修改后", _LONG),
    ),
)


def trail_workbook(actor: Actor, filters: TrailFilters, up_to: int, words: TrailWords) -> bytes:
    """The range as an Excel workbook."""
    target = io.BytesIO()
    write_table(target, TRAIL, _rows(actor, filters, up_to, words))
    return target.getvalue()


def trail_csv(actor: Actor, filters: TrailFilters, up_to: int, words: TrailWords) -> bytes:
    """The range as CSV."""
    target = io.BytesIO()
    write_csv(target, TRAIL, _rows(actor, filters, up_to, words))
    return target.getvalue()


class _Phrases:
    """Words of the trail in the reader's language, each looked up once for a whole table."""

    def __init__(self, words: TrailWords) -> None:
        self.operation = cache(lambda name: say(words.operation(name)))
        self.table = cache(lambda name: say(words.table(name)))
        self.column = cache(lambda table, name: say(words.column(table, name)))
        self.result = cache(lambda code: say(RESULTS.get(code, code)))
        self.channel = cache(lambda code: say(CHANNELS.get(code, code)))
        self.kind = cache(lambda code: say(CHANGE_KINDS.get(code, code)))


def _rows(actor: Actor, filters: TrailFilters, up_to: int, words: TrailWords) -> Iterator[Mapping[str, object]]:
    phrases = _Phrases(words)
    for entry, changes in entries_with_changes(actor, filters, up_to):
        head = _head(entry, phrases)
        if not changes:
            yield head
        for change in changes:
            yield {**head, **_change(change, phrases)}


def _head(entry: AuditEntry, phrases: _Phrases) -> dict[str, object]:
    return {
        "id": str(entry.id),
        "at": f"{clock.office_time(entry.at):%Y-%m-%d %H:%M:%S}",
        "user": entry.user_name,
        "operation": phrases.operation(entry.operation),
        "result": phrases.result(entry.result),
        "note": entry.note,
        "channel": phrases.channel(entry.channel),
        "address": entry.address,
        "request": entry.request,
    }


def _change(change: AuditChange, phrases: _Phrases) -> dict[str, object]:
    found = differences(change)
    return {
        "kind": phrases.kind(change.kind),
        "table": phrases.table(change.table),
        "record": str(change.record_id),
        "old": _line(change.table, {each.column: each.old for each in found}, phrases),
        "new": _line(change.table, {each.column: each.new for each in found}, phrases),
    }


def _line(table: str, values: Mapping[str, Any], phrases: _Phrases) -> str:
    parts = [f"{phrases.column(table, name)}={value}" for name, value in values.items() if value is not None]
    line = "；".join(parts)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
