"""What differs between two editions of a rule, part by part and value by value."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from typing import Any

from careerpath.policy.reason import show
from careerpath.policy.shapes.blocks import Block, Column, Part, Path, Row, block_of, parts_of
from careerpath.policy.shapes.naming import row_keys, row_names
from careerpath.policy.shapes.shape import Kind, Shape
from careerpath.policy.shapes.showing import number_of, shown, verbatim
from careerpath.words import Message, msg

CHANGED, ADDED, REMOVED = "changed", "added", "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``row`` names the row of a table; without ``column`` a whole row came or went.

    ``difference`` is new less old where both are numbers: yuan for amounts, percentage points for shares.
    """

    kind: str
    path: str
    row: Message | None
    column: Message | None
    old: Message | None
    new: Message | None
    difference: Message | None = None


@dataclass(frozen=True, slots=True)
class PartChanges:
    """The differences of one part."""

    title: Message
    changes: tuple[Change, ...]


Pair = tuple[Row | None, Row | None]


def compare(shape: Shape, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[PartChanges, ...]:
    """All differences from one plain edition to another of the same rule; parts without any are left out."""
    old, new = shape.even(old), shape.even(new)
    pairs = [(part, block_of(part, old), block_of(part, new)) for part in parts_of(shape)]
    sides = [before for _, before, _ in pairs], [after for _, _, after in pairs]
    names = row_names(sides[0]), row_names(sides[1])
    keys = row_keys(sides[0]), row_keys(sides[1])
    found = []
    for part, before, after in pairs:
        held = {column.path: column for column in (*before.columns, *after.columns)}
        columns = tuple(sorted(held.values(), key=partial(_order, part)))
        in_yuan = partial(shape.is_amount, new)
        changes = [
            change
            for pair in _paired(part, before, after, keys)
            for change in _differences(part, columns, pair, names, in_yuan)
        ]
        if changes:
            found.append(PartChanges(part.title, tuple(changes)))
    return tuple(found)


Names = tuple[Mapping[str, Message], Mapping[str, Message]]


def _order(part: Part, column: Column) -> int:
    """The place of a column among the pieces of its part."""
    return next(n for n, piece in enumerate(part.pieces) if column.path[: len(piece.path)] == piece.path)


def _paired(part: Part, before: Block, after: Block, keys: Names) -> Iterator[Pair]:
    """The rows of both that belong together: by what names them, else by their order."""
    if not part.table:
        yield (before.rows[0] if before.rows else None), (after.rows[0] if after.rows else None)
        return
    if part.key_title is not None or part.identity:
        old, new = (
            {str(own[row.at]): row for row in block.rows} for own, block in zip(keys, (before, after), strict=True)
        )
        if len(old) == len(before.rows) and len(new) == len(after.rows):
            for name in dict.fromkeys((*old, *new)):
                yield old.get(name), new.get(name)
            return
    was, now = ([_text(row) for row in block.rows] for block in (before, after))
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        both = min(b - a, d - c)
        yield from zip(before.rows[a : a + both], after.rows[c : c + both], strict=True)
        yield from ((row, None) for row in before.rows[a + both : b])
        yield from ((None, row) for row in after.rows[c + both : d])


def _text(row: Row) -> str:
    return repr(sorted((path, _canonical(value)) for path, value in row.cells.items()))


def _differences(
    part: Part, columns: tuple[Column, ...], pair: Pair, names: Names, in_yuan: Callable[[str], bool]
) -> Iterator[Change]:
    old, new = pair
    if part.table and (old is None or new is None):
        here, kind, own = (new, ADDED, names[1]) if old is None else (old, REMOVED, names[0])
        if here is not None:
            told = _whole_row(columns, here)
            yield Change(kind, here.at, own[here.at], None, *((None, told) if old is None else (told, None)))
        return
    name = names[1][new.at] if part.table and new else None
    at = (new.at if new else "") or (old.at if old else "")
    for column in columns:
        was, now = (row.cells.get(column.path) if row else None for row in (old, new))
        if _canonical(was) != _canonical(now):
            path = ".".join(filter(None, (at, *column.path)))
            yield _change(column, name, path, (was, now), in_yuan(path))


def _change(column: Column, name: Message | None, path: str, values: tuple[Any, Any], in_yuan: bool) -> Change:
    was, now = values
    kind = ADDED if was is None else REMOVED if now is None else CHANGED
    old, new = (None if value is None else shown(column.value, value) for value in (was, now))
    shown_as = Kind.MONEY if in_yuan else column.value.kind
    return Change(kind, path, name, column.label, old, new, _difference(shown_as, was, now))


def _difference(kind: Kind, was: Any, now: Any) -> Message | None:
    if kind not in (Kind.MONEY, Kind.SHARE, Kind.NUMBER, Kind.WHOLE):
        return None
    before, after = number_of(was), number_of(now)
    if before is None or after is None:
        return None
    change = after - before
    if kind is Kind.MONEY:
        return msg("%(amount)s 元", amount=f"{change:+,.2f}")
    sign = "+" if change > 0 else ""
    if kind is Kind.SHARE:
        return msg("%(points)s 个百分点", points=sign + show(change * 100))
    return verbatim(sign + show(change))


def _canonical(value: Any) -> Any:
    """A value as it counts: 0.20 is 0.2, and a date is its text."""
    if isinstance(value, list | tuple):
        return tuple(_canonical(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    number = None if isinstance(value, str) and not value[:1].isdigit() else number_of(value)
    return str(value) if number is None else show(number)


def _whole_row(columns: tuple[Column, ...], row: Row) -> Message:
    held: list[Path] = [column.path for column in columns if column.path in row.cells]
    values: dict[str, object] = {}
    for number, column in enumerate(column for column in columns if column.path in row.cells):
        values[f"label{number}"] = column.label
        values[f"value{number}"] = shown(column.value, row.cells[column.path])
    return Message("；".join(f"%(label{n})s %(value{n})s" for n in range(len(held))), values)
