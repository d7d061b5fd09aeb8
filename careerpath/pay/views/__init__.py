"""The pages of pay."""

from careerpath.pay.views.room import blueprint

PAGES = ()
"""Every file that adds pages to the blueprint."""

__all__ = ["PAGES", "blueprint"]
