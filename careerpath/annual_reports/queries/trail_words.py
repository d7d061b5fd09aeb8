"""What operations, tables and columns of this room are called in the audit trail."""

from careerpath.access.queries.trail_words import RoomWords
from careerpath.words import msg

REPORT_WORDS = RoomWords(
    operations={
        "plan_report": msg("编制年度报告"),
        "change_annual_report": msg("修改年度报告信息"),
        "gather_report": msg("重新汇总年度报告"),
        "write_report_text": msg("修改年度报告文字"),
        "reset_report_text": msg("恢复年度报告通用文字"),
        "freeze_report": msg("年度报告定稿"),
        "unfreeze_report": msg("撤销年度报告定稿"),
        "note_list_export": msg("导出年度报告指标名单"),
        "drop_annual_report": msg("删除年度报告草稿"),
    },
    tables={"annual_report": msg("年度报告"), "report_text": msg("年度报告文字")},
    columns={
        "unit_id": msg("单位"),
        "year": msg("年度"),
        "state": msg("状态"),
        "on": msg("统计截止日"),
        "title": msg("标题"),
        "signed_by": msg("署名单位"),
        "signed_on": msg("成文日期"),
        "document": msg("文号"),
        "figures": msg("汇总数据"),
        "gathered_at": msg("汇总时间"),
        "gathered_by": msg("汇总人"),
        "frozen_at": msg("定稿时间"),
        "frozen_by": msg("定稿人"),
        "report_id": msg("年度报告"),
        "section": msg("章节"),
        "text": msg("文字"),
    },
)
