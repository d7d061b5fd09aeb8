"""One rotation: its page, and what the offices do with it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import say
from careerpath.employees.views.room import attempt, status_of
from careerpath.rotations.forms.rotations import (
    ApproveForm,
    ExtendForm,
    JudgeForm,
    ReasonForm,
    ReportForm,
    ReturnForm,
    SummaryForm,
)
from careerpath.rotations.operations import decisions, evaluations, reports, returns
from careerpath.rotations.queries.rotation import RotationAct, RotationPage, report_head, rotation_page
from careerpath.rotations.queries.standing import COLOURS, STANDINGS
from careerpath.rotations.views.room import blueprint
from careerpath.words import Message, Refused, msg

ROTATION = "/<int:rotation_id>"
REPORT = "/reports/<int:report_id>"
CANCEL, UNDO, REOPEN, EXTEND, BACK, SUMMARY, JUDGE = "cancel", "undo", "reopen", "extend", "back", "summary", "judge"
"""Forms that stand on the page beside another one: their fields are called by these words first."""


@blueprint.get(ROTATION)
@needs(Permission.ROTATION_VIEW)
def rotation(rotation_id: int) -> ResponseReturnValue:
    """One rotation: where it stands, reports, evaluation, and what to do now."""
    return _page(rotation_id, Permission.ROTATION_VIEW)


@blueprint.post(f"{ROTATION}/approve")
@needs(Permission.ROTATION_DECIDE)
def approve_rotation(rotation_id: int) -> ResponseReturnValue:
    """Approve it."""
    actor, form = current_actor(), ApproveForm()
    if attempt(form, lambda: decisions.approve_rotation(actor, rotation_id, form.document.data, form.on.data)):
        return _done(rotation_id, msg("已批准。"))
    return _page(rotation_id, Permission.ROTATION_DECIDE, approve=form)


@blueprint.post(f"{ROTATION}/cancel")
@needs(Permission.ROTATION_PROPOSE)
def cancel_rotation(rotation_id: int) -> ResponseReturnValue:
    """Cancel it before it begins."""
    actor, form = current_actor(), ReasonForm(prefix=CANCEL)
    if attempt(form, lambda: decisions.cancel_rotation(actor, rotation_id, form.reason.data)):
        return _done(rotation_id, msg("已取消。"))
    return _page(rotation_id, Permission.ROTATION_PROPOSE, cancel=form)


@blueprint.post(f"{ROTATION}/extend")
@needs(Permission.ROTATION_DECIDE)
def extend_rotation(rotation_id: int) -> ResponseReturnValue:
    """Give it another last day."""
    actor, form = current_actor(), ExtendForm(prefix=EXTEND)
    if attempt(form, lambda: returns.extend_rotation(actor, rotation_id, form.ends_on.data, form.reason.data or "")):
        return _done(rotation_id, msg("期限已调整。"))
    return _page(rotation_id, Permission.ROTATION_DECIDE, extend=form)


@blueprint.post(f"{ROTATION}/return")
@needs(Permission.ROTATION_DECIDE)
def return_rotation(rotation_id: int) -> ResponseReturnValue:
    """Enter the return."""
    actor, form = current_actor(), ReturnForm(prefix=BACK)
    if attempt(
        form, lambda: returns.return_rotation(actor, rotation_id, form.returned_on.data, form.reason.data or "")
    ):
        return _done(rotation_id, msg("已登记返回，请办理鉴定。"))
    return _page(rotation_id, Permission.ROTATION_DECIDE, back=form)


@blueprint.post(f"{ROTATION}/undo-return")
@needs(Permission.ROTATION_DECIDE)
def undo_return(rotation_id: int) -> ResponseReturnValue:
    """Take the return back."""
    actor, form = current_actor(), ReasonForm(prefix=UNDO)
    if attempt(form, lambda: returns.undo_return(actor, rotation_id, form.reason.data)):
        return _done(rotation_id, msg("返回已撤销，恢复在外。"))
    return _page(rotation_id, Permission.ROTATION_DECIDE, undo=form)


@blueprint.post(f"{ROTATION}/summary")
@needs(Permission.ROTATION_REPORT)
def summarise_rotation(rotation_id: int) -> ResponseReturnValue:
    """Enter main work and summary."""
    actor, form = current_actor(), SummaryForm(prefix=SUMMARY)
    if attempt(form, lambda: evaluations.summarise_rotation(actor, rotation_id, form.work.data, form.summary.data)):
        return _done(rotation_id, msg("总结已保存。"))
    return _page(rotation_id, Permission.ROTATION_REPORT, summary=form)


@blueprint.post(f"{ROTATION}/evaluate")
@needs(Permission.ROTATION_DECIDE)
def evaluate_rotation(rotation_id: int) -> ResponseReturnValue:
    """Enter the evaluation."""
    actor = current_actor()
    form = _judging(rotation_page(actor, rotation_id, Permission.ROTATION_DECIDE), blank=False)
    if attempt(form, lambda: evaluations.evaluate_rotation(actor, rotation_id, form.given())):
        return _done(rotation_id, msg("鉴定已登记。"))
    return _page(rotation_id, Permission.ROTATION_DECIDE, judge=form)


@blueprint.post(f"{ROTATION}/reopen")
@needs(Permission.ROTATION_DECIDE)
def reopen_rotation(rotation_id: int) -> ResponseReturnValue:
    """Take the evaluation back."""
    actor, form = current_actor(), ReasonForm(prefix=REOPEN)
    if attempt(form, lambda: evaluations.reopen_rotation(actor, rotation_id, form.reason.data)):
        return _done(rotation_id, msg("鉴定已退回，可以重新填写。"))
    return _page(rotation_id, Permission.ROTATION_DECIDE, reopen=form)


@blueprint.post(f"{ROTATION}/reports")
@needs(Permission.ROTATION_REPORT)
def write_report(rotation_id: int) -> ResponseReturnValue:
    """Enter a report."""
    actor, form = current_actor(), ReportForm()
    if attempt(form, lambda: reports.write_report(actor, rotation_id, form.on.data, form.text.data)):
        return _done(rotation_id, msg("报告已登记。"))
    return _page(rotation_id, Permission.ROTATION_REPORT, report=form)


@blueprint.route(f"{REPORT}/edit", methods=["GET", "POST"])
@needs(Permission.ROTATION_REPORT)
def edit_report(report_id: int) -> ResponseReturnValue:
    """Change a report."""
    actor, form = current_actor(), ReportForm()
    record, name = report_head(actor, report_id, Permission.ROTATION_REPORT)
    rotation_id = record.rotation_id
    if not form.is_submitted():
        form.show(record)
    if attempt(form, lambda: reports.change_report(actor, report_id, form.on.data, form.text.data, form.seen())):
        return _done(rotation_id, msg("已保存。"))
    back = url_for("rotations.rotation", rotation_id=rotation_id)
    return render_template("rotations/report-form.html", form=form, name=name, back=back), status_of(form)


@blueprint.post(f"{REPORT}/drop")
@needs(Permission.ROTATION_REPORT)
def drop_report(report_id: int) -> ResponseReturnValue:
    """Remove a report."""
    actor = current_actor()
    rotation_id = report_head(actor, report_id, Permission.ROTATION_REPORT)[0].rotation_id
    try:
        reports.drop_report(actor, report_id)
    except Refused as refusal:
        flash(say(refusal.message), "danger")
        return redirect(url_for("rotations.rotation", rotation_id=rotation_id))
    return _done(rotation_id, msg("报告已删除。"))


def _page(rotation_id: int, permission: Permission, **refused: OfficeForm) -> ResponseReturnValue:
    """The page with one empty form for each act, or the one that was refused."""
    page, today = rotation_page(current_actor(), rotation_id, permission), clock.today()
    record = page.record
    forms: dict[str, Any] = {
        "approve": ApproveForm(formdata=None, on=today),
        "cancel": ReasonForm(formdata=None, prefix=CANCEL),
        "extend": ExtendForm(formdata=None, prefix=EXTEND),
        "back": ReturnForm(formdata=None, prefix=BACK, returned_on=min(today, record.ends_on)),
        "undo": ReasonForm(formdata=None, prefix=UNDO),
        "summary": SummaryForm(formdata=None, prefix=SUMMARY, work=record.work, summary=record.self_summary),
        "judge": _judging(page, blank=True),
        "reopen": ReasonForm(formdata=None, prefix=REOPEN),
        "report": ReportForm(formdata=None, on=min(today, record.returned_on or today)),
    }
    shown = render_template(
        "rotations/rotation.html",
        page=page,
        record=record,
        forms=forms | refused,
        refused=set(refused),
        standings=STANDINGS,
        colours=COLOURS,
        today=today,
        Act=RotationAct,
    )
    return shown, 422 if refused else 200


def _judging(page: RotationPage, *, blank: bool) -> JudgeForm:
    form = JudgeForm(formdata=None, prefix=JUDGE, on=clock.today()) if blank else JudgeForm(prefix=JUDGE)
    form.offer([(one.code, one.name) for one in page.edition.grades])
    if blank:
        form.show(page.record)
    return form


def _done(rotation_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("rotations.rotation", rotation_id=rotation_id))
