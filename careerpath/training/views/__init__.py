"""The pages of courses, classes and studies."""

from types import ModuleType

from careerpath.training.views import class_people, classes, courses, needs, own, own_studies, papers, studies
from careerpath.training.views.room import blueprint

BLUEPRINTS = (blueprint,)

PAGES: tuple[ModuleType, ...] = (class_people, classes, courses, needs, own, own_studies, papers, studies)
"""Every file that adds pages to the blueprint."""

__all__ = ["BLUEPRINTS", "PAGES"]
