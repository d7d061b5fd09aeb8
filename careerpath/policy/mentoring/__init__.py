"""Mentoring: editions, who suits whom and why, terms, reviews, stalled pairings, and the mentors' caps."""

from careerpath.policy.mentoring.edition import (
    RULE,
    Chain,
    Matching,
    MentoringEdition,
    MentoringGrade,
    MentorKind,
    Term,
)
from careerpath.policy.mentoring.fitting import (
    Fit,
    Mentee,
    Mentor,
    cap_of,
    distance,
    fit,
    free_places,
    kind_of,
    points_of,
)
from careerpath.policy.mentoring.pairing import (
    Pairing,
    Stall,
    check_place,
    reviews_due,
    reviews_missing,
    stalled,
    usual_end,
)

__all__ = [
    "RULE",
    "Chain",
    "Fit",
    "Matching",
    "Mentee",
    "Mentor",
    "MentorKind",
    "MentoringEdition",
    "MentoringGrade",
    "Pairing",
    "Stall",
    "Term",
    "cap_of",
    "check_place",
    "distance",
    "fit",
    "free_places",
    "kind_of",
    "points_of",
    "reviews_due",
    "reviews_missing",
    "stalled",
    "usual_end",
]
