"""The pages of recruitment."""

from careerpath.recruitment.views import applications, batches, headcount, reviews
from careerpath.recruitment.views.room import BLUEPRINTS

PAGES = (batches, headcount, applications, reviews)
"""Every file that adds pages to the blueprints."""

__all__ = ["BLUEPRINTS", "PAGES"]
