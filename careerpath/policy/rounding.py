"""How a number becomes round: the words of editions, in one place for all rules."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from careerpath.words import Message, msg

DECIMAL_MODES = {"down": ROUND_DOWN, "half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "up": ROUND_UP}


class Rounding(StrEnum):
    """How a quota becomes a whole number of people, or an amount a multiple of a unit; never below zero."""

    DOWN = "down"
    HALF_UP = "half_up"
    UP = "up"

    @property
    def mode(self) -> str:
        """The rounding mode of ``decimal``."""
        return DECIMAL_MODES[self.value]


class FineRounding(StrEnum):
    """How an amount of pay or a score is rounded."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"

    @property
    def mode(self) -> str:
        """The rounding mode of ``decimal``."""
        return DECIMAL_MODES[self.value]

    def round(self, exact: Fraction, decimals: int) -> Decimal:
        """An exact number, never negative, with so many decimals."""
        scaled = exact * 10**decimals
        whole, left = divmod(scaled.numerator, scaled.denominator)
        half = 2 * left - scaled.denominator
        up = {
            FineRounding.HALF_UP: half >= 0,
            FineRounding.HALF_EVEN: half > 0 or (half == 0 and whole % 2 == 1),
            FineRounding.DOWN: False,
            FineRounding.UP: left > 0,
        }[self]
        return Decimal(whole + up).scaleb(-decimals)


ROUNDINGS: Mapping[str, Message] = {
    FineRounding.HALF_UP.value: msg("四舍五入"),
    FineRounding.HALF_EVEN.value: msg("四舍六入五成双"),
    FineRounding.DOWN.value: msg("舍去小数"),
    FineRounding.UP.value: msg("进一"),
}
"""What people call each way, by its code."""


def words_of_rounding(kind: type[Rounding] | type[FineRounding]) -> dict[str, Message]:
    """The words of the ways that one kind knows."""
    return {way.value: ROUNDINGS[way.value] for way in kind}
