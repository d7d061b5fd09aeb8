"""A worker's pages of selections: what is open, putting oneself or a colleague forward, stepping back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.employees.views.room import attempt, status_of
from careerpath.talent_pool.forms.nominations import ColleagueForm, SelfForm
from careerpath.talent_pool.forms.selections import ReasonForm
from careerpath.talent_pool.operations import nominations as operations
from careerpath.talent_pool.queries.own_selections import own_prospect, own_selections
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import Message, msg

OWN = "/own/selections"
ONE = f"{OWN}/<int:selection_id>"


@blueprint.get(OWN)
@needs(Permission.OWN_NOMINATE)
def open_selections() -> ResponseReturnValue:
    """What is open, and where one's own names stand."""
    return render_template("talent_pool/own-selections.html", page=own_selections(current_actor()))


@blueprint.route(f"{ONE}/nominate", methods=["GET", "POST"])
@needs(Permission.OWN_NOMINATE)
def nominate_self(selection_id: int) -> ResponseReturnValue:
    """Put oneself forward; what the rule advises is shown before."""
    actor, form = current_actor(), SelfForm()
    page = own_prospect(actor, selection_id)
    form.offer_units(page.units, page.home_id)
    if attempt(form, lambda: operations.nominate_oneself(actor, selection_id, form.statement.data, form.unit())):
        return _done(msg("已报名，请等待资格审查。"))
    return render_template("talent_pool/own-nominate.html", page=page, form=form), status_of(form)


@blueprint.route(f"{ONE}/colleague", methods=["GET", "POST"])
@needs(Permission.OWN_NOMINATE)
def nominate_colleague(selection_id: int) -> ResponseReturnValue:
    """Put a colleague of one's own community forward together with others."""
    actor, form = current_actor(), ColleagueForm()
    page = own_prospect(actor, selection_id)
    if attempt(
        form,
        lambda: operations.nominate_colleague(
            actor, selection_id, form.employee_number.data, form.statement.data, form.supporters.data
        ),
    ):
        return _done(msg("推荐已提交，请等待资格审查。"))
    return render_template("talent_pool/own-colleague.html", page=page, form=form), status_of(form)


@blueprint.route(f"{ONE}/withdraw", methods=["GET", "POST"])
@needs(Permission.OWN_NOMINATE)
def withdraw_self(selection_id: int) -> ResponseReturnValue:
    """Step back from a selection oneself."""
    actor, form = current_actor(), ReasonForm()
    page = own_prospect(actor, selection_id)
    if attempt(form, lambda: operations.withdraw_oneself(actor, selection_id, form.reason.data)):
        return _done(msg("已退出本次竞岗。"))
    return render_template("talent_pool/own-withdraw.html", page=page, form=form), status_of(form)


def _done(done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("talent_pool.open_selections"))
