"""The review of a call, its public notice with what is brought forward in it, and the decision."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.views.room import attempt, status_of
from careerpath.honours import operations
from careerpath.honours.forms.calls import GrantForm, NoticeForm
from careerpath.honours.forms.nominees import YES, AnswerForm, ObjectionForm, choices_given
from careerpath.honours.models import CallState, HonourCall, HonourNominee, HonourObjection, NomineeState
from careerpath.honours.operations.notices import USUAL_NOTICE
from careerpath.honours.operations.review import JUDGED
from careerpath.honours.queries.calls import CallHead, call_head
from careerpath.honours.queries.nominees import nominee_page, nominees_in
from careerpath.honours.queries.objections import objection_line, objections_of
from careerpath.honours.views.calls import CALL
from careerpath.honours.views.nominees import NOMINEE
from careerpath.honours.views.room import blueprint
from careerpath.rulebook.queries.notices import notice_words, usual_last_day
from careerpath.words import Message, Refused, msg

OBJECTION = "/objections/<int:honour_objection_id>"
SETTLED = (NomineeState.CHOSEN, NomineeState.GRANTED, NomineeState.REFUSED)


@blueprint.get(f"{CALL}/review")
@needs(Permission.HONOUR_VIEW)
def call_review(call_id: int) -> ResponseReturnValue:
    """Who is chosen, and what is brought forward in the notice."""
    return _review(call_id)


@blueprint.post(f"{CALL}/review")
@needs(Permission.HONOUR_DECIDE)
def choose_nominees(call_id: int) -> ResponseReturnValue:
    """Keep who is chosen."""
    actor = current_actor()
    fetch(actor, HonourCall, call_id, Permission.HONOUR_DECIDE)
    try:
        count = operations.choose_nominees(actor, call_id, choices_given(request.form))
    except Refused as refusal:
        return _review(call_id, refusal)
    flash(say(msg("已确定入选 %(count)s 人。", count=count)), "success")
    return redirect(url_for("honours.call_review", call_id=call_id))


@blueprint.post(f"{CALL}/notice")
@needs(Permission.HONOUR_DECIDE)
def open_call_notice(call_id: int) -> ResponseReturnValue:
    """Show those chosen to the public."""
    actor, form = current_actor(), NoticeForm()
    fetch(actor, HonourCall, call_id, Permission.HONOUR_DECIDE)
    if attempt(form, lambda: operations.open_call_notice(actor, call_id, form.starts_on.data, form.ends_on.data)):
        return _done("call_review", call_id, msg("公示已安排，公示期内可以登记反映。"))
    return _review(call_id, form=form)


@blueprint.get(f"{CALL}/results")
@needs(Permission.HONOUR_VIEW)
def call_results(call_id: int) -> ResponseReturnValue:
    """What was granted, or the form for it."""
    return _results(call_id)


@blueprint.post(f"{CALL}/results")
@needs(Permission.HONOUR_DECIDE)
def grant_honours(call_id: int) -> ResponseReturnValue:
    """Keep the decision: the honour is written into the files."""
    actor, form = current_actor(), GrantForm()
    call = fetch(actor, HonourCall, call_id, Permission.HONOUR_DECIDE)
    granted = _ids() if call.outside else None
    made: list[int] = []
    if attempt(form, lambda: made.append(operations.grant_honours(actor, call_id, form.given(granted)))):
        return _done("call_results", call_id, msg("已授予 %(count)s 人，荣誉已记入人员档案。", count=made[0]))
    return _results(call_id, form)


@blueprint.route(f"{NOMINEE}/objections/new", methods=["GET", "POST"])
@needs(Permission.HONOUR_DECIDE)
def new_honour_objection(nominee_id: int) -> ResponseReturnValue:
    """Enter what was brought forward about somebody on the notice."""
    actor, form = current_actor(), ObjectionForm()
    record = fetch(actor, HonourNominee, nominee_id, Permission.HONOUR_DECIDE)
    if request.method == "GET":
        form.received_on.data = clock.today()
    if attempt(form, lambda: operations.record_honour_objection(actor, nominee_id, form.given())):
        return _done("call_review", record.call_id, msg("反映已登记，答复后才能授予。"))
    page = nominee_page(actor, nominee_id, Permission.HONOUR_DECIDE)
    return render_template("honours/objection-new.html", head=page.head, page=page, form=form), status_of(form)


@blueprint.route(OBJECTION, methods=["GET", "POST"])
@needs(Permission.HONOUR_DECIDE)
def honour_objection(honour_objection_id: int) -> ResponseReturnValue:
    """One objection and its answer."""
    actor, form = current_actor(), AnswerForm()
    fetch(actor, HonourObjection, honour_objection_id, Permission.HONOUR_DECIDE)
    if request.method == "GET":
        form.on.data = clock.today()
    if attempt(
        form,
        lambda: operations.answer_honour_objection(
            actor, honour_objection_id, form.upheld.data == YES, form.answer.data, form.on.data
        ),
    ):
        flash(say(msg("答复已登记。")), "success")
        return redirect(url_for("honours.honour_objection", honour_objection_id=honour_objection_id))
    line = objection_line(actor, honour_objection_id)
    return render_template("honours/objection.html", line=line, form=form), status_of(form)


def _review(call_id: int, problem: Refused | None = None, form: NoticeForm | None = None) -> ResponseReturnValue:
    actor = current_actor()
    head = call_head(actor, call_id)
    begun = head.state not in (CallState.PLANNED, CallState.NOMINATION) and not head.masked
    choosing = head.state is CallState.REVIEW
    lines = nominees_in(actor, head, (*JUDGED, *SETTLED[1:]), concerned=choosing) if begun else []
    heard = begun and not choosing and actor.has(Permission.HONOUR_DECIDE)
    shown = render_template(
        "honours/call-review.html",
        head=head,
        lines=lines,
        objections=objections_of(actor, call_id) if heard else [],
        notice=_notice_words(head),
        form=form or _usual_notice(head),
        problem=problem,
        typed=request.form if problem is not None else {},
    )
    return shown, 422 if problem or form else 200


def _usual_notice(head: CallHead) -> NoticeForm:
    form = NoticeForm(formdata=None)
    if head.state is CallState.REVIEW and head.counts[NomineeState.CHOSEN]:
        form.starts_on.data = clock.today() + timedelta(days=1)
        form.ends_on.data = usual_last_day(form.starts_on.data, USUAL_NOTICE)
    return form


def _notice_words(head: CallHead) -> tuple[Message, ...]:
    call = head.record
    if call.notice_starts_on is None or call.notice_ends_on is None:
        return ()
    return notice_words(call.notice_starts_on, call.notice_ends_on, None)


def _results(call_id: int, form: GrantForm | None = None) -> ResponseReturnValue:
    actor = current_actor()
    head = call_head(actor, call_id)
    shown = GrantForm(formdata=None) if form is None else form
    if form is None:
        shown.granted_on.data = clock.today()
    page = render_template(
        "honours/call-results.html",
        head=head,
        lines=nominees_in(actor, head, SETTLED) if not head.masked else [],
        form=shown,
        ticked=set(_ids()) if form is not None else None,
    )
    return page, status_of(shown)


def _ids() -> list[int]:
    return [found for text in request.form.getlist("ids") if (found := whole_number(text)) is not None]


def _done(page: str, call_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for(f"honours.{page}", call_id=call_id))
