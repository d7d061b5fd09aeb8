"""The start page, the days that are coming, and reminders."""

from careerpath.dashboard.views.home import blueprint as home

BLUEPRINTS = (home,)
