"""The pages of printing."""

from careerpath.printing.views import (
    appraisals,
    growth,
    growth_events,
    pay_changes,
    pay_months,
    recruitment,
    talent_pool,
    what_if,
)
from careerpath.printing.views.room import blueprint

PAGES = (appraisals, growth, growth_events, pay_changes, pay_months, recruitment, talent_pool, what_if)
"""Every file that adds pages to the blueprint."""

__all__ = ["PAGES", "blueprint"]
