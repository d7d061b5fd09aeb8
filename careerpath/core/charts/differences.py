"""Gains and losses as lying bars."""

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from careerpath.core.charts.axis import Axis, large_number, make_axis, plain_number
from careerpath.core.charts.drawing import (
    MUTED,
    TEXT,
    WIDE,
    Box,
    document,
    filled,
    nothing,
    rule,
    shorten,
    spelled,
    text,
    text_width,
)

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceChart:
    """Lying bars from a common zero: gains to the right and filled, losses to the left and hatched.

    ``rows`` are names with exact amounts, in the order in which they shall stand.
    """

    title: str
    rows: tuple[tuple[str, Decimal], ...]
    unit: str = ""
    description: str = ""
    empty: str = "无数据"

    def draw(self, width: int = WIDE) -> Markup:
        """The chart as one ``svg`` element."""
        if not self.rows:
            return nothing(self.title, self.empty, width)
        axis = make_axis((value for _, value in self.rows), most=6 if width >= 500 else 4)
        told = [large_number(value, signed=True) for _, value in self.rows]
        room = max(text_width(words) for words in told) + 8
        names = min(max(text_width(name) for name, _ in self.rows) + 10, width * 0.34)
        losing, gaining = (room if axis.low < 0 else 0.0), (room if axis.high > 0 else 8.0)
        plot = Box(names + losing, 22, width - names - losing - gaining, 26.0 * len(self.rows) + 8)
        zero = plot.x + axis.share(_ZERO) * plot.width
        parts = [self._marks(axis, plot)]
        for place, ((name, value), words) in enumerate(zip(self.rows, told, strict=True)):
            y = plot.y + 8 + 26 * place
            end = plot.x + axis.share(value) * plot.width
            parts.append(text(0, y + 13, shorten(name, names - 8)))
            bar = Box(min(zero, end), y, abs(end - zero), 17)
            parts.append(filled(bar, 0 if value >= 0 else 3, f"{name} {plain_number(value, signed=True)}{self.unit}"))
            side = "start" if value >= 0 else "end"
            parts.append(text(end + (5 if value >= 0 else -5), y + 13, words, anchor=side))
        parts.append(rule(zero, plot.y, zero, plot.bottom, stroke=MUTED, width=1.2))
        names_told, values = zip(*self.rows, strict=True)
        spoken = self.description or spelled(names_told, [("", values)], self.unit)
        return document(self.title, spoken, width, plot.bottom + 22, parts)

    def _marks(self, axis: Axis, plot: Box) -> str:
        parts = []
        free = -1.0
        for tick in axis.ticks:
            x = plot.x + axis.share(tick) * plot.width
            parts.append(rule(x, plot.y, x, plot.bottom))
            half = text_width(axis.label(tick)) / 2
            if x - half >= free:
                parts.append(text(x, plot.bottom + 16, axis.label(tick), anchor="middle", fill=MUTED))
                free = x + half + 6
        parts.append(text(-6, TEXT, f"（{axis.word}{self.unit}）", fill=MUTED) if axis.word or self.unit else "")
        return "".join(parts)
