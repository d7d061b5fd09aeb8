"""What people call states, channels and kinds of recruitment."""

from careerpath.employees.models import Channel
from careerpath.recruitment.models import (
    ApplicationState,
    Attendance,
    BatchState,
    CheckKind,
    Entry,
    ReviewStage,
    Verdict,
)
from careerpath.words import Message, msg

BATCH_STATES: dict[BatchState, Message] = {
    BatchState.PLANNED: msg("拟定"),
    BatchState.PUBLISHED: msg("报名审查"),
    BatchState.EXAM: msg("笔试"),
    BatchState.INTERVIEW: msg("面试"),
    BatchState.CHECKS: msg("体检考察"),
    BatchState.NOTICE: msg("公示聘用"),
    BatchState.CONCLUDED: msg("办结"),
    BatchState.CANCELLED: msg("已取消"),
}

CHANNEL_NAMES: dict[Channel, Message] = {
    Channel.OPEN_RECRUITMENT: msg("公开招聘"),
    Channel.SPECIAL_RECRUITMENT: msg("专项招聘"),
    Channel.BY_ELECTION: msg("补选"),
    Channel.TRANSFER_IN: msg("转隶"),
}
"""The channels by which a position may be filled."""

EXAM_CHANNELS = frozenset({Channel.OPEN_RECRUITMENT, Channel.SPECIAL_RECRUITMENT})
"""Those that lead through the exam; the results of the others are recorded."""

APPLICATION_STATES: dict[ApplicationState, Message] = {
    ApplicationState.DRAFT: msg("草稿"),
    ApplicationState.SUBMITTED: msg("待初审"),
    ApplicationState.RETURNED: msg("退回补正"),
    ApplicationState.FIRST_REVIEWED: msg("待复审"),
    ApplicationState.ADMITTED: msg("审查通过"),
    ApplicationState.REJECTED: msg("审查未通过"),
    ApplicationState.WITHDRAWN: msg("已撤回"),
}

ENTRIES: dict[Entry, Message] = {
    Entry.CANDIDATE: msg("本人网上填报"),
    Entry.STAFF: msg("工作人员录入"),
    Entry.IMPORT: msg("表格导入"),
}

REVIEW_STAGES: dict[ReviewStage, Message] = {
    ReviewStage.FIRST: msg("初审"),
    ReviewStage.SECOND: msg("复审"),
    ReviewStage.BEFORE_INTERVIEW: msg("面试前资格复审"),
}

VERDICTS: dict[Verdict, Message] = {
    Verdict.PASSED: msg("合格"),
    Verdict.FAILED: msg("不合格"),
    Verdict.RETURNED: msg("退回补正"),
}

ATTENDANCES: dict[Attendance, Message] = {
    Attendance.PRESENT: msg("到考"),
    Attendance.ABSENT: msg("缺考"),
    Attendance.EXPELLED: msg("违纪"),
}

CHECK_KINDS: dict[CheckKind, Message] = {
    CheckKind.MEDICAL: msg("体检"),
    CheckKind.BACKGROUND: msg("考察"),
}
