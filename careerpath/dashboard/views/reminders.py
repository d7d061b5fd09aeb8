"""What I was told, how I want to be told, and how mails of others went."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.dashboard.forms import AddressForm, CodeForm, RhythmForm
from careerpath.dashboard.operations import addresses, reminders
from careerpath.dashboard.queries import reminders as queries
from careerpath.dashboard.queries.trail_words import RHYTHM_WORDS
from careerpath.words import Refused, msg

blueprint = Blueprint("reminders", __name__, url_prefix="/reminders")


@blueprint.get("")
@needs(Permission.SIGNED_IN)
def told() -> ResponseReturnValue:
    """What I was told, newest day first."""
    actor = current_actor()
    page = queries.told_page(actor, request.args.get("after"), request.args.get("before"))
    return render_template(
        "dashboard/reminders.html", page=page, unread=queries.unread_count(actor), today=clock.today()
    )


@blueprint.post("/read")
@needs(Permission.SIGNED_IN)
def read() -> ResponseReturnValue:
    """Mark all as read."""
    reminders.read_reminders(current_actor())
    return redirect(url_for("reminders.told"))


@blueprint.get("/settings")
@needs(Permission.SIGNED_IN)
def settings() -> ResponseReturnValue:
    """Whether, where and how often I am written to."""
    return _settings()


@blueprint.post("/settings/address")
@needs(Permission.SIGNED_IN)
def address() -> ResponseReturnValue:
    """Ask for an address: its code is mailed."""
    form = AddressForm()
    if not form.validate_on_submit():
        return _settings(422, address=form)
    try:
        addresses.mail_code(current_actor(), form.email.data, str(get_locale() or "zh")[:2])
    except Refused as refusal:
        form.refuse(refusal)
        return _settings(422, address=form)
    flash(say(msg("验证码已发送，请查收邮件后填写。")), "success")
    return redirect(url_for("reminders.settings"))


@blueprint.post("/settings/code")
@needs(Permission.SIGNED_IN)
def code() -> ResponseReturnValue:
    """Confirm the address by its code."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _settings(422, code=form)
    if not addresses.confirm_address(current_actor(), form.code.data):
        form.refuse(Refused(msg("验证码不正确或已失效，请核对；也可以重新发送。"), field="code"))
        return _settings(422, code=form)
    flash(say(msg("邮箱已确认，以后按所选频率发送提醒。")), "success")
    return redirect(url_for("reminders.settings"))


@blueprint.post("/settings/rhythm")
@needs(Permission.SIGNED_IN)
def rhythm() -> ResponseReturnValue:
    """How often, and in which language."""
    form = RhythmForm()
    if not form.validate_on_submit():
        return _settings(422, rhythm=form)
    try:
        addresses.choose_rhythm(current_actor(), form.given())
    except Refused as refusal:
        form.refuse(refusal)
        return _settings(422, rhythm=form)
    flash(say(msg("提醒设置已保存。")), "success")
    return redirect(url_for("reminders.settings"))


@blueprint.post("/settings/remove")
@needs(Permission.SIGNED_IN)
def remove() -> ResponseReturnValue:
    """Forget my address."""
    addresses.remove_address(current_actor())
    flash(say(msg("邮箱已删除，不再发送提醒邮件。")), "success")
    return redirect(url_for("reminders.settings"))


@blueprint.get("/sending")
@needs(Permission.USER_VIEW)
def sending() -> ResponseReturnValue:
    """Who is written to, and whose mails did not go."""
    actor, args = current_actor(), request.args
    failed = args.get("failed") == "1"
    return render_template(
        "dashboard/reminder-sending.html",
        page=queries.subscribers_page(actor, failed=failed, after=args.get("after"), before=args.get("before")),
        failed=failed,
        server=queries.mail_settings().mail,
        names=queries.mail_settings().mail_names,
        rhythms=RHYTHM_WORDS,
        may_stop=actor.has(Permission.USER_EDIT),
        office_time=clock.office_time,
    )


@blueprint.post("/sending/<int:user_id>/stop")
@needs(Permission.USER_EDIT)
def stop(user_id: int) -> ResponseReturnValue:
    """Stop the mails to an account."""
    addresses.stop_reminders(current_actor(), user_id)
    flash(say(msg("已停止向该账号发送提醒邮件。")), "success")
    return redirect(url_for("reminders.sending"))


def _settings(
    status: int = 200,
    *,
    address: AddressForm | None = None,
    code: CodeForm | None = None,
    rhythm: RhythmForm | None = None,
) -> ResponseReturnValue:
    choice = queries.own_choice(current_actor())
    chosen = {"rhythm": choice.rhythm.value, "language": choice.language} if choice else {"rhythm": "none"}
    waits = choice is not None and bool(choice.asked_email) and (choice.code_until or clock.now()) > clock.now()
    page = render_template(
        "dashboard/reminder-settings.html",
        choice=choice,
        asked=choice.asked_email if choice is not None and waits else "",
        mailing=queries.mail_settings().mail is not None,
        names=queries.mail_settings().mail_names,
        address=address or AddressForm(formdata=None),
        code=code or CodeForm(formdata=None),
        rhythm=rhythm or RhythmForm(formdata=None, data=chosen),
    )
    return page, status
