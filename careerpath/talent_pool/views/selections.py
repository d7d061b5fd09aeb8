"""Selections: the list, a new one, one with the one thing to do now, and what happens to it as a whole."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.employees.views.room import attempt, status_of
from careerpath.policy.talent_pool.parts import Purpose
from careerpath.talent_pool.forms.selections import (
    PLACES,
    AnnounceForm,
    DaysForm,
    NewSelectionForm,
    PlacesForm,
    ReasonForm,
    SelectionForm,
)
from careerpath.talent_pool.operations import nomination_review
from careerpath.talent_pool.operations import selections as operations
from careerpath.talent_pool.queries import selection_lists as lists
from careerpath.talent_pool.queries import selections as queries
from careerpath.talent_pool.queries.condition_words import condition_lines
from careerpath.talent_pool.queries.rules import gates_for
from careerpath.talent_pool.queries.selection_now import now_of
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import Message, Refused, msg

SELECTION = "/selections/<int:selection_id>"
USUAL_WEEKS = 2
"""How long nominations are open in a new plan before anybody says otherwise; a proposal in the form, no rule."""


@blueprint.get("/selections")
@needs(Permission.POOL_VIEW)
def selections() -> ResponseReturnValue:
    """All selections, newest first."""
    open_only = request.args.get("state") == "open"
    page = lists.selection_lines(
        current_actor(), open_only=open_only, after=request.args.get("after"), before=request.args.get("before")
    )
    return render_template("talent_pool/selections.html", page=page, open_only=open_only)


@blueprint.route("/selections/new", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def new_selection() -> ResponseReturnValue:
    """Plan a selection; usual values stand there already."""
    actor, form, today = current_actor(), NewSelectionForm(), clock.today()
    form.offer_units(lists.districts(actor))
    form.offer(gates_for(Purpose.POOL))
    made: list[int] = []
    if attempt(
        form,
        lambda: made.append(operations.plan_selection(actor, int(form.unit_id.data), form.given(), {})),
    ):
        return redirect(url_for("talent_pool.selection_places", selection_id=made[0]))
    if request.method == "GET":
        form.year.data, form.reckoned_on.data = today.year, today
        form.name.data = say(msg("%(year)s年后备人才竞岗", year=today.year))
        form.closes_on.data = today + timedelta(weeks=USUAL_WEEKS)
    return render_template("talent_pool/selection-new.html", form=form), status_of(form)


@blueprint.get(SELECTION)
@needs(Permission.POOL_VIEW)
def selection(selection_id: int) -> ResponseReturnValue:
    """One selection: where it stands and what to do now."""
    return show_selection(selection_id)


@blueprint.route(f"{SELECTION}/edit", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def edit_selection(selection_id: int) -> ResponseReturnValue:
    """Change what is planned."""
    actor, form = current_actor(), SelectionForm()
    record, head = queries.selection_with_head(actor, selection_id, Permission.POOL_DECIDE)
    form.offer(gates_for(Purpose.POOL))
    if attempt(form, lambda: operations.change_selection(actor, selection_id, form.given(), None, form.seen())):
        return _done(selection_id, msg("竞岗计划已保存。"))
    if request.method == "GET":
        form.show(record)
    return render_template("talent_pool/selection-edit.html", form=form, head=head), status_of(form)


@blueprint.route(f"{SELECTION}/places", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def selection_places(selection_id: int) -> ResponseReturnValue:
    """How many reserves each community selects."""
    actor, form = current_actor(), PlacesForm()
    head = queries.selection_head(actor, selection_id, Permission.POOL_DECIDE)
    faults: dict[str, Message] = {}
    if form.validate_on_submit():
        try:
            total = operations.put_places(actor, selection_id, form.read(request.form))
            return _done(selection_id, msg("名额已保存，共 %(total)s 个。", total=total))
        except Refused as refusal:
            form.refuse(refusal)
            faults = {refusal.field: refusal.message} if refusal.field else {}
    shown = render_template(
        "talent_pool/selection-places.html",
        form=form,
        head=head,
        lines=lists.places_wanted(head),
        standard=head.edition.standard,
        typed=request.form,
        prefix=PLACES,
        faults=faults,
        Act=queries.Act,
    )
    return shown, status_of(form)


@blueprint.route(f"{SELECTION}/announce", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def announce_selection(selection_id: int) -> ResponseReturnValue:
    """The announcement as it will be, and its publication."""
    actor, form = current_actor(), AnnounceForm()
    if attempt(
        form,
        lambda: operations.announce_selection(actor, selection_id, form.document.data, form.announced_on.data),
    ):
        return _done(selection_id, msg("竞岗公告已发布，规则和名额已冻结，开始受理推荐报名。"))
    record, head = queries.selection_with_head(actor, selection_id, Permission.POOL_DECIDE)
    if request.method == "GET":
        form.announced_on.data = clock.today()
    shown = render_template(
        "talent_pool/selection-announce.html",
        form=form,
        head=head,
        selection=record,
        conditions=condition_lines(head.edition, head.gate.code),
        lines=lists.places_lines(actor, head),
        Act=queries.Act,
    )
    return shown, status_of(form)


@blueprint.route(f"{SELECTION}/days", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def selection_days(selection_id: int) -> ResponseReturnValue:
    """Move days of an announced selection."""
    actor, form = current_actor(), DaysForm()
    head = queries.selection_head(actor, selection_id, Permission.POOL_DECIDE)
    if attempt(
        form,
        lambda: operations.change_selection_days(
            actor, selection_id, form.closes_on.data, form.held_on.data, form.reason.data
        ),
    ):
        return _done(selection_id, msg("日程已调整，原因记入办理过程。"))
    if request.method == "GET":
        form.closes_on.data, form.held_on.data = head.day("closes_on"), head.day("held_on")
    return render_template("talent_pool/selection-days.html", form=form, head=head), status_of(form)


@blueprint.route(f"{SELECTION}/cancel", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def cancel_selection(selection_id: int) -> ResponseReturnValue:
    """Cancel an announced selection, with a reason."""
    actor, form = current_actor(), ReasonForm()
    head = queries.selection_head(actor, selection_id, Permission.POOL_DECIDE)
    if attempt(form, lambda: operations.cancel_selection(actor, selection_id, form.reason.data)):
        return _done(selection_id, msg("本次竞岗已取消。"))
    return render_template("talent_pool/selection-cancel.html", form=form, head=head), status_of(form)


@blueprint.post(f"{SELECTION}/drop")
@needs(Permission.POOL_DECIDE)
def drop_selection(selection_id: int) -> ResponseReturnValue:
    """Take a planned selection back."""
    try:
        operations.drop_selection(current_actor(), selection_id)
    except Refused as refusal:
        return show_selection(selection_id, refusal)
    flash(say(msg("竞岗计划已撤回。")), "success")
    return redirect(url_for("talent_pool.selections"))


@blueprint.post(f"{SELECTION}/close")
@needs(Permission.POOL_DECIDE)
def close_nominations(selection_id: int) -> ResponseReturnValue:
    """Close nominations."""
    try:
        count = nomination_review.close_nominations(current_actor(), selection_id)
    except Refused as refusal:
        return show_selection(selection_id, refusal)
    return _done(selection_id, msg("资格审查已结束，%(count)s 人参加测评。", count=count))


def show_selection(selection_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    """The page of a selection, with a refusal where there is one."""
    actor = current_actor()
    record, head = queries.selection_with_head(actor, selection_id)
    shown = render_template(
        "talent_pool/selection.html",
        head=head,
        selection=record,
        now=now_of(head),
        lines=lists.places_lines(actor, head),
        conditions=condition_lines(head.edition, head.gate.code),
        Act=queries.Act,
        problem=problem,
    )
    return shown, 422 if problem else 200


def _done(selection_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("talent_pool.selection", selection_id=selection_id))
