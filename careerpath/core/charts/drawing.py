"""SVG by hand: shapes with presentation attributes only, so that no content policy stops them and a PDF shows them."""

import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Protocol

from markupsafe import Markup, escape

from careerpath.core.charts.axis import Axis, plain_number

INK, MUTED, RULE, WHITE = "#1b2430", "#55606e", "#d5dbe3", "#fff"
COLOURS = ("#1d4f91", "#8a5a00", "#1c6b3a", "#a8201a", "#55606e", "#5b3d8a")
FAMILY = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"

WIDE, NARROW = 720, 344
"""Widths in CSS pixels: a page of a report or of a screen, and a telephone's."""

TEXT = 12.0
_SPACING = 5.0


class Chart(Protocol):
    """Anything that can be drawn."""

    def draw(self, width: int = WIDE) -> Markup:
        """The chart as one ``svg`` element of this width in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; ``x``, ``y`` is the upper left corner, all in CSS pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


def coordinate(value: float) -> str:
    """A place to a tenth of a pixel, as short as it can be written."""
    return f"{value:z.1f}".removesuffix(".0")


def _at(**places: float) -> str:
    """Places and lengths as attributes."""
    return " ".join(f'{name}="{coordinate(value)}"' for name, value in places.items())


def text(
    x: float, y: float, words: str, *, anchor: str = "start", size: float = TEXT, fill: str = INK, bold: bool = False
) -> str:
    """Words whose base line starts, ends or is centred (``middle``) at a place."""
    more = f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += f' font-size="{coordinate(size)}"' if size != TEXT else ""
    more += ' font-weight="bold"' if bold else ""
    more += f' fill="{fill}"' if fill != INK else ""
    return f'<text x="{coordinate(x)}" y="{coordinate(y)}"{more}>{escape(words)}</text>'


def rule(x1: float, y1: float, x2: float, y2: float, *, stroke: str = RULE, width: float = 1) -> str:
    """A straight line."""
    return f'<line {_at(x1=x1, y1=y1, x2=x2, y2=y2)} stroke="{stroke}" stroke-width="{coordinate(width)}"/>'


def filled(box: Box, look: int, words: str = "") -> str:
    """A bar in the look of a series: its own colour and its own hatching; ``words`` come up under the pointer."""
    colour = COLOURS[look % len(COLOURS)]
    kind = look % len(_HATCHES)
    place = _at(x=box.x, y=box.y, width=box.width, height=box.height)
    told = f"<title>{escape(words)}</title>" if words else ""
    inside = colour if kind == 0 else WHITE
    bar = f'<rect {place} fill="{inside}" stroke="{colour}"/>'
    lines = "".join(_hatching(box, direction) for direction in _HATCHES[kind])
    if lines:
        bar += f'<path d="{lines}" stroke="{colour}" stroke-width="1.4" fill="none"/>'
    return f"<g>{told}{bar}</g>"


def marker(x: float, y: float, look: int) -> str:
    """The sign of a line's point: circle, square, triangle, diamond, hollow circle or hollow square."""
    colour = COLOURS[look % len(COLOURS)]
    kind = look % len(COLOURS)
    inside = WHITE if kind >= 4 else colour
    paint = f'fill="{inside}" stroke="{colour}" stroke-width="1.5"'
    if kind in (0, 4):
        return f"<circle {_at(cx=x, cy=y, r=4)} {paint}/>"
    shapes = {
        1: ((-3.6, -3.6), (3.6, -3.6), (3.6, 3.6), (-3.6, 3.6)),
        2: ((0, -4.6), (4.4, 3.6), (-4.4, 3.6)),
        3: ((0, -5), (5, 0), (0, 5), (-5, 0)),
    }
    corners = " ".join(f"{coordinate(x + dx)},{coordinate(y + dy)}" for dx, dy in shapes.get(kind, shapes[1]))
    return f'<polygon points="{corners}" {paint}/>'


DASHES = ("", "7 4", "2 3", "9 3 2 3", "4 4", "12 4")
"""How the line of each series is broken."""

#: Which ways the lines of a hatching run: none fills the bar.
_HATCHES: tuple[tuple[str, ...], ...] = ((), ("up",), ("across",), ("up", "down"), ("none",), ("down",))


def _hatching(box: Box, direction: str) -> str:
    """The path of parallel lines that fill a box."""
    if direction == "none":
        return ""
    if direction == "across":
        rows = (box.y + _SPACING * n for n in range(1, int(box.height / _SPACING) + 1))
        return "".join(f"M{coordinate(box.x)} {coordinate(y)}H{coordinate(box.right)}" for y in rows if y < box.bottom)
    parts = []
    gap = _SPACING * 1.4
    for number in range(1, int((box.width + box.height) / gap) + 1):
        reach = gap * number
        along, down = min(reach, box.width), min(reach, box.height)
        begun = (along, reach - along)
        ended = (reach - down, down)
        if direction == "down":
            begun, ended = (box.width - begun[0], begun[1]), (box.width - ended[0], ended[1])
        parts.append(
            f"M{coordinate(box.x + begun[0])} {coordinate(box.y + begun[1])}"
            f"L{coordinate(box.x + ended[0])} {coordinate(box.y + ended[1])}"
        )
    return "".join(parts)


