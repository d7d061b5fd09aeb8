"""Pairings: the list, agreeing, one pairing, changing, ending, completing."""

from collections.abc import Callable

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.as_of import knows_day
from careerpath.core.web.fields import read_day
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.paths import whole_number
from careerpath.employees.queries.people import find_people
from careerpath.employees.views.room import attempt, status_of
from careerpath.mentoring.forms.fields import EndForm, ReasonForm, choices_of_lines
from careerpath.mentoring.forms.pairings import CompletionForm, EvaluationForm, PairingChangeForm, PairingForm
from careerpath.mentoring.operations import evaluations
from careerpath.mentoring.operations import pairings as operations
from careerpath.mentoring.queries import pairings as queries
from careerpath.mentoring.queries.pairing import PairingHead, next_pairing_number, pairing_head, pairing_page
from careerpath.mentoring.queries.prospects import outlook
from careerpath.mentoring.queries.standing import STANDING_KINDS, STANDINGS, Standing
from careerpath.mentoring.views.room import act, blueprint, finish
from careerpath.skills.queries.lines import lines_of
from careerpath.words import Message, msg

PAIRING = "/pairings/<int:pairing_id>"


@blueprint.get("/pairings")
@needs(Permission.MENTORING_VIEW)
@knows_day(ahead=True)
def pairings() -> ResponseReturnValue:
    """The pairings of the actor's units, those that ask for something first."""
    filters = queries.filters_of(request.args)
    found = queries.pairing_list(
        current_actor(), filters, after=request.args.get("after"), before=request.args.get("before")
    )
    return render_template(
        "mentoring/pairings.html",
        page=found.page,
        counts=found.counts,
        filters=filters,
        states=queries.state_choices(),
        usual=queries.LIVING_WORD,
        standings=STANDINGS,
        colours=STANDING_KINDS,
        shown=[one for one in Standing if one is not Standing.DROPPED],
    )


@blueprint.route("/pairings/new", methods=["GET", "POST"])
@needs(Permission.MENTORING_KEEP)
def new_pairing() -> ResponseReturnValue:
    """Look the mentee up, choose a mentor among those who suit, fill in the agreement."""
    actor, form = current_actor(), PairingForm()
    q = request.args.get("q", "").strip()[:64]
    mentor_id = whole_number(request.args.get("mentor", ""))
    chosen = whole_number(request.args.get("employee", "") or request.args.get("q_id", ""))
    found = find_people(actor, q) if q and chosen is None else []
    if chosen is None and len(found) == 1:
        chosen = found[0].id
    if chosen is None:
        return render_template(
            "mentoring/pairing-new.html", form=None, q=q, found=found, mentor_id=mentor_id, look=None, wanted=[]
        )
    today = clock.today()
    starts_on = (form.starts_on.data if form.is_submitted() else read_day(request.args.get("on", ""))) or today
    wanted = (form.wanted.data if form.is_submitted() else request.args.getlist("wanted")) or []
    look = outlook(actor, chosen, mentor_id, starts_on, wanted)
    if not form.is_submitted():
        form.starts_on.data, form.wanted.data = starts_on, wanted
        form.number.data = next_pairing_number(look.employee.unit_id, starts_on.year)
    lines = [(line.code, line.name) for line in lines_of(look.home.unit_path)]
    form.offer(lines)
    made: list[int] = []

    def deed() -> None:
        made.append(operations.agree_pairing(actor, form.given(mentor_id or 0, look.employee.id)))

    if mentor_id is not None and attempt(form, deed):
        return finish(_url(made[0]), msg("已为%(name)s结对。", name=look.employee.name))
    shown = render_template(
        "mentoring/pairing-new.html",
        form=form if mentor_id is not None else None,
        q=q,
        found=found,
        mentor_id=mentor_id,
        look=look,
        lines=lines,
        wanted=wanted,
        starts_on=starts_on,
    )
    return shown, status_of(form)


@blueprint.get(PAIRING)
@needs(Permission.MENTORING_VIEW)
def pairing(pairing_id: int) -> ResponseReturnValue:
    """One pairing with everything that was done."""
    page = pairing_page(current_actor(), pairing_id)
    return render_template(
        "mentoring/pairing.html", page=page, today=clock.today(), standings=STANDINGS, colours=STANDING_KINDS
    )


@blueprint.route(f"{PAIRING}/edit", methods=["GET", "POST"])
@needs(Permission.MENTORING_KEEP)
def edit_pairing(pairing_id: int) -> ResponseReturnValue:
    """Change goals, plan or the last day."""
    actor, form = current_actor(), PairingChangeForm()
    head = pairing_head(actor, pairing_id, Permission.MENTORING_KEEP)
    if not form.is_submitted():
        form.show(head.record)
    choices_of_lines(form.wanted, [(line.code, line.name) for line in lines_of(head.unit_path)])
    return form_page(
        head,
        form,
        msg("修改结对"),
        lambda: operations.change_pairing(actor, pairing_id, form.given(), form.seen()),
        msg("结对信息已修改。"),
        msg("延长期满日期的，导师聘期和带教人数须允许。"),
    )


