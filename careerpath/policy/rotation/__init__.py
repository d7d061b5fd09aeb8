"""Rotations: kinds and lengths, what may not overlap, reports and returns that are due, whose turn it is."""

from careerpath.policy.rotation.edition import RULE, Direction, RotationEdition, RotationGrade, RotationKind, Turn
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
    "Direction",
    "Due",
    "Finding",
    "RotationEdition",
    "RotationGrade",
    "RotationKind",
    "Stay",
    "Turn",
    "Weight",
    "check_stay",
    "kind_named",
    "months_of",
    "overdue_by",
    "reports_due",
    "turn_of",
]
