"""The papers of mentoring, rotations and skills: one of a record, rosters, and all forms of a unit for a year."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch_unit
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.media import PDF
from careerpath.core.web.paths import whole_number
from careerpath.printing.documents.growth.lists import ListPaper
from careerpath.printing.operations.growth import AT_ONCE, order_mentoring_papers, order_rotation_papers
from careerpath.printing.queries.growth import filling, mentoring, rosters, rotations
from careerpath.printing.queries.growth.classes import list_pdf
from careerpath.printing.queries.growth.unit_page import unit_papers
from careerpath.printing.views.room import blueprint, file_answer
from careerpath.words import Message, NotFound, Refused, msg

CHOOSE = msg("请选择要打印的表。")
EARLIEST, LATEST = 1990, 2100


@blueprint.get("/growth")
@needs(Permission.MENTORING_VIEW)
def growth() -> ResponseReturnValue:
    """Everything of a unit's mentoring and rotations that can be printed for a year."""
    return _page(whole_number(request.args.get("unit_id", "")))


@blueprint.post("/units/<int:unit_id>/mentoring-papers", endpoint="order_mentoring_papers")
@needs(Permission.MENTORING_VIEW)
def order_mentoring(unit_id: int) -> ResponseReturnValue:
    """Agreements, letters or evaluations of a unit and a year: at once for a few, as background work for many."""
    form = request.form.get("each", "")
    return _unit_papers(unit_id, form if form in filling.OF_MENTORING else "", Permission.MENTORING_VIEW)


@blueprint.post("/units/<int:unit_id>/rotation-papers", endpoint="order_rotation_papers")
@needs(Permission.ROTATION_VIEW)
def order_rotations(unit_id: int) -> ResponseReturnValue:
    """The forms of the rotations of a unit that end in a year: at once for a few, as background work for many."""
    return _unit_papers(unit_id, filling.ROTATION, Permission.ROTATION_VIEW)


@blueprint.get("/pairings/<int:pairing_id>/mentor-agreement.pdf")
@needs(Permission.MENTORING_VIEW)
def mentor_agreement(pairing_id: int) -> ResponseReturnValue:
    """导师帮带协议书."""
    return _file(*filling.form_pdf(current_actor(), filling.AGREEMENT, pairing_id))


@blueprint.get("/own-pairings/<int:pairing_id>/mentor-agreement.pdf")
@needs(Permission.OWN_GROWTH)
def own_agreement(pairing_id: int) -> ResponseReturnValue:
    """导师帮带协议书 of a pairing in which one takes part."""
    return _file(*filling.own_form_pdf(current_actor(), filling.AGREEMENT, pairing_id))


@blueprint.get("/pairings/<int:pairing_id>/mentoring-evaluation.pdf")
@needs(Permission.MENTORING_VIEW)
def mentoring_evaluation(pairing_id: int) -> ResponseReturnValue:
    """帮带期满评价表."""
    return _file(*filling.form_pdf(current_actor(), filling.EVALUATION, pairing_id))


@blueprint.get("/pairings/<int:pairing_id>/mentoring-log.pdf")
@needs(Permission.MENTORING_VIEW)
def mentoring_log(pairing_id: int) -> ResponseReturnValue:
    """帮带记录册."""
    return _file(*mentoring.log_book_pdf(current_actor(), pairing_id))


@blueprint.get("/mentors/<int:mentor_id>/mentor-letter.pdf")
@needs(Permission.MENTORING_VIEW)
def mentor_letter(mentor_id: int) -> ResponseReturnValue:
    """导师聘书."""
    return _file(*filling.form_pdf(current_actor(), filling.LETTER, mentor_id))


@blueprint.get("/mentor-roster.pdf")
@needs(Permission.MENTORING_VIEW)
def mentor_roster() -> ResponseReturnValue:
    """导师名册 of a unit and below as on a day, by default of everything that the reader may see today."""
    return _roster(rosters.mentor_roster, Permission.MENTORING_VIEW)


@blueprint.get("/rotations/<int:rotation_id>/rotation-form.pdf")
@needs(Permission.ROTATION_VIEW)
def rotation_form(rotation_id: int) -> ResponseReturnValue:
    """挂职（轮岗）鉴定表."""
    return _file(*filling.form_pdf(current_actor(), filling.ROTATION, rotation_id))


@blueprint.get("/rotations/<int:rotation_id>/rotation-notice.pdf")
@needs(Permission.ROTATION_VIEW)
def rotation_notice(rotation_id: int) -> ResponseReturnValue:
    """派出通知 of a rotation and of the others of its document."""
    return _file(*rotations.rotation_notice_pdf(current_actor(), rotation_id))


@blueprint.get("/rotation-roster.pdf")
@needs(Permission.ROTATION_VIEW)
def rotation_roster() -> ResponseReturnValue:
    """轮岗锻炼人员名册 of a unit and below as on a day."""
    return _roster(rosters.rotation_roster, Permission.ROTATION_VIEW)


@blueprint.get("/skill-cover.pdf")
@needs(Permission.SKILL_VIEW)
def skill_cover() -> ResponseReturnValue:
    """业务覆盖表 of a community person by person, of a street or district community by community."""
    return _roster(rosters.skill_cover, Permission.SKILL_VIEW)


def _roster(make: Callable[[Actor, int, date], ListPaper], permission: Permission) -> ResponseReturnValue:
    actor = current_actor()
    unit_id = whole_number(request.args.get("unit_id", "")) or rosters.widest_unit(actor, permission)
    if unit_id is None:
        raise NotFound
    return _file(*list_pdf(make(actor, unit_id, _day())))


def _day() -> date:
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return clock.today()


def _year(text: str) -> int | None:
    year = whole_number(text)
    return year if year is not None and EARLIEST <= year <= LATEST else None


def _unit_papers(unit_id: int, form: str, permission: Permission) -> ResponseReturnValue:
    actor = current_actor()
    unit = fetch_unit(actor, unit_id, permission)
    if not form:
        return _page(unit_id, CHOOSE)
    year = _year(request.form.get("year", "")) or clock.today().year
    ids = filling.unit_ids(actor, form, unit.path, year)
    if len(ids) > AT_ONCE:
        if form == filling.ROTATION:
            job_id = order_rotation_papers(actor, unit_id, year)
        else:
            job_id = order_mentoring_papers(actor, unit_id, form, year)
        return redirect(url_for("jobs.job", job_id=job_id))
    target = BytesIO()
    try:
        filling.fill_forms(actor, form, ids, target)
    except Refused as refusal:
        return _page(unit_id, refusal.message)
    return _file(f"{unit.short_name}{year}年{filling.FORMS[form].name}.pdf", target.getvalue())


def _file(name: str, content: bytes) -> ResponseReturnValue:
    return file_answer(content, name, PDF)


def _page(unit_id: int | None, refused: Message | None = None) -> ResponseReturnValue:
    year = _year(request.values.get("year", ""))
    try:
        page = unit_papers(current_actor(), unit_id, request.args.get("unit", "").strip(), year)
    except Refused as refusal:
        page, refused = unit_papers(current_actor(), None, "", year), refusal.message
    shown = render_template(
        "printing/growth.html", page=page, forms=filling.FORMS, refused=refused, at_once=AT_ONCE, on=_day()
    )
    return shown, 422 if refused else 200
