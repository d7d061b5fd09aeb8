"""What every code table is made of: a code with its Chinese and English names."""

from enum import StrEnum
from typing import Self, TypeVar

from careerpath.words import Named


class Code(Named, StrEnum):
    """One entry of a code table. Its value is the code; ``zh`` and ``en`` are its names, ``also`` other usual words."""

    also: tuple[str, ...]

    def __new__(cls, code: str, zh: str = "", en: str = "", *also: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh = zh
        member.en = en
        member.also = also
        return member


C = TypeVar("C", bound=Code)


def read_code(table: type[C], text: str) -> C | None:
    """The entry that a cell means: its code, its Chinese name or another usual word; ``None`` if nothing fits."""
    wanted = text.strip()
    for member in table:
        if wanted == member.value or wanted == member.zh or wanted in member.also:
            return member
    return None
