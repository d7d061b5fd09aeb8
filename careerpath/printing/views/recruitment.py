"""The papers of recruitment: what of a batch can be printed, announcements, forms of one applicant or of many."""

from io import BytesIO

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.media import PDF
from careerpath.policy.recruitment import Stage
from careerpath.printing.operations.recruitment import AT_ONCE, order_recruitment_forms, permit_full_forms
from careerpath.printing.queries.recruitment import announcing, filling
from careerpath.printing.queries.recruitment.filling import APPLICATION, HIRING, TICKET
from careerpath.printing.queries.recruitment.preflight import print_page
from careerpath.printing.views.room import blueprint, file_answer
from careerpath.recruitment.queries.own_application import own_application
from careerpath.recruitment.views.own_session import current_ticket
from careerpath.words import Message, Refused, msg

NUMBERS = 400
"""Letters of a list of numbers that is read at all."""

APPLICANT = "考生本人"
CHOOSE = msg("请选择要打印的表。")
WITH_NUMBERS = (APPLICATION, HIRING)
"""The forms that have a full identity number where there is a reason."""


@blueprint.get("/batches/<int:batch_id>")
@needs(Permission.RECRUITMENT_VIEW)
def recruitment(batch_id: int) -> ResponseReturnValue:
    """Everything of a batch that can be printed, and who lacks what."""
    return _page(batch_id)


@blueprint.get("/batches/<int:batch_id>/recruitment-notice.pdf")
@needs(Permission.RECRUITMENT_VIEW)
def recruitment_notice(batch_id: int) -> ResponseReturnValue:
    """招聘公告."""
    return _announcement("recruitment-notice", batch_id)


@blueprint.get("/batches/<int:batch_id>/score-list.pdf")
@needs(Permission.RECRUITMENT_DECIDE)
def score_list(batch_id: int) -> ResponseReturnValue:
    """成绩公告 of the stage asked for, by default the newest published."""
    asked = request.args.get("stage", "")
    stage = next((one for one in (Stage.SHORTLIST, Stage.FINAL) if one.value == asked), None)
    name, content = announcing.score_list_pdf(current_actor(), batch_id, stage)
    return file_answer(content, name, PDF)


@blueprint.get("/batches/<int:batch_id>/interview-list.pdf")
@needs(Permission.RECRUITMENT_DECIDE)
def interview_list(batch_id: int) -> ResponseReturnValue:
    """面试人员名单."""
    return _announcement("interview-list", batch_id)


@blueprint.get("/batches/<int:batch_id>/medical-list.pdf")
@needs(Permission.RECRUITMENT_DECIDE)
def medical_list(batch_id: int) -> ResponseReturnValue:
    """体检人员名单."""
    return _announcement("medical-list", batch_id)


@blueprint.get("/batches/<int:batch_id>/background-list.pdf")
@needs(Permission.RECRUITMENT_DECIDE)
def background_list(batch_id: int) -> ResponseReturnValue:
    """考察人员名单."""
    return _announcement("background-list", batch_id)


@blueprint.get("/batches/<int:batch_id>/appointment-notice.pdf")
@needs(Permission.RECRUITMENT_DECIDE)
def appointment_notice(batch_id: int) -> ResponseReturnValue:
    """拟聘用人员公示."""
    return _announcement("appointment-notice", batch_id)


@blueprint.get("/batches/<int:batch_id>/seating-chart.pdf")
@needs(Permission.RECRUITMENT_SCORE)
def seating_chart(batch_id: int) -> ResponseReturnValue:
    """考场座次表 with the lists for the doors."""
    name, content = announcing.seating_pdf(current_actor(), batch_id)
    return file_answer(content, name, PDF)


@blueprint.get("/batches/<int:batch_id>/secret-labels.pdf")
@needs(Permission.RECRUITMENT_DECIDE)
def secret_labels(batch_id: int) -> ResponseReturnValue:
    """密号条."""
    name, content = announcing.labels_pdf(current_actor(), batch_id)
    return file_answer(content, name, PDF)


