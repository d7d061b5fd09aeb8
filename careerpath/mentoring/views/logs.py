"""Logs and reviews of a pairing, as the office keeps them."""

from flask import url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.mentoring.forms.logs import LogForm, QuarterForm
from careerpath.mentoring.operations import logs as operations
from careerpath.mentoring.queries.pairing import log_head, pairing_head, review_head
from careerpath.mentoring.views.pairings import PAIRING, form_page
from careerpath.mentoring.views.room import act, blueprint
from careerpath.words import msg

LOG = "/logs/<int:log_id>"
REVIEW = "/reviews/<int:mentoring_review_id>"


@blueprint.route(f"{PAIRING}/logs/new", methods=["GET", "POST"])
@needs(Permission.MENTORING_LOG)
def new_log(pairing_id: int) -> ResponseReturnValue:
    """Enter a log."""
    actor, form = current_actor(), LogForm()
    head = pairing_head(actor, pairing_id, Permission.MENTORING_LOG)
    if not form.is_submitted():
        form.on.data = min(clock.today(), head.record.ends_on)
    return form_page(
        head,
        form,
        msg("填写帮带记录"),
        lambda: operations.write_log(actor, pairing_id, form.given()),
        msg("帮带记录已保存。"),
        msg("一般每月至少一次。"),
    )


@blueprint.route(LOG, methods=["GET", "POST"])
@needs(Permission.MENTORING_LOG)
def edit_log(log_id: int) -> ResponseReturnValue:
    """Set a log right."""
    actor, form = current_actor(), LogForm()
    log, head = log_head(actor, log_id)
    if not form.is_submitted():
        form.show(log)
    return form_page(
        head,
        form,
        msg("修改帮带记录"),
        lambda: operations.change_log(actor, log_id, form.given(), form.seen()),
        msg("帮带记录已修改。"),
    )


@blueprint.post(f"{LOG}/drop")
@needs(Permission.MENTORING_LOG)
def drop_log(log_id: int) -> ResponseReturnValue:
    """Remove a log."""
    actor = current_actor()
    _, head = log_head(actor, log_id)
    back = url_for("mentoring.pairing", pairing_id=head.record.id)
    return act(back, lambda: operations.drop_log(actor, log_id), msg("帮带记录已删除。"))


@blueprint.route(f"{PAIRING}/reviews/new", methods=["GET", "POST"])
@needs(Permission.MENTORING_LOG)
def new_mentoring_review(pairing_id: int) -> ResponseReturnValue:
    """Keep a quarterly review."""
    actor, form = current_actor(), QuarterForm()
    head = pairing_head(actor, pairing_id, Permission.MENTORING_LOG)
    if not form.is_submitted():
        form.on.data = clock.today()
    return form_page(
        head,
        form,
        msg("季度评估"),
        lambda: operations.review_pairing(actor, pairing_id, form.given()),
        msg("季度评估已保存。"),
        msg("对照帮带目标，写明完成情况和下一步意见。"),
    )


@blueprint.route(REVIEW, methods=["GET", "POST"])
@needs(Permission.MENTORING_LOG)
def edit_mentoring_review(mentoring_review_id: int) -> ResponseReturnValue:
    """Set a review right."""
    actor, form = current_actor(), QuarterForm()
    review, head = review_head(actor, mentoring_review_id)
    if not form.is_submitted():
        form.show(review)
    return form_page(
        head,
        form,
        msg("修改季度评估"),
        lambda: operations.change_mentoring_review(actor, mentoring_review_id, form.given(), form.seen()),
        msg("季度评估已修改。"),
    )


@blueprint.post(f"{REVIEW}/drop")
@needs(Permission.MENTORING_LOG)
def drop_mentoring_review(mentoring_review_id: int) -> ResponseReturnValue:
    """Remove a review."""
    actor = current_actor()
    _, head = review_head(actor, mentoring_review_id)
    back = url_for("mentoring.pairing", pairing_id=head.record.id)
    return act(back, lambda: operations.drop_mentoring_review(actor, mentoring_review_id), msg("季度评估已删除。"))
