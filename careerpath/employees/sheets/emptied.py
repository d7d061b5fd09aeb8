"""Emptying a cell on purpose: an empty cell leaves what is known, the word （空） takes it away."""

import unicodedata
from dataclasses import replace
from enum import Enum

from careerpath.core.sheets import CellValue, Origin, Reader, Shown

MARK = "（空）"


class Emptied(Enum):
    """The value of a cell that says （空）."""

    YES = "yes"


EMPTIED = Emptied.YES


def optional(reader: Reader) -> Reader:
    """A reader for a column that may be left empty (``None``: nothing is said) or emptied (``EMPTIED``)."""

    def read(value: CellValue, origin: Origin) -> object:
        if isinstance(value, str) and unicodedata.normalize("NFKC", value).strip() == "(空)":
            return EMPTIED
        return reader.read(value, origin)

    def show(value: object) -> Shown:
        return MARK if value is EMPTIED else reader.show(value)

    return replace(reader, read=read, show=show, words=(*reader.words, MARK) if reader.words else (), blank=None)
