"""The pages of recruitment."""

from careerpath.recruitment.views import batches, headcount
from careerpath.recruitment.views.room import BLUEPRINTS

PAGES = (batches, headcount)
"""Every file that adds pages to the blueprints."""

__all__ = ["BLUEPRINTS", "PAGES"]
