"""The report as PDF, in Excel and as JSON."""

from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.annual_reports.queries import papers as queries
from careerpath.annual_reports.views.room import REPORT, blueprint
from careerpath.core.media import JSON, PDF, XLSX
from careerpath.core.web.downloads import file_answer


@blueprint.get(f"{REPORT}/report.pdf")
@needs(Permission.REPORT_VIEW)
def report_pdf(report_id: int) -> ResponseReturnValue:
    """The report as an official document."""
    name, content = queries.report_pdf(current_actor(), report_id)
    return file_answer(content, name, PDF)


@blueprint.get(f"{REPORT}/report.xlsx")
@needs(Permission.REPORT_VIEW)
def report_xlsx(report_id: int) -> ResponseReturnValue:
    """The same figures in Excel."""
    name, content = queries.report_xlsx(current_actor(), report_id)
    return file_answer(content, name, XLSX, inline=False)


@blueprint.get(f"{REPORT}/report.json")
@needs(Permission.REPORT_VIEW)
def report_json(report_id: int) -> ResponseReturnValue:
    """The same figures for other programs."""
    name, content = queries.report_json(current_actor(), report_id)
    return file_answer(content, name, JSON, inline=False)
