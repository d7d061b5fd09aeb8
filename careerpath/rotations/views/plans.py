"""Plans of a round: the list, a new one, one with its proposals, another host for somebody, and what follows."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.queries.units import ids_of
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.employees.queries.named import people_named
from careerpath.employees.views.room import attempt, fill_unit, status_of
from careerpath.policy.rotation import Direction, RotationEdition
from careerpath.rotations.forms.plans import AGAIN, NAMED, OUT, PlanForm, PlanLineForm, PlanOutForm
from careerpath.rotations.operations import plans as operations
from careerpath.rotations.operations.plans import PlanGiven
from careerpath.rotations.queries import plans as queries
from careerpath.rotations.queries.plan_line import plan_line_page
from careerpath.rotations.queries.rules import rules_or_none
from careerpath.rotations.queries.words import PLAN_STATES
from careerpath.rotations.views.room import blueprint
from careerpath.words import Message, Refused, msg

PLAN = "/plans/<int:plan_id>"
LINE = "/plans/lines/<int:plan_line_id>"


@blueprint.get("/plans")
@needs(Permission.ROTATION_VIEW)
def plans() -> ResponseReturnValue:
    """All plans of the actor's units."""
    filters = queries.plan_filters_of(request.args)
    return render_template(
        "rotations/plans.html",
        page=queries.plan_summaries(
            current_actor(), filters, after=request.args.get("after"), before=request.args.get("before")
        ),
        filters=filters,
        states=[(one.value, word) for one, word in PLAN_STATES.items()],
        kinds=_kinds(rules_or_none(clock.today())),
    )


@blueprint.route("/plans/new", methods=["GET", "POST"])
@needs(Permission.ROTATION_PROPOSE)
def new_plan() -> ResponseReturnValue:
    """Say which round and who takes part, and reckon."""
    actor, form, today = current_actor(), PlanForm(), clock.today()
    if not form.is_submitted():
        form.unit_id.data = next((ids_of(one)[-1] for one in actor.prefixes(Permission.ROTATION_PROPOSE) if one), None)
    fill_unit(form, actor)
    edition = rules_or_none(today)
    form.offer(_kinds(edition))
    made: list[int] = []

    def deed() -> None:
        ids = None
        if form.who.data == NAMED:
            ids = people_named(actor, form.unit_id.data, form.names(), Permission.ROTATION_PROPOSE)
        given = PlanGiven(form.name.data, form.kind.data, form.starts_on.data, form.ends_on.data, ids)
        made.append(operations.solve_plan(actor, form.unit_id.data, given))

    if attempt(form, deed):
        return _done(made[0], msg("已安排，请核对建议，可逐人调整。"))
    return render_template("rotations/plan-new.html", form=form, edition=edition), status_of(form)


@blueprint.get(PLAN)
@needs(Permission.ROTATION_VIEW)
def plan(plan_id: int) -> ResponseReturnValue:
    """One plan with its proposals."""
    return _page(plan_id, PlanOutForm(formdata=None))


@blueprint.post(f"{PLAN}/carry-out")
@needs(Permission.ROTATION_PROPOSE)
def carry_out_plan(plan_id: int) -> ResponseReturnValue:
    """Propose all rotations of the plan."""
    actor, form, made = current_actor(), PlanOutForm(), []

    def deed() -> None:
        post, tasks, reason = form.host_post.data or "", form.tasks.data or "", form.reason.data or ""
        made.extend(operations.carry_out_plan(actor, plan_id, post, tasks, reason))

    if attempt(form, deed):
        return _done(plan_id, msg("已提出 %(count)s 项轮岗锻炼，等待批准。", count=len(made)))
    return _page(plan_id, form)


@blueprint.post(f"{PLAN}/solve")
@needs(Permission.ROTATION_PROPOSE)
def solve_plan_again(plan_id: int) -> ResponseReturnValue:
    """Reckon again; what people chose stays."""
    actor = current_actor()
    done = msg("已重新安排，人工选定的保持不变。")
    return _act(plan_id, lambda: operations.solve_plan_again(actor, plan_id), done)


@blueprint.post(f"{PLAN}/drop")
@needs(Permission.ROTATION_PROPOSE)
def drop_plan(plan_id: int) -> ResponseReturnValue:
    """Put it away."""
    actor = current_actor()
    return _act(plan_id, lambda: operations.drop_plan(actor, plan_id), msg("已作废，可以恢复。"))


@blueprint.post(f"{PLAN}/restore")
@needs(Permission.ROTATION_PROPOSE)
def restore_plan(plan_id: int) -> ResponseReturnValue:
    """Take it up again."""
    actor = current_actor()
    return _act(plan_id, lambda: operations.restore_plan(actor, plan_id), msg("已恢复。"))


@blueprint.route(LINE, methods=["GET", "POST"])
@needs(Permission.ROTATION_PROPOSE)
def plan_line(plan_line_id: int) -> ResponseReturnValue:
    """Choose another host for somebody, or nowhere this time."""
    actor, form = current_actor(), PlanLineForm()
    page = plan_line_page(actor, plan_line_id)
    plan_id = page.plan.id

    def deed() -> None:
        host_id, left_out = form.chosen()
        operations.change_plan_line(actor, plan_line_id, host_id, left_out, form.reason.data or "", form.seen())

    if attempt(form, deed):
        return _done(plan_id, msg("%(name)s的安排已调整。", name=page.name))
    if not form.is_submitted():
        form.version.data, form.reason.data = str(page.line.version), page.line.reason
        form.host_id.data = OUT if page.line.left_out else str(page.line.host_id or AGAIN)
    return render_template("rotations/plan-line.html", page=page, form=form, OUT=OUT, AGAIN=AGAIN), status_of(form)


def _kinds(edition: RotationEdition | None) -> list[tuple[str, str]]:
    """The kinds of rotation that may be planned, by code and name: cadres sent down have no file here."""
    return [(kind.code, kind.name) for kind in edition.kinds if kind.direction is not Direction.DOWN] if edition else []


def _page(plan_id: int, form: PlanOutForm) -> ResponseReturnValue:
    head = queries.plan_head(current_actor(), plan_id)
    shown, q = request.args.get("show", ""), request.args.get("q", "").strip()[:64]
    rendered = render_template(
        "rotations/plan.html",
        head=head,
        page=queries.plan_rows(
            head, show=shown, q=q, after=request.args.get("after"), before=request.args.get("before")
        ),
        loads=queries.host_loads(head),
        form=form,
        shown=shown,
        choices=list(queries.SHOWN.items()),
        q=q,
    )
    return rendered, status_of(form)


def _act(plan_id: int, deed: Callable[[], object], done: Message) -> ResponseReturnValue:
    try:
        deed()
    except Refused as refusal:
        flash(say(refusal.message), "danger")
        return redirect(url_for("rotations.plan", plan_id=plan_id))
    return _done(plan_id, done)


def _done(plan_id: int, words: Message) -> ResponseReturnValue:
    flash(say(words), "success")
    return redirect(url_for("rotations.plan", plan_id=plan_id))
