"""Months: the list, opening one, one by street, recomputing, confirming, taking a draft back."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.capital import capital_amount
from careerpath.core.web.fields import read_day
from careerpath.core.web.language import say
from careerpath.jobs.queries import my_job
from careerpath.jobs.views import progress_of
from careerpath.pay.forms.runs import ConfirmRunForm, NewRunForm
from careerpath.pay.operations import runs as operations
from careerpath.pay.operations.background import order_reckoning
from careerpath.pay.queries import owed, registers
from careerpath.pay.queries import runs as queries
from careerpath.pay.views.room import blueprint
from careerpath.words import Message, Refused, msg

RUN = "/runs/<int:run_id>"


@blueprint.get("/runs")
@needs(Permission.PAY_VIEW)
def runs() -> ResponseReturnValue:
    """All months, latest first."""
    page = queries.run_lines(current_actor(), request.args.get("after"), request.args.get("before"))
    return render_template("pay/runs/runs.html", page=page)


@blueprint.route("/runs/new", methods=["GET", "POST"])
@needs(Permission.PAY_RUN)
def new_run() -> ResponseReturnValue:
    """Open a month; the rules in force then are shown beside the form."""
    actor, form = current_actor(), NewRunForm()
    form.offer(queries.units_to_run(actor))
    due = queries.next_month(actor)
    if request.method == "GET":
        form.month.data = read_day(request.args.get("month", ""), month_alone=True) or due
    if form.validate_on_submit():
        try:
            run_id = operations.open_run(actor, form.given())
            order_reckoning(actor, run_id)
            return redirect(url_for("pay.run", run_id=run_id))
        except Refused as refusal:
            form.refuse(refusal)
    month: date = form.month.data or due
    found = queries.editions_in_force(month.replace(day=1))
    problem = found if isinstance(found, Message) else None
    page = {"form": form, "month": month, "editions": () if problem else found, "problem": problem}
    return render_template("pay/runs/new.html", **page), 422 if request.method == "POST" else 200


@blueprint.get(RUN)
@needs(Permission.PAY_VIEW)
def run(run_id: int) -> ResponseReturnValue:
    """One month by street."""
    return _show(run_id)


@blueprint.post(f"{RUN}/reckon")
@needs(Permission.PAY_RUN)
def reckon(run_id: int) -> ResponseReturnValue:
    """Reckon a draft anew, in the background."""
    try:
        order_reckoning(current_actor(), run_id)
    except Refused as refusal:
        return _show(run_id, refusal)
    return redirect(url_for("pay.run", run_id=run_id))


@blueprint.route(f"{RUN}/confirm", methods=["GET", "POST"])
@needs(Permission.PAY_RUN)
def confirm(run_id: int) -> ResponseReturnValue:
    """The last look: count and sum in words, who is left out; then the month stands for ever."""
    actor, form = current_actor(), ConfirmRunForm()
    page = queries.run_page(actor, run_id, Permission.PAY_RUN)
    if form.validate_on_submit():
        try:
            operations.confirm_run(actor, run_id, form.without_lacking.data)
            flash(say(msg("已确认发放。这个月的工资不再改动。")), "success")
            return redirect(url_for("pay.run", run_id=run_id))
        except Refused as refusal:
            form.refuse(refusal)
    shown = {
        "page": page,
        "form": form,
        "in_words": capital_amount(page.sums.payable),
        "sums": owed.owed_sums(actor, run_id),
        "lacking": registers.lacking_rows(actor, run_id),
    }
    return render_template("pay/runs/confirm.html", **shown), 422 if request.method == "POST" else 200


@blueprint.post(f"{RUN}/drop")
@needs(Permission.PAY_RUN)
def drop(run_id: int) -> ResponseReturnValue:
    """Take a draft back."""
    try:
        operations.drop_run(current_actor(), run_id)
    except Refused as refusal:
        return _show(run_id, refusal)
    flash(say(msg("已撤回，可以重新开始核算。")), "success")
    return redirect(url_for("pay.runs"))


def _show(run_id: int, refusal: Refused | None = None) -> ResponseReturnValue:
    actor = current_actor()
    page = queries.run_page(actor, run_id)
    job = None if page.job_id is None else my_job(actor, page.job_id)
    shown = {
        "page": page,
        "problem": refusal,
        "job": job,
        "progress": None if job is None else progress_of(job),
        "lacking": registers.lacking_rows(actor, run_id) if page.sums.lacking else (),
    }
    return render_template("pay/runs/run.html", **shown), 200 if refusal is None else 422
