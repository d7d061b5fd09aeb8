"""A worker's own page of rotations: wishes, reports, the summary."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.db import db
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import say
from careerpath.employees.views.room import attempt, status_of
from careerpath.rotations.forms.rotations import ReportForm, SummaryForm, WishForm
from careerpath.rotations.models import RotationReport
from careerpath.rotations.operations import evaluations, reports, wishes
from careerpath.rotations.queries.own import OwnRotations, own_rotations
from careerpath.rotations.queries.own_reach import own_rotation as one_of_own
from careerpath.rotations.queries.standing import COLOURS, STANDINGS
from careerpath.rotations.views.room import blueprint
from careerpath.rotations.views.wishes import ANY_KIND
from careerpath.words import Message, NotFound, Refused, msg

OWN = "/own"
ONE = f"{OWN}/<int:rotation_id>"
REPORT = f"{OWN}/reports/<int:report_id>"
WISH, SUMMARY = "wish", "summary"


@blueprint.get(OWN)
@needs(Permission.OWN_GROWTH)
def own_rotation() -> ResponseReturnValue:
    """Where one is or was, what to report, what one would like."""
    return _page()


@blueprint.post(f"{OWN}/wishes")
@needs(Permission.OWN_GROWTH)
def wish_own() -> ResponseReturnValue:
    """Say what one would like."""
    actor = current_actor()
    form = _wishing(own_rotations(actor))
    if attempt(form, lambda: wishes.wish_own_rotation(actor, form.given(None))):
        return _done(msg("意愿已提交，等待街道安排。"))
    return _page(wish=form)


@blueprint.post(f"{OWN}/wishes/<int:wish_id>/withdraw")
@needs(Permission.OWN_GROWTH)
def withdraw_own_wish(wish_id: int) -> ResponseReturnValue:
    """Take a wish back."""
    try:
        wishes.withdraw_own_wish(current_actor(), wish_id)
    except Refused as refusal:
        flash(say(refusal.message), "danger")
        return redirect(url_for("rotations.own_rotation"))
    return _done(msg("意愿已撤回。"))


@blueprint.route(f"{ONE}/report", methods=["GET", "POST"])
@needs(Permission.OWN_GROWTH)
def write_own_report(rotation_id: int) -> ResponseReturnValue:
    """Write a report."""
    actor, form = current_actor(), ReportForm()
    record = one_of_own(actor, rotation_id)
    if not form.is_submitted():
        form.on.data = min(clock.today(), record.returned_on or clock.today())
    if attempt(form, lambda: reports.write_own_report(actor, rotation_id, form.on.data, form.text.data)):
        return _done(msg("报告已提交。"))
    return _report_form(form)


@blueprint.route(f"{REPORT}/edit", methods=["GET", "POST"])
@needs(Permission.OWN_GROWTH)
def edit_own_report(report_id: int) -> ResponseReturnValue:
    """Change a report of one's own."""
    actor, form = current_actor(), ReportForm()
    report = db.session.get(RotationReport, report_id)
    if report is None:
        raise NotFound
    one_of_own(actor, report.rotation_id)
    if not form.is_submitted():
        form.show(report)
    if attempt(form, lambda: reports.change_own_report(actor, report_id, form.on.data, form.text.data, form.seen())):
        return _done(msg("已保存。"))
    return _report_form(form)


@blueprint.post(f"{REPORT}/drop")
@needs(Permission.OWN_GROWTH)
def drop_own_report(report_id: int) -> ResponseReturnValue:
    """Remove a report of one's own."""
    try:
        reports.drop_own_report(current_actor(), report_id)
    except Refused as refusal:
        flash(say(refusal.message), "danger")
        return redirect(url_for("rotations.own_rotation"))
    return _done(msg("报告已删除。"))


@blueprint.route(f"{ONE}/summary", methods=["GET", "POST"])
@needs(Permission.OWN_GROWTH)
def summarise_own_rotation(rotation_id: int) -> ResponseReturnValue:
    """Write main work and summary."""
    actor, form = current_actor(), SummaryForm()
    record = one_of_own(actor, rotation_id)
    if not form.is_submitted():
        form.work.data, form.summary.data = record.work, record.self_summary
    if attempt(form, lambda: evaluations.summarise_own_rotation(actor, rotation_id, form.work.data, form.summary.data)):
        return _done(msg("总结已保存。"))
    return render_template("rotations/own-summary.html", form=form), status_of(form)


def _page(**refused: OfficeForm) -> ResponseReturnValue:
    page = own_rotations(current_actor())
    forms: dict[str, Any] = {"wish": _wishing(page, blank=True)} | refused
    shown = render_template(
        "rotations/own-rotation.html",
        page=page,
        forms=forms,
        refused=set(refused),
        standings=STANDINGS,
        colours=COLOURS,
        today=clock.today(),
    )
    return shown, 422 if refused else 200


def _wishing(page: OwnRotations, *, blank: bool = False) -> WishForm:
    form = WishForm(formdata=None, prefix=WISH) if blank else WishForm(prefix=WISH)
    form.offer(say(ANY_KIND), page.kinds, page.lines)
    return form


def _report_form(form: ReportForm) -> ResponseReturnValue:
    back = url_for("rotations.own_rotation")
    return render_template("rotations/report-form.html", form=form, name=None, back=back), status_of(form)


def _done(done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("rotations.own_rotation"))
