"""The entrants of a selection: the list, a new nomination, one with the review, and taking one back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.queries.people import find_people
from careerpath.employees.views.room import attempt, status_of
from careerpath.talent_pool.forms.channels import finding_form
from careerpath.talent_pool.forms.nominations import NominationForm
from careerpath.talent_pool.forms.selections import ReasonForm
from careerpath.talent_pool.operations import nomination_review as reviews
from careerpath.talent_pool.operations import nominations as operations
from careerpath.talent_pool.queries.entrant import Deed, EntrantPage, entrant_page, prospect
from careerpath.talent_pool.queries.entrants import EntrantFilter, entrant_lines, next_waiting
from careerpath.talent_pool.queries.selection_lists import units_with_places
from careerpath.talent_pool.queries.selections import Act, SelectionHead, selection_with_head
from careerpath.talent_pool.views.room import blueprint
from careerpath.talent_pool.views.selections import SELECTION
from careerpath.words import Message, Refused, msg

ENTRANT = "/entrants/<int:entrant_id>"


@blueprint.get(f"{SELECTION}/entrants")
@needs(Permission.POOL_VIEW)
def entrants(selection_id: int) -> ResponseReturnValue:
    """The entrants whom the actor may see."""
    return _list(selection_id)


@blueprint.post(f"{SELECTION}/entrants")
@needs(Permission.POOL_DECIDE)
def review_entrants(selection_id: int) -> ResponseReturnValue:
    """Admit or reject those who were ticked."""
    ids = [number for number in map(whole_number, request.form.getlist("ids")) if number is not None]
    given = reviews.EntrantFinding(request.form.get("act") == "admit", request.form.get("reason", ""))
    try:
        count = reviews.review_entrants(current_actor(), selection_id, ids, given)
    except Refused as refusal:
        return _list(selection_id, refusal)
    flash(say(msg("已保存 %(count)s 人的审查意见。", count=count)), "success")
    return redirect(request.full_path)


@blueprint.route(f"{SELECTION}/entrants/new", methods=["GET", "POST"])
@needs(Permission.POOL_NOMINATE)
def new_entrant(selection_id: int) -> ResponseReturnValue:
    """Look somebody up, see what the rule says, then bring them forward."""
    actor, form = current_actor(), NominationForm()
    record, head = selection_with_head(actor, selection_id, Permission.POOL_NOMINATE)
    if Act.NOMINATE not in head.may:
        flash(say(msg("“%(name)s”现在不受理推荐。", name=head.name)), "warning")
        return redirect(url_for("talent_pool.entrants", selection_id=selection_id))
    q = request.values.get("q", "").strip()[:64]
    chosen = whole_number(form.employee.data or request.values.get("q_id", ""))
    found = find_people(actor, q) if q and chosen is None else []
    if len(found) == 1:
        chosen = found[0].id
    person = prospect(actor, record, chosen, Permission.POOL_NOMINATE) if chosen is not None else None
    made: list[int] = []
    if person is not None:
        form.offer_units(units_with_places(selection_id, person.unit_path), person.unit_id)
        given = person.employee_id
        if attempt(form, lambda: made.append(operations.nominate_person(actor, selection_id, form.given(given)))):
            return _back(made[0], msg("已推荐“%(name)s”，待资格审查。", name=person.name))
    return render_template(
        "talent_pool/entrant-new.html", head=head, form=form, q=q, found=found, person=person
    ), status_of(form)


@blueprint.get(ENTRANT)
@needs(Permission.POOL_VIEW)
def entrant(entrant_id: int) -> ResponseReturnValue:
    """One entrant: the nomination, the checklist, the review, points and result."""
    head, page = entrant_page(current_actor(), entrant_id)
    return _entrant(head, page)


@blueprint.post(f"{ENTRANT}/review")
@needs(Permission.POOL_DECIDE)
def review_entrant(entrant_id: int) -> ResponseReturnValue:
    """Admit or reject one."""
    actor = current_actor()
    head, page = entrant_page(actor, entrant_id, Permission.POOL_DECIDE)
    form = finding_form(page.conditions)()

    def keep() -> None:
        found = form.given()
        reviews.review_entrant(actor, entrant_id, reviews.EntrantFinding(found.admitted, found.reason, found.checked))

    if not attempt(form, keep):
        return _entrant(head, page, review=form)
    following = next_waiting(actor, head.id, entrant_id) if "next" in request.form else None
    return _back(following or entrant_id, msg("“%(name)s”的审查意见已保存。", name=page.name))


@blueprint.post(f"{ENTRANT}/reopen")
@needs(Permission.POOL_DECIDE)
def reopen_entrant(entrant_id: int) -> ResponseReturnValue:
    """Review one anew."""
    actor, form = current_actor(), ReasonForm(prefix="reopening")
    head, page = entrant_page(actor, entrant_id, Permission.POOL_DECIDE)
    if attempt(form, lambda: reviews.reopen_entrant_review(actor, entrant_id, form.reason.data)):
        return _back(entrant_id, msg("已恢复为待资格审查。"))
    return _entrant(head, page, reopening=form)


@blueprint.post(f"{ENTRANT}/withdraw")
@needs(Permission.POOL_NOMINATE)
def withdraw_entrant(entrant_id: int) -> ResponseReturnValue:
    """Take a nomination back."""
    actor, form = current_actor(), ReasonForm(prefix="withdrawal")
    head, page = entrant_page(actor, entrant_id, Permission.POOL_NOMINATE)
    if attempt(form, lambda: operations.withdraw_nomination(actor, entrant_id, form.reason.data)):
        return _back(entrant_id, msg("已办理退出竞岗。"))
    return _entrant(head, page, withdrawal=form)


def _list(selection_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    actor = current_actor()
    record, head = selection_with_head(actor, selection_id)
    wanted = EntrantFilter.of(request.args)
    rows = entrant_lines(actor, record, wanted, after=request.args.get("after"), before=request.args.get("before"))
    waiting = next_waiting(actor, selection_id) if Act.REVIEW in head.may else None
    shown = render_template(
        "talent_pool/entrants.html",
        head=head,
        rows=rows,
        wanted=wanted,
        waiting=waiting,
        Act=Act,
        typed=request.form,
        problem=problem,
    )
    return shown, 422 if problem else 200


def _entrant(
    head: SelectionHead,
    page: EntrantPage,
    *,
    review: OfficeForm | None = None,
    reopening: OfficeForm | None = None,
    withdrawal: OfficeForm | None = None,
) -> ResponseReturnValue:
    """The page of an entrant; the form that was refused keeps what was typed."""
    refused = review or reopening or withdrawal
    may_review = Deed.REVIEW in page.deeds
    shown = render_template(
        "talent_pool/entrant.html",
        head=head,
        page=page,
        review=review or finding_form(page.conditions)(formdata=None),
        reopening=reopening or ReasonForm(formdata=None, prefix="reopening"),
        withdrawal=withdrawal or ReasonForm(formdata=None, prefix="withdrawal"),
        following=next_waiting(current_actor(), head.id, page.id) if may_review else None,
    )
    return shown, status_of(refused) if refused is not None else 200


def _back(entrant_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("talent_pool.entrant", entrant_id=entrant_id))
