"""Charts as SVG made on the server: exact numbers in, no script and no style attribute out."""

from careerpath.core.charts.bars import BarChart
from careerpath.core.charts.differences import DifferenceChart
from careerpath.core.charts.drawing import NARROW, WIDE, Chart, for_paper, for_screen
from careerpath.core.charts.lines import LineChart
from careerpath.core.charts.plane import Series
from careerpath.core.charts.shares import CompositionChart, ShareChart
from careerpath.core.charts.treemap import Area, TreeMap

__all__ = [
    "NARROW",
    "WIDE",
    "Area",
    "BarChart",
    "Chart",
    "CompositionChart",
    "DifferenceChart",
    "LineChart",
    "Series",
    "ShareChart",
    "TreeMap",
    "for_paper",
    "for_screen",
]
