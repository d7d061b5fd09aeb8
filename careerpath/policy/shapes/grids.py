"""A table of tiers and levels as people draw it: one line for each level, one column for each tier."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from careerpath.policy.shapes.blocks import Block, Column, Row
from careerpath.policy.shapes.showing import numbered
from careerpath.words import Message


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix: the words of its lines and columns by their plain values, and the plain value of each filled cell.

    ``owner`` is where the row stands that owns these rows, empty where none does; ``corner`` is what the lines are.
    """

    owner: str
    corner: Message
    lines: Mapping[str, Message]
    columns: Mapping[str, Message]
    cells: Mapping[tuple[str, str], Any]
    value: Column


def grids_of(block: Block) -> tuple[Grid, ...]:
    """The matrices of a block, one for each owner; none where its part is no matrix or a place is filled twice."""
    if block.part.matrix is None:
        return ()
    by_key = {".".join(column.path): column for column in block.part.columns}
    across, down, value = (by_key[key] for key in block.part.matrix)
    owned: dict[tuple[str, ...], list[Row]] = {}
    for row in block.rows:
        owned.setdefault(row.owners[:-1], []).append(row)
    grids = tuple(_grid(rows, across, down, value) for rows in owned.values())
    return grids if all(len(grid.cells) == len(rows) for grid, rows in zip(grids, owned.values(), strict=True)) else ()


def _grid(rows: Iterable[Row], across: Column, down: Column, value: Column) -> Grid:
    owner, lines, columns = "", {}, {}
    cells: dict[tuple[str, str], Any] = {}
    for row in rows:
        owner = row.at.rpartition(".")[0]
        line, column = (row.cells.get(each.path, "") for each in (down, across))
        lines[str(line)] = numbered(down, line)
        columns[str(column)] = numbered(across, column) if column != "" else value.label
        cells[str(line), str(column)] = row.cells.get(value.path)
    return Grid(owner, down.label, _ordered(lines), _ordered(columns), cells, value)


def _ordered(words: Mapping[str, Message]) -> dict[str, Message]:
    """By number where they are numbers, else as they came."""
    keys = sorted(words, key=int) if all(key.isdecimal() for key in words) else list(words)
    return {key: words[key] for key in keys}
