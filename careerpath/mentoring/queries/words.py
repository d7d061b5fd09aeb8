"""What people call states of this room."""

from careerpath.mentoring.models import MatchingState, PairingState
from careerpath.words import Message, msg

PAIRING_STATES: dict[PairingState, Message] = {
    PairingState.AGREED: msg("帮带中"),
    PairingState.COMPLETED: msg("已期满评价"),
    PairingState.ENDED: msg("提前结束"),
    PairingState.DROPPED: msg("已作废"),
}

MATCHING_STATES: dict[MatchingState, Message] = {
    MatchingState.OPEN: msg("待确认"),
    MatchingState.CARRIED_OUT: msg("已结对"),
    MatchingState.DROPPED: msg("已作废"),
}
