"""The pages of imports and exports."""

import io
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.models import Unit
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit
from careerpath.access.session import current_actor, needs
from careerpath.core.sheets import mark_faults, marked_name, write_template
from careerpath.core.web.language import say
from careerpath.employees.queries.people import unit_label
from careerpath.jobs.queries import JobView, my_job
from careerpath.spreadsheets.catalogue import CODES, Sheet, exportable, importable, sheet_named, usable
from careerpath.spreadsheets.forms import (
    EXPORT_FORMS,
    FILTERS,
    BatchForm,
    CallForm,
    ChannelForm,
    ClassForm,
    SelectionForm,
    import_form,
)
from careerpath.spreadsheets.models import About, ImportState
from careerpath.spreadsheets.operations import exports
from careerpath.spreadsheets.operations import imports as operations
from careerpath.spreadsheets.operations.undo import undo_import
from careerpath.spreadsheets.queries import imports as queries
from careerpath.spreadsheets.queries.batches import offered_batches
from careerpath.spreadsheets.queries.calls import offered_calls
from careerpath.spreadsheets.queries.channels import offered_channels
from careerpath.spreadsheets.queries.classes import offered_classes
from careerpath.spreadsheets.queries.selections import offered_selections
from careerpath.spreadsheets.sheets.desk import LIMITS, RowState, Wish
from careerpath.words import Message, NotFound, Refused, msg

blueprint = Blueprint("spreadsheets", __name__, url_prefix="/spreadsheets")

SHEET = f"/<any({','.join(map(repr, CODES))}):code>"
IMPORT = "/imports/<int:import_id>"


@blueprint.app_template_global()
def sheet_of(code: str) -> Sheet:
    """A sheet of the catalogue, for the pages that link to it."""
    return sheet_named(code)


@blueprint.get("")
@needs(Permission.SHEET_USE)
def hub() -> ResponseReturnValue:
    """The sheets there are, and the imports so far."""
    actor = current_actor()
    page = queries.imports_list(actor, request.args.get("after"), request.args.get("before"))
    return render_template("spreadsheets/hub.html", sheets=usable(actor), page=page)


@blueprint.get(f"{SHEET}/template")
@needs(Permission.SHEET_USE)
def template(code: str) -> ResponseReturnValue:
    """An empty workbook with drop-downs."""
    actor = current_actor()
    sheet = importable(actor, code)
    about = About(
        year=request.args.get("year", type=int),
        batch_id=request.args.get("batch", type=int),
        selection_id=request.args.get("selection", type=int),
        channel_id=request.args.get("channel", type=int),
        class_id=request.args.get("training_class", type=int),
        call_id=request.args.get("call", type=int),
    )
    desk, target = sheet.desk, io.BytesIO()
    spec = desk.spec(actor, about)
    write_template(target, spec, desk.lists(actor, about), say=say, line=desk.line(actor, about))
    return _workbook(target.getvalue(), f"{spec.title}-{say(msg('模板'))}.xlsx")


@blueprint.route(f"{SHEET}/import", methods=["GET", "POST"])
@needs(Permission.SHEET_USE)
def bring(code: str) -> ResponseReturnValue:
    """Send a file; it is compared, and nothing is written yet."""
    actor = current_actor()
    sheet = importable(actor, code)
    form = import_form(sheet)
    _offer(form, sheet.import_permission)
    if form.validate_on_submit():
        try:
            import_id = operations.begin_import(actor, code, form.given(), form.about(), background=True)
            return redirect(url_for("spreadsheets.show", import_id=import_id))
        except Refused as refusal:
            refusal.field = refusal.field if refusal.field in form else "file"
            form.refuse(refusal)
    status = 422 if request.method == "POST" else 200
    page = {"sheet": sheet, "form": form, "limits": LIMITS, "large": operations.LARGE}
    return render_template("spreadsheets/bring.html", **page), status


