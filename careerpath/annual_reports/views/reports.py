"""Annual reports: the list, a new one, one on its page, and what happens to it as a whole."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.access.tabs import may_open
from careerpath.annual_reports import operations
from careerpath.annual_reports.documents.charts import chart_of
from careerpath.annual_reports.forms.reports import FreezeForm, NewReportForm, ReasonForm, ReportForm
from careerpath.annual_reports.queries import reports as queries
from careerpath.annual_reports.queries.ahead import count, count_report
from careerpath.annual_reports.queries.section import Section
from careerpath.annual_reports.views.room import REPORT, blueprint
from careerpath.core import clock
from careerpath.core.charts import for_screen
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.queries.people import unit_named
from careerpath.employees.views.room import attempt, status_of
from careerpath.words import Message, Refused, msg

PAPERS = {
    "annual_reports.report_pdf": msg("PDF"),
    "annual_reports.report_xlsx": msg("Excel"),
    "annual_reports.report_json": msg("JSON"),
}
"""What a report can be taken away as."""


@blueprint.get("")
@needs(Permission.REPORT_VIEW)
def reports() -> ResponseReturnValue:
    """All reports of the actor's units, newest year first."""
    filters = queries.ReportFilters.of(request.args)
    page = queries.report_heads(
        current_actor(), filters, after=request.args.get("after"), before=request.args.get("before")
    )
    return render_template("annual_reports/reports.html", page=page, filters=filters)


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def new_report() -> ResponseReturnValue:
    """Begin one: unit, year, day."""
    actor, form = current_actor(), NewReportForm()
    if request.method == "GET":
        form.suggest(queries.usual_unit(actor), clock.today())
    made: list[int] = []

    def deed() -> None:
        unit_id = form.unit_id.data or unit_named(actor, form.unit.data, Permission.REPORT_WRITE)
        if unit_id is None:
            raise Refused(msg("没有找到这个单位，请从列表中选择。"), field="unit")
        given = form.given()
        operations.check_given(given)
        made.append(operations.plan_report(actor, unit_id, given, count(actor, unit_id, given.year, given.on)))

    if attempt(form, deed):
        return _done(made[0], msg("已汇总，请核对数字、修改文字后定稿。"))
    return render_template("annual_reports/new-report.html", form=form), status_of(form)


@blueprint.get(REPORT)
@needs(Permission.REPORT_VIEW)
def report(report_id: int) -> ResponseReturnValue:
    """One report: where it stands, and its sections with figures, tables, pictures and text."""
    return _show(report_id)


@blueprint.route(f"{REPORT}/edit", methods=["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def edit_report(report_id: int) -> ResponseReturnValue:
    """Change the day, title and signature."""
    actor, form = current_actor(), ReportForm()
    head = queries.report_head(actor, report_id, Permission.REPORT_WRITE)

    def deed() -> None:
        given = form.given()
        operations.check_given(given)
        moved = given.on != head.record.on
        counted = count(actor, head.record.unit_id, given.year, given.on) if moved else None
        operations.change_annual_report(actor, report_id, given, form.seen(), counted)

    if attempt(form, deed):
        return _done(report_id, msg("报告信息已保存。"))
    if request.method == "GET":
        form.show(head.record)
    return render_template("annual_reports/edit-report.html", form=form, head=head), status_of(form)


@blueprint.post(f"{REPORT}/gather")
@needs(Permission.REPORT_WRITE)
def gather_report(report_id: int) -> ResponseReturnValue:
    """Count everything anew."""
    actor, version = current_actor(), whole_number(request.form.get("version", ""))
    head = queries.report_head(actor, report_id, Permission.REPORT_WRITE)
    return _act(
        report_id,
        lambda: operations.gather_report(actor, report_id, version, count_report(actor, head.record)),
        msg("已按现有记录重新汇总。"),
    )


@blueprint.route(f"{REPORT}/freeze", methods=["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def freeze_report(report_id: int) -> ResponseReturnValue:
    """Sign it under a day and a number."""
    actor, form = current_actor(), FreezeForm()
    head = queries.report_head(actor, report_id, Permission.REPORT_WRITE)

    def deed() -> None:
        counted = count_report(actor, head.record)
        operations.freeze_report(actor, report_id, form.signed_on.data, form.document.data or "", counted)

    if attempt(form, deed):
        return _done(report_id, msg("已定稿，可以打印、导出。"))
    if request.method == "GET":
        form.signed_on.data = head.record.signed_on or clock.today()
        form.document.data = head.record.document
    return render_template("annual_reports/freeze-report.html", form=form, head=head), status_of(form)


@blueprint.route(f"{REPORT}/unfreeze", methods=["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def unfreeze_report(report_id: int) -> ResponseReturnValue:
    """Make a signed one a draft again, for a reason."""
    actor, form = current_actor(), ReasonForm()
    head = queries.report_head(actor, report_id, Permission.REPORT_WRITE)
    if attempt(form, lambda: operations.unfreeze_report(actor, report_id, form.reason.data)):
        return _done(report_id, msg("已撤销定稿，恢复为草稿。"))
    return render_template("annual_reports/unfreeze-report.html", form=form, head=head), status_of(form)


@blueprint.post(f"{REPORT}/drop")
@needs(Permission.REPORT_WRITE)
def drop_report(report_id: int) -> ResponseReturnValue:
    """Take a draft away."""
    try:
        operations.drop_annual_report(current_actor(), report_id)
    except Refused as refusal:
        return _show(report_id, refusal)
    flash(say(msg("草稿已删除。")), "success")
    return redirect(url_for("annual_reports.reports"))


@blueprint.get(f"{REPORT}/compared")
@needs(Permission.REPORT_VIEW)
def compare(report_id: int) -> ResponseReturnValue:
    """What the report says beside what would be counted now."""
    return render_template("annual_reports/compared.html", found=queries.compared(current_actor(), report_id))


def _show(report_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    page = queries.report_page(current_actor(), report_id)
    charts = {section.code: _charts(section) for section in page.sections}
    shown = render_template(
        "annual_reports/report.html", page=page, head=page.head, charts=charts, problem=problem, papers=_papers()
    )
    return shown, 422 if problem else 200


def _papers() -> list[tuple[str, Message]]:
    return [(endpoint, word) for endpoint, word in PAPERS.items() if may_open(current_actor(), endpoint)]


def _charts(section: Section) -> dict[str, Any]:
    drawn = ((table.code, chart_of(table)) for table in section.tables)
    return {code: for_screen(chart) for code, chart in drawn if chart is not None}


def _act(report_id: int, deed: Callable[[], object], done: Message) -> ResponseReturnValue:
    try:
        deed()
    except Refused as refusal:
        return _show(report_id, refusal)
    return _done(report_id, done)


def _done(report_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("annual_reports.report", report_id=report_id))
