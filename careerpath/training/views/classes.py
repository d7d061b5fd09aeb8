"""Classes: the list, a new one, one with the thing to do now, and what happens to it as a whole."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.forms.fields import code_name
from careerpath.employees.queries.people import unit_label
from careerpath.employees.views.room import attempt, status_of
from careerpath.policy.codes import Post
from careerpath.policy.training import Tier
from careerpath.skills.queries.lines import line_names, lines_met, lines_of
from careerpath.training.forms.classes import ClassForm, CloseForm, DocumentForm, ReasonForm
from careerpath.training.operations import classes as operations
from careerpath.training.operations.closing import close_class, reopen_class
from careerpath.training.queries import classes as queries
from careerpath.training.queries.class_people import count_meant, days_with_counts
from careerpath.training.queries.courses import course_choices
from careerpath.training.queries.rules import rules_or_none
from careerpath.training.queries.tabs import class_tabs
from careerpath.training.views.room import blueprint
from careerpath.words import Message, Refused, msg

CLASS = "/classes/<int:class_id>"
ACTS: dict[str, tuple[queries.Standing, ...]] = {
    "open": (queries.Standing.PLANNED,),
    "cancel": (queries.Standing.AHEAD, queries.Standing.RUNNING, queries.Standing.DUE),
    "close": (queries.Standing.RUNNING, queries.Standing.DUE),
    "reopen": (queries.Standing.CLOSED,),
}
DONE: dict[str, Message] = {
    "open": msg("已发布，街道和社区可以看到并报名。"),
    "cancel": msg("已取消。"),
    "reopen": msg("已恢复办理，更正后请重新办结。"),
}


@blueprint.get("/")
@needs(Permission.TRAINING_VIEW)
def classes() -> ResponseReturnValue:
    """The classes within reach, newest first."""
    actor, args = current_actor(), request.args
    filters = queries.class_filters_of(
        args, whole_number(args.get("unit_id", "")), whole_number(args.get("course", ""))
    )
    page = queries.class_lines(actor, filters, after=args.get("after"), before=args.get("before"))
    return render_template(
        "training/classes.html",
        page=page,
        filters=filters,
        unit=filters.unit or unit_label(actor, filters.unit_id),
        categories=[(one, one) for one in queries.categories_of(actor)],
        tiers=[(one.value, code_name(Tier, one.value)) for one in Tier],
        lines=lines_met(actor, Permission.TRAINING_VIEW),
        standings=[(one.value, word) for one, word in queries.STANDINGS.items()],
        Tier=Tier,
        today=clock.today(),
    )


@blueprint.route("/classes/new", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def new_class() -> ResponseReturnValue:
    """Plan a class."""
    actor, form = current_actor(), ClassForm()
    courses = course_choices(actor)
    _offer(form, courses, actor.prefixes(Permission.TRAINING_HOLD)[0])
    made: list[int] = []
    if attempt(form, lambda: made.append(operations.plan_class(actor, form.given()))):
        flash(say(msg("已拟定，核对后发布。")), "success")
        return redirect(url_for("training.training_class", class_id=made[0]))
    if request.method == "GET":
        form.course_id.data = request.args.get("course", "")
        form.starts_on.data = form.ends_on.data = clock.today() + timedelta(days=14)
    return render_template("training/class-form.html", form=form, head=None, courses=courses), status_of(form)


@blueprint.get(CLASS)
@needs(Permission.TRAINING_VIEW)
def training_class(class_id: int) -> ResponseReturnValue:
    """One class: where it stands and what to do now."""
    return _show(class_id)


@blueprint.route(f"{CLASS}/edit", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def edit_class(class_id: int) -> ResponseReturnValue:
    """Change a class that is not closed."""
    actor, form = current_actor(), ClassForm()
    head = queries.held_head(actor, class_id)
    courses = course_choices(actor, head.course_id)
    _offer(form, courses, head.unit_path)
    if attempt(form, lambda: operations.change_class(actor, class_id, form.given(), form.seen())):
        return _done(class_id, msg("已保存。"))
    if request.method == "GET":
        form.show(head.record, [day.record for day in days_with_counts(class_id)])
    return render_template("training/class-form.html", form=form, head=head, courses=courses), status_of(form)


@blueprint.route(f"{CLASS}/<any(open,cancel,close,reopen):act>", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def settle_class(class_id: int, act: str) -> ResponseReturnValue:
    """Announce a class, cancel it, close it, or take a closed one up again."""
    actor = current_actor()
    head = queries.held_head(actor, class_id)
    if act == "open":
        form: DocumentForm | ReasonForm | CloseForm = DocumentForm(document=head.record.document)
        done = attempt(form, lambda: operations.open_class(actor, class_id, form["document"].data or ""))
    elif act == "close":
        form, counted = CloseForm(on=clock.today()), list[int]()
        if attempt(form, lambda: counted.append(close_class(actor, class_id, form["on"].data))):
            return _done(class_id, msg("已办结，%(count)s 人参训。", count=counted[0]))
        done = False
    else:
        form = ReasonForm()
        deed = operations.cancel_class if act == "cancel" else reopen_class
        done = attempt(form, lambda: deed(actor, class_id, form["reason"].data))
    if done:
        return _done(class_id, DONE[act])
    return render_template("training/class-act.html", head=head, tabs=class_tabs(head), act=act, form=form), status_of(
        form
    )


@blueprint.post(f"{CLASS}/restore")
@needs(Permission.TRAINING_HOLD)
def restore_class(class_id: int) -> ResponseReturnValue:
    """Take the cancelling of a class back."""
    operations.restore_class(current_actor(), class_id)
    return _done(class_id, msg("已撤销取消，名单不变。"))


@blueprint.post(f"{CLASS}/drop")
@needs(Permission.TRAINING_HOLD)
def drop_class(class_id: int) -> ResponseReturnValue:
    """Take a planned class back."""
    try:
        operations.drop_class(current_actor(), class_id)
    except Refused as refusal:
        return _show(class_id, refusal)
    flash(say(msg("拟定的培训班已撤回。")), "success")
    return redirect(url_for("training.classes"))


def _offer(form: ClassForm, courses: list[tuple[int, str]], path: str) -> None:
    """The courses, the requirements of today's rules, the lines of work at a place."""
    edition = rules_or_none(clock.today())
    requirements = [(one.code, one.name) for one in edition.requirements] if edition else []
    form.offer(courses, requirements, [(line.code, line.name) for line in lines_of(path)])


def _show(class_id: int, problem: Refused | None = None) -> ResponseReturnValue:
    actor = current_actor()
    head = queries.class_head(actor, class_id)
    audience = operations.AudienceGiven.of(head.record.audience)
    edition = rules_or_none(clock.today()) if audience.requirement else None
    names = line_names({*audience.lines, *head.course.lines}, head.unit_path)
    shown = render_template(
        "training/class.html",
        head=head,
        tabs=class_tabs(head),
        days=days_with_counts(class_id),
        audience=audience,
        Tier=Tier,
        posts=audience.posts,
        post_names=[code_name(Post, post) for post in audience.posts],
        requirement=next((one.name for one in edition.requirements if one.code == audience.requirement), "")
        if edition
        else audience.requirement,
        audience_lines=[names[code] for code in audience.lines],
        course_lines=[names[code] for code in head.course.lines],
        meant=count_meant(actor, head) if head.is_open else None,
        acts={act for act, standings in ACTS.items() if head.holds and head.standing in standings},
        problem=problem,
    )
    return shown, 422 if problem else 200


def _done(class_id: int, done: Message) -> ResponseReturnValue:
    flash(say(done), "success")
    return redirect(url_for("training.training_class", class_id=class_id))
