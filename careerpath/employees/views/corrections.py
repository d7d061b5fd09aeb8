"""Requests for correction, as the office answers them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.employees.forms.papers import AnswerForm
from careerpath.employees.operations.corrections import answer_correction
from careerpath.employees.queries.corrections import waiting_request, waiting_requests
from careerpath.employees.views.room import attempt, requests, status_of
from careerpath.words import msg


@requests.get("/employees/corrections")
@needs(Permission.EMPLOYEE_EDIT)
def waiting() -> ResponseReturnValue:
    """The requests that wait for an answer."""
    return render_template("employees/corrections.html", waiting=waiting_requests(current_actor()))


@requests.route("/employees/corrections/<int:request_id>", methods=["GET", "POST"])
@needs(Permission.EMPLOYEE_EDIT)
def answer(request_id: int) -> ResponseReturnValue:
    """Answer one request."""
    actor = current_actor()
    asked = waiting_request(actor, request_id)
    form = AnswerForm()
    if attempt(form, lambda: answer_correction(actor, request_id, form.given())):
        flash(say(msg("已答复“%(name)s”的更正申请。", name=asked.name)), "success")
        return redirect(url_for("corrections.waiting"))
    return render_template("employees/correction.html", form=form, asked=asked), status_of(form)
