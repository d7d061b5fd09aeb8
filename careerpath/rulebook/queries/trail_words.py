"""What the room calls its operations, its table and its columns in the audit trail."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.rulebook.models import EditionState
from careerpath.words import Message, msg

STATE_NAMES: dict[EditionState, Message] = {
    EditionState.DRAFT: msg("草案"),
    EditionState.ADOPTED: msg("已采用"),
    EditionState.WITHDRAWN: msg("已停用"),
}

RULEBOOK_WORDS = RoomWords(
    operations={
        "import_edition": msg("导入规则版本"),
        "draft_edition": msg("导入规则草案"),
        "draft_workbook": msg("导入规则草案（Excel）"),
        "draft_levels": msg("更换等级表，导入规则草案"),
        "adopt_edition": msg("采用规则版本"),
        "withdraw_edition": msg("停用规则版本"),
        "drop_draft": msg("删除规则草案"),
    },
    tables={"stored_edition": msg("规则版本")},
    columns={
        "rule": msg("规则"),
        "key": msg("版本编号"),
        "title": msg("名称"),
        "place": msg("适用地区"),
        "effective_from": msg("施行日期"),
        "state": msg("状态"),
        "content": msg("内容"),
        "source_text": msg("原文"),
        "file_name": msg("文件名"),
        "added_at": msg("导入时间"),
        "added_by": msg("导入人"),
        "adopted_at": msg("采用时间"),
        "adopted_by": msg("采用人"),
        "withdrawn_at": msg("停用时间"),
        "withdrawn_by": msg("停用人"),
        "withdrawn_reason": msg("停用原因"),
    },
    values={"state": {state.value: name for state, name in STATE_NAMES.items()}},
)
