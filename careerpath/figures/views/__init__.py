"""The pages of figures."""

from types import ModuleType

from careerpath.figures.views import statistics
from careerpath.figures.views.room import blueprint

BLUEPRINTS = (blueprint,)

PAGES: tuple[ModuleType, ...] = (statistics,)
"""Every file that adds pages to the blueprint."""

__all__ = ["BLUEPRINTS", "PAGES"]
