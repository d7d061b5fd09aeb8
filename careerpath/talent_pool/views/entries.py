"""One time in the pool: taking somebody in, the page, setting it right, readiness, leaving."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.forms import OfficeForm
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.employees.queries.people import find_people
from careerpath.employees.views.room import attempt, fill_unit, status_of
from careerpath.policy.talent_pool import Purpose
from careerpath.talent_pool.forms.pool import EntryChangeForm, EntryForm, LeavingForm, ReadinessForm
from careerpath.talent_pool.models import Readiness
from careerpath.talent_pool.operations import pool as operations
from careerpath.talent_pool.queries.checklists import checklist
from careerpath.talent_pool.queries.entry import EntryHead, entry_head, entry_page
from careerpath.talent_pool.queries.facts import person
from careerpath.talent_pool.queries.rules import rules_on
from careerpath.talent_pool.views.room import blueprint
from careerpath.words import Message, Refused, msg

ENTRY = "/entries/<int:pool_entry_id>"


@blueprint.route("/entries/new", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def new_entry() -> ResponseReturnValue:
    """Look somebody up, see what the rules say, take them in."""
    actor, form, today = current_actor(), EntryForm(), clock.today()
    q = request.args.get("q", "").strip()[:64]
    chosen = whole_number(request.args.get("q_id", ""))
    found = find_people(actor, q) if q and chosen is None else []
    if chosen is None and len(found) == 1:
        chosen = found[0].id
    if chosen is None:
        return render_template("talent_pool/pool-entry-new.html", form=None, q=q, found=found, employee=None)
    employee = fetch(actor, Employee, chosen, Permission.POOL_DECIDE)
    try:
        edition = rules_on(today)
    except Refused as refusal:
        flash(say(refusal.message), "danger")
        return redirect(url_for("talent_pool.entries"))
    gates = [gate for gate in edition.gates if gate.purpose is Purpose.POOL]
    form.offer({rung.code: rung.name for rung in edition.rungs})
    if not form.is_submitted():
        form.unit_id.data, form.entered_on.data = employee.unit_id, today
        form.rung.data = gates[0].rung if gates else None
    fill_unit(form, actor)
    made: list[int] = []
    if attempt(form, lambda: made.append(operations.enter_pool(actor, form.given(employee.id)))):
        flash(say(msg("%(name)s已入库。", name=employee.name)), "success")
        return redirect(url_for("talent_pool.entry", pool_entry_id=made[0]))
    known = person(employee.id, edition)
    shown = render_template(
        "talent_pool/pool-entry-new.html",
        form=form,
        q=q,
        found=found,
        employee=employee,
        edition=edition,
        checklists=[checklist(edition, gate, known, today) for gate in gates],
    )
    return shown, status_of(form)


@blueprint.get(ENTRY)
@needs(Permission.POOL_VIEW)
def entry(pool_entry_id: int) -> ResponseReturnValue:
    """Everything of one entry."""
    return render_template("talent_pool/pool-entry.html", page=entry_page(current_actor(), pool_entry_id))


@blueprint.route(f"{ENTRY}/edit", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def edit_entry(pool_entry_id: int) -> ResponseReturnValue:
    """Set right what was entered."""
    actor, form = current_actor(), EntryChangeForm()
    head = entry_head(actor, pool_entry_id, Permission.POOL_DECIDE)
    if not form.is_submitted():
        form.show(head.record)
    fill_unit(form, actor)
    return form_page(
        head,
        form,
        msg("更正在库信息"),
        lambda: operations.change_entry(actor, pool_entry_id, form.given(), form.seen()),
        msg("在库信息已更正。"),
    )


@blueprint.route(f"{ENTRY}/readiness", methods=["GET", "POST"])
@needs(Permission.POOL_NOMINATE)
def readiness(pool_entry_id: int) -> ResponseReturnValue:
    """Say how ready somebody is."""
    actor, form = current_actor(), ReadinessForm()
    head = entry_head(actor, pool_entry_id, Permission.POOL_NOMINATE)
    if not form.is_submitted():
        form.show(head.record)

    def deed() -> None:
        said = Readiness(form.readiness.data)
        operations.set_readiness(actor, pool_entry_id, said, form.remark.data or "", form.seen())

    return form_page(head, form, msg("评定成熟程度"), deed, msg("成熟程度已保存。"))


@blueprint.route(f"{ENTRY}/leave", methods=["GET", "POST"])
@needs(Permission.POOL_DECIDE)
def leave_entry(pool_entry_id: int) -> ResponseReturnValue:
    """Let somebody leave the pool."""
    actor, form = current_actor(), LeavingForm()
    head = entry_head(actor, pool_entry_id, Permission.POOL_DECIDE)
    if not form.is_submitted():
        form.left_on.data = clock.today()
    return form_page(
        head,
        form,
        msg("办理出库"),
        lambda: operations.leave_pool(actor, pool_entry_id, form.given()),
        msg("已办理出库。"),
        msg("本人放弃和其他原因须写明情况。出库有误的可以撤销。"),
    )


@blueprint.post(f"{ENTRY}/undo-leaving")
@needs(Permission.POOL_DECIDE)
def undo_leaving(pool_entry_id: int) -> ResponseReturnValue:
    """Take a leaving back."""
    return act(
        pool_entry_id,
        lambda: operations.undo_leaving(current_actor(), pool_entry_id),
        msg("出库已撤销，恢复在库。"),
    )


def form_page(
    head: EntryHead,
    form: OfficeForm,
    title: Message,
    deed: Callable[[], object],
    done: Message,
    hint: Message | None = None,
) -> ResponseReturnValue:
    """A form about an entry: shown, or done and back to the entry."""
    if attempt(form, deed):
        flash(say(done), "success")
        return redirect(url_for("talent_pool.entry", pool_entry_id=head.record.id))
    shown = render_template("talent_pool/pool-form.html", head=head, form=form, title=title, hint=hint)
    return shown, status_of(form)


def act(entry_id: int, deed: Callable[[], object], done: Message) -> ResponseReturnValue:
    """Something that a button does, and back to the entry with what came of it."""
    try:
        deed()
    except Refused as refusal:
        flash(say(refusal.message), "danger")
    else:
        flash(say(done), "success")
    return redirect(url_for("talent_pool.entry", pool_entry_id=entry_id))
