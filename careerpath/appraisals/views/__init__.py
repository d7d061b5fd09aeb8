"""The pages of appraisals."""

from careerpath.appraisals.views import district, own, records, street, trial, years
from careerpath.appraisals.views.room import blueprint

PAGES = (years, street, district, records, own, trial)
"""Every file that adds pages to the blueprint."""

__all__ = ["PAGES", "blueprint"]
