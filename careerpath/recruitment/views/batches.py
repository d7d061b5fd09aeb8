"""Batches: the list, a new one, one with the one thing to do now, and what happens to it as a whole."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.fields import read_day
from careerpath.core.web.language import say
from careerpath.recruitment.forms.batches import DaysForm, NewPlanForm, PlanForm, PublishForm, ReasonForm
from careerpath.recruitment.operations import batches as operations
from careerpath.recruitment.queries import batches as queries
from careerpath.recruitment.queries import planning
from careerpath.recruitment.queries.notice_words import notice_parts
from careerpath.recruitment.queries.now import now_of
from careerpath.recruitment.queries.purging import purge_line
from careerpath.recruitment.queries.rules import known_rules, rules_of
from careerpath.recruitment.views.room import blueprint
from careerpath.words import Conflict, Message, Refused, msg

BATCH = "/batches/<int:batch_id>"


@blueprint.get("/batches")
@needs(Permission.RECRUITMENT_VIEW)
def batches() -> ResponseReturnValue:
    """All batches, newest first."""
    open_only = request.args.get("state") == "open"
    page = queries.batch_lines(
        current_actor(), open_only=open_only, after=request.args.get("after"), before=request.args.get("before")
    )
    return render_template("recruitment/batches.html", page=page, open_only=open_only)


@blueprint.route("/batches/new", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_PLAN)
def new_batch() -> ResponseReturnValue:
    """Plan a batch; usual values stand there already."""
    actor, form = current_actor(), NewPlanForm()
    units = planning.districts(actor)
    form.offer_units(units)
    form.offer(known_rules())
    if form.validate_on_submit():
        try:
            batch_id = operations.plan_batch(actor, int(form.unit_id.data), form.given())
            return redirect(url_for("recruitment.positions", batch_id=batch_id))
        except Refused as refusal:
            form.refuse(refusal)
    elif request.method == "GET" and units:
        on = read_day(request.args.get("on", ""))
        for name, value in planning.usual_plan(*units[0], on).items():
            form[name].data = value
    return render_template("recruitment/batch-new.html", form=form), 422 if request.method == "POST" else 200


@blueprint.get(BATCH)
@needs(Permission.RECRUITMENT_VIEW)
def batch(batch_id: int) -> ResponseReturnValue:
    """One batch: where it stands and what to do now."""
    return show_batch(batch_id)


@blueprint.route(f"{BATCH}/plan", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_PLAN)
def plan(batch_id: int) -> ResponseReturnValue:
    """Change what is planned."""
    actor, form = current_actor(), PlanForm()
    head = queries.batch_head(actor, batch_id, Permission.RECRUITMENT_PLAN)
    form.offer(known_rules())
    if form.validate_on_submit():
        try:
            operations.change_plan(actor, batch_id, form.given(), form.seen())
            return _done(batch_id, msg("招聘计划已保存。"))
        except Refused as refusal:
            return _refused("recruitment/plan.html", form, refusal, head=head)
    elif request.method == "GET":
        form.show(planning.planned_batch(actor, batch_id))
    return render_template("recruitment/plan.html", form=form, head=head), 422 if request.method == "POST" else 200


@blueprint.route(f"{BATCH}/publish", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_PLAN)
def publish(batch_id: int) -> ResponseReturnValue:
    """The notice as it will be, what to look at, and the publication."""
    actor, form = current_actor(), PublishForm()
    if form.validate_on_submit():
        try:
            warnings = operations.publish_batch(actor, batch_id, form.document.data)
            for warning in warnings:
                flash(say(warning), "warning")
            return _done(batch_id, msg("公告已发布，规则和岗位已按公告冻结。"))
        except Refused as refusal:
            form.refuse(refusal)
    batch, head = queries.batch_with_head(actor, batch_id, Permission.RECRUITMENT_PLAN)
    edition = rules_of(batch)
    lines = planning.position_lines(batch, edition, {})
    on = batch.closes_on or clock.today()
    page = {
        "head": head,
        "batch": batch,
        "edition": edition.head,
        "lines": lines,
        "parts": notice_parts(edition, on),
        "warnings": [*planning.notices_of(lines, edition), *edition.warnings(operations.begins_about(batch))],
        "form": form,
        "Act": queries.Act,
    }
    return render_template("recruitment/publish.html", **page), 422 if request.method == "POST" else 200


@blueprint.get(f"{BATCH}/rules")
@needs(Permission.RECRUITMENT_VIEW)
def rules(batch_id: int) -> ResponseReturnValue:
    """What the notice says, in sentences."""
    batch, head = queries.batch_with_head(current_actor(), batch_id)
    edition = rules_of(batch)
    parts = notice_parts(edition, batch.closes_on or clock.today())
    frozen = batch.edition is not None
    return render_template("recruitment/rules.html", head=head, edition=edition.head, parts=parts, frozen=frozen)


@blueprint.route(f"{BATCH}/days", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_PLAN)
def days(batch_id: int) -> ResponseReturnValue:
    """Move days of a published batch."""
    actor, form = current_actor(), DaysForm()
    head = queries.batch_head(actor, batch_id, Permission.RECRUITMENT_PLAN)
    if form.validate_on_submit():
        try:
            operations.change_days(actor, batch_id, form.given(), form.seen())
            return _done(batch_id, msg("日程已调整，原因记入办理过程。"))
        except Refused as refusal:
            return _refused("recruitment/days.html", form, refusal, head=head)
    elif request.method == "GET":
        form.show(planning.planned_batch(actor, batch_id))
    return render_template("recruitment/days.html", form=form, head=head), 422 if request.method == "POST" else 200


@blueprint.route(f"{BATCH}/<any(cancel,reopen):act>", methods=["GET", "POST"])
@needs(Permission.RECRUITMENT_PLAN)
def end(batch_id: int, act: str) -> ResponseReturnValue:
    """Cancel a batch, or take a concluded one up again, with a reason."""
    actor, form = current_actor(), ReasonForm()
    head = queries.batch_head(actor, batch_id, Permission.RECRUITMENT_PLAN)
    if form.validate_on_submit():
        try:
            if act == "cancel":
                operations.cancel_batch(actor, batch_id, form.reason.data)
                return _done(batch_id, msg("本批次已取消。"))
            operations.reopen_batch(actor, batch_id, form.reason.data)
            return _done(batch_id, msg("本批次已恢复办理。"))
        except Refused as refusal:
            form.refuse(refusal)
    status = 422 if request.method == "POST" else 200
    return render_template("recruitment/end.html", form=form, head=head, act=act), status


@blueprint.post(f"{BATCH}/conclude")
@needs(Permission.RECRUITMENT_PLAN)
def conclude(batch_id: int) -> ResponseReturnValue:
    """Conclude a batch."""
    try:
        operations.conclude_batch(current_actor(), batch_id)
    except Refused as refusal:
        return show_batch(batch_id, refusal)
    return _done(batch_id, msg("本批次已办结。"))


@blueprint.post(f"{BATCH}/drop")
@needs(Permission.RECRUITMENT_PLAN)
def drop(batch_id: int) -> ResponseReturnValue:
    """Take a planned batch back."""
    try:
        operations.drop_batch(current_actor(), batch_id)
    except Refused as refusal:
        return show_batch(batch_id, refusal)
    flash(say(msg("招聘计划已撤回。")), "success")
    return redirect(url_for("recruitment.batches"))


def show_batch(batch_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    """The page of a batch, with a refusal where there is one."""
    actor = current_actor()
    batch, head = queries.batch_with_head(actor, batch_id)
    edition = rules_of(batch)
    counts = planning.application_counts(actor, batch_id)
    lines = planning.position_lines(batch, edition, counts)
    shown = render_template(
        "recruitment/batch.html",
        head=head,
        batch=batch,
        edition=edition.head,
        lines=lines,
        counts=planning.all_counts(counts),
        now=now_of(head, lines, planning.all_counts(counts)),
        Act=queries.Act,
        purge=purge_line(batch),
        problem=problem,
    )
    return shown, 422 if problem else 200


def _refused(template: str, form: PlanForm | DaysForm, refusal: Refused, **page: object) -> ResponseReturnValue:
    form.refuse(refusal)
    return render_template(template, form=form, **page), 409 if isinstance(refusal, Conflict) else 422


def _done(batch_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("recruitment.batch", batch_id=batch_id))
