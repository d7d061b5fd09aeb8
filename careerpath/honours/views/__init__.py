"""The pages of calls for honours."""

from types import ModuleType

from careerpath.honours.views import calls, nominees, register, review
from careerpath.honours.views.room import blueprint

BLUEPRINTS = (blueprint,)

PAGES: tuple[ModuleType, ...] = (calls, nominees, register, review)
"""Every file that adds pages to the blueprint."""

__all__ = ["BLUEPRINTS", "PAGES"]
