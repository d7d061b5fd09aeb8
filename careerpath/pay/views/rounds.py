"""Rounds of levels: the street's desk and the district's."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.fields import read_day
from careerpath.core.web.language import say
from careerpath.pay.forms.rounds import NewRoundForm, SubmitForm, approval, review, ticked
from careerpath.pay.operations import approvals
from careerpath.pay.operations import rounds as operations
from careerpath.pay.queries import proposals
from careerpath.pay.queries import rounds as queries
from careerpath.pay.queries.trail_words import STATE_NAMES
from careerpath.pay.queries.waiting import is_season, streets_without_round, usual_day
from careerpath.pay.views.room import blueprint
from careerpath.policy.pay import CAUSES
from careerpath.words import Message, Refused, msg

MOST_NAMES = 12
"""Streets that are named before the list."""

ROUND = "/rounds/<int:round_id>"


@blueprint.get("/rounds")
@needs(Permission.PAY_VIEW)
def rounds() -> ResponseReturnValue:
    """All rounds, newest first."""
    open_only = request.args.get("state") != "all"
    page = queries.round_lines(
        current_actor(), open_only=open_only, after=request.args.get("after"), before=request.args.get("before")
    )
    late, day = [], usual_day()
    if is_season():
        late = streets_without_round(current_actor(), day, MOST_NAMES, Permission.PAY_VIEW)
    return render_template("pay/rounds.html", page=page, open_only=open_only, late=late, day=day, most=MOST_NAMES)


@blueprint.route("/rounds/new", methods=["GET", "POST"])
@needs(Permission.PAY_PROPOSE)
def new_round() -> ResponseReturnValue:
    """Begin a round."""
    actor, form = current_actor(), NewRoundForm()
    form.offer(queries.streets_to_place(actor))
    if request.method == "GET":
        form.on.data = read_day(request.args.get("on", "")) or usual_day()
    if form.validate_on_submit():
        try:
            round_id = operations.generate_round(actor, *form.given())
            return redirect(url_for("pay.round_", round_id=round_id))
        except Refused as refusal:
            form.refuse(refusal)
    day = form.on.data or usual_day()
    page = {"form": form, "scheme": queries.scheme_or_none(day), "day": day, "today": clock.today()}
    return render_template("pay/round-new.html", **page), 422 if request.method == "POST" else 200


@blueprint.get(ROUND)
@needs(Permission.PAY_VIEW)
def round_(round_id: int) -> ResponseReturnValue:
    """One round: counts, table, what can be done now."""
    return show_round(round_id)


@blueprint.post(f"{ROUND}/review")
@needs(Permission.PAY_PROPOSE)
def review_round(round_id: int) -> ResponseReturnValue:
    """Withhold the ticked ones, or put them forward again."""
    given = review(request.form)
    try:
        count = operations.review_proposals(current_actor(), round_id, given)
    except Refused as refusal:
        return show_round(round_id, refusal)
    done = (
        msg("已设为暂不上报 %(count)s 人。", count=count)
        if given.withheld
        else msg("已恢复 %(count)s 人。", count=count)
    )
    return _done(round_id, done)


@blueprint.route(f"{ROUND}/submit", methods=["GET", "POST"])
@needs(Permission.PAY_PROPOSE)
def submit_round(round_id: int) -> ResponseReturnValue:
    """A last look, the street's opinion, and everything goes to the district."""
    actor, form = current_actor(), SubmitForm()
    page = queries.round_page(actor, round_id, Permission.PAY_PROPOSE)
    if form.validate_on_submit():
        try:
            count = operations.submit_round(actor, round_id, form.opinion.data or "")
            return _done(round_id, msg("已上报 %(count)s 人，等待区级审批。", count=count))
        except Refused as refusal:
            form.refuse(refusal)
    elif request.method == "GET":
        form.opinion.data = say(msg("经审核，情况属实，同意上报。"))
    return render_template("pay/round-submit.html", form=form, page=page), 422 if request.method == "POST" else 200


