"""The national exam, registrations of certificates, and degree courses, as the office keeps them."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import say
from careerpath.employees.queries.people import find_people
from careerpath.employees.views.room import attempt, status_of
from careerpath.policy.reason import percent
from careerpath.training.forms import studies as forms
from careerpath.training.operations import studies as study_operations
from careerpath.training.operations import tries as try_operations
from careerpath.training.queries import studies as queries
from careerpath.training.queries.words import STUDY_STATES, TRY_STATES
from careerpath.training.views.room import blueprint
from careerpath.words import Message, Refused, msg

TRY = "/tries/<int:try_id>"
STUDY = "/degree-studies/<int:study_id>"
YEARS_BACK = 5


@blueprint.get("/studies")
@needs(Permission.TRAINING_VIEW)
@knows_day(ahead=True)
def studies() -> ResponseReturnValue:
    """The tries of a year with their pass rates."""
    actor, filters = current_actor(), queries.filters_of(request.args)
    page = queries.try_page(actor, filters, after=_mark("after"), before=_mark("before"))
    this = clock.today().year
    return render_template(
        "training/tries.html",
        page=page,
        filters=filters,
        rates=queries.pass_rates(actor, filters),
        years=range(this + 1, this - YEARS_BACK - 1, -1),
        states=[(state.value, word) for state, word in TRY_STATES.items()],
        percent=percent,
        **_tabs(queries.Part.TRIES),
    )


@blueprint.get("/degree-studies")
@needs(Permission.TRAINING_VIEW)
@knows_day(ahead=True)
def degree_studies() -> ResponseReturnValue:
    """Degree courses that the employers support."""
    actor, filters = current_actor(), queries.filters_of(request.args)
    page = queries.study_page(actor, filters, after=_mark("after"), before=_mark("before"))
    states = [(state.value, word) for state, word in STUDY_STATES.items()]
    shown = _tabs(queries.Part.STUDIES)
    return render_template("training/degree-studies.html", page=page, filters=filters, states=states, **shown)


@blueprint.get("/registrations")
@needs(Permission.TRAINING_VIEW)
@knows_day(ahead=True)
def registrations() -> ResponseReturnValue:
    """Certificates whose registration runs out."""
    actor, filters = current_actor(), queries.filters_of(request.args)
    page = queries.registration_page(actor, filters, after=_mark("after"), before=_mark("before"))
    shown = _tabs(queries.Part.REGISTRATIONS)
    return render_template("training/registrations.html", page=page, filters=filters, months=queries.MONTHS, **shown)


@blueprint.route("/tries/new", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def new_try() -> ResponseReturnValue:
    """Keep that somebody registered for the exam."""
    actor, form = current_actor(), forms.NewTryForm()
    _find_person(form, actor)
    if not form.is_submitted():
        form.registered_on.data = clock.today()
    if attempt(form, lambda: try_operations.register_try(actor, form.person_id.data, form.given())):
        return _back("studies", msg("报考已登记。"))
    return _form(form, msg("登记报考"), "studies")


@blueprint.route(f"{TRY}/edit", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def edit_try(try_id: int) -> ResponseReturnValue:
    """Change a try without a result."""
    actor, form = current_actor(), forms.TryForm()
    record, employee = queries.try_of(actor, try_id)
    name = employee.name
    if not form.is_submitted():
        form.show(record)
    if attempt(form, lambda: try_operations.change_try(actor, try_id, form.given(), form.seen())):
        return _back("studies", msg("报考登记已修改。"))
    return _form(form, msg("修改报考登记"), "studies", name)


@blueprint.route(f"{TRY}/result", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def try_result(try_id: int) -> ResponseReturnValue:
    """Keep what came of a try."""
    actor, form = current_actor(), forms.ResultForm()
    _, employee = queries.try_of(actor, try_id)
    name = employee.name
    if not form.is_submitted():
        form.result_on.data = clock.today()
    if attempt(form, lambda: try_operations.record_try(actor, try_id, form.given())):
        return _back("studies", msg("考试结果已登记。"))
    return _form(form, msg("登记考试结果"), "studies", name)


@blueprint.post(f"{TRY}/reopen")
@needs(Permission.TRAINING_HOLD)
def reopen_try(try_id: int) -> ResponseReturnValue:
    """Take a result back."""
    return _do("studies", lambda actor: try_operations.reopen_try(actor, try_id), msg("考试结果已撤销。"))


@blueprint.post(f"{TRY}/drop")
@needs(Permission.TRAINING_HOLD)
def drop_try(try_id: int) -> ResponseReturnValue:
    """Remove a registration entered by mistake."""
    return _do("studies", lambda actor: try_operations.drop_try(actor, try_id), msg("报考登记已删除。"))


@blueprint.route("/certificates/<int:certificate_id>/renew", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def renew_certificate(certificate_id: int) -> ResponseReturnValue:
    """Keep that a certificate was registered anew."""
    actor, form = current_actor(), forms.RenewalForm()
    _, employee = queries.certificate_of(actor, certificate_id)
    employee_id, name = employee.id, employee.name
    if not form.is_submitted():
        form.registered_on.data = clock.today()
    if attempt(form, lambda: try_operations.renew_registration(actor, employee_id, certificate_id, form.given())):
        return _back("registrations", msg("证书再登记已办理。"))
    return _form(form, msg("办理证书再登记"), "registrations", name)


@blueprint.route("/degree-studies/new", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def new_study() -> ResponseReturnValue:
    """Keep a course of study."""
    actor, form = current_actor(), forms.NewStudyForm()
    _find_person(form, actor)
    if attempt(form, lambda: study_operations.support_study(actor, form.person_id.data, form.given())):
        return _back("degree_studies", msg("在职学历教育已登记。"))
    return _form(form, msg("登记在职学历教育"), "degree_studies")


@blueprint.route(f"{STUDY}/edit", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def edit_study(study_id: int) -> ResponseReturnValue:
    """Change a course of study that goes on."""
    actor, form = current_actor(), forms.StudyForm()
    record, employee = queries.study_of(actor, study_id)
    name = employee.name
    if not form.is_submitted():
        form.show(record)
    if attempt(form, lambda: study_operations.change_study(actor, study_id, form.given(), form.seen())):
        return _back("degree_studies", msg("在职学历教育已修改。"))
    return _form(form, msg("修改在职学历教育"), "degree_studies", name)


@blueprint.route(f"{STUDY}/finish", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def finish_study(study_id: int) -> ResponseReturnValue:
    """Keep that somebody finished a course of study."""
    actor, form = current_actor(), forms.FinishForm()
    record, employee = queries.study_of(actor, study_id)
    name = employee.name
    if not form.is_submitted():
        form.ended_on.data = clock.today()

    def finish() -> None:
        study_operations.finish_study(actor, study_id, form.ended_on.data, form.education(record))

    if attempt(form, finish):
        return _back("degree_studies", msg("毕业已登记。"))
    return _form(form, msg("登记毕业"), "degree_studies", name)


@blueprint.route(f"{STUDY}/give-up", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def give_up_study(study_id: int) -> ResponseReturnValue:
    """Keep that somebody gave a course of study up."""
    actor, form = current_actor(), forms.GiveUpForm()
    _, employee = queries.study_of(actor, study_id)
    name = employee.name
    if attempt(form, lambda: study_operations.give_up_study(actor, study_id, form.ended_on.data, form.reason.data)):
        return _back("degree_studies", msg("中止学业已登记。"))
    return _form(form, msg("登记中止学业"), "degree_studies", name)


@blueprint.post(f"{STUDY}/reopen")
@needs(Permission.TRAINING_HOLD)
def reopen_study(study_id: int) -> ResponseReturnValue:
    """Take an end back."""
    return _do("degree_studies", lambda actor: study_operations.reopen_study(actor, study_id), msg("已恢复在读。"))


@blueprint.post(f"{STUDY}/<any(paid,unpaid):word>")
@needs(Permission.TRAINING_HOLD)
def pay_study(study_id: int, word: str) -> ResponseReturnValue:
    """Keep whether the employer's part has been paid."""
    paid = word == "paid"
    told = msg("已登记拨付。") if paid else msg("拨付登记已撤销。")
    return _do("degree_studies", lambda actor: study_operations.mark_study_paid(actor, study_id, paid), told)


