"""Standing bars: the series beside each other, or upon each other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from careerpath.core.charts.axis import Axis, make_axis, plain_number
from careerpath.core.charts.drawing import MUTED, Box, filled, rule, text, text_width
from careerpath.core.charts.plane import CategoryChart, Data, Plane

_ZERO = Decimal(0)
_SMALL = 11.0


@dataclass(frozen=True, slots=True)
class _Bar:
    """One bar from ``base`` to ``end``; ``named`` when the number of its end stands there."""

    place: int
    look: int
    base: Decimal
    end: Decimal
    words: str
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart(CategoryChart):
    """Standing bars for each category, the series beside each other or, when ``stacked``, upon each other.

    Negative values go down from zero. Numbers stand at the ends of the bars when there is room for all of them.
    """

    stacked: bool = False

    def axis(self, data: Data) -> Axis:
        """From zero to the ends of all bars."""
        return make_axis(bar.end for bar in self._bars(data))

    def parts(self, plane: Plane) -> Iterator[str]:
        """The bars with their numbers, and the line of zero upon them."""
        side = 1 if self.stacked else len(self.series)
        inner = min(plane.slot * 0.72, 46.0 if self.stacked else 34.0 * side)
        each = inner / side
        room = plane.slot if side == 1 else each + 4
        bars = self._bars(plane.data)
        fits = all(text_width(plane.axis.short(bar.end), _SMALL) <= room for bar in bars if bar.named)
        for bar in bars:
            x = plane.x(bar.place) - inner / 2 + (0 if self.stacked else each * bar.look)
            ends = sorted((plane.y(bar.base), plane.y(bar.end)))
            yield filled(Box(x, ends[0], max(each - 1.5, 1), ends[1] - ends[0]), bar.look, bar.words)
            if fits and bar.named:
                y = plane.y(bar.end) + (-4 if bar.end >= 0 else 13)
                yield text(x + each / 2, y, plane.axis.short(bar.end), anchor="middle", size=_SMALL)
        zero = plane.y(_ZERO)
        yield rule(plane.plot.x, zero, plane.plot.right, zero, stroke=MUTED)

    def _bars(self, data: Data) -> list[_Bar]:
        """All bars, those of one category after each other; the last of a heap on each side carries its sum."""
        bars: list[_Bar] = []
        for place in range(len(self.categories)):
            ends = {True: _ZERO, False: _ZERO}
            last: dict[bool, int] = {}
            for look, series in enumerate(self.series):
                value = series.values[place]
                if value is None:
                    continue
                up = value >= 0
                base = ends[up] if self.stacked else _ZERO
                ends[up] = base + value
                words = data.told(place, series, plain_number(value))
                last[up] = len(bars)
                bars.append(_Bar(place, look, base, base + value, words, not self.stacked))
            for number in last.values() if self.stacked else ():
                bars[number] = replace(bars[number], named=True)
        return bars
