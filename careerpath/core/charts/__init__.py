"""Charts as SVG made on the server: exact numbers in, no script and no style attribute out."""

from careerpath.core.charts.bars import BarChart
from careerpath.core.charts.differences import DifferenceChart
from careerpath.core.charts.drawing import NARROW, WIDE, Chart, for_paper, for_screen
from careerpath.core.charts.lines import LineChart
from careerpath.core.charts.plane import Series

__all__ = ["NARROW", "WIDE", "BarChart", "Chart", "DifferenceChart", "LineChart", "Series", "for_paper", "for_screen"]