@blueprint.post(f"{STUDY}/drop")
@needs(Permission.TRAINING_HOLD)
def drop_study(study_id: int) -> ResponseReturnValue:
    """Remove a course of study entered by mistake."""
    return _do("degree_studies", lambda actor: study_operations.drop_study(actor, study_id), msg("登记已删除。"))


def _mark(name: str) -> str | None:
    return request.args.get(name)


def _tabs(part: queries.Part) -> dict[str, object]:
    ends = {
        queries.Part.TRIES: "training.studies",
        queries.Part.STUDIES: "training.degree_studies",
        queries.Part.REGISTRATIONS: "training.registrations",
    }
    return {"tab_items": [(word, url_for(ends[one]), one is part, None) for one, word in queries.PART_NAMES.items()]}


def _find_person(form: forms.PersonForm, actor: Actor) -> None:
    """Find the person who was typed without being chosen from the list."""
    if form.is_submitted() and form.person_id.data is None and form.person.data:
        found = find_people(actor, form.person.data, 2)
        if len(found) == 1:
            form.person_id.data = found[0].id


def _form(form: OfficeForm, title: Message, back: str, about: str = "") -> ResponseReturnValue:
    shown = render_template(
        "training/study-form.html", form=form, title=title, about=about, back=url_for(f"training.{back}")
    )
    return shown, status_of(form)


def _do(back: str, deed: Callable[[Actor], None], told: Message) -> ResponseReturnValue:
    try:
        deed(current_actor())
    except Refused as refused:
        flash(say(refused.message), "danger")
        return redirect(url_for(f"training.{back}"))
    return _back(back, told)


def _back(endpoint: str, told: Message) -> ResponseReturnValue:
    flash(say(told), "success")
    return redirect(url_for(f"training.{endpoint}"))
