"""The pages of figures."""

from types import ModuleType

from careerpath.figures.views import statistics, targets
from careerpath.figures.views.room import blueprint

BLUEPRINTS = (blueprint,)

PAGES: tuple[ModuleType, ...] = (statistics, targets)
"""Every file that adds pages to the blueprint."""

__all__ = ["BLUEPRINTS", "PAGES"]
