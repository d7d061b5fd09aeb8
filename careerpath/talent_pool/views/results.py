"""The result of a selection: ranks as they stand, ties, the decision, and the public notice up to the entries."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.views.room import attempt
from careerpath.talent_pool.forms.selecting import (
    ConcludeForm,
    DecisionForm,
    MoveUpForm,
    PublicNoticeForm,
    WhyForm,
    typed_order,
)
from careerpath.talent_pool.operations import selecting as operations
from careerpath.talent_pool.queries import results as queries
from careerpath.talent_pool.queries.objections import objections_of_selection
from careerpath.talent_pool.queries.selections import Act, selection_with_head
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import Message, Refused, msg

RESULTS = "/selections/<int:selection_id>/results"
NOTICE = "/selections/<int:selection_id>/notice"
ENTRANT = "/entrants/<int:entrant_id>"


@blueprint.get(RESULTS)
@needs(Permission.POOL_VIEW)
def results(selection_id: int) -> ResponseReturnValue:
    """Everybody by unit and rank, and what is to be decided."""
    return _results(selection_id)


@blueprint.post(f"{RESULTS}/order")
@needs(Permission.POOL_DECIDE)
def decide_entrant_order(selection_id: int) -> ResponseReturnValue:
    """Keep the order between level ones."""
    try:
        order, reason = typed_order(request.form), request.form.get("reason", "")
        operations.decide_entrant_order(current_actor(), selection_id, order, reason)
    except Refused as refusal:
        return _results(selection_id, problem=refusal)
    return _done("results", selection_id, msg("已登记并列人选的先后顺序。"))


@blueprint.post(f"{RESULTS}/decide")
@needs(Permission.POOL_DECIDE)
def decide_selection(selection_id: int) -> ResponseReturnValue:
    """Keep the result."""
    actor, form, found = current_actor(), DecisionForm(), [0]

    def decide() -> None:
        found[0] = operations.decide_selection(actor, selection_id, form.document.data or "", form.on.data)

    if attempt(form, decide):
        return _done("results", selection_id, msg("已研究确定，入选 %(count)s 人，请安排公示。", count=found[0]))
    return _results(selection_id, decision=form)


@blueprint.post(f"{RESULTS}/undo")
@needs(Permission.POOL_DECIDE)
def undo_decision(selection_id: int) -> ResponseReturnValue:
    """Take the result back."""
    actor, form = current_actor(), WhyForm()
    if attempt(form, lambda: operations.undo_decision(actor, selection_id, form.reason.data or "")):
        return _done("results", selection_id, msg("竞岗结果已撤销，可以重新研究确定。"))
    return _results(selection_id, undo=form)


@blueprint.post(f"{NOTICE}/open")
@needs(Permission.POOL_DECIDE)
def open_selection_notice(selection_id: int) -> ResponseReturnValue:
    """Show those selected to the public."""
    actor, form = current_actor(), PublicNoticeForm()

    def show() -> None:
        operations.open_selection_notice(actor, selection_id, form.starts_on.data, form.ends_on.data)

    if attempt(form, show):
        return _done("selection_notice", selection_id, msg("入选名单已公示，期满后办理入库。"))
    return _results(selection_id, notice=form)


@blueprint.get(NOTICE)
@needs(Permission.POOL_VIEW)
def selection_notice(selection_id: int) -> ResponseReturnValue:
    """The notice: who is on it, what was brought forward, who moves up, the entries."""
    return _notice(selection_id)


@blueprint.post(f"{NOTICE}/conclude")
@needs(Permission.POOL_DECIDE)
def conclude_selection(selection_id: int) -> ResponseReturnValue:
    """Take everybody selected into the pool."""
    actor, form, made = current_actor(), ConcludeForm(), [0]

    def conclude() -> None:
        made[0] = len(operations.conclude_selection(actor, selection_id, form.entered_on.data))

    if attempt(form, conclude):
        return _done("selection_notice", selection_id, msg("%(count)s 人已进入后备人才库。", count=made[0]))
    return _notice(selection_id, conclude=form)


@blueprint.post(f"{ENTRANT}/release")
@needs(Permission.POOL_DECIDE)
def release_selected(entrant_id: int) -> ResponseReturnValue:
    """Let somebody on the notice step back."""
    actor, form = current_actor(), WhyForm()
    selection_id = queries.selection_of(actor, entrant_id)
    if attempt(form, lambda: operations.release_selected(actor, entrant_id, form.reason.data or "")):
        return _done("selection_notice", selection_id, msg("已登记退出，空出的名额可以递补。"))
    return _notice(selection_id, refused=form)


@blueprint.post(f"{ENTRANT}/move-up")
@needs(Permission.POOL_DECIDE)
def move_up(entrant_id: int) -> ResponseReturnValue:
    """Let the next in rank move up."""
    actor, form = current_actor(), MoveUpForm()
    selection_id = queries.selection_of(actor, entrant_id)
    if attempt(form, lambda: operations.move_up(actor, entrant_id, form.ends_on.data)):
        return _done("selection_notice", selection_id, msg("已递补入选，公示相应延长。"))
    return _notice(selection_id, refused=form)


def _results(
    selection_id: int,
    *,
    problem: Refused | None = None,
    decision: OfficeForm | None = None,
    undo: OfficeForm | None = None,
    notice: OfficeForm | None = None,
) -> ResponseReturnValue:
    actor = current_actor()
    selection, head = selection_with_head(actor, selection_id)
    page = queries.results_page(
        actor,
        selection,
        street_id=whole_number(request.args.get("street", "")),
        outcome=request.args.get("outcome", ""),
        q=request.args.get("q", ""),
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    # The calendar is only asked for where a notice is to be opened.
    opening = Act.DECIDE in head.may and page.decided
    first, last, warnings = queries.usual_notice(selection) if opening else (None, None, ())
    refused = problem or decision or undo or notice
    shown = render_template(
        "talent_pool/results.html",
        head=head,
        page=page,
        selection=selection,
        problem=problem,
        decision=decision or DecisionForm(formdata=None, on=clock.today()),
        undo=undo or WhyForm(formdata=None),
        notice_form=notice or PublicNoticeForm(formdata=None, starts_on=first, ends_on=last),
        notice_warnings=warnings,
        typed=request.form,
        wanted=request.args,
        Act=Act,
    )
    return shown, 422 if refused else 200


def _notice(
    selection_id: int, *, conclude: OfficeForm | None = None, refused: OfficeForm | None = None
) -> ResponseReturnValue:
    actor = current_actor()
    selection, head = selection_with_head(actor, selection_id)
    page = queries.notice_page(actor, selection)
    shown = render_template(
        "talent_pool/selection-notice.html",
        head=head,
        page=page,
        selection=selection,
        objections=objections_of_selection(actor, selection_id),
        conclude=conclude or ConcludeForm(formdata=None, entered_on=clock.today()),
        moving=MoveUpForm(formdata=None, ends_on=page.longer_until),
        leaving=WhyForm(formdata=None),
        refused=refused,
        today=clock.today(),
        Act=Act,
    )
    return shown, 422 if conclude or refused else 200


def _done(page: str, selection_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for(f"talent_pool.{page}", selection_id=selection_id))
