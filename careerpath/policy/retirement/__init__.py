"""Retirement: editions of the statutory age, and the day on which a person retires."""

from careerpath.policy.retirement.edition import RULE, Age, Ladder, LastDay, Line, LineRule, RetirementEdition
from careerpath.policy.retirement.retiring import Retirement, RetirementFacts, last_day_or_none, retirement, retires_on

__all__ = [
    "RULE",
    "Age",
    "Ladder",
    "LastDay",
    "Line",
    "LineRule",
    "Retirement",
    "RetirementEdition",
    "RetirementFacts",
    "last_day_or_none",
    "retirement",
    "retires_on",
]
