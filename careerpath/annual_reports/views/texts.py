"""The text of a section: written with figures in braces, looked at beforehand, or put back as usual."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.annual_reports import operations
from careerpath.annual_reports.forms.reports import TextForm
from careerpath.annual_reports.queries import reports as queries
from careerpath.annual_reports.queries.catalogue import SECTIONS
from careerpath.annual_reports.queries.wording import fill, places_of, unknown_places
from careerpath.annual_reports.views.room import REPORT, blueprint
from careerpath.core.web.language import say
from careerpath.employees.views.room import attempt, status_of
from careerpath.words import Refused, msg

CODES = ",".join(spec.code for spec in SECTIONS)
TEXT = f"{REPORT}/texts/<any({CODES}):section>"


@blueprint.route(TEXT, methods=["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def edit_text(report_id: int, section: str) -> ResponseReturnValue:
    """Write the text of a section; ``preview`` shows it with its figures and keeps nothing."""
    actor, form = current_actor(), TextForm()
    page = queries.report_page(actor, report_id, Permission.REPORT_WRITE)
    shown, written = page.section(section), page.written.get(section)
    looking = request.method == "POST" and "preview" in request.form

    def deed() -> None:
        operations.write_report_text(actor, report_id, section, form.text.data, form.seen())

    if not looking and attempt(form, deed):
        flash(say(msg("“%(section)s”的文字已保存。", section=shown.title)), "success")
        return redirect(url_for("annual_reports.report", report_id=report_id, _anchor=section))
    if request.method == "GET":
        form.show(shown.text, written)
    text = form.text.data or ""
    preview = fill(text, page.figures).splitlines()
    answer = render_template(
        "annual_reports/edit-text.html",
        form=form,
        page=page,
        head=page.head,
        section=shown,
        written=written,
        places=places_of(shown.figures),
        others=[(one, places_of(one.figures)) for one in page.sections if one.code != section and one.figures],
        preview=preview,
        unknown=unknown_places(text, page.figures),
    )
    return answer, 200 if looking else status_of(form)


@blueprint.post(f"{TEXT}/reset")
@needs(Permission.REPORT_WRITE)
def reset_text(report_id: int, section: str) -> ResponseReturnValue:
    """Put the usual text back."""
    try:
        operations.reset_report_text(current_actor(), report_id, section)
        flash(say(msg("已恢复通用文字。")), "success")
    except Refused as refusal:
        flash(say(refusal.message), "danger")
    return redirect(url_for("annual_reports.report", report_id=report_id, _anchor=section))
