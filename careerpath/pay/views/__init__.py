"""The pages of pay."""

from careerpath.pay.views import placements, rounds, what_if
from careerpath.pay.views.room import blueprint

PAGES = (rounds, placements, what_if)
"""Every file that adds pages to the blueprint."""

__all__ = ["PAGES", "blueprint"]
