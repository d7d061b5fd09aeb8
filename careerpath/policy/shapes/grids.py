"""A table of tiers and levels as people draw it: one line for each, one column for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from careerpath.policy.shapes.blocks import Block, Column
from careerpath.policy.shapes.showing import shown
from careerpath.words import Message


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix: the words of its lines and columns by their plain values, and the plain value of each filled cell."""

    corner: tuple[Message, Message]
    lines: Mapping[str, Message]
    columns: Mapping[str, Message]
    cells: Mapping[tuple[str, str], Any]
    value: Column


def grid_of(block: Block) -> Grid | None:
    """The matrix of a block, where its part is one and its rows hold nothing beside the three values."""
    if block.part.matrix is None:
        return None
    by_key = {".".join(column.path): column for column in block.columns}
    if set(by_key) != set(block.part.matrix):
        return None
    line, column, value = (by_key[key] for key in block.part.matrix)
    lines: dict[str, Message] = {}
    columns: dict[str, Message] = {}
    cells: dict[tuple[str, str], Any] = {}
    for row in block.rows:
        at, across = row.cells.get(line.path), row.cells.get(column.path)
        place = (str(at), str(across))
        if place in cells:
            return None
        lines.setdefault(place[0], shown(line.value, at))
        columns.setdefault(place[1], shown(column.value, across))
        cells[place] = row.cells.get(value.path)
    return Grid((line.label, column.label), lines, columns, cells, value)
