"""干部任免审批表 of a person: what it says and lacks, the file for other systems, and what is taken over from one."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from urllib.parse import quote

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.employees.views.room import attempt, status_of
from careerpath.talent_pool.forms.cadre import CadreForm, LrmxForm, LrmxReasonForm
from careerpath.talent_pool.operations.cadre import (
    keep_cadre_sheet,
    permit_full_lrmx,
    sheet_given,
    take_over_lrmx,
)
from careerpath.talent_pool.queries.cadre import cadre_form, cadre_page
from careerpath.talent_pool.queries.cadre_comparison import compare_lrmx
from careerpath.talent_pool.sheets.lrmx import LrmxPerson, write_lrmx
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import Refused, msg

LRMX = "application/xml"


@blueprint.route("/employees/<int:employee_id>/appointment-form", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def cadre_sheet(employee_id: int) -> ResponseReturnValue:
    """The form of a person, and its further particulars to be changed."""
    actor, form = current_actor(), CadreForm()
    if attempt(form, lambda: keep_cadre_sheet(actor, employee_id, form.given(), form.version.data or 0)):
        flash(say(msg("任免审批表信息已保存。")), "success")
        return redirect(url_for("talent_pool.cadre_sheet", employee_id=employee_id))
    return _page(employee_id, form=form), status_of(form)


@blueprint.get("/employees/<int:employee_id>/appointment-form/file")
@needs(Permission.EMPLOYEE_EDIT)
def lrmx_file(employee_id: int) -> ResponseReturnValue:
    """The .lrmx without the identity number."""
    return _download(cadre_form(current_actor(), employee_id))


@blueprint.post("/employees/<int:employee_id>/appointment-form/full-file")
@needs(Permission.IDENTITY_REVEAL)
def full_lrmx_file(employee_id: int) -> ResponseReturnValue:
    """The .lrmx with the identity number, for a reason."""
    actor, form = current_actor(), LrmxReasonForm()
    if attempt(form, lambda: permit_full_lrmx(actor, employee_id, form.reason.data)):
        return _download(cadre_form(actor, employee_id, full=True))
    return _page(employee_id, reason_form=form), status_of(form)


@blueprint.post("/employees/<int:employee_id>/appointment-form/compare")
@needs(Permission.EMPLOYEE_EDIT)
def compare_file(employee_id: int) -> ResponseReturnValue:
    """A .lrmx held against the file."""
    actor, form = current_actor(), LrmxForm()
    if form.validate_on_submit():
        try:
            return _comparison(employee_id, form.file.data.read())
        except Refused as refusal:
            form.refuse(refusal)
    cadre_page(actor, employee_id)
    return _page(employee_id, upload=form), status_of(form)


@blueprint.post("/employees/<int:employee_id>/appointment-form/take-over")
@needs(Permission.EMPLOYEE_EDIT)
def take_over_file(employee_id: int) -> ResponseReturnValue:
    """Take what was chosen from the .lrmx that the page before has shown."""
    actor, body = current_actor(), _sent()
    try:
        count = take_over_lrmx(actor, employee_id, body, request.form.getlist("chosen"))
    except Refused as refusal:
        if refusal.field == "file":
            form = LrmxForm(formdata=None)
            form.refuse(refusal)
            return _page(employee_id, upload=form), 422
        return _comparison(employee_id, body, say(refusal.message)), 422
    flash(say(msg("已采用 %(count)s 项内容，可在“变更记录”中查看。", count=count)), "success")
    return redirect(url_for("talent_pool.cadre_sheet", employee_id=employee_id))


def _page(
    employee_id: int,
    form: CadreForm | None = None,
    upload: LrmxForm | None = None,
    reason_form: LrmxReasonForm | None = None,
) -> str:
    page = cadre_page(current_actor(), employee_id)
    if form is None or not form.is_submitted():
        form = CadreForm(formdata=None, obj=sheet_given(page.sheet), version=page.version)
    elif form.conflict is not None:
        form.version.process_data(page.version)
        form.version.raw_data = None
    return render_template(
        "talent_pool/cadre-sheet.html",
        page=page,
        form=form,
        upload=upload or LrmxForm(formdata=None),
        reason_form=reason_form or LrmxReasonForm(formdata=None),
    )


def _comparison(employee_id: int, body: bytes, refused: str = "") -> str:
    found = compare_lrmx(current_actor(), employee_id, body)
    chosen = request.form.getlist("chosen") if refused else sorted(found.takeable)
    return render_template(
        "talent_pool/cadre-compare.html", page=found, sent=b64encode(body).decode(), refused=refused, chosen=chosen
    )


def _sent() -> bytes:
    try:
        return b64decode(request.form.get("sent", ""), validate=True)
    except (NotBase64, ValueError):
        return b""


def _download(person: LrmxPerson) -> Response:
    answer = Response(write_lrmx(person), mimetype=LRMX)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(person.name)}.lrmx"
    return answer
