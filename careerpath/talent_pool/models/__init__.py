"""What we keep of the reserve pool, selections, promotions and the green channel."""

from careerpath.talent_pool.models.cadre import CadreSheet
from careerpath.talent_pool.models.channels import (
    ChannelCandidate,
    ChannelResult,
    ChannelRound,
    ChannelState,
    ChannelStep,
)
from careerpath.talent_pool.models.pool import (
    DevelopmentTask,
    Leaving,
    PoolEntry,
    PoolProposal,
    PoolReview,
    ProposalState,
    Proposed,
    Readiness,
    TaskKind,
)
from careerpath.talent_pool.models.promotions import PoolObjection, Promotion, PromotionState, PromotionStep
from careerpath.talent_pool.models.selections import (
    EntrantState,
    Nomination,
    Selection,
    SelectionEntrant,
    SelectionPlaces,
    SelectionState,
    SelectionStep,
    StagePoints,
)

__all__ = [
    "CadreSheet",
    "ChannelCandidate",
    "ChannelResult",
    "ChannelRound",
    "ChannelState",
    "ChannelStep",
    "DevelopmentTask",
    "EntrantState",
    "Leaving",
    "Nomination",
    "PoolEntry",
    "PoolObjection",
    "PoolProposal",
    "PoolReview",
    "Promotion",
    "PromotionState",
    "PromotionStep",
    "ProposalState",
    "Proposed",
    "Readiness",
    "Selection",
    "SelectionEntrant",
    "SelectionPlaces",
    "SelectionState",
    "SelectionStep",
    "StagePoints",
    "TaskKind",
]
