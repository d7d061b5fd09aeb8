"""The 政策测算报告 as PDF and in Excel."""

from flask import request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.media import PDF, XLSX
from careerpath.core.web.paths import whole_number
from careerpath.printing.queries import what_if as queries
from careerpath.printing.views.room import blueprint, file_answer


@blueprint.get("/what-if/<int:edition_id>/report.pdf")
@needs(Permission.PAY_SIMULATE)
def what_if_pdf(edition_id: int) -> ResponseReturnValue:
    """The report for one unit."""
    name, content = queries.what_if_pdf(current_actor(), edition_id, _unit())
    return file_answer(content, name, PDF)


@blueprint.get("/what-if/<int:edition_id>/report.xlsx")
@needs(Permission.PAY_SIMULATE)
def what_if_xlsx(edition_id: int) -> ResponseReturnValue:
    """The same in Excel."""
    name, content = queries.what_if_xlsx(current_actor(), edition_id, _unit())
    return file_answer(content, name, XLSX, inline=False)


def _unit() -> int:
    return whole_number(request.args.get("unit", "")) or 0
