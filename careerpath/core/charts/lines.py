"""Lines over time."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from careerpath.core.charts.axis import Axis, make_axis, plain_number
from careerpath.core.charts.drawing import marker, stroke
from careerpath.core.charts.plane import CategoryChart, Data, Plane, Series


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart(CategoryChart):
    """One line for each series, the categories being points in time; a missing value breaks its line.

    The axis need not begin at zero: its marks say where it does. ``from_zero`` makes it so.
    """

    from_zero: bool = False

    def axis(self, data: Data) -> Axis:
        """From the lowest to the highest value."""
        return make_axis(data.known, from_zero=self.from_zero)

    def has_lines(self) -> bool:
        """The legend shows lines."""
        return True

    def parts(self, plane: Plane) -> Iterator[str]:
        """The lines, each with the signs of its points."""
        for look, series in enumerate(self.series):
            yield from _line(plane, series, look)


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