@blueprint.post(f"{ROUND}/regenerate")
@needs(Permission.PAY_PROPOSE)
def regenerate_round(round_id: int) -> ResponseReturnValue:
    """Work it out anew from the files."""
    try:
        operations.regenerate_round(current_actor(), round_id)
    except Refused as refusal:
        return show_round(round_id, refusal)
    return _done(round_id, msg("已按现有档案重新测算。"))


@blueprint.post(f"{ROUND}/drop")
@needs(Permission.PAY_PROPOSE)
def drop_round(round_id: int) -> ResponseReturnValue:
    """Take the round back."""
    try:
        operations.drop_round(current_actor(), round_id)
    except Refused as refusal:
        return show_round(round_id, refusal)
    flash(say(msg("已撤回，人员档案和现任等级没有变化。")), "success")
    return redirect(url_for("pay.rounds"))


@blueprint.post(f"{ROUND}/finish")
@needs(Permission.PAY_PROPOSE)
def finish_round(round_id: int) -> ResponseReturnValue:
    """Close the round."""
    try:
        operations.finish_round(current_actor(), round_id)
    except Refused as refusal:
        return show_round(round_id, refusal)
    return _done(round_id, msg("已办结。暂不上报的人员下一批再提出。"))


@blueprint.post(f"{ROUND}/decide")
@needs(Permission.PAY_APPROVE)
def decide_round(round_id: int) -> ResponseReturnValue:
    """Approve or return the ticked ones, or approve all that wait."""
    try:
        return _done(round_id, _decided(round_id, request.form.get("act", "")))
    except Refused as refusal:
        return show_round(round_id, refusal)


@blueprint.get("/proposals/<int:proposal_id>")
@needs(Permission.PAY_VIEW)
def proposal(proposal_id: int) -> ResponseReturnValue:
    """One change: components before and after, and every reason."""
    page = proposals.proposal_page(current_actor(), proposal_id)
    return render_template("pay/proposal.html", page=page)


@blueprint.post("/placements/<int:placement_id>/revoke")
@needs(Permission.PAY_APPROVE)
def revoke_placement(placement_id: int) -> ResponseReturnValue:
    """Take an approval back."""
    actor = current_actor()
    back = proposals.place_of(actor, placement_id)
    try:
        approvals.revoke_placement(actor, placement_id, request.form.get("reason", ""))
        flash(say(msg("已撤销审批，原等级恢复执行。")), "success")
    except Refused as refusal:
        flash(say(refusal.message), "danger")
    if back is None:
        return redirect(url_for("pay.rounds"))
    return redirect(url_for("pay.proposal", proposal_id=back))


def show_round(round_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    """The page of a round, with a refusal where there is one."""
    actor = current_actor()
    page = queries.round_page(actor, round_id)
    wanted = queries.round_filter(request.args)
    rows = queries.proposal_lines(round_id, wanted, after=request.args.get("after"), before=request.args.get("before"))
    shown = render_template(
        "pay/round.html",
        page=page,
        rows=rows,
        wanted=wanted,
        units=queries.round_units(round_id),
        states=[(state.value, word) for state, word in STATE_NAMES.items()],
        causes=[(cause.value, word) for cause, word in CAUSES.items()],
        problem=problem,
        typed=request.form,
        chosen=set(request.form.getlist("ids")),
    )
    return shown, 422 if problem else 200


def _decided(round_id: int, act: str) -> Message:
    actor = current_actor()
    if act == "return":
        ids = ticked(request.form)
        count = approvals.return_proposals(actor, round_id, ids, request.form.get("comment", ""))
        return msg("已退回 %(count)s 人。", count=count)
    queries.round_page(actor, round_id, Permission.PAY_APPROVE)
    ids = queries.submitted_ids(round_id) if act == "approve-all" else ticked(request.form)
    count = approvals.approve_proposals(actor, round_id, approval(request.form, ids))
    return msg("已审批 %(count)s 人。", count=count)


def _done(round_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("pay.round_", round_id=round_id))
