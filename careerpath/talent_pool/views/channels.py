"""Targeted recruitment: the list, a new one, one with the one thing to do now, and what happens to it as a whole."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.employees.views.room import attempt, status_of
from careerpath.policy.talent_pool import Purpose
from careerpath.talent_pool.forms.channels import (
    AnnounceForm,
    ChannelForm,
    ExtendForm,
    NewChannelForm,
    ReasonForm,
)
from careerpath.talent_pool.models import ChannelRound
from careerpath.talent_pool.operations import channels as operations
from careerpath.talent_pool.queries import channels as queries
from careerpath.talent_pool.queries.rules import gates_for
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import Message, Refused, msg

CHANNEL = "/channels/<int:channel_id>"


@blueprint.get("/channels")
@needs(Permission.POOL_VIEW)
def channels() -> ResponseReturnValue:
    """All targeted recruitments, newest first."""
    open_only = request.args.get("state") == "open"
    page = queries.channel_lines(
        current_actor(), open_only=open_only, after=request.args.get("after"), before=request.args.get("before")
    )
    return render_template("talent_pool/channels.html", page=page, open_only=open_only)


@blueprint.route("/channels/new", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def new_channel() -> ResponseReturnValue:
    """Plan one."""
    actor, form = current_actor(), NewChannelForm()
    form.offer_units(queries.districts(actor))
    form.offer(gates_for(Purpose.CHANNEL))
    made: list[int] = []
    if attempt(form, lambda: made.append(operations.plan_channel(actor, int(form.unit_id.data), form.given()))):
        flash(say(msg("已拟定，核对后发布公告。")), "success")
        return redirect(url_for("talent_pool.channel", channel_id=made[0]))
    if request.method == "GET":
        form.year.data = clock.today().year
    return render_template("talent_pool/channel-new.html", form=form), status_of(form)


@blueprint.get(CHANNEL)
@needs(Permission.POOL_VIEW)
def channel(channel_id: int) -> ResponseReturnValue:
    """One targeted recruitment: where it stands and what to do now."""
    return _show(channel_id)


@blueprint.route(f"{CHANNEL}/edit", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def edit_channel(channel_id: int) -> ResponseReturnValue:
    """Change what is planned."""
    actor, form = current_actor(), ChannelForm()
    record, head = queries.channel_with_head(actor, channel_id, Permission.POOL_DECIDE)
    form.offer(gates_for(Purpose.CHANNEL))
    if attempt(form, lambda: operations.change_channel(actor, channel_id, form.given(), form.seen())):
        return _done(channel_id, msg("计划已保存。"))
    if request.method == "GET":
        form.show(record)
    return render_template("talent_pool/channel-edit.html", form=form, head=head), status_of(form)


@blueprint.route(f"{CHANNEL}/announce", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def announce_channel(channel_id: int) -> ResponseReturnValue:
    """Announce it under the number of a document."""
    actor, form = current_actor(), AnnounceForm()
    if attempt(form, lambda: operations.announce_channel(actor, channel_id, form.document.data)):
        return _done(channel_id, msg("公告已发布，资格条件已冻结。"))
    return _form(channel_id, "announce", form)


@blueprint.route(f"{CHANNEL}/extend", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def extend_channel(channel_id: int) -> ResponseReturnValue:
    """Move the last day back."""
    actor, form = current_actor(), ExtendForm()
    if attempt(form, lambda: operations.extend_channel(actor, channel_id, form.closes_on.data, form.reason.data)):
        return _done(channel_id, msg("报名截止日已推后。"))
    return _form(channel_id, "extend", form)


@blueprint.route(f"{CHANNEL}/<any(cancel,reopen):act>", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def end_channel(channel_id: int, act: str) -> ResponseReturnValue:
    """Cancel it, or take a concluded one up again, for a reason."""
    actor, form = current_actor(), ReasonForm()
    deed = operations.cancel_channel if act == "cancel" else operations.reopen_channel
    if attempt(form, lambda: deed(actor, channel_id, form.reason.data)):
        return _done(channel_id, msg("已取消。") if act == "cancel" else msg("已恢复办理。"))
    return _form(channel_id, act, form)


@blueprint.post(f"{CHANNEL}/drop")
@needs(Permission.POOL_DECIDE)
def drop_channel(channel_id: int) -> ResponseReturnValue:
    """Take a planned one back."""
    try:
        operations.drop_channel(current_actor(), channel_id)
    except Refused as refusal:
        return _show(channel_id, refusal)
    flash(say(msg("计划已撤回。")), "success")
    return redirect(url_for("talent_pool.channels"))


@blueprint.post(f"{CHANNEL}/close-review")
@needs(Permission.POOL_DECIDE)
def close_channel_review(channel_id: int) -> ResponseReturnValue:
    """Settle who may take part."""
    try:
        count = operations.close_channel_review(current_actor(), channel_id)
    except Refused as refusal:
        return _show(channel_id, refusal)
    return _done(channel_id, msg("资格审查已结束，%(count)s 人参加考试考察。", count=count))


@blueprint.post(f"{CHANNEL}/conclude")
@needs(Permission.POOL_DECIDE)
def conclude_channel(channel_id: int) -> ResponseReturnValue:
    """Conclude it."""
    try:
        count = operations.conclude_channel(current_actor(), channel_id)
    except Refused as refusal:
        return _show(channel_id, refusal)
    return _done(channel_id, msg("已办结，聘用 %(count)s 人。", count=count))


def _show(channel_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    head = queries.channel_head(current_actor(), channel_id)
    shown = render_template(
        "talent_pool/channel.html", head=head, now=queries.now_of(head), Act=queries.Act, problem=problem
    )
    return shown, 422 if problem else 200


def _form(channel_id: int, act: str, form: AnnounceForm | ReasonForm) -> ResponseReturnValue:
    """A page with one form about the whole, of the district alone."""
    actor = current_actor()
    fetch(actor, ChannelRound, channel_id, Permission.POOL_DECIDE)
    head = queries.channel_head(actor, channel_id, Permission.POOL_DECIDE)
    return render_template("talent_pool/channel-act.html", head=head, act=act, form=form), status_of(form)


def _done(channel_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("talent_pool.channel", channel_id=channel_id))
