"""What people call states, kinds and directions of this room."""

from careerpath.policy.rotation import Direction
from careerpath.rotations.models import HostKind, PlanState, RotationState
from careerpath.words import Message, msg

ROTATION_STATES: dict[RotationState, Message] = {
    RotationState.PROPOSED: msg("拟派"),
    RotationState.APPROVED: msg("已批准"),
    RotationState.RETURNED: msg("已返回"),
    RotationState.EVALUATED: msg("已鉴定"),
    RotationState.CANCELLED: msg("已取消"),
}

DIRECTIONS: dict[Direction, Message] = {
    Direction.UP: msg("上挂"),
    Direction.DOWN: msg("下派"),
    Direction.BESIDE: msg("平级交流"),
}

HOST_KINDS: dict[HostKind, Message] = {
    HostKind.AGENCY: msg("机关部门"),
    HostKind.DEPARTMENT: msg("街道科室"),
    HostKind.UNIT: msg("街道社区"),
    HostKind.OTHER: msg("其他单位"),
}

PLAN_STATES: dict[PlanState, Message] = {
    PlanState.OPEN: msg("待确认"),
    PlanState.CARRIED_OUT: msg("已提出"),
    PlanState.DROPPED: msg("已作废"),
}
