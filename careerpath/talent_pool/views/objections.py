"""What is brought forward during a public notice, of selections and promotions, and the answers."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.employees.views.room import attempt, status_of
from careerpath.talent_pool.forms.selecting import PoolAnswerForm, PoolObjectionForm
from careerpath.talent_pool.operations import objections as operations
from careerpath.talent_pool.queries import objections as queries
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import msg


@blueprint.route("/entrants/<int:entrant_id>/objection", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def new_entrant_objection(entrant_id: int) -> ResponseReturnValue:
    """Keep what was brought forward about somebody selected."""
    actor, form = current_actor(), PoolObjectionForm()
    subject = queries.entrant_subject(actor, entrant_id)
    if attempt(form, lambda: operations.record_entrant_objection(actor, entrant_id, form.given())):
        flash(say(msg("已登记，答复前不能办理入库。")), "success")
        return redirect(_back(subject))
    return _form(form, subject)


@blueprint.route("/promotions/<int:promotion_id>/objection", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def new_promotion_objection(promotion_id: int) -> ResponseReturnValue:
    """Keep what was brought forward about somebody to be promoted."""
    actor, form = current_actor(), PoolObjectionForm()
    subject = queries.promotion_subject(actor, promotion_id)
    if attempt(form, lambda: operations.record_promotion_objection(actor, promotion_id, form.given())):
        flash(say(msg("已登记，答复前不能办理任职。")), "success")
        return redirect(_back(subject))
    return _form(form, subject)


@blueprint.route("/objections/<int:pool_objection_id>", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def pool_objection(pool_objection_id: int) -> ResponseReturnValue:
    """One objection, and its answer."""
    actor, form = current_actor(), PoolAnswerForm()
    page = queries.objection_page(actor, pool_objection_id)

    def answer() -> None:
        operations.answer_pool_objection(actor, pool_objection_id, form.is_upheld, form.answer.data or "", form.on.data)

    if attempt(form, answer):
        flash(say(msg("已登记答复。")), "success")
        return redirect(_back(page.subject))
    if request.method == "GET":
        form.on.data = clock.today()
    shown = render_template("talent_pool/objection.html", page=page, form=form, back=_back(page.subject))
    return shown, status_of(form)


def _form(form: PoolObjectionForm, subject: queries.Subject) -> ResponseReturnValue:
    if request.method == "GET":
        form.received_on.data = clock.today()
    shown = render_template("talent_pool/objection-new.html", form=form, subject=subject, back=_back(subject))
    return shown, status_of(form)


def _back(subject: queries.Subject) -> str:
    if subject.promotion_id is not None:
        return url_for("talent_pool.promotion", promotion_id=subject.promotion_id)
    return url_for("talent_pool.selection_notice", selection_id=subject.selection_id)
