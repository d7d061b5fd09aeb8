"""Rotations: kinds and lengths, what may not overlap, what is due, whose turn it is, and who suits which host."""

from careerpath.policy.rotation.edition import (
    RULE,
    Direction,
    Planning,
    RotationEdition,
    RotationGrade,
    RotationKind,
    Turn,
)
from careerpath.policy.rotation.planning import Candidate, Opening, Suit, Wish, suit
from careerpath.policy.rotation.stays import (
    Due,
    Finding,
    Stay,
    Weight,
    check_stay,
    kind_named,
    months_of,
    overdue_by,
    reports_due,
    turn_of,
)

__all__ = [
    "RULE",
    "Candidate",
    "Direction",
    "Due",
    "Finding",
    "Opening",
    "Planning",
    "RotationEdition",
    "RotationGrade",
    "RotationKind",
    "Stay",
    "Suit",
    "Turn",
    "Weight",
    "Wish",
    "check_stay",
    "kind_named",
    "months_of",
    "overdue_by",
    "reports_due",
    "suit",
    "turn_of",
]
