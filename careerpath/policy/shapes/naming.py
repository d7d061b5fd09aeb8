"""What a row of an edition is called: by its own name, by the values that name it, or by its number."""

from collections.abc import Callable, Mapping

from careerpath.policy.shapes.blocks import Block, Column, Row
from careerpath.policy.shapes.showing import numbered, shown, verbatim
from careerpath.words import Message, msg

USUAL_NAMES = ("name", "title", "code")


def row_names(blocks: list[Block]) -> Mapping[str, Message]:
    """What people call each row of a table, by where it stands; an owned row begins with its owner's name."""
    return _named(blocks, row_name)


def row_keys(blocks: list[Block]) -> Mapping[str, Message]:
    """What tells each row of a table from the others, by where it stands."""
    return _named(blocks, row_key)


def _named(blocks: list[Block], name_of: Callable[[Block, Row], Message]) -> Mapping[str, Message]:
    names: dict[str, Message] = {}
    owners: list[str] = []
    for block in blocks:
        if not block.part.table:
            continue
        for row in block.rows:
            owner = max((at for at in owners if _inside(row.at, at)), key=len, default="")
            name = name_of(block, row)
            names[row.at] = Message("%(outer)s · %(inner)s", {"outer": names[owner], "inner": name}) if owner else name
        if block.part.owned:
            owners += [row.at for row in block.rows]
    return names


def row_name(block: Block, row: Row) -> Message:
    """What people call a row within its table."""
    part = block.part
    if part.key_title is None and part.identity in ((), ("code",)):
        for name in USUAL_NAMES:
            for column in block.columns:
                if column.path == (name,) and column.path in row.cells:
                    return shown(column.value, row.cells[column.path])
    return row_key(block, row)


def row_key(block: Block, row: Row) -> Message:
    """What tells a row from the others of its table: its key, the values that identify it, or its number."""
    part = block.part
    if part.key_title is not None:
        key = row.owners[-1]
        return part.key_words.get(key) or verbatim(key)
    identity = [column for column in block.columns if ".".join(column.path) in part.identity]
    held = [column for column in identity if column.path in row.cells]
    return _all(held, row, len(part.identity) > 1) if held else msg("第 %(number)s 行", number=row.owners[-1])


def _all(columns: list[Column], row: Row, labelled: bool) -> Message:
    if not labelled:
        return shown(columns[0].value, row.cells[columns[0].path])
    names = {f"value{number}": numbered(column, row.cells[column.path]) for number, column in enumerate(columns)}
    return Message(" ".join(f"%({name})s" for name in names), names)


def _inside(at: str, owner: str) -> bool:
    return at.startswith(owner) and at[len(owner) : len(owner) + 1] in {".", "["}
