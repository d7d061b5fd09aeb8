"""The pages of printing."""

from careerpath.printing.views import appraisals
from careerpath.printing.views.room import blueprint

PAGES = (appraisals,)
"""Every file that adds pages to the blueprint."""

__all__ = ["PAGES", "blueprint"]
