"""A whole as an area cut into rectangles, each as large as its part: a district by its streets, like a map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from careerpath.core.charts.axis import plain_number
from careerpath.core.charts.drawing import (
    WHITE,
    WIDE,
    Box,
    document,
    filled,
    in_lines,
    legend,
    nothing,
    spelled,
    text,
    text_width,
)

_SMALL = 11.0
_SQUAREST = 1.0


@dataclass(frozen=True, slots=True)
class Area:
    """One part: its name, its size, its standing (an index into ``TreeMap.looks``), a note below, and where it leads.

    ``url`` makes it a link; a picture on paper has none.
    """

    name: str
    size: Decimal
    look: int = 0
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeMap:
    """Areas as rectangles near to squares, the largest first; ``looks`` name what the hatchings mean.

    ``palette`` says which look each of them has, where it is not just 0, 1, 2 and so on: green for good, red for bad.
    Areas of size zero are left out: the table beside names them.
    """

    title: str
    areas: tuple[Area, ...]
    looks: tuple[str, ...] = ()
    palette: tuple[int, ...] = ()
    unit: str = ""
    description: str = ""
    empty: str = "无数据"

    def draw(self, width: int = WIDE) -> Markup:
        """The chart as one ``svg`` element. Raises ``ValueError`` for a size below zero."""
        if any(area.size < 0 for area in self.areas):
            raise ValueError("an area is not below zero")
        shown = sorted((area for area in self.areas if area.size), key=lambda area: (-area.size, area.name))
        if not shown:
            return nothing(self.title, self.empty, width)
        signs, top = legend(self.looks, width, 0, looks=self.palette) if self.looks else ("", 0.0)
        frame = Box(0.5, top + 4, width - 1, 320.0 if width >= 500 else 420.0)
        parts = [signs]
        for area, box in zip(shown, squares([float(area.size) for area in shown], frame), strict=True):
            parts.append(self._part(area, box))
        spoken = self.description or spelled([area.name for area in shown], [("", [a.size for a in shown])], self.unit)
        role = "group" if any(area.url for area in shown) else "img"
        return document(self.title, spoken, width, frame.bottom + 1, parts, role=role)

    def _part(self, area: Area, box: Box) -> str:
        number = f"{plain_number(area.size)}{self.unit}"
        told = " ".join(part for part in (area.name, number, area.note) if part)
        inner = Box(box.x + 1, box.y + 1, max(box.width - 2, 0.5), max(box.height - 2, 0.5))
        look = self.palette[area.look] if self.palette else area.look
        shape = filled(inner, look, told) + "".join(_words(area.name, number, area.note, inner))
        return f'<a href="{escape(area.url)}" aria-label="{escape(told)}">{shape}</a>' if area.url else shape


def squares(sizes: Sequence[float], frame: Box) -> list[Box]:
    """Boxes that fill a frame, in the order of ``sizes`` (largest first), each as near to a square as it goes.

    Rows are laid along the shorter side of what is left; a row takes one more box while that makes the worst of its
    boxes squarer (Bruls, Huizing and van Wijk: Squarified Treemaps, 2000).
    """
    scale = frame.width * frame.height / sum(sizes)
    areas = [size * scale for size in sizes]
    found: list[Box] = []
    left, begin = frame, 0
    while begin < len(areas):
        side = min(left.width, left.height)
        end = begin + 1
        while end < len(areas) and _worst(areas[begin : end + 1], side) <= _worst(areas[begin:end], side):
            end += 1
        row, left = _row(areas[begin:end], left)
        found += row
        begin = end
    return found


def _worst(areas: Sequence[float], side: float) -> float:
    """The longest box of a row along a side: its longer edge over its shorter one."""
    deep = sum(areas) / side
    return max(max(area / deep / deep, deep * deep / area, _SQUAREST) for area in areas)


def _row(areas: Sequence[float], left: Box) -> tuple[list[Box], Box]:
    """The boxes of a row at the left or upper edge, and what is left of the frame."""
    boxes = []
    if left.width >= left.height:
        deep, y = sum(areas) / left.height, left.y
        for area in areas:
            boxes.append(Box(left.x, y, deep, area / deep))
            y += area / deep
        return boxes, Box(left.x + deep, left.y, max(left.width - deep, 0), left.height)
    deep, x = sum(areas) / left.width, left.x
    for area in areas:
        boxes.append(Box(x, left.y, area / deep, deep))
        x += area / deep
    return boxes, Box(left.x, left.y + deep, left.width, max(left.height - deep, 0))


def _words(name: str, number: str, note: str, box: Box) -> Iterator[str]:
    """The name in up to two lines, the number and the note, as many of them as there is room for."""
    room = box.width - 14
    if room < 2 * _SMALL or box.height < 22:
        return
    lines = in_lines(name, room, 12.0)
    lines += [line for line in (number, note) if line and text_width(line, 12.0) <= room]
    lines = lines[: max(int((box.height - 8) / 15), 1)]
    wide = max(text_width(line, 12.0) for line in lines)
    yield (
        f'<rect x="{box.x + 4:.1f}" y="{box.y + 4:.1f}" width="{min(wide + 6, box.width - 8):.1f}"'
        f' height="{15 * len(lines) + 3}" fill="{WHITE}"/>'
    )
    for order, line in enumerate(lines):
        yield text(box.x + 7, box.y + 16 + 15 * order, line, bold=order == 0)
