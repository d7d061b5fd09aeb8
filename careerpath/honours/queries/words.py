"""What people call states of this room."""

from careerpath.honours.models import CallState, NomineeState
from careerpath.words import Message, msg

CALL_STATES: dict[CallState, Message] = {
    CallState.PLANNED: msg("拟定"),
    CallState.NOMINATION: msg("推荐申报"),
    CallState.REVIEW: msg("评审"),
    CallState.NOTICE: msg("公示"),
    CallState.REFERRED: msg("上报待批"),
    CallState.CONCLUDED: msg("已公布"),
    CallState.CANCELLED: msg("已取消"),
}

NOMINEE_STATES: dict[NomineeState, Message] = {
    NomineeState.NOMINATED: msg("已推荐"),
    NomineeState.CHOSEN: msg("拟表彰"),
    NomineeState.NOT_CHOSEN: msg("未入选"),
    NomineeState.WITHDRAWN: msg("已撤回"),
    NomineeState.GRANTED: msg("已授予"),
    NomineeState.REFUSED: msg("未获批准"),
}
