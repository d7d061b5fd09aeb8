"""The audit trail, for the audit administrator."""

from datetime import datetime

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access import sheets
from careerpath.access.forms.trail import trail_filters
from careerpath.access.operations.trail import MOST_EXPORTED, export_audit
from careerpath.access.permissions import Permission
from careerpath.access.queries import trail as queries
from careerpath.access.queries.trail_words import CHANGE_KINDS, CHANNELS, RESULTS, trail_words
from careerpath.access.session import current_actor, needs
from careerpath.core import clock

blueprint = Blueprint("trail", __name__, url_prefix="/audit-trail")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("")
@needs(Permission.AUDIT_VIEW)
def overview() -> ResponseReturnValue:
    """Entries, newest first."""
    args, words = request.args, trail_words()
    filters = trail_filters(args)
    page = queries.trail_page(current_actor(), filters, args.get("after"), args.get("before"))
    return render_template(
        "access/trail.html",
        page=page,
        words=words,
        results=RESULTS,
        channels=CHANNELS,
        most=MOST_EXPORTED,
        office_time=clock.office_time,
    )


@blueprint.get("/<int:entry_id>")
@needs(Permission.AUDIT_VIEW)
def show(entry_id: int) -> ResponseReturnValue:
    """One entry with old and new values side by side."""
    return render_template(
        "access/trail-entry.html",
        shown=queries.entry_shown(current_actor(), entry_id),
        words=trail_words(),
        results=RESULTS,
        channels=CHANNELS,
        kinds=CHANGE_KINDS,
        readable=_readable,
        office_time=clock.office_time,
    )


@blueprint.post("/export")
@needs(Permission.AUDIT_VIEW)
def export() -> ResponseReturnValue:
    """The range as a file; that it was taken away is an entry itself."""
    actor, filters, words = current_actor(), trail_filters(request.form), trail_words()
    up_to = export_audit(actor, filters)
    name = f"audit-trail-{clock.today():%Y%m%d}"
    if request.form.get("format") == "csv":
        return _file(sheets.trail_csv(actor, filters, up_to, words), "text/csv", f"{name}.csv")
    return _file(sheets.trail_workbook(actor, filters, up_to, words), XLSX, f"{name}.xlsx")


def _readable(value: object) -> object:
    """An instant as the offices' clocks show it; any other value as it is."""
    if isinstance(value, str) and len(value) > 18 and value[10] == "T":
        try:
            return f"{clock.office_time(datetime.fromisoformat(value)):%Y-%m-%d %H:%M:%S}"
        except ValueError:
            return value
    return value


def _file(body: bytes, media_type: str, name: str) -> Response:
    return Response(body, mimetype=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
