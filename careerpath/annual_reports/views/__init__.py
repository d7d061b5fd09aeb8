"""The pages of annual reports."""

from types import ModuleType

from careerpath.annual_reports.views import listed, papers, reports, texts
from careerpath.annual_reports.views.room import blueprint

BLUEPRINTS = (blueprint,)

PAGES: tuple[ModuleType, ...] = (reports, texts, listed, papers)
"""Every file that adds pages to the blueprint."""

__all__ = ["BLUEPRINTS", "PAGES"]
