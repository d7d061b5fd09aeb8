"""One value of an edition in a cell, there and back."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from careerpath.core.sheets import (
    CellFault,
    CellValue,
    Origin,
    Reader,
    Shown,
    choice,
    day,
    decimal,
    text,
    whole,
    yes_no,
)
from careerpath.core.sheets.cells import number_as_text
from careerpath.policy.reason import show
from careerpath.policy.shapes import Kind, Value, shown
from careerpath.policy.shapes.showing import number_of
from careerpath.words import msg

PLACES = 9
"""Decimals that a cell may have; how many a rule allows, its own reader says."""

FORMATS = {Kind.WHOLE: "0", Kind.MONEY: "#,##0.00", Kind.SHARE: "0.00%", Kind.DAY: "yyyy-mm-dd", Kind.NUMBER: "General"}
ITEMS = re.compile(r"[、；;\n]")
SPAN = re.compile(r"(\d+)(?:至|-|—|~|～)(\d+)")
FROM = re.compile(r"(\d+)(?:及以上|以上)")
UP_TO = re.compile(r"(\d+)(?:及以下|以下)")


def format_of(value: Value) -> str:
    """Excel's name for the look of a value."""
    return "@" if value.many else FORMATS.get(value.kind, "@")


def words_of(value: Value) -> tuple[str, ...]:
    """The words of a drop-down; none where several may be typed."""
    if value.many:
        return ()
    if value.kind is Kind.FLAG:
        return "是", "否"
    return tuple(str(word) for word in value.words.values()) if value.kind is Kind.CODE else ()


def written(value: Value, plain: Any) -> Shown:
    """What is written into a cell for a plain value."""
    if isinstance(plain, list | tuple):
        parts = [str(shown(value, item)) for item in plain]
        return ("\n" if value.kind is Kind.TEXT else "、").join(parts)
    if value.kind in (Kind.WHOLE, Kind.NUMBER, Kind.MONEY, Kind.SHARE):
        exact = number_of(plain)
        return str(plain) if exact is None else exact
    if value.kind is Kind.DAY:
        return date.fromisoformat(plain) if isinstance(plain, str) else str(plain)
    return str(shown(value, plain))


def read_cell(value: Value, cell: CellValue, origin: Origin) -> Any:
    """The plain value of a filled cell; raises ``CellFault``."""
    if value.many:
        typed = str(text(4000, lines=True).read(cell, origin))
        pieces = typed.split("\n") if value.kind is Kind.TEXT else ITEMS.split(typed)
        one = Value(value.kind, value.words)
        return [read_cell(one, piece.strip(), origin) for piece in pieces if piece.strip()]
    found = READERS[value.kind](value).read(cell, origin)
    if isinstance(found, Decimal):
        return Decimal(show(found))
    return found


def _range() -> Reader:
    def read(cell: CellValue, origin: Origin) -> Any:
        typed = number_as_text(cell) if isinstance(cell, float) else str(cell)
        bare = re.sub(r"[\s级年档]", "", typed)
        if bare.isdecimal():
            return int(bare)
        for pattern, keys in ((SPAN, ("low", "high")), (FROM, ("low",)), (UP_TO, ("high",))):
            matched = pattern.fullmatch(bare)
            if matched:
                return {key: int(number) for key, number in zip(keys, matched.groups(), strict=True)}
        raise CellFault(msg("应为整数或范围，例如 3、3 至 5、3 及以上、5 及以下。"))

    return Reader(read, msg("整数或范围，如 3 至 5、3 及以上"))


READERS: dict[Kind, Callable[[Value], Reader]] = {
    Kind.TEXT: lambda value: text(2000, lines=True),
    Kind.WHOLE: lambda value: whole(),
    Kind.NUMBER: lambda value: decimal(PLACES),
    Kind.MONEY: lambda value: decimal(PLACES),
    Kind.SHARE: lambda value: decimal(PLACES, percent=True, maximum=Decimal(100)),
    Kind.FLAG: lambda value: yes_no(),
    Kind.DAY: lambda value: day(),
    Kind.CODE: lambda value: choice({code: str(word) for code, word in value.words.items()}),
    Kind.RANGE: lambda value: _range(),
}
"""How the cell of each kind is read."""
