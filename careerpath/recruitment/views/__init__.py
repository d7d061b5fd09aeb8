"""The pages of recruitment."""

from careerpath.recruitment.views import batches
from careerpath.recruitment.views.room import BLUEPRINTS

PAGES = (batches,)
"""Every file that adds pages to the blueprints."""

__all__ = ["BLUEPRINTS", "PAGES"]
