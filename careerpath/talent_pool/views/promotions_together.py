"""What the district does with several promotions at once: approve, name to the public, appoint, record an election."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.views.room import attempt, status_of
from careerpath.rulebook.queries.notices import usual_last_day
from careerpath.talent_pool.forms.promotions import AppointForm, ApprovalForm, ElectionsForm, NoticeForm, read_votes
from careerpath.talent_pool.models import PromotionState
from careerpath.talent_pool.operations.appointments import (
    ElectionGiven,
    appoint_promotions,
    open_promotion_notices,
    record_elections,
)
from careerpath.talent_pool.operations.notice_days import USUAL_NOTICE, usual_days
from careerpath.talent_pool.operations.promotions import approve_promotions
from careerpath.talent_pool.queries.promotions import PromotionLine, together
from careerpath.talent_pool.queries.rules import rules_or_none
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import Message, Refused, msg

STATES = {
    "approve": PromotionState.SUBMITTED,
    "notice": PromotionState.APPROVED,
    "appoint": PromotionState.NOTICE,
}
RESULT = {"yes": True, "no": False}


@blueprint.route("/promotions/together/<any(approve,notice,appoint):act>", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def promotions_together(act: str) -> ResponseReturnValue:
    """Tick several people and take one step with all of them, by one document or from one day."""
    actor, today = current_actor(), clock.today()
    form: Any = {"approve": ApprovalForm, "notice": NoticeForm, "appoint": AppointForm}[act]()
    done: list[Message] = []

    def take() -> None:
        ids = _ticked()
        if act == "approve":
            count = approve_promotions(actor, ids, form.document.data, form.opinion.data or "", form.on.data)
            done.append(msg("已批准 %(count)s 人。", count=count))
        elif act == "notice":
            count = open_promotion_notices(actor, ids, form.starts_on.data, form.ends_on.data)
            done.append(msg("已公示 %(count)s 人。", count=count))
        else:
            count = len(appoint_promotions(actor, ids, form.starts_on.data))
            done.append(msg("已任职 %(count)s 人，任职经历已记入人员档案。", count=count))

    if attempt(form, take):
        flash(say(done[0]), "success")
        return redirect(url_for("talent_pool.promotions"))
    if request.method == "GET":
        _usual(act, form)
    lines = together(actor, [STATES[act]], elected=False, by=today if act == "appoint" else None)
    return _page("talent_pool/promotions-together.html", lines, form, act=act)


@blueprint.route("/promotions/election-results", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def election_results() -> ResponseReturnValue:
    """Record the results of one election for several candidates."""
    actor, form = current_actor(), ElectionsForm()
    lines = together(actor, [PromotionState.APPROVED], elected=True)
    elected: list[int] = []
    if attempt(form, lambda: elected.append(record_elections(actor, _results(form, lines)))):
        flash(say(msg("选举结果已登记，当选 %(count)s 人。", count=elected[0])), "success")
        return redirect(url_for("talent_pool.promotions"))
    if request.method == "GET":
        form.held_on.data = clock.today()
    return _page("talent_pool/election-results.html", together(actor, [PromotionState.APPROVED], elected=True), form)


def _usual(act: str, form: Any) -> None:
    today = clock.today()
    if act == "approve":
        form.on.data = today
    elif act == "appoint":
        form.starts_on.data = today
    else:
        rules = rules_or_none(today)
        form.starts_on.data = today
        form.ends_on.data = usual_last_day(today, usual_days(rules) if rules is not None else USUAL_NOTICE)


def _results(form: ElectionsForm, lines: list[PromotionLine]) -> dict[int, ElectionGiven]:
    """The rows in which a result was chosen; a row that says nothing waits for another election."""
    found = {}
    for line in lines:
        result = request.form.get(f"{line.id}-result", "")
        if result not in RESULT:
            continue
        found[line.id] = form.given(
            RESULT[result],
            read_votes(request.form.get(f"{line.id}-votes-for", ""), line.name),
            read_votes(request.form.get(f"{line.id}-votes-cast", ""), line.name),
        )
    if not found:
        raise Refused(msg("请至少为一名候选人选择选举结果。"))
    return found


def _page(template: str, lines: list[PromotionLine], form: Any, **told: object) -> ResponseReturnValue:
    chosen = set(_ticked()) if request.method == "POST" else {line.id for line in lines}
    return render_template(template, lines=lines, form=form, chosen=chosen, sent=request.form, **told), status_of(form)


def _ticked() -> list[int]:
    return [number for number in map(whole_number, request.form.getlist("ids")) if number is not None]
