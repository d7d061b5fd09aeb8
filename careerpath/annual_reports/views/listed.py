"""The list behind a figure: on a page, and as a workbook."""

from io import BytesIO
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.access.tabs import may_open
from careerpath.annual_reports import operations
from careerpath.annual_reports.queries import listed as queries
from careerpath.annual_reports.queries.listings import PERIODS
from careerpath.annual_reports.queries.reports import report_head
from careerpath.annual_reports.sheets.listed import write_list
from careerpath.annual_reports.views.room import REPORT, blueprint
from careerpath.core.web.language import say
from careerpath.core.web.workbooks import workbook


@blueprint.get(f"{REPORT}/listed")
@needs(Permission.REPORT_VIEW)
def listed(report_id: int) -> ResponseReturnValue:
    """The rows that a figure counted; ``code``, ``period`` and ``unit`` say which."""
    actor, wish = current_actor(), queries.Wish.of(request.args)
    if not wish.code:
        return _to_report(report_id)
    found = queries.listed(actor, report_id, wish, after=request.args.get("after"), before=request.args.get("before"))
    listing = found.listing
    opens = bool(listing.page) and may_open(actor, listing.page)

    def record_url(row: queries.ListedRow) -> str:
        if not opens or not actor.can(listing.permission, row.unit_path):
            return ""
        args: dict[str, Any] = {listing.key: row.record_id}
        return url_for(listing.page, **args)

    return render_template(
        "annual_reports/listed.html",
        found=found,
        head=found.head,
        periods=PERIODS,
        record_url=record_url,
        changed=found.differs,
    )


@blueprint.post(f"{REPORT}/listed.xlsx")
@needs(Permission.EMPLOYEE_EXPORT)
def listed_sheet(report_id: int) -> ResponseReturnValue:
    """The whole list as a workbook, noted in the trail."""
    actor, wish = current_actor(), queries.Wish.of(request.form)
    if not wish.code:
        return _to_report(report_id)
    head, listing, unit_name, rows = queries.listed_rows(actor, report_id, wish)
    target = BytesIO()
    period = say(PERIODS[wish.period])
    narrowed = say(listing.only_words(wish.only) or "")
    title = f"{unit_name or head.unit_name}{say(listing.name)}{narrowed}（{head.record.year} {period}）"
    count = write_list(target, title, listing, rows)
    operations.note_list_export(actor, report_id, title, count)
    return workbook(target, title)


def _to_report(report_id: int) -> ResponseReturnValue:
    """Where no figure is named, the report itself has them all."""
    head = report_head(current_actor(), report_id)
    return redirect(url_for("annual_reports.report", report_id=head.id))
