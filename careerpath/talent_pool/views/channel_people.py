"""The people of a targeted recruitment: the district against the conditions, names, review, results, one's own."""

from enum import StrEnum
from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.queries.people import find_people
from careerpath.employees.views.room import attempt, status_of
from careerpath.talent_pool.forms.channels import NoteForm, OutcomeForm, ReasonForm, finding_form
from careerpath.talent_pool.models import ChannelResult
from careerpath.talent_pool.operations import channels as operations
from careerpath.talent_pool.queries import channel_candidates as queries
from careerpath.talent_pool.queries.channel_advice import PROSPECT_KINDS, PROSPECTS, Prospect, advice_page
from careerpath.talent_pool.queries.channels import Act, channel_with_head
from careerpath.talent_pool.views.channels import CHANNEL
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import Message, Refused, msg

CANDIDATE = "/channels/candidates/<int:channel_candidate_id>"
C = TypeVar("C", bound=StrEnum)


@blueprint.get(f"{CHANNEL}/advice")
@needs(Permission.POOL_VIEW)
def channel_advice(channel_id: int) -> ResponseReturnValue:
    """Everybody of the district against the conditions, with reasons and days."""
    return _advice(channel_id)


@blueprint.post(f"{CHANNEL}/advice")
@needs(Permission.POOL_NOMINATE)
def add_eligible(channel_id: int) -> ResponseReturnValue:
    """Put in those who were ticked."""
    try:
        added = operations.add_eligible(current_actor(), channel_id, _ids())
    except Refused as refusal:
        return _advice(channel_id, refusal)
    flash(say(msg("已列入 %(count)s 人，待资格审查。", count=len(added))), "success")
    return redirect(url_for("talent_pool.channel_candidates", channel_id=channel_id))


@blueprint.get(f"{CHANNEL}/candidates")
@needs(Permission.POOL_VIEW)
def channel_candidates(channel_id: int) -> ResponseReturnValue:
    """Those who are in it."""
    return _candidates(channel_id)


@blueprint.post(f"{CHANNEL}/candidates")
@needs(Permission.POOL_DECIDE)
def review_channel_candidates(channel_id: int) -> ResponseReturnValue:
    """Admit or reject those who were ticked."""
    admitted = request.form.get("act") == "admit"
    given = operations.CandidateFinding(admitted, request.form.get("reason", ""))
    try:
        count = operations.review_channel_candidates(current_actor(), channel_id, _ids(), given)
    except Refused as refusal:
        return _candidates(channel_id, refusal)
    flash(say(msg("已保存 %(count)s 人的审查意见。", count=count)), "success")
    return redirect(request.full_path)


@blueprint.route(f"{CHANNEL}/candidates/new", methods=["GET", "POST"])
@needs(Permission.POOL_NOMINATE)
def new_channel_candidate(channel_id: int) -> ResponseReturnValue:
    """Put in one name: look the person up, see what the rule says, then add."""
    actor, form = current_actor(), NoteForm()
    record, head = channel_with_head(actor, channel_id, Permission.POOL_NOMINATE)
    q = request.values.get("q", "").strip()[:64]
    chosen = whole_number(form.employee.data or request.values.get("q_id", ""))
    found = find_people(actor, q) if q and chosen is None else []
    if len(found) == 1:
        chosen = found[0].id
    made: list[int] = []
    if chosen is not None and attempt(
        form, lambda: made.append(operations.add_channel_candidate(actor, channel_id, chosen, form.note.data or ""))
    ):
        flash(say(msg("已列入名单，待资格审查。")), "success")
        return redirect(url_for("talent_pool.channel_candidate", channel_candidate_id=made[0]))
    person = queries.prospective(actor, record, chosen) if chosen is not None else None
    return render_template(
        "talent_pool/channel-candidate-new.html", **_words(), head=head, form=form, q=q, found=found, person=person
    ), status_of(form)


@blueprint.get(CANDIDATE)
@needs(Permission.POOL_VIEW)
def channel_candidate(channel_candidate_id: int) -> ResponseReturnValue:
    """One candidate: every condition with its day, the review, the result."""
    page = queries.candidate_page(current_actor(), channel_candidate_id)
    form = OutcomeForm(formdata=None)
    form.show(page.record)
    return _candidate(page, finding_form(page.conditions)(formdata=None), form, ReasonForm(formdata=None))


@blueprint.post(f"{CANDIDATE}/review")
@needs(Permission.POOL_DECIDE)
def review_channel_candidate(channel_candidate_id: int) -> ResponseReturnValue:
    """Admit or reject one."""
    actor = current_actor()
    page = queries.candidate_page(actor, channel_candidate_id, Permission.POOL_DECIDE)
    form = finding_form(page.conditions)()
    if attempt(form, lambda: operations.review_channel_candidate(actor, channel_candidate_id, form.given())):
        return _back(channel_candidate_id, msg("审查意见已保存。"))
    return _candidate(page, form, OutcomeForm(formdata=None), ReasonForm(formdata=None)), 422


