"""Why a rule came to its value: one line for each step, with the document it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from careerpath.words import Message

HUNDREDTHS = 2
"""Money and scores are written with two decimals; a number with more keeps them."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a result: which rule, of which document and clause, made ``value`` out of ``input``."""

    rule: str
    document: str
    clause: str
    input: Mapping[str, object]
    value: object
    message: Message

    def as_json(self) -> dict[str, Any]:
        """The reason as plain JSON values: exact numbers and dates are strings; the sentence is Chinese."""
        return {
            "rule": self.rule,
            "document": self.document + self.clause,
            "input": {name: plain(value) for name, value in self.input.items()},
            "value": plain(self.value),
            "text": str(self.message),
        }


def plain(value: object) -> Any:
    """A value as JSON can carry it: ``Decimal`` as a string with at least two decimals, a date as ``YYYY-MM-DD``."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        short = isinstance(exponent, int) and -exponent < HUNDREDTHS
        return format(value.quantize(Decimal("0.01")) if short else value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Message):
        return str(value)
    return value


def show(number: Decimal | int) -> str:
    """A number as a sentence says it: no trailing zeros, never an exponent (60.0 is 60, 58.50 is 58.5)."""
    text = format(Decimal(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Decimal) -> str:
    """A share as a percentage: 0.20 is 20%."""
    return show(share * 100) + "%"
