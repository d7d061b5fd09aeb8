"""Targets: what a unit is to reach of its people, whether it does, and how much is lacking."""

from careerpath.policy.targets.edition import RULE, Each, Measure, Target, TargetsEdition
from careerpath.policy.targets.judging import Figure, Judged, judge

__all__ = ["RULE", "Each", "Figure", "Judged", "Measure", "Target", "TargetsEdition", "judge"]
