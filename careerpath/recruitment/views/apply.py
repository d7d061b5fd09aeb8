"""The open pages: batches, notices, published lists, the beginning of an application, coming back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.errors import answer
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.recruitment.forms.candidates import BeginForm, EnterForm
from careerpath.recruitment.operations.candidates import (
    FAILURES_BEFORE_LOCK,
    LOCK_MINUTES,
    CodeRefused,
    TooManyDrafts,
    begin_application,
    open_application,
)
from careerpath.recruitment.queries.published import LIST_NAMES, ListKind, public_batch, public_batches, public_lists
from careerpath.recruitment.views.own_session import (
    IDLE_MINUTES,
    current_ticket,
    drop_ticket,
    hold_ticket,
    is_fresh,
    note_written_down,
)
from careerpath.recruitment.views.room import apply as pages
from careerpath.words import Refused, msg


@pages.context_processor
def browser() -> dict[str, object]:
    """What the frame of every open page shows: the number whose ticket this browser holds."""
    ticket = current_ticket()
    return {"own_number": ticket.number if ticket else ""}


@pages.errorhandler(CodeRefused)
def ask_again(refusal: CodeRefused) -> ResponseReturnValue:
    """Without a ticket that opens anything: number and code are asked for."""
    drop_ticket()
    flash(say(refusal.message), "warning")
    return redirect(url_for("apply.enter"))


@pages.get("")
@needs(Permission.OPEN)
def index() -> ResponseReturnValue:
    """All batches that candidates may meet."""
    return render_template("recruitment/apply-index.html", batches=public_batches())


@pages.get("/<int:batch_id>")
@needs(Permission.OPEN)
def batch(batch_id: int) -> ResponseReturnValue:
    """The notice of a batch."""
    found, rules = public_batch(batch_id)
    return render_template("recruitment/apply-batch.html", batch=found, rules=rules, list_names=LIST_NAMES)


@pages.get("/<int:batch_id>/lists")
@needs(Permission.OPEN)
def lists(batch_id: int) -> ResponseReturnValue:
    """The published lists of a batch."""
    asked = request.args.get("list", "")
    found, chosen, lines = public_lists(batch_id, ListKind(asked) if asked in set(ListKind) else None)
    return render_template(
        "recruitment/apply-lists.html", batch=found, chosen=chosen, lines=lines, list_names=LIST_NAMES
    )


@pages.route("/<int:batch_id>/begin", methods=["GET", "POST"])
@needs(Permission.OPEN)
def begin(batch_id: int) -> ResponseReturnValue:
    """Consent and the first few particulars."""
    found, _ = public_batch(batch_id)
    form = BeginForm()
    form.offer(
        [(position.id, position.label) for position in found.positions if position.own],
        whole_number(request.args.get("position", "")),
    )
    status = 200
    if found.now and form.validate_on_submit():
        try:
            ticket = begin_application(current_actor(), batch_id, form.given())
        except TooManyDrafts as refusal:
            return answer(429, refusal.message)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            hold_ticket(ticket, fresh=True)
            return redirect(url_for("apply.code"))
    if request.method == "POST":
        status = 422
    return render_template("recruitment/apply-begin.html", batch=found, form=form), status


@pages.route("/code", methods=["GET", "POST"])
@needs(Permission.OPEN)
def code() -> ResponseReturnValue:
    """Number and code, until the candidate has written them down."""
    ticket = current_ticket()
    if ticket is None:
        raise CodeRefused
    if request.method == "POST":
        note_written_down()
        return redirect(url_for("apply.step", step="personal"))
    if not is_fresh():
        return redirect(url_for("apply.own"))
    return render_template("recruitment/apply-code.html", ticket=ticket)


@pages.route("/enter", methods=["GET", "POST"])
@needs(Permission.OPEN)
def enter() -> ResponseReturnValue:
    """Coming back with number and code."""
    form = EnterForm()
    status = 200
    if form.validate_on_submit():
        try:
            ticket = open_application(current_actor(), form.number.data, form.code.data)
        except TooManyDrafts as refusal:
            return answer(429, refusal.message)
        if ticket is not None:
            hold_ticket(ticket)
            return redirect(url_for("apply.own"))
        count, minutes = FAILURES_BEFORE_LOCK, LOCK_MINUTES
        message = msg(
            "报名号或查询码不正确。连续 %(count)s 次不正确的，该报名号 %(minutes)s 分钟内不能登录。",
            count=count,
            minutes=minutes,
        )
        form.refuse(Refused(message))
        status = 401
    elif request.method == "POST":
        status = 422
    return render_template("recruitment/apply-enter.html", form=form, idle=IDLE_MINUTES), status


@pages.post("/leave")
@needs(Permission.OPEN)
def leave() -> ResponseReturnValue:
    """Let this browser forget the ticket."""
    drop_ticket()
    flash(say(msg("您已退出报名页面，填写的内容已保存。")), "success")
    return redirect(url_for("apply.index"))
