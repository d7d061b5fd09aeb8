"""The papers of classes and of calls for honours: what of each can be printed, and forms of one person or of many."""

from collections.abc import Mapping
from io import BytesIO

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.media import PDF
from careerpath.employees.forms.fields import code_name
from careerpath.policy import codes
from careerpath.policy.reason import show
from careerpath.printing.operations.growth import AT_ONCE, order_class_certificates, order_honour_forms
from careerpath.printing.queries.growth import classes, event_pages, filling, honours
from careerpath.printing.views.room import blueprint, file_answer
from careerpath.training.queries.tabs import class_tabs
from careerpath.words import Message, Refused

FRAME: Mapping[str, object] = {"code_name": code_name, "codes": codes, "show_number": show}
"""What the frames of classes and of calls ask for, as their own rooms give it to them."""


@blueprint.get("/classes/<int:class_id>", endpoint="training_class")
@needs(Permission.TRAINING_VIEW)
def class_papers(class_id: int) -> ResponseReturnValue:
    """Everything of a class that can be printed."""
    return _class_page(class_id)


@blueprint.get("/classes/<int:class_id>/class-notice.pdf")
@needs(Permission.TRAINING_VIEW)
def class_notice(class_id: int) -> ResponseReturnValue:
    """培训通知."""
    return _file(*classes.class_notice_pdf(current_actor(), class_id))


@blueprint.get("/classes/<int:class_id>/class-sign-in.pdf")
@needs(Permission.TRAINING_VIEW)
def class_sign_in(class_id: int) -> ResponseReturnValue:
    """培训签到册."""
    return _file(*classes.list_pdf(classes.sign_in_sheet(current_actor(), class_id)))


@blueprint.get("/classes/<int:class_id>/class-roster.pdf")
@needs(Permission.TRAINING_VIEW)
def class_roster(class_id: int) -> ResponseReturnValue:
    """参训人员花名册."""
    return _file(*classes.list_pdf(classes.class_roster(current_actor(), class_id)))


@blueprint.get("/enrolments/<int:enrolment_id>/class-certificate.pdf")
@needs(Permission.TRAINING_VIEW)
def class_certificate(enrolment_id: int) -> ResponseReturnValue:
    """One person's 结业证书."""
    classes.check_certified(current_actor(), enrolment_id)
    return _file(*filling.form_pdf(current_actor(), filling.CERTIFICATE, enrolment_id))


@blueprint.get("/own-enrolments/<int:enrolment_id>/class-certificate.pdf")
@needs(Permission.OWN_GROWTH)
def own_certificate(enrolment_id: int) -> ResponseReturnValue:
    """One's own 结业证书."""
    classes.check_certified(current_actor(), enrolment_id, own=True)
    return _file(*filling.own_form_pdf(current_actor(), filling.CERTIFICATE, enrolment_id))


@blueprint.post("/classes/<int:class_id>/certificates", endpoint="order_class_certificates")
@needs(Permission.TRAINING_VIEW)
def order_certificates(class_id: int) -> ResponseReturnValue:
    """结业证书 of everybody of a class: at once for a few, as background work for many."""
    actor = current_actor()
    ids = classes.certified_ids(actor, class_id)
    if len(ids) > AT_ONCE:
        return redirect(url_for("jobs.job", job_id=order_class_certificates(actor, class_id)))
    try:
        return _filled(filling.CERTIFICATE, ids)
    except Refused as refusal:
        return _class_page(class_id, refusal.message)


@blueprint.get("/calls/<int:call_id>", endpoint="honour_call")
@needs(Permission.HONOUR_VIEW)
def call_papers(call_id: int) -> ResponseReturnValue:
    """Everything of a call for honours that can be printed."""
    return _call_page(call_id)


@blueprint.get("/calls/<int:call_id>/honour-notice.pdf")
@needs(Permission.HONOUR_VIEW)
def honour_notice(call_id: int) -> ResponseReturnValue:
    """评选公告."""
    return _file(*honours.announcement_pdf(current_actor(), "honour-notice", call_id))


@blueprint.get("/calls/<int:call_id>/honour-publicity.pdf")
@needs(Permission.HONOUR_DECIDE)
def honour_publicity(call_id: int) -> ResponseReturnValue:
    """拟表彰（推荐）人选公示."""
    return _file(*honours.announcement_pdf(current_actor(), "honour-publicity", call_id))


@blueprint.get("/calls/<int:call_id>/honour-decision.pdf")
@needs(Permission.HONOUR_DECIDE)
def honour_decision(call_id: int) -> ResponseReturnValue:
    """表彰决定."""
    return _file(*honours.announcement_pdf(current_actor(), "honour-decision", call_id))


@blueprint.get("/nominees/<int:nominee_id>/honour-form.pdf")
@needs(Permission.HONOUR_VIEW)
def honour_form(nominee_id: int) -> ResponseReturnValue:
    """One person's 推荐审批表."""
    return _file(*filling.form_pdf(current_actor(), filling.HONOUR, nominee_id))


@blueprint.post("/calls/<int:call_id>/forms", endpoint="order_honour_forms")
@needs(Permission.HONOUR_VIEW)
def order_nominations(call_id: int) -> ResponseReturnValue:
    """推荐审批表 of everybody nominated: at once for a few, as background work for many."""
    actor = current_actor()
    ids = honours.nominee_ids(actor, call_id)
    if len(ids) > AT_ONCE:
        return redirect(url_for("jobs.job", job_id=order_honour_forms(actor, call_id)))
    try:
        return _filled(filling.HONOUR, ids)
    except Refused as refusal:
        return _call_page(call_id, refusal.message)


def _filled(form: str, ids: list[int]) -> ResponseReturnValue:
    target = BytesIO()
    filling.fill_forms(current_actor(), form, ids, target)
    return _file(f"{filling.FORMS[form].name}.pdf", target.getvalue())


def _file(name: str, content: bytes) -> ResponseReturnValue:
    return file_answer(content, name, PDF)


def _class_page(class_id: int, refused: Message | None = None) -> ResponseReturnValue:
    page = event_pages.class_page(current_actor(), class_id)
    shown = render_template(
        "printing/training-class.html",
        page=page,
        head=page.head,
        tabs=class_tabs(page.head),
        refused=refused,
        at_once=AT_ONCE,
        **FRAME,
    )
    return shown, 422 if refused else 200


def _call_page(call_id: int, refused: Message | None = None) -> ResponseReturnValue:
    page = event_pages.call_page(current_actor(), call_id)
    shown = render_template(
        "printing/honour-call.html", page=page, head=page.head, refused=refused, at_once=AT_ONCE, **FRAME
    )
    return shown, 422 if refused else 200
