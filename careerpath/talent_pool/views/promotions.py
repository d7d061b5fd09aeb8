"""Promotions: the list, a new one, one of them, and what the street and the district do with it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.queries.people import PersonFound, find_people
from careerpath.employees.views.room import attempt, fill_unit, status_of
from careerpath.talent_pool.forms.promotions import (
    AppointForm,
    ApprovalForm,
    ElectionForm,
    EndingForm,
    NoticeForm,
    OpinionForm,
    SubmitForm,
    promotion_form,
)
from careerpath.talent_pool.models import PromotionState
from careerpath.talent_pool.operations import appointments, promotions
from careerpath.talent_pool.operations.notice_days import notice_warnings
from careerpath.talent_pool.queries import promotion as queries
from careerpath.talent_pool.queries.promotion_rules import in_words, rules_of_promotion, rungs_above
from careerpath.talent_pool.queries.promotions import OPEN, promotion_filters_of, promotion_lines
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.talent_pool.queries.words import PROMOTION_STATES
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import Message, NotFound, msg

PROMOTION = "/promotions/<int:promotion_id>"
WITHDRAW, RETURN, REJECT = "withdraw", "return", "reject"
"""Forms that stand on the page beside another one: their fields are called by these words first."""


@blueprint.get("/promotions", endpoint="promotions")
@needs(Permission.POOL_VIEW)
def show_promotions() -> ResponseReturnValue:
    """All promotions, newest first, and how many have come to which rung."""
    filters = promotion_filters_of(request.args)
    found = promotion_lines(
        current_actor(), filters, after=request.args.get("after"), before=request.args.get("before")
    )
    return render_template(
        "talent_pool/promotions.html",
        found=found,
        page=found.page,
        filters=filters,
        rung_choices=[(one.code, one.name) for one in found.rungs],
        state_choices=[(OPEN, msg("办理中")), *((state.value, word) for state, word in PROMOTION_STATES.items())],
        OPEN=OPEN,
        State=PromotionState,
    )


@blueprint.route("/promotions/new", methods=["GET", "POST"])
@needs(Permission.POOL_NOMINATE)
def new_promotion() -> ResponseReturnValue:
    """Propose somebody: choose the person and the rung, see the conditions, then write it down."""
    actor = current_actor()
    q = request.args.get("q", "").strip()[:64]
    employee_id = whole_number(request.values.get("employee", "") or request.values.get("q_id", ""))
    entry_id = whole_number(request.values.get("entry", ""))
    found: list[PersonFound] = find_people(actor, q) if q and employee_id is None else []
    if len(found) == 1:
        employee_id = found[0].id
    edition = rules_or_none(clock.today())
    told: dict[str, Any] = {
        "q": q,
        "found": found,
        "rungs": rungs_above(edition) if edition else (),
        "edition": edition,
    }
    if edition is None or (employee_id is None and entry_id is None):
        return render_template("talent_pool/promotion-new.html", person=None, form=None, **told)
    person = queries.candidate(actor, employee_id, request.values.get("rung", ""), entry_id)
    if person.rung is None:
        return render_template("talent_pool/promotion-new.html", person=person, form=None, **told)
    rung = person.rung
    form = promotion_form(in_words(edition, rung.code))()
    form.offer(rung)
    if request.method == "GET":
        form.usual(rung, person.unit_id, person.title)
    fill_unit(form, actor)
    made: list[int] = []
    if attempt(
        form,
        lambda: made.append(
            promotions.propose_promotion(actor, form.given(person.employee_id, rung.code, person.entry_id))
        ),
    ):
        flash(say(msg("已提出，核对后上报。")), "success")
        return redirect(url_for("talent_pool.promotion", promotion_id=made[0]))
    return render_template("talent_pool/promotion-new.html", person=person, form=form, **told), status_of(form)


@blueprint.get(PROMOTION)
@needs(Permission.POOL_VIEW)
def promotion(promotion_id: int) -> ResponseReturnValue:
    """One promotion: where it stands, the checklist, opinions, objections, and what to do now."""
    return _page(promotion_id, Permission.POOL_VIEW)


@blueprint.route(f"{PROMOTION}/edit", methods=["GET", "POST"])
@needs(Permission.POOL_NOMINATE)
def edit_promotion(promotion_id: int) -> ResponseReturnValue:
    """Change what is proposed, while the street has it in hand."""
    actor = current_actor()
    page = queries.promotion_page(actor, promotion_id, Permission.POOL_NOMINATE)
    record = page.record
    form = promotion_form(in_words(rules_of_promotion(record), record.rung))()
    form.offer(page.rung)
    if request.method == "GET":
        if queries.PromotionAct.EDIT not in page.may:
            raise NotFound
        form.show(promotions.given_of(record), record.version)
    fill_unit(form, actor)
    employee_id, rung, entry_id = record.employee_id, record.rung, record.entry_id
    if attempt(
        form,
        lambda: promotions.change_promotion(actor, promotion_id, form.given(employee_id, rung, entry_id), form.seen()),
    ):
        return _done(promotion_id, msg("已保存。"))
    page = queries.promotion_page(actor, promotion_id, Permission.POOL_NOMINATE)
    return render_template("talent_pool/promotion-edit.html", page=page, form=form), status_of(form)


@blueprint.post(f"{PROMOTION}/submit")
@needs(Permission.POOL_NOMINATE)
def submit_promotion(promotion_id: int) -> ResponseReturnValue:
    """Submit it to the district."""
    actor, form = current_actor(), SubmitForm()
    if attempt(form, lambda: promotions.submit_promotion(actor, promotion_id, form.opinion.data or "")):
        return _done(promotion_id, msg("已上报，等待区级审批。"))
    return _page(promotion_id, Permission.POOL_NOMINATE, submit=form)


@blueprint.post(f"{PROMOTION}/withdraw")
@needs(Permission.POOL_NOMINATE)
def withdraw_promotion(promotion_id: int) -> ResponseReturnValue:
    """Take it back."""
    actor, form = current_actor(), EndingForm(prefix=WITHDRAW)
    if attempt(form, lambda: promotions.withdraw_promotion(actor, promotion_id, form.reason.data)):
        return _done(promotion_id, msg("已撤回。"))
    return _page(promotion_id, Permission.POOL_NOMINATE, withdraw=form)


@blueprint.post(f"{PROMOTION}/return")
@needs(Permission.POOL_DECIDE)
def return_promotion(promotion_id: int) -> ResponseReturnValue:
    """Send it back to the street."""
    actor, form = current_actor(), OpinionForm(prefix=RETURN)
    if attempt(form, lambda: promotions.return_promotion(actor, promotion_id, form.opinion.data)):
        return _done(promotion_id, msg("已退回街道修改。"))
    return _page(promotion_id, Permission.POOL_DECIDE, send_back=form)


@blueprint.post(f"{PROMOTION}/approve")
@needs(Permission.POOL_DECIDE)
def approve_promotion(promotion_id: int) -> ResponseReturnValue:
    """Approve it."""
    actor, form = current_actor(), ApprovalForm()
    if attempt(
        form,
        lambda: promotions.approve_promotion(
            actor, promotion_id, form.document.data, form.opinion.data or "", form.on.data
        ),
    ):
        return _done(promotion_id, msg("已批准。"))
    return _page(promotion_id, Permission.POOL_DECIDE, approve=form)


@blueprint.post(f"{PROMOTION}/reject")
@needs(Permission.POOL_DECIDE)
def reject_promotion(promotion_id: int) -> ResponseReturnValue:
    """Refuse or stop it."""
    actor, form = current_actor(), EndingForm(prefix=REJECT)
    if attempt(form, lambda: promotions.reject_promotion(actor, promotion_id, form.reason.data)):
        return _done(promotion_id, msg("已终止办理，理由记入办理过程。"))
    return _page(promotion_id, Permission.POOL_DECIDE, reject=form)


@blueprint.post(f"{PROMOTION}/notice")
@needs(Permission.POOL_DECIDE)
def open_promotion_notice(promotion_id: int) -> ResponseReturnValue:
    """Name the person to the public."""
    actor, form = current_actor(), NoticeForm()
    if attempt(
        form,
        lambda: appointments.open_promotion_notice(actor, promotion_id, form.starts_on.data, form.ends_on.data),
    ):
        return _done(promotion_id, msg("已开始任前公示。"))
    return _page(promotion_id, Permission.POOL_DECIDE, notice=form)


@blueprint.post(f"{PROMOTION}/appoint")
@needs(Permission.POOL_DECIDE)
def appoint_promotion(promotion_id: int) -> ResponseReturnValue:
    """Appoint the person."""
    actor, form = current_actor(), AppointForm()
    if attempt(form, lambda: appointments.appoint_promotion(actor, promotion_id, form.starts_on.data)):
        return _done(promotion_id, msg("已任职，任职经历已记入人员档案。"))
    return _page(promotion_id, Permission.POOL_DECIDE, appoint=form)


@blueprint.post(f"{PROMOTION}/election")
@needs(Permission.POOL_DECIDE)
def record_election(promotion_id: int) -> ResponseReturnValue:
    """Record the result of an election."""
    actor, form = current_actor(), ElectionForm()
    if attempt(form, lambda: appointments.record_election(actor, promotion_id, form.given())):
        return _done(promotion_id, msg("选举结果已登记。"))
    return _page(promotion_id, Permission.POOL_DECIDE, election=form)


def _page(promotion_id: int, permission: Permission, **refused: OfficeForm) -> ResponseReturnValue:
    """The page with one empty form for each act, or the one that was refused."""
    page = queries.promotion_page(current_actor(), promotion_id, permission)
    record = page.record
    today = clock.today()
    forms: dict[str, Any] = {
        "submit": SubmitForm(formdata=None),
        "withdraw": EndingForm(formdata=None, prefix=WITHDRAW),
        "send_back": OpinionForm(formdata=None, prefix=RETURN),
        "approve": ApprovalForm(formdata=None, on=today),
        "reject": EndingForm(formdata=None, prefix=REJECT),
        "notice": NoticeForm(formdata=None, starts_on=page.notice_days[0], ends_on=page.notice_days[1]),
        "appoint": AppointForm(formdata=None, starts_on=today),
        "election": ElectionForm(formdata=None, held_on=today),
    }
    warnings: tuple[Message, ...] = ()
    if queries.PromotionAct.OPEN_NOTICE in page.may:
        warnings = notice_warnings(rules_of_promotion(record), *page.notice_days)
    shown = render_template(
        "talent_pool/promotion.html",
        page=page,
        record=record,
        forms=forms | refused,
        refused=set(refused),
        warnings=warnings,
        Act=queries.PromotionAct,
    )
    return shown, 422 if refused else 200


def _done(promotion_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("talent_pool.promotion", promotion_id=promotion_id))
