"""What people call states and ways of this room."""

from careerpath.training.models import ClassState, EnrolmentState, EnrolmentWay, StudyState, TryState
from careerpath.words import Message, msg

CLASS_STATES: dict[ClassState, Message] = {
    ClassState.PLANNED: msg("拟定"),
    ClassState.OPEN: msg("已发布"),
    ClassState.CLOSED: msg("已办结"),
    ClassState.CANCELLED: msg("已取消"),
}

ENROLMENT_WAYS: dict[EnrolmentWay, Message] = {
    EnrolmentWay.RULE: msg("按规则调训"),
    EnrolmentWay.HAND: msg("单位选派"),
    EnrolmentWay.SELF: msg("本人报名"),
}

ENROLMENT_STATES: dict[EnrolmentState, Message] = {
    EnrolmentState.ENROLLED: msg("已报名"),
    EnrolmentState.WAITING: msg("候补"),
    EnrolmentState.ATTENDED: msg("已参训"),
    EnrolmentState.ABSENT: msg("缺训"),
    EnrolmentState.WITHDRAWN: msg("已退出"),
}

TRY_STATES: dict[TryState, Message] = {
    TryState.REGISTERED: msg("已报考"),
    TryState.PASSED: msg("已通过"),
    TryState.FAILED: msg("未通过"),
    TryState.ABSENT: msg("缺考"),
    TryState.WITHDRAWN: msg("已放弃"),
}

STUDY_STATES: dict[StudyState, Message] = {
    StudyState.STUDYING: msg("在读"),
    StudyState.FINISHED: msg("已毕业"),
    StudyState.GIVEN_UP: msg("已中止"),
}
