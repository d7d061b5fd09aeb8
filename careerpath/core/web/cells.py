"""Cells of a grid as people type them: numbers, and the faults of one row by field."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from careerpath.words import Message, Refused, msg

MOST_DIGITS = 8
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")


class CellFaults(Refused):
    """Cells of one row whose text is not what the column holds, by field."""

    def __init__(self, faults: Mapping[str, Message]) -> None:
        field, message = next(iter(faults.items()))
        super().__init__(message, field=field)
        self.faults = dict(faults)


def number(text: str) -> Decimal | None:
    """A number as people type it: full-width digits, a trailing per cent sign, spaces; None for an empty cell."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("%").strip()
    if not plain:
        return None
    if not NUMBER.fullmatch(plain) or len(plain) > MOST_DIGITS:
        raise Refused(msg("“%(text)s”不是数字，请填如 37.5。", text=text[:20]))
    found = Decimal(plain)
    if found != found.quantize(Decimal("0.01")):
        raise Refused(msg("“%(text)s”最多两位小数。", text=text[:20]))
    return found
