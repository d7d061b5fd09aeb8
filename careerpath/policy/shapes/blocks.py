"""An edition cut into flat parts: each a list of named values or a table, as a page and a workbook show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from careerpath.policy.shapes.shape import HEAD, Field, Kind, Listed, Mapped, Node, Record, Shape, Value
from careerpath.words import Message, msg

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One value of each row: where it stands below the row, what people call it, what it is."""

    path: Path
    label: Message
    value: Value


@dataclass(frozen=True, slots=True)
class Open:
    """Columns that only an edition knows: one for each key below ``path``."""

    path: Path
    label: Message | None
    node: Mapped

    def column(self, key: str) -> Column:
        """The column of a key."""
        word = self.node.words.get(key) or Message("%(key)s", {"key": key})
        label = word if self.label is None else _inside(self.label, word)
        value = self.node.at(key)
        return Column((*self.path, key), label, value if isinstance(value, Value) else Value(Kind.TEXT))

    @property
    def usual(self) -> list[Column]:
        """The columns of the usual keys."""
        return [self.column(key) for key in self.node.words]


@dataclass(frozen=True, slots=True)
class Step:
    """One step down to a part: a key, and whether a table, each item of a list, or each key of a table follows."""

    key: str
    kind: str


@dataclass(slots=True)
class Part:
    """One flat part of a shape. Without ``table`` it is a single row of named values.

    ``owner`` is the table whose rows own these rows; ``key_title`` is what names a row of a table with free keys.
    ``owned`` says that rows of another part belong to the rows of this one.
    """

    title: Message
    steps: tuple[Step, ...]
    table: bool
    owner: "Part | None" = None
    key_title: Message | None = None
    key_words: Mapping[str, Message] = field(default_factory=dict)
    pieces: list[Column | Open] = field(default_factory=list)
    owned: bool = False
    identity: tuple[str, ...] = ()
    matrix: tuple[str, str, str] | None = None

    @property
    def columns(self) -> list[Column]:
        """The columns that every edition may fill."""
        return [piece for piece in self.pieces if isinstance(piece, Column)]

    @property
    def opens(self) -> list[Open]:
        """The tables with free keys in each row."""
        return [piece for piece in self.pieces if isinstance(piece, Open)]

    @property
    def path(self) -> str:
        """The keys down to the part, as refusals write them, without the numbers of rows."""
        return ".".join(step.key for step in self.steps if step.key)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands in the edition, the numbers or keys that lead to it, and its values by path."""

    at: str
    owners: tuple[str, ...]
    cells: Mapping[Path, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """A part with what an edition holds there; ``columns`` are only those that hold something, unless it is empty."""

    part: Part
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def parts_of(shape: Shape) -> list[Part]:
    """The parts of every edition of a rule, owners before what they own; the first is 基本信息."""
    parts: list[Part] = []
    first = Part(msg("基本信息"), (), table=False)
    parts.append(first)
    _flatten(parts, first, HEAD, (), None)
    for each in shape.fields:
        if isinstance(each.node, Value):
            first.pieces.append(Column((each.key,), each.label, each.node))
        else:
            _descend(parts, None, each.node, each.label, (each.key,))
    return parts


def blocks_of(shape: Shape, plain: Mapping[str, Any]) -> list[Block]:
    """The parts of an edition with their rows, without the parts in which it holds nothing."""
    even = shape.even(plain)
    found = (block_of(part, even) for part in parts_of(shape))
    return [block for block in found if block.rows]


def block_of(part: Part, plain: Mapping[str, Any]) -> Block:
    """One part of an edition."""
    held = list(_gather(part, plain))
    columns: list[Column] = []
    for piece in part.pieces:
        if isinstance(piece, Column):
            columns.append(piece)
            continue
        keys = dict.fromkeys(key for _, _, values in held for key in _keys(values, piece.path))
        usual = [key for key in piece.node.words if key in keys]
        columns += [piece.column(key) for key in (*usual, *(key for key in keys if key not in piece.node.words))]
    rows = [
        Row(at, owners, {column.path: value for column in columns if (value := _dig(values, column)) is not None})
        for owners, at, values in held
    ]
    used = {path for row in rows for path in row.cells}
    kept = tuple(column for column in columns if column.path in used)
    filled = tuple(row for row in rows if row.cells or part.table)
    return Block(part, kept, filled)


def _descend(parts: list[Part], above: Part | None, node: Node, title: Message, keys: Path) -> None:
    """Make a part of a node that does not fit into a cell."""
    before = above.steps if above else ()
    steps = (*before, *(Step(key, "table") for key in keys[:-1]))
    owner = above if above is None or above.table else above.owner
    if owner is not None:
        owner.owned = True
    if isinstance(node, Listed):
        part = Part(title, (*steps, Step(keys[-1], "list")), True, owner, identity=node.identity, matrix=node.matrix)
    elif isinstance(node, Mapped) and not isinstance(node.item, Value):
        part = Part(title, (*steps, Step(keys[-1], "keys")), True, owner, node.title, node.words)
    else:
        part = Part(title, (*steps, Step(keys[-1], "table")), False, owner)
    parts.append(part)
    inner = node if isinstance(node, Value | Record) or not part.table else node.item
    if isinstance(inner, Record):
        for each in inner.fields:
            _flatten(parts, part, each, (), None)
    elif isinstance(inner, Mapped) and isinstance(inner.item, Value):
        part.pieces.append(Open((), None, inner))
    else:
        raise TypeError(f"{part.path}: a table of lists or of tables of tables has no place on a sheet")


def _flatten(parts: list[Part], part: Part, each: Field, above: Path, prefix: Message | None) -> None:
    label = each.label if prefix is None else _inside(prefix, each.label)
    path = (*above, each.key)
    if isinstance(each.node, Value):
        part.pieces.append(Column(path, label, each.node))
    elif isinstance(each.node, Record):
        for inner in each.node.fields:
            _flatten(parts, part, inner, path, prefix if each.bare else label)
    elif isinstance(each.node, Mapped) and isinstance(each.node.item, Value):
        part.pieces.append(Open(path, label, each.node))
    else:
        title = _inside(part.title, label)
        _descend(parts, part, each.node, title, path)


def _inside(outer: Message, inner: Message) -> Message:
    return Message("%(outer)s · %(inner)s", {"outer": outer, "inner": inner})


Found = tuple[tuple[str, ...], str, Mapping[str, Any]]


def _gather(part: Part, plain: Mapping[str, Any]) -> Iterator[Found]:
    found: list[Found] = [((), "", plain)]
    for step in part.steps:
        found = [deeper for each in found for deeper in _below(each, step)]
    for owners, at, values in found:
        if isinstance(values, Mapping):
            yield owners, at, values


def _below(found: Found, step: Step) -> Iterator[Found]:
    owners, at, values = found
    inner = values.get(step.key) if step.key and isinstance(values, Mapping) else values
    here = ".".join(filter(None, (at, step.key)))
    if step.kind == "list" and isinstance(inner, list | tuple):
        for number, item in enumerate(inner, 1):
            yield (*owners, str(number)), f"{here}[{number}]", item
    elif step.kind == "keys" and isinstance(inner, Mapping):
        for key, item in inner.items():
            yield (*owners, str(key)), ".".join(filter(None, (here, str(key)))), item
    elif step.kind == "table" and isinstance(inner, Mapping):
        yield owners, here, inner


def _dig(values: Any, column: Column) -> Any:
    for key in column.path:
        if not isinstance(values, Mapping):
            return None
        values = values.get(key)
    if isinstance(values, Mapping) and column.value.kind is not Kind.RANGE:
        return None
    return None if values in ("", [], {}) else values


def _keys(values: Any, path: Path) -> list[str]:
    for key in path:
        values = values.get(key) if isinstance(values, Mapping) else None
    return [str(key) for key in values] if isinstance(values, Mapping) else []
