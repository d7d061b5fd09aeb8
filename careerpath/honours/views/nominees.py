"""The people of a call: the list, a new one, one of them, and taking a name back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.queries.people import find_people
from careerpath.employees.views.room import attempt, status_of
from careerpath.honours import operations
from careerpath.honours.forms.calls import ReasonForm
from careerpath.honours.forms.nominees import NomineeForm
from careerpath.honours.models import HonourNominee
from careerpath.honours.queries import nominees as queries
from careerpath.honours.queries.calls import call_head
from careerpath.honours.views.calls import CALL
from careerpath.honours.views.room import blueprint
from careerpath.words import Message, msg

NOMINEE = "/nominees/<int:nominee_id>"


@blueprint.get(f"{CALL}/nominees")
@needs(Permission.HONOUR_VIEW)
def nominees(call_id: int) -> ResponseReturnValue:
    """Those who were nominated."""
    actor = current_actor()
    head, filters = call_head(actor, call_id), queries.NomineeFilters.of(request.args)
    page = queries.nominee_lines(
        actor, head, filters, after=request.args.get("after"), before=request.args.get("before")
    )
    return render_template("honours/nominees.html", head=head, page=page, filters=filters)


@blueprint.route(f"{CALL}/nominees/new", methods=["GET", "POST"])
@needs(Permission.HONOUR_NOMINATE)
def new_nominee(call_id: int) -> ResponseReturnValue:
    """Nominate somebody: look the person up, see what the file says, then nominate."""
    actor, form = current_actor(), NomineeForm()
    head = call_head(actor, call_id, Permission.HONOUR_NOMINATE)
    q = request.values.get("q", "").strip()[:64]
    chosen = whole_number(form.employee.data or request.values.get("q_id", ""))
    found = find_people(actor, q) if q and chosen is None else []
    if len(found) == 1:
        chosen = found[0].id
    made: list[int] = []
    if chosen is not None and attempt(
        form, lambda: made.append(operations.nominate_for_honour(actor, call_id, form.given_of(chosen)))
    ):
        return _back(made[0], msg("已推荐，推荐截止前可以修改或撤回。"))
    person = queries.prospective(actor, head.record, chosen) if chosen is not None else None
    return render_template(
        "honours/nominee-new.html", head=head, form=form, q=q, found=found, person=person
    ), status_of(form)


@blueprint.get(NOMINEE)
@needs(Permission.HONOUR_VIEW)
def nominee(nominee_id: int) -> ResponseReturnValue:
    """One nominee: merits, what the file says, the review, what came of it."""
    return _nominee(nominee_id, ReasonForm(formdata=None))


@blueprint.route(f"{NOMINEE}/edit", methods=["GET", "POST"])
@needs(Permission.HONOUR_NOMINATE)
def edit_nominee(nominee_id: int) -> ResponseReturnValue:
    """Change what is said of a nominee."""
    actor, form = current_actor(), NomineeForm()
    record = fetch(actor, HonourNominee, nominee_id, Permission.HONOUR_NOMINATE)
    if attempt(form, lambda: operations.change_nominee(actor, nominee_id, form.given(), form.seen())):
        return _back(nominee_id, msg("推荐内容已保存。"))
    if request.method == "GET":
        form.show(record)
    page = queries.nominee_page(actor, nominee_id, Permission.HONOUR_NOMINATE)
    return render_template("honours/nominee-edit.html", head=page.head, page=page, form=form), status_of(form)


@blueprint.post(f"{NOMINEE}/withdraw")
@needs(Permission.HONOUR_NOMINATE)
def withdraw_nominee(nominee_id: int) -> ResponseReturnValue:
    """Take a name back."""
    actor, form = current_actor(), ReasonForm()
    fetch(actor, HonourNominee, nominee_id, Permission.HONOUR_NOMINATE)
    if attempt(form, lambda: operations.withdraw_nominee(actor, nominee_id, form.reason.data)):
        return _back(nominee_id, msg("推荐已撤回。"))
    return _nominee(nominee_id, form), 422


def _nominee(nominee_id: int, form: ReasonForm) -> str:
    page = queries.nominee_page(current_actor(), nominee_id)
    return render_template("honours/nominee.html", head=page.head, page=page, form=form)


def _back(nominee_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("honours.nominee", nominee_id=nominee_id))
