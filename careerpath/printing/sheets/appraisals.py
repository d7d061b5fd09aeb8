"""The Excel table of the 考核情况汇总表."""

from collections.abc import Iterator

from careerpath.appraisals.documents import AppraisalSummary
from careerpath.core.sheets.columns import Column
from careerpath.core.sheets.readers import text

SUMMARY_COLUMNS = (
    Column("number", "序号", text(), width=6),
    Column("community", "社区", text(), width=16),
    Column("name", "姓名", text(), width=12),
    Column("sex", "性别", text(), width=6),
    Column("post", "岗位", text(), width=18),
    Column("score", "总分", text(), width=8),
    Column("proposed_grade", "街道建议等次", text(), width=16),
    Column("decided_grade", "区级审定等次", text(), width=16),
    Column("remark", "备注", text(), width=40),
)
"""The 考核情况汇总表, with the same words as its PDF."""


def summary_rows(summary: AppraisalSummary) -> Iterator[dict[str, object]]:
    """The lines of a summary by column."""
    for row in summary.rows:
        yield {column.key: getattr(row, column.key) for column in SUMMARY_COLUMNS}


def summary_notes(summary: AppraisalSummary) -> tuple[str, ...]:
    """What stands above the lines: sums per grade and the quota."""
    counts = (f"{t.grade} {t.count} 人" + (f"（{t.share}）" if t.share else "") for t in summary.totals)
    head = f"{summary.unit}　{summary.year}年度　编号 {summary.number}　核验码 {summary.check_code}"
    return (head, "　".join(counts), summary.quota_line)
