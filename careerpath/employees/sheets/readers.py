"""How the cells of a person's particulars are read, in every list that has them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from careerpath.core.sheets import CellFault, CellValue, Column, Origin, Reader, choice, digits
from careerpath.employees.operations.identity import read_identity, read_phone
from careerpath.employees.sheets.emptied import optional
from careerpath.policy.codes import Code, Degree, degree_level
from careerpath.words import Message, Refused, msg

MASKED = re.compile(r"\d{6}\*{8}\d{3}[\dX]")
"""An identity number as an export without the right to reveal it writes it."""

MASKED_PHONE = re.compile(r"\d{3}\*{4}\d{4}|\d{3,4}-\*{4}\d{3,4}")
"""A telephone number as an export that is kept for a while writes it."""


def optional_column(key: str, title: str, reader: Reader, **more: Any) -> Column:
    """A column that may be left empty, or emptied with （空）."""
    return Column(key, title, optional(reader), **more)


def codes(table: type[Code]) -> Reader:
    """A code of a table, by code or word."""
    words = {entry.value: entry.zh for entry in table}
    return choice(words, aliases={also: entry.value for entry in table for also in entry.also})


def words(table: Mapping[Any, Message]) -> Reader:
    """An entry of an enumeration, by its word."""
    return choice({entry: str(word) for entry, word in table.items()})


def degree() -> Reader:
    """A degree by its level, or by a code of three digits as some archives have them (407 is 理学学士)."""
    plain = codes(Degree)

    def read(value: CellValue, origin: Origin) -> object:
        shown = str(value).strip()
        return shown if len(shown) == 3 and degree_level(shown) is not None else plain.read(value, origin)

    return replace(plain, read=read)


def identity() -> Reader:
    """A checked identity number, or a masked one as it was exported."""
    bare = digits(hint=msg("18 位身份证号，请用文本格式"))

    def read(value: CellValue, origin: Origin) -> object:
        shown = str(bare.read(value, origin)).replace("＊", "*")
        return shown if MASKED.fullmatch(shown) else _refusing(lambda: read_identity(shown).number)

    return replace(bare, read=read)


def phone() -> Reader:
    """A checked telephone number, or a masked one as it was exported."""
    bare = digits(hint=msg("11 位手机号，或带区号的固定电话"), width=14)

    def read(value: CellValue, origin: Origin) -> object:
        shown = str(bare.read(value, origin)).replace("＊", "*")
        return shown if MASKED_PHONE.fullmatch(shown) else _refusing(lambda: read_phone(shown))

    return replace(bare, read=read)


def checked(reader: Reader, check: Any) -> Reader:
    """A reader whose values an operation's own reading looks at."""
    return replace(reader, read=lambda value, origin: _refusing(lambda: check(reader.read(value, origin))))


def _refusing(work: Any) -> object:
    """What an operation's own reading makes of a text; its refusal is the fault of the cell."""
    try:
        found: object = work()
    except Refused as refusal:
        raise CellFault(refusal.message) from refusal
    return found
