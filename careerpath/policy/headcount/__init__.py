"""Headcount: editions of the norms, the quota of a unit, and how many places of it are vacant."""

from careerpath.policy.headcount.edition import RULE, HeadcountEdition
from careerpath.policy.headcount.parts import (
    Band,
    Bands,
    Combination,
    Figure,
    Fixed,
    Limits,
    Part,
    Per,
    Place,
    Stage,
    Way,
)
from careerpath.policy.headcount.quota import Headcount, HeadcountFacts, headcount
from careerpath.policy.headcount.vacancy import Staffing, Vacancy, vacancy

__all__ = [
    "RULE",
    "Band",
    "Bands",
    "Combination",
    "Figure",
    "Fixed",
    "Headcount",
    "HeadcountEdition",
    "HeadcountFacts",
    "Limits",
    "Part",
    "Per",
    "Place",
    "Staffing",
    "Stage",
    "Vacancy",
    "Way",
    "headcount",
    "vacancy",
]
