"""Lines over time."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from careerpath.core.charts.axis import make_axis, plain_number
from careerpath.core.charts.drawing import WIDE, marker, nothing, stroke
from careerpath.core.charts.plane import Data, Plane, Series


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """One line for each series over points in time; a missing value breaks its line.

    The axis need not begin at zero: its marks say where it does. ``from_zero`` makes it so.
    """

    title: str
    points: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    from_zero: bool = False
    description: str = ""
    empty: str = "无数据"

    def draw(self, width: int = WIDE) -> Markup:
        """The chart as one ``svg`` element. Raises ``ValueError`` for a series of another length."""
        data = Data(self.points, self.series, self.unit)
        if not data.known:
            return nothing(self.title, self.empty, width)
        plane = Plane(data, make_axis(data.known, from_zero=self.from_zero), width, lines=True)
        parts = [part for look, series in enumerate(self.series) for part in _line(plane, series, look)]
        return plane.picture(self.title, self.description, parts)


def _line(plane: Plane, series: Series, look: int) -> Iterator[str]:
    """The line in pieces between missing values, and the signs of its points upon it."""
    signs: list[str] = []
    run: list[tuple[float, float]] = []
    for place, value in enumerate((*series.values, None)):
        if value is None:
            if len(run) > 1:
                yield stroke(run, look)
            run = []
            continue
        point = plane.x(place), plane.y(value)
        run.append(point)
        told = Markup("<title>{}</title>").format(plane.data.told(place, series, plain_number(value)))
        signs.append(f"<g>{told}{marker(*point, look)}</g>")
    yield "".join(signs)
