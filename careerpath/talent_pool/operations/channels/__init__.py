"""The green channel: targeted recruitment into posts of institutions, from the plan to the results."""

from careerpath.talent_pool.operations.channels.candidates import (
    add_channel_candidate,
    add_eligible,
    apply_to_channel,
    withdraw_channel_candidate,
    withdraw_from_channel,
)
from careerpath.talent_pool.operations.channels.results import (
    ChannelOutcome,
    record_channel_result,
    record_channel_results,
)
from careerpath.talent_pool.operations.channels.review import (
    CandidateFinding,
    close_channel_review,
    review_channel_candidate,
    review_channel_candidates,
)
from careerpath.talent_pool.operations.channels.rounds import (
    ChannelPlan,
    announce_channel,
    cancel_channel,
    change_channel,
    conclude_channel,
    drop_channel,
    extend_channel,
    plan_channel,
    reopen_channel,
)

__all__ = [
    "CandidateFinding",
    "ChannelOutcome",
    "ChannelPlan",
    "add_channel_candidate",
    "add_eligible",
    "announce_channel",
    "apply_to_channel",
    "cancel_channel",
    "change_channel",
    "close_channel_review",
    "conclude_channel",
    "drop_channel",
    "extend_channel",
    "plan_channel",
    "record_channel_result",
    "record_channel_results",
    "reopen_channel",
    "review_channel_candidate",
    "review_channel_candidates",
    "withdraw_channel_candidate",
    "withdraw_from_channel",
]
