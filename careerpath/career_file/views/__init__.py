"""The pages of the career file."""

from types import ModuleType

from careerpath.career_file.views import career, growth, papers
from careerpath.career_file.views.room import blueprint

BLUEPRINTS = (blueprint,)

PAGES: tuple[ModuleType, ...] = (career, growth, papers)
"""Every file that adds pages to the blueprint."""

__all__ = ["BLUEPRINTS", "PAGES"]
