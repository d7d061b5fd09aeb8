"""Declared contribution bases of one person: what holds, a new one, correcting and withdrawing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.pay.forms.runs import BaseForm
from careerpath.pay.operations import bases as operations
from careerpath.pay.queries.bases import base_of, bases_page
from careerpath.pay.views.room import blueprint
from careerpath.words import Conflict, Refused, msg

PERSON = "/people/<int:employee_id>/bases"


@blueprint.route(PERSON, methods=["GET"])
@needs(Permission.PAY_VIEW)
def bases(employee_id: int) -> ResponseReturnValue:
    """The bases of a person."""
    page = bases_page(current_actor(), employee_id)
    return render_template("pay/runs/bases.html", page=page, form=BaseForm())


@blueprint.post(PERSON)
@needs(Permission.PAY_PROPOSE)
def declare_base(employee_id: int) -> ResponseReturnValue:
    """Keep a new one."""
    actor, form = current_actor(), BaseForm()
    if form.validate_on_submit():
        try:
            operations.declare_base(actor, employee_id, form.given())
            flash(say(msg("缴费基数已登记。已确认月份的差额在下一个月补缴或退回。")), "success")
            return redirect(url_for("pay.bases", employee_id=employee_id))
        except Refused as refusal:
            form.refuse(refusal)
    page = bases_page(actor, employee_id, Permission.PAY_PROPOSE)
    return render_template("pay/runs/bases.html", page=page, form=form), 422


@blueprint.route(f"{PERSON}/<int:base_id>", methods=["GET", "POST"])
@needs(Permission.PAY_PROPOSE)
def correct_base(employee_id: int, base_id: int) -> ResponseReturnValue:
    """Correct one."""
    actor, form = current_actor(), BaseForm()
    status = 200 if request.method == "GET" else 422
    if form.validate_on_submit():
        try:
            operations.correct_base(actor, employee_id, base_id, form.given())
            flash(say(msg("缴费基数已更正。")), "success")
            return redirect(url_for("pay.bases", employee_id=employee_id))
        except Refused as refusal:
            form.refuse(refusal)
            status = 409 if isinstance(refusal, Conflict) else 422
    page = bases_page(actor, employee_id, Permission.PAY_PROPOSE)
    if request.method == "GET":
        standing = base_of(page, base_id)
        form.starts_on.data, form.amount.data = standing.starts_on, standing.amount
    return render_template("pay/runs/base.html", page=page, form=form, base_id=base_id), status


@blueprint.post(f"{PERSON}/<int:base_id>/withdraw")
@needs(Permission.PAY_PROPOSE)
def withdraw_base(employee_id: int, base_id: int) -> ResponseReturnValue:
    """Withdraw one that was entered by mistake."""
    try:
        operations.withdraw_base(current_actor(), employee_id, base_id)
        flash(say(msg("缴费基数已撤销，历史记录仍然保留。")), "success")
    except Refused as refusal:
        flash(say(refusal.message), "danger")
    return redirect(url_for("pay.bases", employee_id=employee_id))
