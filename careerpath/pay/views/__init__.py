"""The pages of pay."""

from careerpath.pay.views import bases, own, placements, registers, rounds, runs, what_if
from careerpath.pay.views.room import blueprint

PAGES = (rounds, placements, runs, registers, own, bases, what_if)
"""Every file that adds pages to the blueprint."""

__all__ = ["PAGES", "blueprint"]
