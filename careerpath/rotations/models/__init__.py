"""What we keep of hosts, rotations, wishes and plans."""

from careerpath.rotations.models.hosts import Host, HostKind
from careerpath.rotations.models.plans import PlanLine, PlanState, RotationPlan
from careerpath.rotations.models.rotations import (
    Rotation,
    RotationReport,
    RotationState,
    RotationStep,
    RotationWish,
)

__all__ = [
    "Host",
    "HostKind",
    "PlanLine",
    "PlanState",
    "Rotation",
    "RotationPlan",
    "RotationReport",
    "RotationState",
    "RotationStep",
    "RotationWish",
]
