"""The final list of a batch, one person of it with every reason, checks one by one and many at once."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import say
from careerpath.policy.recruitment import OUTCOMES
from careerpath.recruitment.forms.results import (
    CheckForm,
    CheckTable,
    DepartureForm,
    DirectForm,
    UndoForm,
    check_table,
    day_or_today,
    decided_order,
)
from careerpath.recruitment.operations import appointments as appointing
from careerpath.recruitment.operations import checks as checking
from careerpath.recruitment.operations import lists
from careerpath.recruitment.queries import results as queries
from careerpath.recruitment.queries.appointments import check_rows
from careerpath.recruitment.queries.batches import Act, head_of
from careerpath.recruitment.queries.explained import candidate_page
from careerpath.recruitment.queries.nearby import near_batch
from careerpath.recruitment.queries.words import CHECK_KINDS
from careerpath.recruitment.views.room import blueprint
from careerpath.words import Message, Refused, msg

RESULTS = "/batches/<int:batch_id>/results"
PERSON = "/candidates/<int:application_id>"


@blueprint.get(RESULTS)
@needs(Permission.RECRUITMENT_VIEW)
def results(batch_id: int) -> ResponseReturnValue:
    """The final list, or what waits before it."""
    return _results(batch_id)


@blueprint.post(f"{RESULTS}/release")
@needs(Permission.RECRUITMENT_DECIDE)
def release_final(batch_id: int) -> ResponseReturnValue:
    """Publish the final list."""
    try:
        count = lists.release_final(current_actor(), batch_id)
    except Refused as refusal:
        return _results(batch_id, refusal)
    return _done(batch_id, msg("最终名单已公布，拟聘用 %(count)s 人。", count=count))


@blueprint.post(f"{RESULTS}/order")
@needs(Permission.RECRUITMENT_DECIDE)
def decide_order(batch_id: int) -> ResponseReturnValue:
    """Keep the order that people decided in a tie."""
    try:
        lists.decide_order(current_actor(), batch_id, decided_order(request.form), request.form.get("reason", ""))
    except Refused as refusal:
        return _results(batch_id, refusal)
    return _done(batch_id, msg("已登记并列考生的先后顺序和依据。"))


@blueprint.post(f"{RESULTS}/fill")
@needs(Permission.RECRUITMENT_DECIDE)
def fill_places(batch_id: int) -> ResponseReturnValue:
    """Let reserve candidates move up."""
    try:
        count = checking.fill_places(current_actor(), batch_id, day_or_today(request.form.get("on", "")))
    except Refused as refusal:
        return _results(batch_id, refusal)
    return _done(batch_id, msg("已递补 %(count)s 人，请安排体检和考察。", count=count))


@blueprint.route("/batches/<int:batch_id>/checks", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_DECIDE)
def candidate_checks(batch_id: int) -> ResponseReturnValue:
    """Checks of many people in one table."""
    actor = current_actor()
    batch = near_batch(actor, batch_id, Permission.RECRUITMENT_DECIDE)
    people = check_rows(actor, batch)
    table = CheckTable({})
    if request.method == "POST":
        table = check_table(request.form, [one.id for one in people])
        if not table.faults:
            try:
                count = checking.record_checks(actor, batch_id, table.rows)
                flash(say(msg("已登记 %(count)s 项体检、考察结论。", count=count)), "success")
                return redirect(url_for("recruitment.candidate_checks", batch_id=batch_id))
            except Refused as refusal:
                table.refuse(refusal)
    page = {"head": head_of(actor, batch), "people": people, "table": table, "kinds": list(CHECK_KINDS.items())}
    shown = render_template("recruitment/checks.html", **page, today=clock.today())
    return shown, 422 if table.faults else 200


@blueprint.get(PERSON)
@needs(Permission.RECRUITMENT_VIEW)
def candidate(application_id: int) -> ResponseReturnValue:
    """One person with every list and every reason."""
    return _candidate(application_id)


@blueprint.route(f"{PERSON}/result", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_DECIDE)
def direct_result(application_id: int) -> ResponseReturnValue:
    """Record the result of a by-election or a transfer."""
    actor, form = current_actor(), DirectForm()
    page = candidate_page(actor, application_id)
    if form.validate_on_submit():
        try:
            lists.record_direct(actor, application_id, form.given())
            return _done(page.head.id, msg("已登记%(name)s的结果。", name=page.application.name))
        except Refused as refusal:
            form.refuse(refusal)
    shown = render_template("recruitment/candidate-direct.html", form=form, page=page, head=page.head)
    return shown, 422 if request.method == "POST" else 200


@blueprint.post(f"{PERSON}/check")
@needs(Permission.RECRUITMENT_DECIDE)
def candidate_check(application_id: int) -> ResponseReturnValue:
    """Record a check or a re-examination."""
    form = CheckForm()
    if form.validate_on_submit():
        try:
            checking.record_check(current_actor(), application_id, form.given())
            return _back(application_id, msg("已登记体检、考察结论。"))
        except Refused as refusal:
            form.refuse(refusal)
    return _candidate(application_id, check=form)


@blueprint.post(f"{PERSON}/departure")
@needs(Permission.RECRUITMENT_DECIDE)
def candidate_departure(application_id: int) -> ResponseReturnValue:
    """Record that the person gives up."""
    form = DepartureForm()
    if form.validate_on_submit():
        try:
            checking.record_departure(current_actor(), application_id, form.given())
            return _back(application_id, msg("已登记放弃。有空缺的岗位可在名单页递补。"))
        except Refused as refusal:
            form.refuse(refusal)
    return _candidate(application_id, departure=form)


@blueprint.post(f"{PERSON}/departure/undo")
@needs(Permission.RECRUITMENT_DECIDE)
def undo_departure(application_id: int) -> ResponseReturnValue:
    """Take a departure back."""
    form = UndoForm()
    if form.validate_on_submit():
        try:
            checking.undo_departure(current_actor(), application_id, form.reason.data or "")
            return _back(application_id, msg("已撤回，恢复名单资格。"))
        except Refused as refusal:
            form.refuse(refusal)
    return _candidate(application_id, undo=form)


@blueprint.post(f"{PERSON}/appointment/cancel")
@needs(Permission.RECRUITMENT_DECIDE)
def cancel_appointment(application_id: int) -> ResponseReturnValue:
    """Undo an appointment entered by mistake."""
    form = UndoForm()
    if form.validate_on_submit():
        try:
            appointing.cancel_appointment(current_actor(), application_id, form.reason.data or "")
            return _back(application_id, msg("已撤销聘用，为其新建的档案和首次定级一并撤销。"))
        except Refused as refusal:
            form.refuse(refusal)
    return _candidate(application_id, undo=form)


def _results(batch_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    actor = current_actor()
    batch = near_batch(actor, batch_id, Permission.RECRUITMENT_VIEW)
    head = head_of(actor, batch)
    wanted = queries.result_filter(request.args)
    shown = render_template(
        "recruitment/results.html",
        head=head,
        wanted=wanted,
        rows=queries.final_lines(
            actor, batch_id, wanted, after=request.args.get("after"), before=request.args.get("before")
        ),
        counts=queries.outcome_counts(actor, batch_id),
        pending=queries.pending(batch) if Act.RELEASE_FINAL in head.may else None,
        refill=queries.refill(batch, clock.today()) if Act.CHECK in head.may else None,
        outcomes=[(queries.EVERYBODY, msg("全部考生")), *((one.value, OUTCOMES[one]) for one in queries.ON_LIST)],
        problem=problem,
        typed=request.form,
        today=clock.today(),
    )
    return shown, 422 if problem else 200


def _candidate(
    application_id: int,
    *,
    check: OfficeForm | None = None,
    departure: OfficeForm | None = None,
    undo: OfficeForm | None = None,
) -> ResponseReturnValue:
    page = candidate_page(current_actor(), application_id)
    shown = render_template(
        "recruitment/candidate.html",
        page=page,
        head=page.head,
        check=check or CheckForm(formdata=None, on=clock.today()),
        departure=departure or DepartureForm(formdata=None, on=clock.today()),
        undo=undo or UndoForm(formdata=None),
        today=clock.today(),
    )
    return shown, 422 if check or departure or undo else 200


def _done(batch_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("recruitment.results", batch_id=batch_id))


def _back(application_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("recruitment.candidate", application_id=application_id))
