"""What operations, tables and columns of this room are called in the audit trail."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.words import msg

HONOUR_WORDS = RoomWords(
    operations={},
    tables={
        "honour_call": msg("评选表彰"),
        "honour_step": msg("评选经过"),
        "honour_nominee": msg("推荐人选"),
        "honour_objection": msg("公示反映"),
    },
    columns={},
)
