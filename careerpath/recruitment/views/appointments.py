"""The public notice, what is brought forward against it, and the appointments."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.recruitment.forms.appointments import AnswerForm, NoticeForm, ObjectionForm, TermsForm
from careerpath.recruitment.operations import notices
from careerpath.recruitment.operations.appointments import appoint_many
from careerpath.recruitment.queries import appointments as queries
from careerpath.recruitment.queries.batches import batch_with_head
from careerpath.recruitment.queries.nearby import near_batch
from careerpath.recruitment.queries.terms import Terms, terms_warnings, usual_terms
from careerpath.recruitment.views.room import blueprint
from careerpath.words import Message, Refused, msg

PAGE = "/batches/<int:batch_id>/appointments"


@blueprint.get(PAGE)
@needs(Permission.RECRUITMENT_VIEW)
def appointments(batch_id: int) -> ResponseReturnValue:
    """Who is ready, what the others lack, objections, and who was appointed."""
    return _page(batch_id)


@blueprint.post(f"{PAGE}/notice")
@needs(Permission.RECRUITMENT_DECIDE)
def open_notice(batch_id: int) -> ResponseReturnValue:
    """Name people to the public."""
    form = NoticeForm()
    if form.validate_on_submit():
        chosen = None if request.form.get("all") else _ticked()
        try:
            count = notices.open_notice(
                current_actor(), batch_id, form.starts_on.data, form.ends_on.data, application_ids=chosen
            )
            return _done(batch_id, msg("已公示 %(count)s 人。", count=count))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(batch_id, notice=form)


@blueprint.post(f"{PAGE}/objections")
@needs(Permission.RECRUITMENT_DECIDE)
def record_objection(batch_id: int) -> ResponseReturnValue:
    """Keep an objection."""
    actor, form = current_actor(), ObjectionForm()
    batch = near_batch(actor, batch_id, Permission.RECRUITMENT_DECIDE)
    form.offer(queries.appointments_page(actor, batch).people)
    if form.validate_on_submit():
        try:
            notices.record_objection(actor, batch_id, form.given())
            return _done(batch_id, msg("已登记异议，答复前有关人员不能聘用。"))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(batch_id, objection=form)


@blueprint.route("/objections/<int:objection_id>", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_DECIDE)
def objection(objection_id: int) -> ResponseReturnValue:
    """One objection, and its answer."""
    actor, form = current_actor(), AnswerForm()
    page = queries.objection_page(actor, objection_id)
    if request.method == "GET":
        form.on.data = clock.today()
    elif form.validate_on_submit():
        try:
            notices.answer_objection(
                actor, objection_id, form.upheld.data == "yes", form.answer.data or "", form.on.data
            )
            return _done(page.head.id, msg("已登记答复。"))
        except Refused as refusal:
            form.refuse(refusal)
    shown = render_template("recruitment/appointments-objection.html", page=page, head=page.head, form=form)
    return shown, 422 if request.method == "POST" else 200


@blueprint.post(f"{PAGE}/appoint")
@needs(Permission.RECRUITMENT_DECIDE)
def appoint(batch_id: int) -> ResponseReturnValue:
    """Appoint the ticked ones, or look at the terms that a first working day usually brings."""
    form = TermsForm()
    if request.form.get("act") == "usual" and form.starts_on.data is not None:
        return redirect(
            url_for("recruitment.appointments", batch_id=batch_id, starts=form.starts_on.data, _anchor="terms")
        )
    if form.validate_on_submit():
        try:
            made = appoint_many(current_actor(), batch_id, _ticked(), form.given())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            for warning in terms_warnings(form.given()):
                flash(say(warning), "warning")
            return _done(batch_id, msg("已聘用 %(count)s 人，人员档案已建立。", count=len(made)))
    return _page(batch_id, terms=form)


def _page(
    batch_id: int,
    *,
    notice: NoticeForm | None = None,
    objection: ObjectionForm | None = None,
    terms: TermsForm | None = None,
) -> ResponseReturnValue:
    actor = current_actor()
    batch, head = batch_with_head(actor, batch_id)
    page = queries.appointments_page(actor, batch)
    offered = _offered(page) if terms is None else None
    if objection is None:
        objection = ObjectionForm(formdata=None, received_on=clock.today())
        objection.offer(page.people)
    first, last = page.notice_days
    shown = render_template(
        "recruitment/appointments.html",
        head=head,
        page=page,
        notice=notice or NoticeForm(formdata=None, starts_on=first, ends_on=last),
        notice_warnings=notices.notice_warnings(page.edition, first, last),
        objection=objection,
        terms=terms or TermsForm(formdata=None, obj=offered),
        warnings=terms_warnings(offered) if offered is not None else (),
        chosen=set(request.form.getlist("ids")),
        refused=bool(notice or terms),
    )
    return shown, 422 if request.method == "POST" else 200


def _offered(page: queries.AppointmentsPage) -> Terms:
    """The usual terms, from the day in the address if there is one."""
    starts_on = queries.start_in(request.args.get("starts", ""))
    return page.usual if starts_on is None else usual_terms(page.edition, starts_on)[0]


def _ticked() -> list[int]:
    return [number for number in map(whole_number, request.form.getlist("ids")) if number is not None]


def _done(batch_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("recruitment.appointments", batch_id=batch_id))
