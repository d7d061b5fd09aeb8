"""The review: one application after the other, many at once, taken back, closed, and once more before interviews."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.employees.views.room import attempt, status_of
from careerpath.recruitment.forms.applications import ReasonForm
from careerpath.recruitment.forms.review import CloseForm, RecheckForm, review_form
from careerpath.recruitment.models import RecruitmentBatch
from careerpath.recruitment.operations import review as operations
from careerpath.recruitment.queries.application import Deed, application_page
from careerpath.recruitment.queries.applications import state_counts
from careerpath.recruitment.queries.batches import Act, head_of
from careerpath.recruitment.queries.nearby import near_batch
from careerpath.recruitment.queries.reviewing import admitted_by_position, hindrances, neighbours
from careerpath.recruitment.views.applications import LIST, RECORD, not_now
from careerpath.recruitment.views.room import blueprint
from careerpath.words import msg

_REVIEW = Permission.RECRUITMENT_REVIEW


@blueprint.route(f"{RECORD}/review", methods=["GET", "POST"])
@needs(_REVIEW)
def review(application_id: int) -> ResponseReturnValue:
    """A first or a second look; afterwards the next one that waits, where that was asked for."""
    actor = current_actor()
    page = application_page(actor, application_id, _REVIEW)
    if not page.deeds & {Deed.FIRST, Deed.SECOND}:
        return not_now(page)
    form = review_form(page.conditions, page.bonus)(version=page.version)
    if attempt(form, lambda: operations.review_application(actor, application_id, form.given())):
        flash(say(msg("报名 %(number)s 的审查意见已保存。", number=page.number)), "success")
        if "next" in request.form:
            return _next(page.batch_id, page.number)
        return redirect(url_for("recruitment.application", application_id=application_id))
    if form.conflict is not None:
        page = application_page(actor, application_id, _REVIEW)
        form.version.process_data(page.version)
        form.version.raw_data = None
    beside = neighbours(actor, page.batch_id, page.number)
    return render_template("recruitment/review.html", page=page, form=form, beside=beside), status_of(form)


@blueprint.get(f"{LIST}/next")
@needs(_REVIEW)
def next_review(batch_id: int) -> ResponseReturnValue:
    """The first application of a batch that waits for the reader."""
    near_batch(current_actor(), batch_id, _REVIEW)
    return _next(batch_id, request.args.get("after", ""))


@blueprint.route(f"{RECORD}/reopen", methods=["GET", "POST"])
@needs(_REVIEW)
def reopen(application_id: int) -> ResponseReturnValue:
    """Review an application anew, for a reason."""
    actor, form = current_actor(), ReasonForm()
    page = application_page(actor, application_id, _REVIEW)
    if Deed.REOPEN not in page.deeds:
        return not_now(page)
    if attempt(form, lambda: operations.reopen_review(actor, application_id, form.reason.data)):
        flash(say(msg("报名 %(number)s 已转为待初审。", number=page.number)), "success")
        return redirect(url_for("recruitment.application", application_id=application_id))
    title = say(msg("重新审查"))
    hint = say(msg("原审查意见保留备查，报名回到待初审，由两人重新审查。"))
    shown = render_template("recruitment/application-reason.html", page=page, form=form, title=title, hint=hint)
    return shown, status_of(form)


@blueprint.route(f"{LIST}/close", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_DECIDE)
def close_review(batch_id: int) -> ResponseReturnValue:
    """What still hinders the closing; then close it."""
    actor, form = current_actor(), CloseForm()
    batch = fetch(actor, RecruitmentBatch, batch_id, Permission.RECRUITMENT_DECIDE)
    head = head_of(actor, batch)
    if Act.CLOSE_REVIEW not in head.may:
        flash(say(msg("“%(name)s”已不在报名审查阶段。", name=batch.name)), "info")
        return redirect(url_for("recruitment.batch", batch_id=batch_id))
    counted: list[int] = []
    if attempt(form, lambda: counted.append(operations.close_review(actor, batch_id))):
        flash(say(msg("资格审查已结束，%(count)s 人审查通过。", count=counted[0])), "success")
        return redirect(url_for("recruitment.batch", batch_id=batch_id))
    shown = render_template(
        "recruitment/review-close.html",
        head=head,
        form=form,
        hindrances=hindrances(batch),
        counts=state_counts(actor, batch),
        positions=admitted_by_position(batch_id),
    )
    return shown, status_of(form)


@blueprint.route(f"{RECORD}/recheck", methods=["GET", "POST"])
@needs(_REVIEW)
def recheck(application_id: int) -> ResponseReturnValue:
    """The papers of somebody on the shortlist, once more."""
    actor, form = current_actor(), RecheckForm()
    page = application_page(actor, application_id, _REVIEW)
    if Deed.RECHECK not in page.deeds:
        return not_now(page)
    if attempt(
        form,
        lambda: operations.recheck_candidate(actor, application_id, form.held.data == "yes", form.reason.data or ""),
    ):
        flash(say(msg("“%(name)s”的资格复审结果已保存。", name=page.name)), "success")
        return redirect(url_for("recruitment.application", application_id=application_id))
    return render_template("recruitment/review-recheck.html", page=page, form=form), status_of(form)


def _next(batch_id: int, number: str) -> ResponseReturnValue:
    after = neighbours(current_actor(), batch_id, number).after
    if after is None:
        flash(say(msg("本批没有待您审查的报名了。")), "info")
        return redirect(url_for("recruitment.applications", batch_id=batch_id))
    return redirect(url_for("recruitment.review", application_id=after))
