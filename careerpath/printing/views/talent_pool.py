"""The papers of the reserve pool: announcements of a selection, forms of entrants, the roster, papers of promotions."""

from io import BytesIO

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.media import PDF
from careerpath.core.web.paths import whole_number
from careerpath.printing.operations.talent_pool import AT_ONCE, order_selection_forms
from careerpath.printing.queries.talent_pool import announcing, appointing, filling, roster
from careerpath.printing.queries.talent_pool.announcing import DECIDED
from careerpath.printing.views.room import blueprint, file_answer
from careerpath.talent_pool.queries.selections import selection_head
from careerpath.words import Message, NotFound, Refused, msg


@blueprint.get("/selections/<int:selection_id>")
@needs(Permission.POOL_VIEW)
def selection(selection_id: int) -> ResponseReturnValue:
    """Everything of a selection that can be printed."""
    return _page(selection_id)


@blueprint.get("/selections/<int:selection_id>/selection-notice.pdf")
@needs(Permission.POOL_VIEW)
def selection_notice(selection_id: int) -> ResponseReturnValue:
    """竞岗公告."""
    return _file(*announcing.announcement_pdf(current_actor(), "selection-notice", selection_id))


@blueprint.get("/selections/<int:selection_id>/selection-result.pdf")
@needs(Permission.POOL_DECIDE)
def selection_result(selection_id: int) -> ResponseReturnValue:
    """入选公示."""
    return _file(*announcing.announcement_pdf(current_actor(), "selection-result", selection_id))


@blueprint.post("/selections/<int:selection_id>/forms", endpoint="order_selection_forms")
@needs(Permission.POOL_VIEW)
def order_selection_papers(selection_id: int) -> ResponseReturnValue:
    """A form for every entrant of a selection: at once for a few, as background work for many."""
    actor, form = current_actor(), request.form.get("each", "")
    ids = filling.entrant_ids(actor, selection_id)
    if form not in filling.FORMS:
        return _page(selection_id, msg("请选择要打印的表。"))
    if len(ids) > AT_ONCE:
        return redirect(url_for("jobs.job", job_id=order_selection_forms(actor, selection_id, form)))
    target = BytesIO()
    try:
        filling.fill_forms(actor, form, ids, target)
    except Refused as refusal:
        return _page(selection_id, refusal.message)
    return _file(f"{filling.FORMS[form].name}.pdf", target.getvalue())


@blueprint.get("/entrants/<int:entrant_id>/recommendation-form.pdf")
@needs(Permission.POOL_VIEW)
def recommendation_form(entrant_id: int) -> ResponseReturnValue:
    """One entrant's 后备人才推荐表."""
    return _file(*filling.form_pdf(current_actor(), filling.RECOMMENDATION, entrant_id))


@blueprint.get("/entrants/<int:entrant_id>/selection-form.pdf")
@needs(Permission.POOL_VIEW)
def selection_form(entrant_id: int) -> ResponseReturnValue:
    """One entrant's 竞岗报名表."""
    return _file(*filling.form_pdf(current_actor(), filling.SELECTION, entrant_id))


@blueprint.get("/pool-roster.pdf")
@needs(Permission.POOL_VIEW)
def pool_roster() -> ResponseReturnValue:
    """入库名册 of a unit and below, by default of everything that the reader may see."""
    actor = current_actor()
    unit_id = whole_number(request.args.get("unit_id", "")) or roster.widest_unit(actor)
    if unit_id is None:
        raise NotFound
    return _file(*roster.roster_pdf(actor, unit_id))


@blueprint.get("/promotions/<int:promotion_id>/appointment-form.pdf")
@needs(Permission.EMPLOYEE_EDIT)
def promotion_form(promotion_id: int) -> ResponseReturnValue:
    """干部任免审批表 of somebody proposed for a post."""
    actor = current_actor()
    employee_id = appointing.promoted_employee(actor, promotion_id)
    return _file(*appointing.appointment_pdf(actor, employee_id, promotion_id))


@blueprint.get("/promotions/<int:promotion_id>/background-cover.pdf")
@needs(Permission.POOL_VIEW)
def background_cover(promotion_id: int) -> ResponseReturnValue:
    """考察材料封面."""
    return _file(*appointing.cover_pdf(current_actor(), promotion_id))


@blueprint.get("/promotions/<int:promotion_id>/promotion-notice.pdf")
@needs(Permission.POOL_DECIDE)
def promotion_notice(promotion_id: int) -> ResponseReturnValue:
    """任前公示 of one person."""
    return _file(*announcing.promotion_notice_pdf(current_actor(), [promotion_id]))


@blueprint.get("/promotions")
@needs(Permission.POOL_DECIDE)
def promotions() -> ResponseReturnValue:
    """Whom a 任前公示 may name, to be chosen."""
    lines = announcing.announceable(current_actor())
    return render_template("printing/promotions.html", lines=lines, most=announcing.MOST_PROMOTIONS)


@blueprint.get("/promotion-notice.pdf")
@needs(Permission.POOL_DECIDE)
def promotions_notice() -> ResponseReturnValue:
    """任前公示 of several people, chosen by ``ids``."""
    ids = [whole_number(text) or 0 for text in request.args.getlist("ids")]
    return _file(*announcing.promotion_notice_pdf(current_actor(), ids))


@blueprint.get("/employees/<int:employee_id>/appointment-form.pdf")
@needs(Permission.EMPLOYEE_EDIT)
def appointment_form(employee_id: int) -> ResponseReturnValue:
    """干部任免审批表 of a person, from the file alone."""
    return _file(*appointing.appointment_pdf(current_actor(), employee_id))


def _file(name: str, content: bytes) -> ResponseReturnValue:
    return file_answer(content, name, PDF)


def _page(selection_id: int, refused: Message | None = None) -> ResponseReturnValue:
    head = selection_head(current_actor(), selection_id)
    shown = render_template(
        "printing/selection.html", head=head, refused=refused, at_once=AT_ONCE, decided=head.state in DECIDED
    )
    return shown, 422 if refused else 200
