"""The pages of printing."""

from careerpath.printing.views import appraisals, what_if
from careerpath.printing.views.room import blueprint

PAGES = (appraisals, what_if)
"""Every file that adds pages to the blueprint."""

__all__ = ["PAGES", "blueprint"]
