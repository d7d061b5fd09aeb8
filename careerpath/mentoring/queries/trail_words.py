"""What operations, tables and columns of this room are called in the audit trail."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.words import msg

MENTORING_WORDS = RoomWords(
    operations={},
    tables={
        "mentor": msg("帮带导师"),
        "pairing": msg("帮带结对"),
        "mentoring_log": msg("帮带记录"),
        "mentoring_review": msg("帮带季度评估"),
        "matching": msg("导师匹配"),
        "match_line": msg("导师匹配人选"),
    },
    columns={},
)
