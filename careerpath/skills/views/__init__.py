"""The pages of lines of work and skills."""

from types import ModuleType

from careerpath.skills.views import cover, lines, skills
from careerpath.skills.views.room import blueprint

BLUEPRINTS = (blueprint,)

PAGES: tuple[ModuleType, ...] = (cover, lines, skills)
"""Every file that adds pages to the blueprint."""

__all__ = ["BLUEPRINTS", "PAGES"]
