"""A number axis with round marks, and numbers as an office reads them: thousands apart, 万 and 亿 for large ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_LARGE = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Axis:
    """From ``low`` to ``high`` in steps of ``step``; marks are told in units of ``factor``, called ``word``."""

    low: Decimal
    high: Decimal
    step: Decimal
    factor: Decimal
    word: str

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        """Every mark from the lowest to the highest."""
        return tuple(self.low + self.step * number for number in range(int((self.high - self.low) / self.step) + 1))

    def share(self, value: Decimal) -> float:
        """Where a value stands: 0 at the low end, 1 at the high end."""
        return float((value - self.low) / (self.high - self.low))

    def label(self, tick: Decimal) -> str:
        """A mark in words, in units of ``factor``."""
        return plain_number(tick / self.factor)

    def short(self, value: Decimal) -> str:
        """A value in units of ``factor``, rounded to a few digits; exact where rounding would make it nothing."""
        exact = value / self.factor
        rounded = _trim(exact)
        return plain_number(rounded if rounded or not exact else exact)


def make_axis(values: Iterable[Decimal], *, from_zero: bool = True, most: int = 6) -> Axis:
    """An axis that holds all values, with at most ``most`` steps of 1, 2, 2.5 or 5 times a power of ten.

    ``from_zero`` keeps zero on it, as bars need. Without values it runs from 0 to 1.
    """
    given = list(values)
    low, high = (min(given), max(given)) if given else (_ZERO, _ZERO)
    if from_zero:
        low, high = min(low, _ZERO), max(high, _ZERO)
    if low == high:
        low, high = (low - abs(low) / 10, high + abs(high) / 10) if high else (_ZERO, Decimal(1))
    step = _round_step((high - low) / most)
    while True:
        low, high = (
            (low / step).to_integral_value(ROUND_FLOOR) * step,
            (high / step).to_integral_value(ROUND_CEILING) * step,
        )
        if (high - low) / step <= most:
            break
        step = _round_step(step * Decimal("1.01"))
    factor, word = _large(max(abs(low), abs(high)), step)
    return Axis(low, high, step, factor, word)


def plain_number(value: Decimal, *, signed: bool = False) -> str:
    """A number without needless zeros, thousands apart: 12,500 or 0.25; with ``signed`` a gain says ``+``."""
    shown = f"{value:,f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    if value < 0:
        return "−" + shown.removeprefix("-")
    return f"+{shown}" if signed and value > 0 else shown


def large_number(value: Decimal, *, signed: bool = False) -> str:
    """A number with at most four or five digits beside its 万 or 亿: 128.5万."""
    for factor, word in _LARGE:
        if abs(value) >= factor:
            return plain_number(_trim(value / factor), signed=signed) + word
    return plain_number(_trim(value), signed=signed)


def _trim(value: Decimal) -> Decimal:
    """Two places below ten, one below a thousand, none above."""
    size = abs(value)
    return value.quantize(Decimal("0.01") if size < 10 else Decimal("0.1") if size < 1000 else Decimal(1))


def _round_step(rough: Decimal) -> Decimal:
    """The smallest round step that is not less than the rough one."""
    power = Decimal(10) ** rough.adjusted()
    return next(step * power for step in _STEPS if step * power >= rough)


def _large(size: Decimal, step: Decimal) -> tuple[Decimal, str]:
    """The unit of the marks: the largest in which a step still has at most two places."""
    for factor, word in _LARGE:
        if size >= factor and step >= factor / 100:
            return factor, word
    return Decimal(1), ""
