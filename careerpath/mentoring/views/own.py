"""One's own mentoring, on the phone first: my mentors, my mentees, logs, evaluation."""

from collections.abc import Callable

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.forms import OfficeForm
from careerpath.employees.views.room import attempt, status_of
from careerpath.mentoring.forms.logs import LogForm
from careerpath.mentoring.forms.pairings import EvaluationForm
from careerpath.mentoring.operations import evaluations
from careerpath.mentoring.operations import logs as operations
from careerpath.mentoring.queries.own import own_head, own_log_head
from careerpath.mentoring.queries.own import own_mentoring as own_page
from careerpath.mentoring.queries.pairing import PairingHead
from careerpath.mentoring.queries.standing import STANDING_KINDS, STANDINGS
from careerpath.mentoring.views.room import act, blueprint, finish
from careerpath.words import Message, msg

OWN = "/own/pairings/<int:pairing_id>"
OWN_LOG = "/own/logs/<int:log_id>"


@blueprint.get("/own")
@needs(Permission.OWN_GROWTH)
def own_mentoring() -> ResponseReturnValue:
    """My mentors and my mentees."""
    actor = current_actor()
    return render_template(
        "mentoring/own.html", page=own_page(actor), me=actor.display_name, standings=STANDINGS, colours=STANDING_KINDS
    )


@blueprint.route(f"{OWN}/logs/new", methods=["GET", "POST"])
@needs(Permission.OWN_GROWTH)
def new_own_log(pairing_id: int) -> ResponseReturnValue:
    """Write a log."""
    actor, form = current_actor(), LogForm()
    head, _ = own_head(actor, pairing_id)
    if not form.is_submitted():
        form.on.data = min(clock.today(), head.record.ends_on)
    return _form_page(
        head,
        form,
        msg("填写帮带记录"),
        lambda: operations.write_own_log(actor, pairing_id, form.given()),
        msg("帮带记录已保存。"),
    )


@blueprint.route(OWN_LOG, methods=["GET", "POST"])
@needs(Permission.OWN_GROWTH)
def edit_own_log(log_id: int) -> ResponseReturnValue:
    """Set right a log that I wrote."""
    actor, form = current_actor(), LogForm()
    log, head = own_log_head(actor, log_id)
    if not form.is_submitted():
        form.show(log)
    return _form_page(
        head,
        form,
        msg("修改帮带记录"),
        lambda: operations.change_own_log(actor, log_id, form.given(), form.seen()),
        msg("帮带记录已修改。"),
    )


@blueprint.post(f"{OWN_LOG}/drop")
@needs(Permission.OWN_GROWTH)
def drop_own_log(log_id: int) -> ResponseReturnValue:
    """Remove a log that I wrote."""
    actor = current_actor()
    own_log_head(actor, log_id)
    return act(
        url_for("mentoring.own_mentoring"), lambda: operations.drop_own_log(actor, log_id), msg("帮带记录已删除。")
    )


@blueprint.route(f"{OWN}/evaluate", methods=["GET", "POST"])
@needs(Permission.OWN_GROWTH)
def evaluate_own(pairing_id: int) -> ResponseReturnValue:
    """Say what I think of the other: as the mentor of the mentee, as the mentee of the mentor."""
    actor, form = current_actor(), EvaluationForm()
    head, as_mentor = own_head(actor, pairing_id)
    form.offer(head.edition)
    record = head.record
    if not form.is_submitted():
        form.grade.data = record.mentee_grade if as_mentor else record.mentor_grade
        form.opinion.data = record.mentee_opinion if as_mentor else record.mentor_opinion
    keep = evaluations.evaluate_own_mentee if as_mentor else evaluations.evaluate_own_mentor
    return _form_page(
        head,
        form,
        msg("评价帮带对象") if as_mentor else msg("评价导师"),
        lambda: keep(actor, pairing_id, form.given()),
        msg("评价已提交，办结前可以修改。"),
    )


def _form_page(
    head: PairingHead, form: OfficeForm, title: Message, deed: Callable[[], object], done: Message
) -> ResponseReturnValue:
    if attempt(form, deed):
        return finish(url_for("mentoring.own_mentoring"), done)
    return render_template("mentoring/own-form.html", head=head, form=form, title=title), status_of(form)
