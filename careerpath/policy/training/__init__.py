"""Training: editions of what is required, what somebody still needs, and the rate of a unit."""

from careerpath.policy.training.edition import RULE, Period, Requirement, Target, Tier, TrainingEdition
from careerpath.policy.training.needs import (
    Attended,
    Need,
    Rate,
    Trainee,
    days_of,
    is_trained,
    needs_of,
    rate_of,
)

__all__ = [
    "RULE",
    "Attended",
    "Need",
    "Period",
    "Rate",
    "Requirement",
    "Target",
    "Tier",
    "Trainee",
    "TrainingEdition",
    "days_of",
    "is_trained",
    "needs_of",
    "rate_of",
]
