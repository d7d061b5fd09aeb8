"""Calls for honours: the list, a new one, one with the one thing to do now, and what happens to it as a whole."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import say
from careerpath.employees.views.room import attempt, status_of
from careerpath.honours import operations
from careerpath.honours.forms.calls import AnnounceForm, CallForm, ExtendForm, NewCallForm, ReasonForm
from careerpath.honours.models import HonourCall
from careerpath.honours.queries import calls as queries
from careerpath.honours.queries.call_list import CallFilters, call_lines
from careerpath.honours.views.room import blueprint
from careerpath.words import Message, Refused, msg

CALL = "/<int:call_id>"
ENDS = {
    "cancel": (operations.cancel_call, msg("已取消。")),
    "return": (operations.return_call_to_review, msg("已退回评审。")),
    "reopen": (operations.reopen_call, msg("已恢复办理，写入档案的荣誉已撤销。")),
}
"""What is done for a reason alone."""


@blueprint.get("")
@needs(Permission.HONOUR_VIEW)
def calls() -> ResponseReturnValue:
    """All calls, newest first."""
    filters = CallFilters.of(request.args)
    page = call_lines(current_actor(), filters, after=request.args.get("after"), before=request.args.get("before"))
    return render_template("honours/calls.html", page=page, filters=filters)


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Permission.HONOUR_DECIDE)
def new_call() -> ResponseReturnValue:
    """Plan one."""
    actor, form = current_actor(), NewCallForm()
    form.offer_units(queries.holders(actor))
    made: list[int] = []
    if attempt(form, lambda: made.append(operations.plan_call(actor, int(form.unit_id.data), form.given()))):
        flash(say(msg("已拟定，核对后发布通知。")), "success")
        return redirect(url_for("honours.call", call_id=made[0]))
    if request.method == "GET":
        form.year.data = clock.today().year
        form.kind.data, form.level.data = "model_worker", "county"
    return render_template("honours/call-new.html", form=form), status_of(form)


@blueprint.get(CALL)
@needs(Permission.HONOUR_VIEW)
def call(call_id: int) -> ResponseReturnValue:
    """One call: where it stands and what to do now."""
    return _show(call_id)


@blueprint.route(f"{CALL}/edit", methods=["GET", "POST"])
@needs(Permission.HONOUR_DECIDE)
def edit_call(call_id: int) -> ResponseReturnValue:
    """Change what is planned."""
    actor, form = current_actor(), CallForm()
    record = fetch(actor, HonourCall, call_id, Permission.HONOUR_DECIDE)
    if attempt(form, lambda: operations.change_call(actor, call_id, form.given(), form.seen())):
        return _done(call_id, msg("计划已保存。"))
    if request.method == "GET":
        form.show(record)
    head = queries.call_head(actor, call_id, Permission.HONOUR_DECIDE)
    return render_template("honours/call-edit.html", form=form, head=head), status_of(form)


@blueprint.route(f"{CALL}/announce", methods=["GET", "POST"])
@needs(Permission.HONOUR_DECIDE)
def announce_call(call_id: int) -> ResponseReturnValue:
    """Announce it under the number of a document."""
    actor, form = current_actor(), AnnounceForm()
    if request.method == "GET":
        form.announced_on.data = clock.today()
    if attempt(form, lambda: operations.announce_call(actor, call_id, form.document.data, form.announced_on.data)):
        return _done(call_id, msg("通知已发布，街道可以推荐人选。"))
    return _form(call_id, "announce", form)


@blueprint.route(f"{CALL}/extend", methods=["GET", "POST"])
@needs(Permission.HONOUR_DECIDE)
def extend_call(call_id: int) -> ResponseReturnValue:
    """Move the last day of nominations back."""
    actor, form = current_actor(), ExtendForm()
    if attempt(form, lambda: operations.extend_call(actor, call_id, form.closes_on.data, form.reason.data)):
        return _done(call_id, msg("推荐截止日已推后。"))
    return _form(call_id, "extend", form)


@blueprint.route(f"{CALL}/<any(cancel,return,reopen):act>", methods=["GET", "POST"])
@needs(Permission.HONOUR_DECIDE)
def end_call(call_id: int, act: str) -> ResponseReturnValue:
    """Cancel it, take its notice back, or take a concluded one up again, for a reason."""
    actor, form = current_actor(), ReasonForm()
    deed, done = ENDS[act]
    if attempt(form, lambda: deed(actor, call_id, form.reason.data)):
        return _done(call_id, done)
    return _form(call_id, act, form)


@blueprint.post(f"{CALL}/drop")
@needs(Permission.HONOUR_DECIDE)
def drop_call(call_id: int) -> ResponseReturnValue:
    """Take a planned one back."""
    try:
        operations.drop_call(current_actor(), call_id)
    except Refused as refusal:
        return _show(call_id, refusal)
    flash(say(msg("计划已撤回。")), "success")
    return redirect(url_for("honours.calls"))


@blueprint.post(f"{CALL}/close")
@needs(Permission.HONOUR_DECIDE)
def close_call(call_id: int) -> ResponseReturnValue:
    """Close the nominations."""
    try:
        count = operations.close_nominations_of_call(current_actor(), call_id)
    except Refused as refusal:
        return _show(call_id, refusal)
    flash(say(msg("推荐已结束，%(count)s 人进入评审。", count=count)), "success")
    return redirect(url_for("honours.call_review", call_id=call_id))


@blueprint.post(f"{CALL}/refer")
@needs(Permission.HONOUR_DECIDE)
def refer_call(call_id: int) -> ResponseReturnValue:
    """Send the names up."""
    try:
        count = operations.refer_call(current_actor(), call_id)
    except Refused as refusal:
        return _show(call_id, refusal)
    return _done(call_id, msg("已上报 %(count)s 人，批复后登记结果。", count=count))


def _show(call_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    head = queries.call_head(current_actor(), call_id)
    shown = render_template("honours/call.html", head=head, now=queries.now_of(head), problem=problem)
    return shown, 422 if problem else 200


def _form(call_id: int, act: str, form: OfficeForm) -> ResponseReturnValue:
    """A page with one form about the whole, of the district alone."""
    actor = current_actor()
    fetch(actor, HonourCall, call_id, Permission.HONOUR_DECIDE)
    head = queries.call_head(actor, call_id, Permission.HONOUR_DECIDE)
    return render_template("honours/call-act.html", head=head, act=act, form=form), status_of(form)


def _done(call_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("honours.call", call_id=call_id))
