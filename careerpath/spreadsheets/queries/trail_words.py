"""What operations, tables and columns of imports and exports are called in the audit trail."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.words import msg

SHEET_WORDS = RoomWords(
    operations={
        "send_sheet": msg("上传导入文件"),
        "keep_preview": msg("核对导入文件"),
        "write_import": msg("写入导入内容"),
        "discard_import": msg("放弃导入"),
        "undo_import": msg("撤销导入"),
        "order_import": msg("提交导入任务"),
        "sweep_imports": msg("清理过期导入文件"),
        "permit_export": msg("导出表格"),
        "order_export": msg("提交导出任务"),
    },
    tables={"sheet_import": msg("导入"), "sheet_import_change": msg("导入的改动")},
    columns={
        "sheet": msg("表格"),
        "owner_id": msg("提交人账号"),
        "unit_id": msg("单位"),
        "state": msg("状态"),
        "year": msg("年度"),
        "batch_id": msg("招聘批次"),
        "turn": msg("录入次序"),
        "file_name": msg("文件名"),
        "file_key": msg("文件"),
        "preview_key": msg("核对结果"),
        "digest": msg("核对结果摘要"),
        "new_count": msg("新增行数"),
        "changed_count": msg("修改行数"),
        "unchanged_count": msg("未变行数"),
        "wrong_count": msg("有误行数"),
        "job_id": msg("后台任务"),
        "audit_mark": msg("写入前的审计记录号"),
        "sent_at": msg("上传时间"),
        "written_at": msg("写入时间"),
        "undone_at": msg("撤销时间"),
        "undone_by": msg("撤销人"),
        "import_id": msg("导入"),
        "table": msg("对象"),
        "record_id": msg("对象编号"),
        "kind": msg("变更"),
        "before": msg("改动前"),
        "after": msg("改动后的校验值"),
    },
)
