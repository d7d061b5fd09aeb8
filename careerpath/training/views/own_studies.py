"""A worker's own exams, certificates and degree courses."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.employees.views.room import attempt, status_of
from careerpath.training.forms.studies import OwnStudyForm, OwnTryForm
from careerpath.training.operations.studies import register_own_study
from careerpath.training.operations.tries import register_own_try, withdraw_own_try
from careerpath.training.queries.study_person import own_studies as studies_of
from careerpath.training.views.room import blueprint
from careerpath.words import Message, Refused, msg


@blueprint.get("/own/studies")
@needs(Permission.OWN_GROWTH)
def own_studies() -> ResponseReturnValue:
    """One's own exams, certificates and degree courses."""
    return render_template("training/own-studies.html", page=studies_of(current_actor()), today=clock.today())


@blueprint.route("/own/studies/tries/new", methods=["GET", "POST"])
@needs(Permission.OWN_GROWTH)
def new_own_try() -> ResponseReturnValue:
    """Register oneself for the exam."""
    actor, form = current_actor(), OwnTryForm()
    if not form.is_submitted():
        form.registered_on.data = clock.today()
    if attempt(form, lambda: register_own_try(actor, form.given())):
        return _done(msg("报考已登记，街道可以看到。"))
    return _form(form, msg("登记报考"))


@blueprint.post("/own/studies/tries/<int:try_id>/withdraw")
@needs(Permission.OWN_GROWTH)
def withdraw_try(try_id: int) -> ResponseReturnValue:
    """Say that one will not sit the exam."""
    try:
        withdraw_own_try(current_actor(), try_id)
    except Refused as refused:
        flash(say(refused.message), "danger")
        return redirect(url_for("training.own_studies"))
    return _done(msg("已登记为放弃考试。"))


@blueprint.route("/own/studies/new", methods=["GET", "POST"])
@needs(Permission.OWN_GROWTH)
def new_own_study() -> ResponseReturnValue:
    """Register one's own degree course."""
    actor, form = current_actor(), OwnStudyForm()
    if attempt(form, lambda: register_own_study(actor, form.given())):
        return _done(msg("在读学历已登记，街道可以看到。"))
    return _form(form, msg("登记在读学历"))


def _form(form: OwnTryForm | OwnStudyForm, title: Message) -> ResponseReturnValue:
    back = url_for("training.own_studies")
    return render_template("training/study-form.html", form=form, title=title, about="", back=back), status_of(form)


def _done(told: Message) -> ResponseReturnValue:
    flash(say(told), "success")
    return redirect(url_for("training.own_studies"))
