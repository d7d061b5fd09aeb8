"""What we keep of pay: approved levels, proposals, contribution bases, and the months that were run."""

from careerpath.pay.models.placements import Placement, PlacementProposal, PlacementRound, ProposalState
from careerpath.pay.models.runs import ContributionBase, PayDifference, PayLine, PayReasons, PayRegister, PayRun

__all__ = [
    "ContributionBase",
    "PayDifference",
    "PayLine",
    "PayReasons",
    "PayRegister",
    "PayRun",
    "Placement",
    "PlacementProposal",
    "PlacementRound",
    "ProposalState",
]
