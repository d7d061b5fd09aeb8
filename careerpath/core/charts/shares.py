"""Parts of a whole as lying bars: one bar for each part, or one full bar for each row with its parts in it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from markupsafe import Markup

from careerpath.core.charts.axis import plain_number
from careerpath.core.charts.drawing import (
    INK,
    RULE,
    WHITE,
    WIDE,
    Box,
    coordinate,
    document,
    filled,
    legend,
    nothing,
    rule,
    shorten,
    spelled,
    text,
    text_width,
)
from careerpath.core.charts.plane import Series

_TENTH = Decimal("0.1")
_ROW, _BAR = 26.0, 17.0


def in_percent(part: Decimal, whole: Decimal) -> str:
    """A part as a percentage with at most one decimal: 12.5%."""
    return f"{plain_number((part * 100 / whole).quantize(_TENTH, ROUND_HALF_UP))}%"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChart:
    """One lying bar for each part of a whole, with its number and its percentage.

    ``rows`` are names with exact numbers of at least zero; ``whole`` is their sum where it is not given (some may be of
    more than one part). ``wanted`` is a share from 0 to 1 at which a line is drawn, with its words.
    """

    title: str
    rows: tuple[tuple[str, Decimal], ...]
    whole: Decimal | None = None
    wanted: Decimal | None = None
    wanted_words: str = ""
    unit: str = ""
    description: str = ""
    empty: str = "无数据"

    def draw(self, width: int = WIDE) -> Markup:
        """The chart as one ``svg`` element. Raises ``ValueError`` for a number below zero."""
        if any(value < 0 for _, value in self.rows):
            raise ValueError("a part of a whole is not below zero")
        whole = self.whole if self.whole is not None else sum((value for _, value in self.rows), Decimal(0))
        if not self.rows or whole <= 0:
            return nothing(self.title, self.empty, width)
        told = [f"{plain_number(value)}{self.unit}（{in_percent(value, whole)}）" for _, value in self.rows]
        names = min(max(text_width(name) for name, _ in self.rows) + 10, width * 0.34)
        room = max(text_width(words) for words in told) + 8
        # The longest bar takes all the room, unless a wanted share reaches farther.
        longest = max(*(value / whole for _, value in self.rows), self.wanted or Decimal(0), Decimal("0.01"))
        head = 20.0 if self.wanted is not None else 4.0
        plot = Box(names, head, width - names - room, _ROW * len(self.rows) + 6)
        parts = [rule(plot.x, plot.y, plot.x, plot.bottom)]
        if self.wanted is not None:
            parts.append(self._line(plot, float(self.wanted / longest), width))
        for place, ((name, value), words) in enumerate(zip(self.rows, told, strict=True)):
            y = plot.y + 5 + _ROW * place
            long = float(value / whole / longest) * plot.width
            parts.append(text(0, y + 13, shorten(name, names - 8)))
            parts.append(filled(Box(plot.x, y, long, _BAR), 0, f"{name} {words}"))
            # A white ground keeps the number readable where the line of the wanted share runs through it.
            parts.append(_ground(Box(plot.x + long + 3, y + 1, text_width(words) + 2, _BAR - 2)))
            parts.append(text(plot.x + long + 5, y + 13, words))
        rows_told, values = zip(*self.rows, strict=True)
        spoken = self.description or spelled(rows_told, [("", values)], self.unit)
        return document(self.title, spoken, width, plot.bottom + 4, parts)

    def _line(self, plot: Box, share: float, width: int) -> str:
        x = plot.x + share * plot.width
        words = self.wanted_words or in_percent(self.wanted or Decimal(0), Decimal(1))
        half = text_width(words) / 2
        middle = min(max(x, half), width - half)
        line = rule(x, plot.y - 2, x, plot.bottom, stroke=INK, width=1.4)
        return line + text(middle, plot.y - 6, words, anchor="middle")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositionChart:
    """One full bar for each category (a street, a year), cut into the parts of its series; each bar is 100 %.

    Series hold exact numbers of at least zero. A category without any is left blank.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    description: str = ""
    empty: str = "无数据"

    def draw(self, width: int = WIDE) -> Markup:
        """The chart as one ``svg`` element."""
        totals = [sum((series.values[place] or Decimal(0) for series in self.series), Decimal(0))
                  for place in range(len(self.categories))]  # fmt: skip
        if not any(totals):
            return nothing(self.title, self.empty, width)
        signs, top = legend([series.name for series in self.series], width, 0)
        names = min(max(text_width(name) for name in self.categories) + 10, width * 0.34)
        sums = [f"{plain_number(total)}{self.unit}" for total in totals]
        room = max(text_width(words) for words in sums) + 8
        plot = Box(names, top + 4, width - names - room, _ROW * len(self.categories) + 6)
        parts = [signs]
        for place, name in enumerate(self.categories):
            y = plot.y + 5 + _ROW * place
            parts.append(text(0, y + 13, shorten(name, names - 8)))
            parts.append(f"<g>{self._bar(place, totals[place], Box(plot.x, y, plot.width, _BAR))}</g>")
            parts.append(text(plot.right + 5, y + 13, sums[place]))
        rows = [(series.name, series.values) for series in self.series]
        spoken = self.description or spelled(self.categories, rows, self.unit)
        return document(self.title, spoken, width, plot.bottom + 4, parts)

    def _bar(self, place: int, total: Decimal, box: Box) -> str:
        if not total:
            return _ground(box, RULE)
        parts, x = [], box.x
        for look, series in enumerate(self.series):
            value = series.values[place] or Decimal(0)
            if not value:
                continue
            long = float(value / total) * box.width
            share = in_percent(value, total)
            words = f"{self.categories[place]} {series.name} {plain_number(value)}{self.unit}，{share}"
            parts.append(filled(Box(x, box.y, long, box.height), look, words))
            if text_width(share, 11) + 8 <= long:
                # A white ground keeps the number readable upon a hatching.
                half = text_width(share, 11) / 2 + 3
                ground = Box(x + long / 2 - half, box.y + 2, half * 2, box.height - 4)
                parts.append(_ground(ground))
                parts.append(text(x + long / 2, box.y + 12.5, share, anchor="middle", size=11))
            x += long
        return "".join(parts)


def _ground(box: Box, edge: str = "") -> str:
    """A white box: the ground of words, or with an edge the frame of a bar that nothing is known of."""
    stroke = f' stroke="{edge}"' if edge else ""
    return (
        f'<rect x="{coordinate(box.x)}" y="{coordinate(box.y)}" width="{coordinate(box.width)}"'
        f' height="{coordinate(box.height)}" fill="{WHITE}"{stroke}/>'
    )
