"""The pages of recruitment."""

from careerpath.recruitment.views import (
    applications,
    apply,
    apply_own,
    batches,
    exam,
    headcount,
    interviews,
    positions,
    reviews,
    scores,
)
from careerpath.recruitment.views.room import BLUEPRINTS

PAGES = (apply, apply_own, batches, positions, headcount, applications, reviews, exam, scores, interviews)
"""Every file that adds pages to the blueprints."""

__all__ = ["BLUEPRINTS", "PAGES"]
