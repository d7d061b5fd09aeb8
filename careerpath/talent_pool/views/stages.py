"""The stages of a selection: how far each is, the grid of one, and the end of the stages."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.cells import CellFaults
from careerpath.core.web.forms import sent_object
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.policy.talent_pool.parts import SelectionStage
from careerpath.talent_pool.forms.stages import points_given, rows_given
from careerpath.talent_pool.operations import stages as operations
from careerpath.talent_pool.queries import stages as queries
from careerpath.talent_pool.queries.ranking import stage_named
from careerpath.talent_pool.queries.selections import Act, SelectionHead, selection_with_head
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import Conflict, NotFound, Refused, msg

STAGES = "/selections/<int:selection_id>/stages"
POINTS = f"{STAGES}/points"
SHOWN = ("by", "street", "after", "before")
"""What of the address of a grid stays after the page was saved without script."""


@blueprint.get(STAGES)
@needs(Permission.POOL_VIEW)
def stages(selection_id: int) -> ResponseReturnValue:
    """How far each stage is."""
    return _page(selection_id)


@blueprint.post(f"{STAGES}/finish")
@needs(Permission.POOL_DECIDE)
def finish_stages(selection_id: int) -> ResponseReturnValue:
    """End the stages."""
    try:
        operations.finish_stages(current_actor(), selection_id)
    except Refused as refusal:
        return _page(selection_id, refusal)
    flash(say(msg("测评已结束，请研究确定竞岗结果。")), "success")
    return redirect(url_for("talent_pool.results", selection_id=selection_id))


@blueprint.post(f"{STAGES}/reopen")
@needs(Permission.POOL_DECIDE)
def reopen_stages(selection_id: int) -> ResponseReturnValue:
    """Take the stages up again."""
    try:
        operations.reopen_stages(current_actor(), selection_id, request.form.get("reason", ""))
    except Refused as refusal:
        return _page(selection_id, refusal)
    flash(say(msg("已退回测评，可以更正成绩。")), "success")
    return redirect(url_for("talent_pool.stages", selection_id=selection_id))


@blueprint.get(POINTS)
@needs(Permission.POOL_VIEW)
def stage_points(selection_id: int) -> ResponseReturnValue:
    """The grid of one stage."""
    actor = current_actor()
    selection, head = selection_with_head(actor, selection_id)
    stage = _stage(head)
    grid = queries.stage_grid(
        actor,
        selection,
        stage,
        street_id=whole_number(request.args.get("street", "")),
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    typed = request.args.get("by", "")
    return render_template(
        "talent_pool/stage-points.html",
        head=head,
        grid=grid,
        stage=stage,
        by_votes=grid.by_votes if typed not in ("points", "votes") else typed == "votes",
        editing=Act.PUT_POINTS in head.may and (selection.held_on is None or selection.held_on <= clock.today()),
        held_on=selection.held_on,
        wanted=request.args,
    )


@blueprint.post(POINTS)
@needs(Permission.POOL_DECIDE)
def save_stage_points(selection_id: int) -> ResponseReturnValue:
    """Keep all rows of the page at once: the way without script."""
    stage = request.args.get("stage", "")
    try:
        count = operations.put_points(current_actor(), selection_id, stage, rows_given(request.form))
        flash(say(msg("已保存，%(count)s 人有变动。", count=count)), "success")
    except Refused as refusal:
        flash(say(msg("没有保存：%(why)s", why=refusal.message)), "danger")
    shown: dict[str, Any] = {name: request.args[name] for name in SHOWN if request.args.get(name)}
    return redirect(url_for("talent_pool.stage_points", selection_id=selection_id, stage=stage, **shown))


@blueprint.patch(POINTS)
@needs(Permission.POOL_DECIDE)
def save_points_row(selection_id: int) -> ResponseReturnValue:
    """Keep the typed cells of one row: the way with script."""
    actor, sent = current_actor(), sent_object()
    _, head = selection_with_head(actor, selection_id, Permission.POOL_DECIDE)
    stage, entrant_id = _stage(head), whole_number(request.args.get("entrant", ""))
    if entrant_id is None:
        return jsonify({"message": say(msg("浏览器发来的内容不完整，请刷新页面后重试。"))}), 422
    standing = queries.points_as_saved(actor, selection_id, stage, entrant_id)
    try:
        given = points_given(sent.get("version"), sent.get("values"), standing.row)
        operations.put_points(actor, selection_id, stage.code, {entrant_id: given})
    except CellFaults as faults:
        return jsonify({"faults": {name: say(why) for name, why in faults.faults.items()}}), 422
    except Conflict as conflict:
        current = queries.points_as_saved(actor, selection_id, stage, entrant_id)
        return jsonify({"message": say(conflict.message), "current": current.as_conflict()}), 409
    except Refused as refusal:
        field = (refusal.field or "").rpartition(":")[2]
        return jsonify({"message": say(refusal.message), "faults": {field: say(refusal.message)}}), 422
    saved = queries.points_as_saved(actor, selection_id, stage, entrant_id)
    return jsonify(saved.as_json(clock.office_time(clock.now()).strftime("%H:%M")))


def _page(selection_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    actor = current_actor()
    selection, head = selection_with_head(actor, selection_id)
    page = render_template(
        "talent_pool/stages.html",
        head=head,
        progress=queries.stages_page(actor, selection),
        held_on=selection.held_on,
        decided_on=selection.decided_on,
        today=clock.today(),
        problem=problem,
        Act=Act,
    )
    return page, 422 if problem else 200


def _stage(head: SelectionHead) -> SelectionStage:
    """The stage in the address, else the first one. Raises ``NotFound``."""
    if not request.args.get("stage") and head.stages:
        return head.stages[0]
    try:
        return stage_named(head.edition, request.args.get("stage", ""))
    except Refused as unknown:
        raise NotFound(unknown.message) from unknown
