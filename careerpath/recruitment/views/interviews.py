"""Interviews: panels and lots, order lists, judges' sheets."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.cells import CellFaults
from careerpath.core.web.forms import sent_object
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.views.room import attempt, status_of
from careerpath.recruitment.forms.interviews import GroupsForm, typed_row, typed_rows
from careerpath.recruitment.models import RecruitmentBatch
from careerpath.recruitment.operations import interviews as operations
from careerpath.recruitment.queries import interviews as queries
from careerpath.recruitment.queries.batches import Act, head_of
from careerpath.recruitment.queries.words import ATTENDANCES
from careerpath.recruitment.views.batches import BATCH
from careerpath.recruitment.views.room import blueprint
from careerpath.words import Refused, msg

_SCORE = Permission.RECRUITMENT_SCORE
SHEETS = f"{BATCH}/interviews/sheets"


@blueprint.get(f"{BATCH}/interviews")
@needs(_SCORE)
def interviews(batch_id: int) -> ResponseReturnValue:
    """The panels with the order of their candidates, and how far the sheets are."""
    actor = current_actor()
    batch = fetch(actor, RecruitmentBatch, batch_id, _SCORE)
    page = queries.interviews_page(batch)
    head = head_of(actor, batch)
    return render_template(
        "recruitment/interviews.html", head=head, page=page, words=ATTENDANCES, working=Act.INTERVIEW in head.may
    )


@blueprint.route(f"{BATCH}/interviews/groups", methods=["GET", "POST"])
@needs(_SCORE)
def draw_interviews(batch_id: int) -> ResponseReturnValue:
    """The panels, and the draw of lots."""
    actor = current_actor()
    batch = fetch(actor, RecruitmentBatch, batch_id, _SCORE)
    page = queries.interviews_page(batch)
    form = GroupsForm(groups=page.groups)

    def draw() -> None:
        operations.draw_interviews(actor, batch_id, form.given(page.usual_on, page.judges))

    if attempt(form, draw):
        flash(say(msg("已抽签分组并排定面试顺序。")), "success")
        return redirect(url_for("recruitment.interviews", batch_id=batch_id))
    head = head_of(actor, batch)
    return render_template("recruitment/interviews-groups.html", head=head, page=page, form=form), status_of(form)


@blueprint.post(f"{BATCH}/interviews/late")
@needs(_SCORE)
def join_interviews(batch_id: int) -> ResponseReturnValue:
    """Give those without a lot the last ones of their panels."""
    try:
        count = operations.join_interviews(current_actor(), batch_id)
        flash(say(msg("%(count)s 人已排在所属面试组最后。", count=count)), "success")
    except Refused as refusal:
        flash(say(refusal.message), "danger")
    return redirect(url_for("recruitment.interviews", batch_id=batch_id))


@blueprint.get(SHEETS)
@needs(_SCORE)
def sheets(batch_id: int) -> ResponseReturnValue:
    """The sheets of one panel: judges as columns, the mean beside them."""
    actor = current_actor()
    batch = fetch(actor, RecruitmentBatch, batch_id, _SCORE)
    page = queries.interviews_page(batch)
    group = page.group(whole_number(request.args.get("group", "")) or 1)
    head = head_of(actor, batch)
    return render_template(
        "recruitment/interviews-sheets.html",
        head=head,
        page=page,
        group=group,
        words=ATTENDANCES,
        editing=Act.INTERVIEW in head.may,
    )


@blueprint.post(SHEETS)
@needs(_SCORE)
def save_sheets(batch_id: int) -> ResponseReturnValue:
    """Keep all rows of the page at once: the way without script."""
    try:
        count = operations.fill_sheets(current_actor(), batch_id, typed_rows(request.form))
        flash(say(msg("已保存，%(count)s 处有变动。", count=count)), "success")
    except Refused as refusal:
        flash(say(msg("没有保存：%(why)s", why=refusal.message)), "danger")
    group = whole_number(request.args.get("group", "")) or 1
    return redirect(url_for("recruitment.sheets", batch_id=batch_id, group=group))


@blueprint.patch(SHEETS)
@needs(_SCORE)
def save_sheet(batch_id: int) -> ResponseReturnValue:
    """Keep the typed cells of one candidate's sheet: the way with script."""
    actor, number = current_actor(), request.args.get("number", "")
    try:
        operations.fill_sheets(actor, batch_id, {number: typed_row(sent_object().get("values"))})
    except CellFaults as faults:
        return jsonify({"faults": {name: say(why) for name, why in faults.faults.items()}}), 422
    except Refused as refusal:
        _, _, judge = (refusal.field or "").partition(":")
        field = f"j{judge}" if judge else "attendance"
        return jsonify({"message": say(refusal.message), "faults": {field: say(refusal.message)}}), 422
    saved = queries.sheet_as_saved(actor, batch_id, number)
    return jsonify(saved.as_json(clock.office_time(clock.now()).strftime("%H:%M")))
