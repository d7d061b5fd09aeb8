"""The start page, the days that are coming, and reminders."""

from types import ModuleType

from careerpath.dashboard.views import overview
from careerpath.dashboard.views.home import blueprint as home
from careerpath.dashboard.views.reminders import blueprint as reminders

BLUEPRINTS = (home, reminders)

PAGES: tuple[ModuleType, ...] = (overview,)
"""Every further file that adds pages to the blueprint of the start page."""
