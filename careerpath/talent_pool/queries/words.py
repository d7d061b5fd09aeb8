"""What people call states, ways and kinds of this room."""

from careerpath.policy.talent_pool import Outcome, Standing
from careerpath.policy.talent_pool.pool import Level
from careerpath.talent_pool.models import (
    ChannelResult,
    ChannelState,
    EntrantState,
    Leaving,
    Nomination,
    PromotionState,
    ProposalState,
    Proposed,
    Readiness,
    SelectionState,
    TaskKind,
)
from careerpath.words import Message, msg

SELECTION_STATES: dict[SelectionState, Message] = {
    SelectionState.PLANNED: msg("拟定"),
    SelectionState.NOMINATION: msg("推荐报名"),
    SelectionState.STAGES: msg("竞岗测评"),
    SelectionState.DECISION: msg("研究确定"),
    SelectionState.NOTICE: msg("公示"),
    SelectionState.CONCLUDED: msg("入库办结"),
    SelectionState.CANCELLED: msg("已取消"),
}

NOMINATIONS: dict[Nomination, Message] = {
    Nomination.ORGANISATION: msg("组织推荐"),
    Nomination.SELF: msg("个人自荐"),
    Nomination.PEERS: msg("群众推荐"),
}

ENTRANT_STATES: dict[EntrantState, Message] = {
    EntrantState.NOMINATED: msg("待资格审查"),
    EntrantState.ADMITTED: msg("审查通过"),
    EntrantState.REJECTED: msg("审查未通过"),
    EntrantState.WITHDRAWN: msg("已退出"),
}

OUTCOMES: dict[Outcome, Message] = {
    Outcome.SELECTED: msg("入选"),
    Outcome.NOT_SELECTED: msg("未入选"),
    Outcome.OUT: msg("止步"),
    Outcome.TIE: msg("并列待定"),
    Outcome.WAITING: msg("成绩未全"),
    Outcome.WITHDRAWN: msg("退出"),
}

READINESS: dict[Readiness, Message] = {
    Readiness.NOW: msg("可随时使用"),
    Readiness.SOON: msg("培养1—2年"),
    Readiness.LATER: msg("需长期培养"),
}

TASK_KINDS: dict[TaskKind, Message] = {
    TaskKind.TRAINING: msg("教育培训"),
    TaskKind.ROTATION: msg("轮岗锻炼"),
    TaskKind.MENTORING: msg("导师帮带"),
    TaskKind.STUDY: msg("学历证书"),
    TaskKind.PRACTICE: msg("专项任务"),
}

LEAVINGS: dict[Leaving, Message] = {
    Leaving.APPRAISAL: msg("年度考核不合格"),
    Leaving.DISCIPLINE: msg("受处分或被立案"),
    Leaving.AGE: msg("达到年龄上限"),
    Leaving.TIME: msg("在库期满"),
    Leaving.REVIEWS: msg("后备评估不合格"),
    Leaving.APPOINTED: msg("已任用"),
    Leaving.REFUSAL: msg("本人放弃"),
    Leaving.LEFT_SERVICE: msg("离职"),
    Leaving.OTHER: msg("其他"),
}

PROPOSED: dict[Proposed, Message] = {
    Proposed.ENTRY: msg("建议入库"),
    Proposed.EXIT: msg("建议出库"),
}

PROPOSAL_STATES: dict[ProposalState, Message] = {
    ProposalState.OPEN: msg("待研究"),
    ProposalState.ACCEPTED: msg("已采纳"),
    ProposalState.DISMISSED: msg("未采纳"),
    ProposalState.LAPSED: msg("情形已消除"),
}

STANDINGS: dict[Standing, Message] = {
    Standing.SHORT: msg("不足"),
    Standing.RIGHT: msg("符合"),
    Standing.OVER: msg("超额"),
}

LEVELS: dict[Level, Message] = {
    Level.LOW: msg("低"),
    Level.MIDDLE: msg("中"),
    Level.HIGH: msg("高"),
}

PROMOTION_STATES: dict[PromotionState, Message] = {
    PromotionState.PROPOSED: msg("拟议"),
    PromotionState.SUBMITTED: msg("待审批"),
    PromotionState.RETURNED: msg("退回修改"),
    PromotionState.APPROVED: msg("已批准"),
    PromotionState.NOTICE: msg("任前公示"),
    PromotionState.CONCLUDED: msg("已任职"),
    PromotionState.FAILED: msg("未通过"),
    PromotionState.WITHDRAWN: msg("已撤回"),
}

CHANNEL_STATES: dict[ChannelState, Message] = {
    ChannelState.PLANNED: msg("拟定"),
    ChannelState.OPEN: msg("报名审查"),
    ChannelState.RESULTS: msg("考试考察"),
    ChannelState.CONCLUDED: msg("办结"),
    ChannelState.CANCELLED: msg("已取消"),
}

CHANNEL_RESULTS: dict[ChannelResult, Message] = {
    ChannelResult.APPLIED: msg("待资格审查"),
    ChannelResult.ADMITTED: msg("审查通过"),
    ChannelResult.REJECTED: msg("审查未通过"),
    ChannelResult.HIRED: msg("已聘用"),
    ChannelResult.NOT_HIRED: msg("未聘用"),
    ChannelResult.WITHDRAWN: msg("已退出"),
}
