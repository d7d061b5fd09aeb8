"""The pages of recruitment."""

from careerpath.recruitment.views import (
    applications,
    apply,
    apply_own,
    appointments,
    batches,
    exam,
    headcount,
    interviews,
    positions,
    results,
    reviews,
    scores,
    statistics,
)
from careerpath.recruitment.views.room import BLUEPRINTS

PAGES = (
    apply,
    apply_own,
    batches,
    positions,
    headcount,
    statistics,
    applications,
    reviews,
    exam,
    scores,
    interviews,
    results,
    appointments,
)
"""Every file that adds pages to the blueprints."""

__all__ = ["BLUEPRINTS", "PAGES"]
