"""The pages of printing: one form at once, many as background work, the summary, and checking a printed form."""

from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.appraisals.queries.papers import check_code
from careerpath.appraisals.queries.records import record_page
from careerpath.appraisals.queries.street import street_page
from careerpath.appraisals.queries.years import year_page
from careerpath.core.media import PDF, XLSX
from careerpath.pay.queries.checking import REGISTER, SLIP, register_check, slip_check
from careerpath.pay.queries.papers import PREFIX as PAY_CHANGE
from careerpath.pay.queries.papers import change_check
from careerpath.printing.catalogue import FORMS
from careerpath.printing.operations import appraisals as operations
from careerpath.printing.operations.appraisals import PrintOrder
from careerpath.printing.queries import appraisals as queries
from careerpath.printing.queries.growth.checking import growth_check, is_of_growth
from careerpath.printing.queries.recruitment.checking import is_of_recruitment, recruitment_check
from careerpath.printing.queries.talent_pool.checking import is_of_pool, pool_check
from careerpath.printing.views.room import MORE_PAPERS, PaperCheck, blueprint, file_answer
from careerpath.words import NotFound, msg


@blueprint.get("")
@needs(Permission.APPRAISAL_PRINT)
def index() -> ResponseReturnValue:
    """Every form there is, and where it is printed."""
    return render_template("printing/index.html", forms=FORMS)


@blueprint.get("/records/<int:appraisal_id>")
@needs(Permission.APPRAISAL_PRINT)
def form(appraisal_id: int) -> ResponseReturnValue:
    """One person's form as it comes out."""
    return render_template("printing/form.html", page=record_page(current_actor(), appraisal_id))


@blueprint.get("/records/<int:appraisal_id>/form.pdf")
@needs(Permission.APPRAISAL_PRINT)
def form_pdf(appraisal_id: int) -> ResponseReturnValue:
    """One person's form."""
    paper, content = queries.one_form(current_actor(), appraisal_id)
    return file_answer(content, f"{paper.person}{paper.form.year}年度考核登记表.pdf", PDF)


@blueprint.get("/streets/<int:street_id>")
@needs(Permission.APPRAISAL_PRINT)
def street(street_id: int) -> ResponseReturnValue:
    """A street's papers: what is to be printed, and whose text does not fit."""
    actor = current_actor()
    page = street_page(actor, street_id, Permission.APPRAISAL_PRINT)
    return render_template("printing/street.html", page=page, overflows=queries.overflowing(actor, street_id))


@blueprint.post("/streets/<int:street_id>/forms")
@needs(Permission.APPRAISAL_PRINT)
def order_street(street_id: int) -> ResponseReturnValue:
    """Order all forms of a street."""
    actor = current_actor()
    page = street_page(actor, street_id, Permission.APPRAISAL_PRINT)
    order = PrintOrder(
        title=msg("打印 %(unit)s %(year)s 年度考核登记表", unit=page.unit_name, year=page.year),
        file_name=f"{page.unit_name}{page.year}年度考核登记表",
        street_id=street_id,
        by_community=request.form.get("each") == "community",
    )
    return redirect(url_for("jobs.job", job_id=operations.order_forms(actor, order)))


@blueprint.post("/years/<int:year_id>/forms")
@needs(Permission.APPRAISAL_PRINT)
def order_year(year_id: int) -> ResponseReturnValue:
    """Order all forms of a year."""
    actor = current_actor()
    page = year_page(actor, year_id)
    order = PrintOrder(
        title=msg("打印 %(unit)s %(year)s 年度考核登记表", unit=page.unit_name, year=page.year),
        file_name=f"{page.unit_name}{page.year}年度考核登记表",
        year_id=year_id,
        by_community=request.form.get("each") == "community",
    )
    return redirect(url_for("jobs.job", job_id=operations.order_forms(actor, order)))


