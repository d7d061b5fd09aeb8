"""What we keep of annual reports."""

from careerpath.annual_reports.models.reports import AnnualReport, ReportState, ReportText

__all__ = ["AnnualReport", "ReportState", "ReportText"]