@blueprint.get(IMPORT)
@needs(Permission.SHEET_USE)
def show(import_id: int) -> ResponseReturnValue:
    """One import: waiting, to be looked at, or done."""
    return _page(import_id, 200)


@blueprint.get(f"{IMPORT}/status")
@needs(Permission.SHEET_USE)
def status(import_id: int) -> ResponseReturnValue:
    """The progress of the background step of an import, for the script of the page."""
    job = _job(queries.import_view(current_actor(), import_id))
    if job is None:
        raise NotFound
    return jsonify(_progress(import_id, job) | {"title": say(job.title), "message": say(job.message)})


@blueprint.get(f"{IMPORT}/marked")
@needs(Permission.SHEET_USE)
def marked(import_id: int) -> ResponseReturnValue:
    """The person's own workbook with the wrong cells marked."""
    actor = current_actor()
    record = operations.own_import(actor, import_id)
    upload = operations.kept_upload(record)
    outcomes = queries.kept_outcomes(actor, import_id)
    faults = [(each.number, wrong.key or None, wrong.message) for each in outcomes for wrong in each.wrongs]
    spec = importable(actor, record.sheet).desk.spec(actor, record.about)
    content = mark_faults(upload.content, upload.name, faults, spec, limits=LIMITS, say=say)
    return _workbook(content, marked_name(upload.name))


@blueprint.post(f"{IMPORT}/confirm")
@needs(Permission.SHEET_USE)
def confirm(import_id: int) -> ResponseReturnValue:
    """Write what was shown: at once, or in the background where it is much."""
    actor = current_actor()
    found = queries.import_view(actor, import_id)
    try:
        if found.mine and found.total > operations.LARGE and found.state is ImportState.PREVIEWED:
            operations.order_import(actor, import_id, "write")
        else:
            operations.confirm_import(actor, import_id)
            flash(say(msg("已全部写入。")), "success")
    except Refused as refusal:
        return _page(import_id, 409 if isinstance(refusal, operations.StalePreview) else 422, refusal.message)
    return redirect(url_for("spreadsheets.show", import_id=import_id))


@blueprint.post(f"{IMPORT}/discard")
@needs(Permission.SHEET_USE)
def discard(import_id: int) -> ResponseReturnValue:
    """Take an import off that was not written."""
    operations.discard_import(current_actor(), import_id)
    flash(say(msg("已放弃这次导入，上传的文件已删除。")), "success")
    return redirect(url_for("spreadsheets.hub"))


@blueprint.post(f"{IMPORT}/undo")
@needs(Permission.SHEET_USE)
def undo(import_id: int) -> ResponseReturnValue:
    """Take back what an import wrote."""
    actor = current_actor()
    found = queries.import_view(actor, import_id)
    try:
        if found.counts[RowState.NEW] + found.counts[RowState.CHANGED] > operations.LARGE:
            operations.order_import(actor, import_id, "undo")
        else:
            undo_import(actor, import_id)
            flash(say(msg("已撤销这次导入，数据恢复到导入之前。")), "success")
    except Refused as refusal:
        return _page(import_id, 422, refusal.message)
    return redirect(url_for("spreadsheets.show", import_id=import_id))


@blueprint.route(f"{SHEET}/export", methods=["GET", "POST"])
@needs(Permission.SHEET_USE)
def hand_out(code: str) -> ResponseReturnValue:
    """Choose what goes out, and take it."""
    actor = current_actor()
    sheet = exportable(actor, code)
    form = EXPORT_FORMS[code](request.form if request.method == "POST" else request.args)
    _offer(form, sheet.export_permission)
    if form.validate_on_submit():
        try:
            return _handed_out(code, form.wish(_unit_id(form, sheet.export_permission)), request.form.get("reason", ""))
        except NotFound as missing:
            form.refuse(Refused(missing.message, field="unit"))
        except Refused as refusal:
            form.refuse(refusal)
    if form.unit and not form.unit.data and form.unit_id.data:
        form.unit.process_data(unit_label(actor, form.unit_id.data))
    narrowed = {name: request.args[name] for name in FILTERS if request.args.get(name)} if code == "employees" else {}
    page = {"sheet": sheet, "form": form, "narrowed": narrowed, "large": exports.LARGE}
    return render_template("spreadsheets/hand-out.html", **page), 422 if request.method == "POST" else 200