@blueprint.post(f"{CANDIDATE}/result")
@needs(Permission.POOL_DECIDE)
def record_channel_result(channel_candidate_id: int) -> ResponseReturnValue:
    """Record what became of one."""
    actor, form = current_actor(), OutcomeForm()
    page = queries.candidate_page(actor, channel_candidate_id, Permission.POOL_DECIDE)
    if attempt(form, lambda: operations.record_channel_result(actor, channel_candidate_id, form.given())):
        return _back(channel_candidate_id, msg("结果已登记。"))
    return _candidate(page, finding_form(page.conditions)(formdata=None), form, ReasonForm(formdata=None)), 422


@blueprint.post(f"{CANDIDATE}/withdraw")
@needs(Permission.POOL_NOMINATE)
def withdraw_channel_candidate(channel_candidate_id: int) -> ResponseReturnValue:
    """Take a name out."""
    actor, form = current_actor(), ReasonForm()
    page = queries.candidate_page(actor, channel_candidate_id, Permission.POOL_NOMINATE)
    if attempt(form, lambda: operations.withdraw_channel_candidate(actor, channel_candidate_id, form.reason.data)):
        return _back(channel_candidate_id, msg("已撤出名单。"))
    return _candidate(page, finding_form(page.conditions)(formdata=None), OutcomeForm(formdata=None), form), 422


@blueprint.get("/own/channels")
@needs(Permission.OWN_NOMINATE)
def own_channels() -> ResponseReturnValue:
    """What a worker may apply for, and where their own names stand."""
    return _own()


@blueprint.post("/own/channels/<int:channel_id>/<any(apply,withdraw):act>")
@needs(Permission.OWN_NOMINATE)
def own_channel(channel_id: int, act: str) -> ResponseReturnValue:
    """Put oneself in, or take oneself out."""
    actor, form = current_actor(), ReasonForm()
    try:
        if act == "apply":
            operations.apply_to_channel(actor, channel_id)
        else:
            operations.withdraw_from_channel(actor, channel_id, form.reason.data or "")
    except Refused as refusal:
        return _own(refusal)
    flash(say(msg("已报名，请等待资格审查。") if act == "apply" else msg("已退出。")), "success")
    return redirect(url_for("talent_pool.own_channels"))


def _own(problem: Refused | None = None) -> ResponseReturnValue:
    found = queries.own_channels(current_actor())
    shown = render_template("talent_pool/own-channels.html", **_words(), found=found, problem=problem)
    return shown, 422 if problem else 200


def _advice(channel_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    actor = current_actor()
    record, head = channel_with_head(actor, channel_id)
    prospect, q = _chosen(Prospect, "prospect"), request.args.get("q", "")[:64]
    found = advice_page(
        actor, record, prospect=prospect, q=q, after=request.args.get("after"), before=request.args.get("before")
    )
    shown = render_template(
        "talent_pool/channel-advice.html",
        **_words(),
        head=head,
        found=found,
        prospect=prospect,
        q=q,
        may_add=Act.ADD in head.may,
        problem=problem,
    )
    return shown, 422 if problem else 200


def _candidates(channel_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    actor = current_actor()
    record, head = channel_with_head(actor, channel_id)
    result, q = _chosen(ChannelResult, "result"), request.args.get("q", "")[:64]
    page = queries.candidate_lines(
        actor, record, result=result, q=q, after=request.args.get("after"), before=request.args.get("before")
    )
    shown = render_template(
        "talent_pool/channel-candidates.html",
        **_words(),
        head=head,
        page=page,
        result=result,
        q=q,
        Act=Act,
        typed=request.form,
        problem=problem,
    )
    return shown, 422 if problem else 200


def _candidate(page: queries.CandidatePage, review: object, outcome: OutcomeForm, withdrawal: ReasonForm) -> str:
    return render_template(
        "talent_pool/channel-candidate.html",
        **_words(),
        head=page.head,
        page=page,
        review=review,
        outcome=outcome,
        withdrawal=withdrawal,
    )


def _back(channel_candidate_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("talent_pool.channel_candidate", channel_candidate_id=channel_candidate_id))


def _words() -> dict[str, object]:
    return {"PROSPECTS": PROSPECTS, "PROSPECT_KINDS": PROSPECT_KINDS, "Prospect": Prospect}


def _ids() -> list[int]:
    return [found for text in request.form.getlist("ids") if (found := whole_number(text)) is not None]


def _chosen(kind: type[C], name: str) -> C | None:
    text = request.args.get(name, "")
    return kind(text) if text in set(kind) else None