@blueprint.route(f"{PAIRING}/end", methods=["GET", "POST"])
@needs(Permission.MENTORING_KEEP)
def end_pairing(pairing_id: int) -> ResponseReturnValue:
    """End a pairing before its time."""
    actor, form = current_actor(), EndForm()
    head = pairing_head(actor, pairing_id, Permission.MENTORING_KEEP)
    if not form.is_submitted():
        form.ends_on.data = clock.today()
    return form_page(
        head,
        form,
        msg("提前结束"),
        lambda: operations.end_pairing(actor, pairing_id, form.ends_on.data, form.reason.data),
        msg("已提前结束帮带。"),
        msg("办理有误的可以撤销。期满的请办理评价办结。"),
    )


@blueprint.post(f"{PAIRING}/undo-ending")
@needs(Permission.MENTORING_KEEP)
def undo_ending(pairing_id: int) -> ResponseReturnValue:
    """Take an early end back."""
    actor = current_actor()
    return act(_url(pairing_id), lambda: operations.undo_ending(actor, pairing_id), msg("已恢复帮带。"))


@blueprint.route(f"{PAIRING}/drop", methods=["GET", "POST"])
@needs(Permission.MENTORING_KEEP)
def drop_pairing(pairing_id: int) -> ResponseReturnValue:
    """Drop a pairing that was entered by mistake."""
    actor, form = current_actor(), ReasonForm()
    head = pairing_head(actor, pairing_id, Permission.MENTORING_KEEP)
    return form_page(
        head,
        form,
        msg("作废结对"),
        lambda: operations.drop_pairing(actor, pairing_id, form.reason.data),
        msg("结对已作废。"),
        msg("只用于录入有误、尚无帮带记录的结对，作废后不能恢复，编号可以重新使用。"),
    )


@blueprint.route(f"{PAIRING}/evaluate-mentee", methods=["GET", "POST"])
@needs(Permission.MENTORING_LOG)
def evaluate_mentee(pairing_id: int) -> ResponseReturnValue:
    """Enter what the mentor says of the mentee."""
    actor, form = current_actor(), EvaluationForm()
    head = pairing_head(actor, pairing_id, Permission.MENTORING_LOG)
    form.offer(head.edition)
    if not form.is_submitted():
        form.grade.data, form.opinion.data = head.record.mentee_grade, head.record.mentee_opinion
    return form_page(
        head,
        form,
        msg("导师评价帮带对象"),
        lambda: evaluations.evaluate_mentee(actor, pairing_id, form.given()),
        msg("评价已保存。"),
        msg("按导师填写的评价表录入；导师有账号的也可由本人填写。"),
    )


@blueprint.route(f"{PAIRING}/evaluate-mentor", methods=["GET", "POST"])
@needs(Permission.MENTORING_LOG)
def evaluate_mentor(pairing_id: int) -> ResponseReturnValue:
    """Enter what the mentee says of the mentor."""
    actor, form = current_actor(), EvaluationForm()
    head = pairing_head(actor, pairing_id, Permission.MENTORING_LOG)
    form.offer(head.edition)
    if not form.is_submitted():
        form.grade.data, form.opinion.data = head.record.mentor_grade, head.record.mentor_opinion
    return form_page(
        head,
        form,
        msg("帮带对象评价导师"),
        lambda: evaluations.evaluate_mentor(actor, pairing_id, form.given()),
        msg("评价已保存。"),
        msg("按帮带对象填写的评价表录入，也可由本人在“我的帮带”中填写。"),
    )


@blueprint.route(f"{PAIRING}/complete", methods=["GET", "POST"])
@needs(Permission.MENTORING_KEEP)
def complete_pairing(pairing_id: int) -> ResponseReturnValue:
    """Complete a pairing with the witnessing unit's word."""
    actor, form = current_actor(), CompletionForm()
    head = pairing_head(actor, pairing_id, Permission.MENTORING_KEEP)
    if not form.is_submitted():
        form.on.data, form.opinion.data = clock.today(), head.record.unit_opinion
    return form_page(
        head,
        form,
        msg("期满办结"),
        lambda: evaluations.complete_pairing(actor, pairing_id, form.opinion.data or "", form.on.data),
        msg("帮带已办结。"),
        msg("双方评价后办结；季度评估不齐的，在见证单位意见中说明情况。"),
    )


@blueprint.route(f"{PAIRING}/reopen", methods=["GET", "POST"])
@needs(Permission.MENTORING_KEEP)
def reopen_pairing(pairing_id: int) -> ResponseReturnValue:
    """Take up a completed pairing again."""
    actor, form = current_actor(), ReasonForm()
    head = pairing_head(actor, pairing_id, Permission.MENTORING_KEEP)
    return form_page(
        head,
        form,
        msg("恢复办理"),
        lambda: evaluations.reopen_pairing(actor, pairing_id, form.reason.data),
        msg("已恢复办理，改正后请重新办结。"),
    )


def form_page(
    head: PairingHead,
    form: OfficeForm,
    title: Message,
    deed: Callable[[], object],
    done: Message,
    hint: Message | None = None,
) -> ResponseReturnValue:
    """A form about a pairing: shown, or done and back to the pairing."""
    if attempt(form, deed):
        return finish(_url(head.record.id), done)
    shown = render_template("mentoring/pairing-form.html", head=head, form=form, title=title, hint=hint)
    return shown, status_of(form)


def _url(pairing_id: int) -> str:
    return url_for("mentoring.pairing", pairing_id=pairing_id)