def _offer(form: Any, permission: Permission) -> None:
    """The batches, selections, targeted recruitments or classes to choose from, where a form asks for one."""
    if isinstance(form, BatchForm):
        form.offer(offered_batches(current_actor(), permission))
    if isinstance(form, SelectionForm):
        form.offer(offered_selections(current_actor(), permission))
    if isinstance(form, ChannelForm):
        form.offer(offered_channels(current_actor(), permission))
    if isinstance(form, ClassForm):
        form.offer(offered_classes(current_actor(), permission))
    if isinstance(form, CallForm):
        form.offer(offered_calls(current_actor(), permission))


def _handed_out(code: str, wish: Wish, reason: str) -> ResponseReturnValue:
    actor = current_actor()
    export = exports.find_export(actor, code, wish)
    if export.count > exports.LARGE and not wish.reveal:
        return redirect(url_for("jobs.job", job_id=exports.order_export(actor, code, wish)))
    exports.permit_export(actor, code, wish, reason)
    made = exports.make_workbook(exports.find_export(actor, code, wish))
    return _workbook(made.content, made.name)


def _unit_id(form: Any, permission: Permission) -> int | None:
    """The chosen unit, by the line chosen from the list or by its code or name."""
    actor = current_actor()
    if not form.unit:
        return None
    if form.unit_id.data and (not form.unit.data or unit_label(actor, form.unit_id.data) == form.unit.data.strip()):
        return fetch_unit(actor, form.unit_id.data, permission).id
    if not form.unit.data:
        return None
    unit: Unit = queries.unit_by_name(actor, form.unit.data, permission)
    return unit.id


def _page(import_id: int, code: int, problem: Message | None = None) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.import_view(actor, import_id)
    job = _job(found)
    rows = None
    if found.mine and found.state is ImportState.PREVIEWED:
        rows = queries.rows_page(actor, import_id, _shown(found), request.args.get("start", 0, type=int))
    return (
        render_template(
            "spreadsheets/import.html",
            found=found,
            job=job,
            progress=_progress(import_id, job) if job is not None and job.active else None,
            rows=rows,
            row_names=queries.ROW_NAMES,
            problem=problem,
            RowState=RowState,
        ),
        code,
    )


def _shown(found: queries.ImportView) -> RowState:
    """The tab that is open: the one in the address, else the first that has rows."""
    wanted = request.args.get("show", "")
    if wanted in set(RowState):
        return RowState(wanted)
    return next((state for state in queries.ROW_NAMES if found.counts[state]), RowState.NEW)


def _job(found: queries.ImportView) -> JobView | None:
    """The background step that is under way or failed; it may have been taken off the list."""
    if found.job_id is None:
        return None
    try:
        return my_job(current_actor(), found.job_id)
    except NotFound:
        return None


def _progress(import_id: int, job: JobView) -> dict[str, Any]:
    return {
        "title": job.title,
        "status": job.state.value,
        "done": job.done,
        "total": job.total,
        "message": job.message,
        "result_url": None if job.active else url_for("spreadsheets.show", import_id=import_id),
        "cancel_url": url_for("jobs.cancel", job_id=job.id) if job.active else None,
    }


def _workbook(content: bytes, name: str) -> ResponseReturnValue:
    answer = send_file(io.BytesIO(content), mimetype=exports.XLSX, as_attachment=True, download_name=name, max_age=0)
    answer.headers["Cache-Control"] = "no-store"
    return answer
