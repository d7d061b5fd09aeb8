"""What operations, tables and columns of this room are called in the audit trail."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.words import msg

ROTATION_WORDS = RoomWords(
    operations={},
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