@blueprint.get("/applications/<int:application_id>/application-form.pdf")
@needs(Permission.RECRUITMENT_VIEW)
def application_form(application_id: int) -> ResponseReturnValue:
    """One applicant's 报名登记表, numbers masked."""
    return _form(APPLICATION, application_id)


@blueprint.get("/applications/<int:application_id>/admission-ticket.pdf")
@needs(Permission.RECRUITMENT_VIEW)
def admission_ticket(application_id: int) -> ResponseReturnValue:
    """One applicant's 准考证."""
    return _form(TICKET, application_id)


@blueprint.get("/applications/<int:application_id>/hiring-form.pdf")
@needs(Permission.RECRUITMENT_VIEW)
def hiring_form(application_id: int) -> ResponseReturnValue:
    """录用登记表 of somebody appointed, numbers masked."""
    return _form(HIRING, application_id)


@blueprint.post("/batches/<int:batch_id>/forms", endpoint="order_recruitment_forms")
@needs(Permission.RECRUITMENT_VIEW)
def order_recruitment_papers(batch_id: int) -> ResponseReturnValue:
    """A form for everybody of a batch: at once for a few, as background work for many."""
    actor, form = current_actor(), request.form.get("each", "")
    if form not in filling.FORMS:
        return _page(batch_id, CHOOSE)
    ids = filling.form_ids(actor, form, batch_id)
    if len(ids) > AT_ONCE:
        return redirect(url_for("jobs.job", job_id=order_recruitment_forms(actor, batch_id, form)))
    try:
        return _filled(form, ids)
    except Refused as refusal:
        return _page(batch_id, refusal.message)


@blueprint.post("/batches/<int:batch_id>/full-forms")
@needs(Permission.IDENTITY_REVEAL)
def full_forms(batch_id: int) -> ResponseReturnValue:
    """Forms of a few applicants with their full identity numbers, for a reason."""
    actor, form = current_actor(), request.form.get("each", "")
    numbers = request.form.get("numbers", "")[:NUMBERS].replace("，", " ").replace("、", " ").replace(",", " ").split()
    try:
        if form not in WITH_NUMBERS:
            raise Refused(CHOOSE)
        ids = filling.form_ids(actor, form, batch_id, numbers=numbers) if numbers else []
        if len(ids) < len(set(numbers)):
            raise Refused(msg("有的序号不在本批次，或者还不能打印这种表，请核对。"))
        permit_full_forms(actor, batch_id, ids, form, request.form.get("reason", ""))
        return _filled(form, ids, full=True)
    except Refused as refusal:
        return _page(batch_id, refusal.message)


@blueprint.get("/own-ticket.pdf")
@needs(Permission.OPEN)
def own_ticket() -> ResponseReturnValue:
    """The candidate's own 准考证, for the browser that holds the code."""
    ticket = current_ticket()
    if ticket is None:
        return redirect(url_for("apply.enter"))
    name, content = filling.own_ticket_pdf(own_application(ticket).id, APPLICANT)
    return file_answer(content, name, PDF)


def _announcement(code: str, batch_id: int) -> ResponseReturnValue:
    name, content = announcing.announcement_pdf(current_actor(), code, batch_id)
    return file_answer(content, name, PDF)


def _form(code: str, application_id: int) -> ResponseReturnValue:
    name, content = filling.form_pdf(current_actor(), code, application_id)
    return file_answer(content, name, PDF)


def _filled(form: str, ids: list[int], *, full: bool = False) -> ResponseReturnValue:
    target = BytesIO()
    filling.fill_forms(current_actor(), form, ids, target, full=full)
    return file_answer(target.getvalue(), f"{filling.FORMS[form].name}.pdf", PDF)


def _page(batch_id: int, refused: Message | None = None) -> ResponseReturnValue:
    page = print_page(current_actor(), batch_id)
    shown = render_template(
        "printing/recruitment.html", page=page, head=page.head, typed=request.form, refused=refused, at_once=AT_ONCE
    )
    return shown, 422 if refused else 200
