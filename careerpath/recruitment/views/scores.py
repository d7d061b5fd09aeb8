"""Written scores: two grids by secret number, their differences, and the release."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.cells import CellFaults
from careerpath.core.web.forms import sent_object
from careerpath.core.web.language import say
from careerpath.employees.views.room import attempt, status_of
from careerpath.recruitment.forms.exam import SettleForm, typed_sheet, typed_sheets
from careerpath.recruitment.forms.results import decided_order
from careerpath.recruitment.models import RecruitmentBatch
from careerpath.recruitment.operations import lists
from careerpath.recruitment.operations import scores as operations
from careerpath.recruitment.queries import typing as queries
from careerpath.recruitment.queries.batches import Act, head_of
from careerpath.recruitment.queries.rules import rules_of
from careerpath.recruitment.queries.scores import TURN_WORDS, Paper, papers_of, preview
from careerpath.recruitment.views.batches import BATCH
from careerpath.recruitment.views.room import blueprint
from careerpath.words import Refused, msg

TURNS_BY_WORD = {word: turn for turn, word in TURN_WORDS.items()}
_SCORE, _DECIDE = Permission.RECRUITMENT_SCORE, Permission.RECRUITMENT_DECIDE
TYPING = f"{BATCH}/scores/<any('first','second'):turn>"


@blueprint.get(TYPING)
@needs(_SCORE)
def scores(batch_id: int, turn: str) -> ResponseReturnValue:
    """One of the two entries, a hundred answer sheets a page."""
    actor = current_actor()
    batch = fetch(actor, RecruitmentBatch, batch_id, _SCORE)
    page = queries.typing_page(batch, TURNS_BY_WORD[turn], request.args.get("start", "").strip()[:12])
    return render_template("recruitment/scores.html", head=head_of(actor, batch), page=page)


@blueprint.post(TYPING)
@needs(_SCORE)
def save_scores(batch_id: int, turn: str) -> ResponseReturnValue:
    """Keep all rows of the page at once: the way without script."""
    actor = current_actor()
    try:
        given = typed_sheets(request.form, _columns(actor, batch_id))
        count = operations.type_sheets(actor, batch_id, TURNS_BY_WORD[turn], given)
        flash(say(msg("已保存 %(count)s 个分数。", count=count)), "success")
    except Refused as refusal:
        flash(say(msg("没有保存：%(why)s", why=refusal.message)), "danger")
    start = request.args.get("start") or None
    return redirect(url_for("recruitment.scores", batch_id=batch_id, turn=turn, start=start))


@blueprint.patch(TYPING)
@needs(_SCORE)
def save_score(batch_id: int, turn: str) -> ResponseReturnValue:
    """Keep the typed cells of one answer sheet: the way with script."""
    actor, number = current_actor(), request.args.get("number", "")
    try:
        given = typed_sheet(sent_object().get("values"), number, _columns(actor, batch_id))
        operations.type_sheets(actor, batch_id, TURNS_BY_WORD[turn], given)
    except CellFaults as faults:
        return jsonify({"faults": {name: say(why) for name, why in faults.faults.items()}}), 422
    except Refused as refusal:
        return jsonify({"message": say(refusal.message), "faults": {"p0": say(refusal.message)}}), 422
    saved = queries.row_as_saved(actor, batch_id, TURNS_BY_WORD[turn], number)
    return jsonify(saved.as_json(clock.office_time(clock.now()).strftime("%H:%M")))


@blueprint.route(f"{BATCH}/scores/differences", methods=["GET", "POST"])
@needs(_SCORE)
def differences(batch_id: int) -> ResponseReturnValue:
    """What was typed differently, and a look at the answer sheet for each."""
    actor = current_actor()
    form = SettleForm()

    def settle() -> None:
        operations.settle_score(actor, batch_id, form.number.data, form.paper.data or "", form.given())

    if attempt(form, settle):
        flash(say(msg("密号 %(number)s 的成绩已核定。", number=form.number.data)), "success")
        return redirect(url_for("recruitment.differences", batch_id=batch_id))
    batch = fetch(actor, RecruitmentBatch, batch_id, _SCORE)
    head = head_of(actor, batch)
    return render_template(
        "recruitment/scores-differences.html",
        head=head,
        found=queries.differences(batch),
        form=form,
        settling=Act.RELEASE_WRITTEN in head.may,
    ), status_of(form)


@blueprint.route(f"{BATCH}/scores/release", methods=["GET", "POST"])
@needs(_DECIDE)
def release_written(batch_id: int) -> ResponseReturnValue:
    """What a release would do, without a name or a score; then the release."""
    actor = current_actor()
    problem: Refused | None = None
    if request.method == "POST":
        try:
            count = operations.release_written(actor, batch_id)
            flash(say(msg("已公布笔试成绩，%(count)s 人进入面试。", count=count)), "success")
            return redirect(url_for("recruitment.interviews", batch_id=batch_id))
        except Refused as refusal:
            problem = refusal
    batch = fetch(actor, RecruitmentBatch, batch_id, _DECIDE)
    head = head_of(actor, batch)
    found = preview(batch) if Act.RELEASE_WRITTEN in head.may else None
    return render_template(
        "recruitment/scores-release.html", head=head, found=found, problem=problem
    ), 422 if problem else 200


@blueprint.post(f"{BATCH}/scores/order")
@needs(_DECIDE)
def order_shortlist(batch_id: int) -> ResponseReturnValue:
    """Keep the order that people decided between those who share the last place of the shortlist."""
    try:
        lists.decide_order(current_actor(), batch_id, decided_order(request.form), request.form.get("reason", ""))
        flash(say(msg("已登记并列考生的先后顺序和依据。")), "success")
    except Refused as refusal:
        flash(say(msg("没有登记：%(why)s", why=refusal.message)), "danger")
    return redirect(url_for("recruitment.release_written", batch_id=batch_id))


def _columns(actor: Actor, batch_id: int) -> tuple[Paper, ...]:
    return papers_of(rules_of(fetch(actor, RecruitmentBatch, batch_id, _SCORE)))
