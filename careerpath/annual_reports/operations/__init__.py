"""What is done to reports."""

from careerpath.annual_reports.operations.reports import (
    ReportGiven,
    change_annual_report,
    check_given,
    drop_annual_report,
    freeze_report,
    gather_report,
    note_list_export,
    plan_report,
    reset_report_text,
    unfreeze_report,
    write_report_text,
)

__all__ = [
    "ReportGiven",
    "change_annual_report",
    "check_given",
    "drop_annual_report",
    "freeze_report",
    "gather_report",
    "note_list_export",
    "plan_report",
    "reset_report_text",
    "unfreeze_report",
    "write_report_text",
]
