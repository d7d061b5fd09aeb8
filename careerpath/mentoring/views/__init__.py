"""The pages of mentors and pairings."""

from types import ModuleType

from careerpath.mentoring.views import logs, matchings, mentors, own, pairings
from careerpath.mentoring.views.room import blueprint

BLUEPRINTS = (blueprint,)

PAGES: tuple[ModuleType, ...] = (mentors, pairings, logs, own, matchings)
"""Every file that adds pages to the blueprint."""

__all__ = ["BLUEPRINTS", "PAGES"]
