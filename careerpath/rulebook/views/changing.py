"""Bringing in, adopting, withdrawing, deleting a draft."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.policy.catalogue import RULES
from careerpath.rulebook import operations
from careerpath.rulebook.forms import MOST_BYTES, AdoptForm, BringForm, LevelsForm, WithdrawForm
from careerpath.rulebook.models import EditionState
from careerpath.rulebook.queries.pages import chosen_edition, stored_page
from careerpath.rulebook.sheets import SheetFaults
from careerpath.rulebook.views.room import EDITION, blueprint, trial_url
from careerpath.words import Refused, msg


@blueprint.route("/rules/new", methods=["GET", "POST"])
@needs(Permission.RULES_EDIT)
def bring() -> ResponseReturnValue:
    """Bring an edition in as a draft."""
    form = BringForm()
    if form.validate_on_submit():
        try:
            edition_id = _drafted(*form.given())
            flash(say(msg("已保存为草案，尚未生效。请核对内容后再采用。")), "success")
            return redirect(url_for("rulebook.edition", edition_id=edition_id))
        except SheetFaults as faults:
            form.form_errors = [say(message) for message in faults.messages]
        except Refused as refusal:
            form.refuse(refusal)
    rules = [(rule, entry.name) for rule, entry in RULES.items()]
    return render_template("rulebook/bring.html", form=form, rules=rules), 422 if request.method == "POST" else 200


@blueprint.route("/rules/levels", methods=["GET", "POST"])
@needs(Permission.RULES_EDIT)
def levels() -> ResponseReturnValue:
    """Put a level table into an edition; what comes of it is a draft."""
    actor, form, token = current_actor(), LevelsForm(), request.args.get("base", "")[:120]
    if not token:
        return redirect(url_for("rulebook.book"))
    base = chosen_edition(actor, token)
    if form.validate_on_submit():
        try:
            name, content, head = form.given()
            edition_id = operations.draft_levels(actor, base, content, name, head)
            flash(say(msg("已保存为草案，尚未生效。请核对内容后再采用。")), "success")
            return redirect(url_for("rulebook.edition", edition_id=edition_id))
        except SheetFaults as faults:
            form.form_errors = [say(message) for message in faults.messages]
        except Refused as refusal:
            form.refuse(refusal)
    page = {"base": base.head, "token": token, "form": form}
    return render_template("rulebook/levels.html", **page), 422 if request.method == "POST" else 200


@blueprint.route(f"{EDITION}/adopt", methods=["GET", "POST"])
@needs(Permission.RULES_EDIT)
def adopt(edition_id: int) -> ResponseReturnValue:
    """Adopt a draft, after a look at what that means."""
    actor, form = current_actor(), AdoptForm()
    page = stored_page(actor, edition_id)
    if form.validate_on_submit():
        try:
            operations.adopt_edition(actor, edition_id)
            flash(say(msg("已采用，自 %(day)s 起施行。", day=page.line.effective_from)), "success")
            return redirect(url_for("rulebook.edition", edition_id=edition_id))
        except Refused as refusal:
            form.refuse(refusal)
    elif page.line.state is not EditionState.DRAFT:
        return redirect(url_for("rulebook.edition", edition_id=edition_id))
    trial = trial_url(actor, page.line.rule, edition_id)
    return render_template("rulebook/adopt.html", form=form, page=page, trial=trial), 422 if form.faults() else 200


@blueprint.route(f"{EDITION}/withdraw", methods=["GET", "POST"])
@needs(Permission.RULES_EDIT)
def withdraw(edition_id: int) -> ResponseReturnValue:
    """Take an edition out of use, with a reason."""
    actor, form = current_actor(), WithdrawForm()
    page = stored_page(actor, edition_id)
    if form.validate_on_submit():
        try:
            operations.withdraw_edition(actor, edition_id, form.reason.data)
            flash(say(msg("已停用。此前按该版本作出的结果不受影响。")), "success")
            return redirect(url_for("rulebook.edition", edition_id=edition_id))
        except Refused as refusal:
            form.refuse(refusal)
    return render_template("rulebook/withdraw.html", form=form, page=page), 422 if request.method == "POST" else 200


@blueprint.post(f"{EDITION}/drop")
@needs(Permission.RULES_EDIT)
def drop(edition_id: int) -> ResponseReturnValue:
    """Delete a draft."""
    try:
        operations.drop_draft(current_actor(), edition_id)
    except Refused as refusal:
        flash(say(refusal.message), "danger")
        return redirect(url_for("rulebook.edition", edition_id=edition_id))
    flash(say(msg("草案已删除。")), "success")
    return redirect(url_for("rulebook.book"))


def _drafted(name: str, content: bytes) -> int:
    actor = current_actor()
    if operations.is_workbook(name) or content.startswith(b"PK"):
        return operations.draft_workbook(actor, content, name)
    if len(content) > MOST_BYTES:
        raise Refused(msg("文件太大，规则文件不超过 2 MB。请检查是否选错了文件。"), field="file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(msg("%(file)s 不是 UTF-8 文本，请另存为 UTF-8 后重试。", file=name), field="file") from error
    return operations.draft_edition(actor, text, name)
