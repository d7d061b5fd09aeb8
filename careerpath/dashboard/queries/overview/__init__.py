"""A district by its streets, a street by its communities: how each stands, as a picture and as a table."""

from careerpath.dashboard.queries.overview.measures import Cell, Column, Standing
from careerpath.dashboard.queries.overview.page import OverviewPage, overview_page
from careerpath.dashboard.queries.overview.parts import Part

__all__ = ["Cell", "Column", "OverviewPage", "Part", "Standing", "overview_page"]
