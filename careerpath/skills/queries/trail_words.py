"""What operations, tables and columns of this room are called in the audit trail."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.words import msg

SKILL_WORDS = RoomWords(
    operations={},
    tables={
        "work_line": msg("业务条线"),
        "skill": msg("业务技能"),
    },
    columns={},
)