def text_width(words: str, size: float = TEXT) -> float:
    """About how wide words come out: a Chinese character is one em, others are about half."""
    wide = sum(1 for letter in words if unicodedata.east_asian_width(letter) in "WF")
    return (wide + 0.58 * (len(words) - wide)) * size


def shorten(words: str, room: float, size: float = TEXT) -> str:
    """Words cut to a width with an ellipsis; the whole stands in the ``title`` of what they name."""
    if text_width(words, size) <= room:
        return words
    while words and text_width(words + "…", size) > room:
        words = words[:-1]
    return words + "…"


def in_lines(words: str, room: float, size: float = TEXT, most: int = 2) -> list[str]:
    """Words broken into at most so many lines of a width, the last one shortened."""
    lines: list[str] = []
    while words and len(lines) < most - 1 and text_width(words, size) > room:
        cut = len(words)
        while cut > 1 and text_width(words[:cut], size) > room:
            cut -= 1
        lines.append(words[:cut])
        words = words[cut:]
    return [*lines, shorten(words, room, size)] if words else lines


def legend(
    names: Sequence[str], width: float, top: float, *, lines: bool = False, looks: Sequence[int] = ()
) -> tuple[str, float]:
    """The names of the series beside their looks, in as many rows as they need; gives also the lower edge.

    ``looks`` are given where they are not just 0, 1, 2 and so on.
    """
    parts: list[str] = []
    x, y = 0.0, top
    for look, name in zip(looks or range(len(names)), names, strict=True):
        shown = shorten(name, width - 30)
        room = 26 + text_width(shown)
        if x and x + room > width:
            x, y = 0.0, y + 20
        if lines:
            parts += [stroke([(x, y + 7), (x + 20, y + 7)], look), marker(x + 10, y + 7, look)]
        else:
            parts.append(filled(Box(x + 1, y + 1, 18, 12), look))
        parts.append(text(x + 25, y + 11.5, shown))
        x += room + 14
    return "".join(parts), y + 20


def stroke(points: Sequence[tuple[float, float]], look: int) -> str:
    """A line through points in the look of a series."""
    dash = DASHES[look % len(DASHES)]
    broken = f' stroke-dasharray="{dash}"' if dash else ""
    through = " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in points)
    colour = COLOURS[look % len(COLOURS)]
    return f'<polyline points="{through}" fill="none" stroke="{colour}" stroke-width="2"{broken}/>'


def value_axis(axis: Axis, plot: Box, unit: str) -> str:
    """The marks of a standing axis with lines across the plot, and the unit above them."""
    parts = []
    for tick in axis.ticks:
        y = plot.bottom - axis.share(tick) * plot.height
        parts.append(rule(plot.x, y, plot.right, y, stroke=MUTED if tick == 0 else RULE))
        parts.append(text(plot.x - 6, y + 4, axis.label(tick), anchor="end", fill=MUTED))
    if axis.word or unit:
        parts.append(text(-6, plot.y - 12, f"（{axis.word}{unit}）", fill=MUTED))
    return "".join(parts)


def axis_room(axis: Axis) -> float:
    """The width that the marks of a standing axis take."""
    return max(text_width(axis.label(tick)) for tick in axis.ticks) + 10


def spelled(categories: Sequence[str], rows: Iterable[tuple[str, Sequence[Decimal | None]]], unit: str) -> str:
    """All numbers of a chart in words, for those who hear it."""
    parts = []
    for name, values in rows:
        told = "，".join(
            f"{category} {plain_number(value)}{unit}"
            for category, value in zip(categories, values, strict=True)
            if value is not None
        )
        parts.append(f"{name}：{told}" if name else told)
    return "；".join(parts)


def document(
    title: str, description: str, width: int, height: float, parts: Iterable[str], *, role: str = "img"
) -> Markup:
    """The whole picture with its name and description for readers that speak; a ``group`` where parts are links."""
    mark = sha256(f"{title}\n{description}\n{width}".encode()).hexdigest()[:10]
    size = f'width="{width}" height="{coordinate(height)}" viewBox="0 0 {width} {coordinate(height)}"'
    return Markup(  # noqa: S704 - every text in the parts was escaped where it was set
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" {size} role="{role}"'
        f' aria-labelledby="t{mark}" aria-describedby="d{mark}">'
        f'<title id="t{mark}">{escape(title)}</title><desc id="d{mark}">{escape(description)}</desc>'
        f'<g font-family="{FAMILY}" font-size="{coordinate(TEXT)}" fill="{INK}">{"".join(parts)}</g></svg>'
    )


def nothing(title: str, words: str, width: int) -> Markup:
    """A chart without any number: a frame that says so."""
    frame = f'<rect x="0.5" y="0.5" width="{width - 1}" height="79" fill="{WHITE}" stroke="{RULE}"/>'
    return document(title, words, width, 80, [frame, text(width / 2, 44, words, anchor="middle", fill=MUTED)])


def for_screen(chart: Chart) -> Markup:
    """The chart twice, for wide screens and for telephones; the style sheet shows the one that fits."""
    return Markup('<div class="chart-wide">{}</div><div class="chart-narrow">{}</div>').format(
        chart.draw(WIDE), chart.draw(NARROW)
    )


def for_paper(chart: Chart, width: int = WIDE) -> str:
    """The chart as the address of a picture (``data:``) for a printed page; give the picture its words in ``alt``."""
    return "data:image/svg+xml;base64," + b64encode(str(chart.draw(width)).encode()).decode()