@blueprint.get("/streets/<int:street_id>/summary.pdf")
@needs(Permission.APPRAISAL_PRINT)
def summary_pdf(street_id: int) -> ResponseReturnValue:
    """The 考核情况汇总表 of a street."""
    name, content = queries.summary_pdf(current_actor(), street_id)
    return file_answer(content, name, PDF)


@blueprint.get("/streets/<int:street_id>/summary.xlsx")
@needs(Permission.APPRAISAL_PRINT)
def summary_xlsx(street_id: int) -> ResponseReturnValue:
    """The same as an Excel table."""
    name, content = queries.summary_xlsx(current_actor(), street_id)
    return file_answer(content, name, XLSX, inline=False)


@blueprint.get("/check")
@needs(Permission.APPRAISAL_VIEW)
def check() -> ResponseReturnValue:
    """Whether a printed form still says what the record says."""
    number, code = request.args.get("number", "").strip(), request.args.get("code", "").strip().upper()
    found: tuple[str, bool] | None = None
    missing = False
    if number and code:
        try:
            address, current = _checked(number)
            found = address, current == code
        except NotFound:
            missing = True
    return render_template("printing/check.html", number=number, code=code, found=found, missing=missing)


def _checked(number: str) -> tuple[str, str]:
    """The page of the record behind a number, and the code that its paper would carry now."""
    actor = current_actor()
    if number.startswith(f"{PAY_CHANGE}-"):
        proposal_id, current = change_check(actor, number)
        return url_for("pay.proposal", proposal_id=proposal_id), current
    if number.startswith(f"{REGISTER}-"):
        register_id, current = register_check(actor, number)
        return url_for("pay.register", register_id=register_id), current
    if number.startswith(f"{SLIP}-"):
        line_id, current = slip_check(actor, number)
        return url_for("pay.line", pay_line_id=line_id), current
    if is_of_recruitment(number):
        kind, record_id, current = recruitment_check(actor, number)
        if kind == "batch":
            return url_for("recruitment.batch", batch_id=record_id), current
        return url_for("recruitment.application", application_id=record_id), current
    if is_of_pool(number):
        kind, record_id, current = pool_check(actor, number)
        return _pool_record(kind, record_id), current
    if is_of_growth(number):
        kind, record_id, current = growth_check(actor, number)
        return _growth_record(kind, record_id), current
    more: PaperCheck | None = current_app.extensions[MORE_PAPERS].get(number.partition("-")[0])
    if more is not None:
        record_id, current = more.check(actor, number)
        place: dict[str, Any] = {more.id_name: record_id}
        return url_for(more.endpoint, **place), current
    appraisal_id, current = check_code(actor, number)
    return url_for("appraisals.record", appraisal_id=appraisal_id), current


def _pool_record(kind: str, record_id: int) -> str:
    match kind:
        case "entrant":
            return url_for("talent_pool.entrant", entrant_id=record_id)
        case "selection":
            return url_for("talent_pool.selection", selection_id=record_id)
        case "promotion":
            return url_for("talent_pool.promotion", promotion_id=record_id)
        case "employee":
            return url_for("talent_pool.cadre_sheet", employee_id=record_id)
    return url_for("talent_pool.pool")


def _growth_record(kind: str, record_id: int) -> str:
    match kind:
        case "pairing":
            return url_for("mentoring.pairing", pairing_id=record_id)
        case "mentor":
            return url_for("mentoring.mentor", mentor_id=record_id)
        case "mentors":
            return url_for("mentoring.mentors")
        case "rotation":
            return url_for("rotations.rotation", rotation_id=record_id)
        case "rotations":
            return url_for("rotations.rotations")
        case "class":
            return url_for("training.training_class", class_id=record_id)
        case "enrolment":
            return url_for("training.classes")
        case "call":
            return url_for("honours.call", call_id=record_id)
        case "nominee":
            return url_for("honours.nominee", nominee_id=record_id)
    return url_for("skills.cover")
