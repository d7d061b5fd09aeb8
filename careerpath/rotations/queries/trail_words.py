"""What operations, tables and columns of this room are called in the audit trail."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.words import msg

ROTATION_WORDS = RoomWords(
    operations={
        "keep_host": msg("登记接收单位"),
        "change_host": msg("修改接收单位"),
        "retire_host": msg("停用接收单位"),
        "restore_host": msg("恢复接收单位"),
        "host_of_unit": msg("选用街道社区为接收单位"),
        "propose_rotation": msg("提出轮岗锻炼"),
        "propose_rotations": msg("批量提出轮岗锻炼"),
        "change_rotation": msg("修改轮岗锻炼"),
        "approve_rotation": msg("批准轮岗锻炼"),
        "approve_rotations": msg("批量批准轮岗锻炼"),
        "cancel_rotation": msg("取消轮岗锻炼"),
        "extend_rotation": msg("调整锻炼期限"),
        "return_rotation": msg("登记锻炼返回"),
        "undo_return": msg("撤销锻炼返回"),
        "write_report": msg("登记锻炼报告"),
        "write_own_report": msg("填写本人锻炼报告"),
        "change_report": msg("修改锻炼报告"),
        "change_own_report": msg("修改本人锻炼报告"),
        "drop_report": msg("删除锻炼报告"),
        "drop_own_report": msg("删除本人锻炼报告"),
        "summarise_rotation": msg("登记锻炼总结"),
        "summarise_own_rotation": msg("填写本人锻炼总结"),
        "evaluate_rotation": msg("锻炼鉴定"),
        "reopen_rotation": msg("退回锻炼鉴定"),
        "wish_rotation": msg("登记轮岗意愿"),
        "wish_own_rotation": msg("填写本人轮岗意愿"),
        "withdraw_wish": msg("撤回轮岗意愿"),
        "withdraw_own_wish": msg("撤回本人轮岗意愿"),
        "restore_wish": msg("恢复轮岗意愿"),
    },
    tables={
        "host": msg("接收单位"),
        "rotation": msg("轮岗锻炼"),
        "rotation_step": msg("轮岗锻炼经过"),
        "rotation_report": msg("锻炼情况报告"),
        "rotation_wish": msg("轮岗意愿"),
        "rotation_plan": msg("轮岗计划"),
        "rotation_plan_line": msg("轮岗计划人选"),
    },
    columns={},
)
