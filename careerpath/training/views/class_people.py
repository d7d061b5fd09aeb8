"""The people of a class: the list with results, sending people, taking them out, the sign-in sheet."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.queries.people import unit_label
from careerpath.employees.views.room import attempt, status_of
from careerpath.training.forms.classes import ReasonForm, results_of
from careerpath.training.operations import attendance, enrolments
from careerpath.training.operations.classes import renew_day_code
from careerpath.training.queries import class_people as queries
from careerpath.training.queries.classes import class_head
from careerpath.training.queries.tabs import class_tabs
from careerpath.training.queries.words import ENROLMENT_STATES
from careerpath.training.views.classes import CLASS
from careerpath.training.views.room import blueprint
from careerpath.words import Refused, msg

DAY = "/days/<int:day_id>"
ENROLMENT = "/enrolments/<int:enrolment_id>"


@blueprint.get(f"{CLASS}/people")
@needs(Permission.TRAINING_VIEW)
def people(class_id: int) -> ResponseReturnValue:
    """Who is in a class, of one's own units."""
    return _people(class_id)


@blueprint.post(f"{CLASS}/results")
@needs(Permission.TRAINING_HOLD)
def put_results(class_id: int) -> ResponseReturnValue:
    """Keep scores, hours and notes of one page of the list."""
    actor = current_actor()
    try:
        typed = results_of(request.form)
        results = {number: attendance.ResultGiven(*given) for number, given in typed.items()}
        count = attendance.put_results(actor, class_id, results)
    except Refused as refusal:
        return _people(class_id, refusal)
    flash(say(msg("已保存 %(count)s 人的成绩和学时。", count=count)), "success")
    return redirect(url_for("training.people", class_id=class_id))


@blueprint.route(f"{CLASS}/people/new", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def send_people(class_id: int) -> ResponseReturnValue:
    """Choose people of one's units who are not in a class, and send them."""
    actor, problem = current_actor(), None
    head = class_head(actor, class_id, Permission.TRAINING_HOLD)
    if request.method == "POST":
        ids = [number for value in request.form.getlist("ids") if (number := whole_number(value)) is not None]
        try:
            count = enrolments.enrol_people(actor, class_id, ids)
        except Refused as refusal:
            problem = refusal
        else:
            flash(say(msg("已选派 %(count)s 人。", count=count)), "success")
            return redirect(url_for("training.people", class_id=class_id))
    filters = queries.people_filters_of(request.args, whole_number(request.args.get("unit_id", "")))
    page = queries.candidates_for(
        actor, head, filters, after=request.args.get("after"), before=request.args.get("before")
    )
    shown = render_template(
        "training/class-send.html",
        head=head,
        tabs=class_tabs(head),
        page=page,
        filters=filters,
        unit=filters.unit or unit_label(actor, filters.unit_id),
        meant=queries.count_meant(actor, head),
        problem=problem,
    )
    return shown, 422 if problem else 200


@blueprint.post(f"{CLASS}/people/by-rule")
@needs(Permission.TRAINING_HOLD)
def enrol_by_rule(class_id: int) -> ResponseReturnValue:
    """Call everybody of one's units whom the class is for."""
    try:
        count = enrolments.enrol_by_rule(current_actor(), class_id)
    except Refused as refusal:
        return _people(class_id, refusal)
    done = msg("已按对象条件调训 %(count)s 人。", count=count) if count else msg("没有符合条件而未列入的人员。")
    flash(say(done), "success")
    return redirect(url_for("training.people", class_id=class_id))


@blueprint.route(f"{ENROLMENT}/withdraw", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def withdraw_enrolment(enrolment_id: int) -> ResponseReturnValue:
    """Take somebody out of a class for a reason."""
    actor, form = current_actor(), ReasonForm()
    enrolment, name = queries.enrolment_of(actor, enrolment_id)
    head = class_head(actor, enrolment.class_id, Permission.TRAINING_HOLD)
    if attempt(form, lambda: enrolments.withdraw_enrolment(actor, enrolment_id, form.reason.data)):
        flash(say(msg("“%(name)s”已退出，候补人员依次递补。", name=name)), "success")
        return redirect(url_for("training.people", class_id=head.id))
    return render_template(
        "training/class-withdraw.html", head=head, tabs=class_tabs(head), name=name, form=form
    ), status_of(form)


@blueprint.get(f"{CLASS}/days")
@needs(Permission.TRAINING_VIEW)
def sign_in_sheet(class_id: int) -> ResponseReturnValue:
    """One day of a class: its code for the wall, who is there, and who is missing."""
    return _sheet(class_id, whole_number(request.args.get("day", "")))


@blueprint.post(f"{DAY}/marks")
@needs(Permission.TRAINING_HOLD)
def mark_present(day_id: int) -> ResponseReturnValue:
    """Tick or untick people by hand."""
    actor = current_actor()
    ids = [number for value in request.form.getlist("ids") if (number := whole_number(value)) is not None]
    present = request.form.get("act") != "absent"
    try:
        count = attendance.mark_present(actor, day_id, ids, present)
    except Refused as refusal:
        return _sheet(queries.class_of_day(day_id).id, day_id, refusal)
    done = msg("已为 %(count)s 人签到。", count=count) if present else msg("已撤销 %(count)s 人的签到。", count=count)
    flash(say(done), "success")
    return redirect(url_for("training.sign_in_sheet", class_id=queries.class_of_day(day_id).id, day=day_id))


@blueprint.post(f"{DAY}/code")
@needs(Permission.TRAINING_HOLD)
def renew_code(day_id: int) -> ResponseReturnValue:
    """Draw another code."""
    try:
        renew_day_code(current_actor(), day_id)
    except Refused as refusal:
        return _sheet(queries.class_of_day(day_id).id, day_id, refusal)
    flash(say(msg("签到码已更换，原签到码失效，已签到的不受影响。")), "success")
    return redirect(url_for("training.sign_in_sheet", class_id=queries.class_of_day(day_id).id, day=day_id))


def _people(class_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    actor = current_actor()
    head = class_head(actor, class_id)
    filters = queries.people_filters_of(request.args, whole_number(request.args.get("unit_id", "")))
    page = queries.people_of_class(
        actor, class_id, filters, after=request.args.get("after"), before=request.args.get("before")
    )
    shown = render_template(
        "training/class-people.html",
        head=head,
        tabs=class_tabs(head),
        page=page,
        filters=filters,
        unit=filters.unit or unit_label(actor, filters.unit_id),
        states=[(state.value, word) for state, word in ENROLMENT_STATES.items()],
        typed=request.form if problem else {},
        problem=problem,
    )
    return shown, 422 if problem else 200


def _sheet(class_id: int, day_id: int | None, problem: Refused | None = None) -> ResponseReturnValue:
    actor = current_actor()
    head = class_head(actor, class_id)
    days = queries.days_with_counts(class_id)
    day = queries.day_now(days, day_id)
    shown = render_template(
        "training/class-days.html",
        head=head,
        tabs=class_tabs(head),
        days=days,
        day=day,
        people=queries.sheet_of_day(actor, class_id, day.record.id) if day else [],
        problem=problem,
    )
    return shown, 422 if problem else 200
