"""What charts over categories share: series, the plot with its marks, and the names below it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from careerpath.core.charts.axis import Axis, make_axis
from careerpath.core.charts.drawing import (
    TEXT,
    WIDE,
    Box,
    axis_room,
    document,
    in_lines,
    legend,
    nothing,
    shorten,
    spelled,
    text,
    text_width,
    value_axis,
)

#: Characters of a name that stands upright below its bar.
_UPRIGHT = 7


@dataclass(frozen=True, slots=True)
class Series:
    """One series: its name and a value for each category; ``None`` where there is none."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """All numbers of a chart over categories. Raises ``ValueError`` when a series has more or fewer than they are."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str

    def __post_init__(self) -> None:
        wrong = [each.name for each in self.series if len(each.values) != len(self.categories)]
        if wrong:
            raise ValueError(f"{len(self.categories)} values expected in {wrong}")

    @property
    def known(self) -> list[Decimal]:
        """The values that there are."""
        return [value for series in self.series for value in series.values if value is not None]

    def told(self, place: int, series: Series, number: str) -> str:
        """One value in words."""
        return " ".join(part for part in (series.name, self.categories[place], number + self.unit) if part)


class Plane:
    """The plot of a chart: places of categories along, of values up."""

    def __init__(self, data: Data, axis: Axis, width: int, *, lines: bool = False) -> None:
        self.data, self.axis, self._width = data, axis, width
        names = [series.name for series in data.series]
        signs, top = legend(names, width, 0, lines=lines) if len(names) > 1 else ("", 0.0)
        left = axis_room(axis)
        self.plot = Box(left, top + 24, width - left - 1, 220 if width >= 500 else 180)
        self.slot = self.plot.width / len(data.categories)
        self._head = signs + value_axis(axis, self.plot, data.unit)

    def x(self, place: int) -> float:
        """The middle of a category."""
        return self.plot.x + self.slot * (place + 0.5)

    def y(self, value: Decimal) -> float:
        """The height of a value."""
        return self.plot.bottom - self.axis.share(value) * self.plot.height

    def picture(self, title: str, description: str, parts: list[str]) -> Markup:
        """The whole chart; without a description all its numbers are told."""
        words, bottom = category_labels(self.data.categories, self.plot, self.slot)
        rows = [(series.name, series.values) for series in self.data.series]
        told = description or spelled(self.data.categories, rows, self.data.unit)
        return document(title, told, self._width, bottom, [self._head, *parts, words])


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryChart:
    """A chart of series over categories; each kind says what its axis holds and what stands in the plot.

    ``description`` is for readers that speak; without it they hear all numbers. ``empty`` stands where there are none.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    description: str = ""
    empty: str = "无数据"

    def draw(self, width: int = WIDE) -> Markup:
        """The chart as one ``svg`` element. Raises ``ValueError`` for a series of another length."""
        data = Data(self.categories, self.series, self.unit)
        if not data.known:
            return nothing(self.title, self.empty, width)
        plane = Plane(data, self.axis(data), width, lines=self.has_lines())
        return plane.picture(self.title, self.description, list(self.parts(plane)))

    def axis(self, data: Data) -> Axis:
        """The axis of the values."""
        return make_axis(data.known)

    def has_lines(self) -> bool:
        """Whether the legend shows lines rather than bars."""
        return False

    def parts(self, plane: Plane) -> Iterator[str]:
        """What stands in the plot."""
        yield from ()


def category_labels(categories: tuple[str, ...], plot: Box, slot: float) -> tuple[str, float]:
    """The names below the plot and the lower edge: in one line or two, Chinese ones upright where room is scarce.

    Names that cannot stand upright (dates) are left out but for every second, third … one.
    """
    widest = max(text_width(category) for category in categories)
    breakable = any(not category.isascii() and len(category) > 3 for category in categories)
    needed = widest / 2 + TEXT / 2 if breakable else widest
    step, lines = 1, [in_lines(category, slot - 4) for category in categories]
    if needed > slot - 4 and breakable and slot >= TEXT + 1 and slot < 4 * TEXT:
        lines = [list(name if len(name) <= _UPRIGHT else name[: _UPRIGHT - 1] + "⋮") for name in categories]
    elif not breakable:
        while needed > slot * step - 4 and step < len(categories):
            step += 1
        lines = [[shorten(category, slot * step - 4)] for category in categories]
    parts = [
        text(plot.x + slot * (place + 0.5), plot.bottom + 17 + 14 * order, line, anchor="middle")
        for place in range(0, len(categories), step)
        for order, line in enumerate(lines[place])
    ]
    return "".join(parts), plot.bottom + 12 + 14 * max(len(each) for each in lines)
