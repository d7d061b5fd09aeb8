"""Courses: the list, a new one, a changed one, retired and restored."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.forms.fields import code_name
from careerpath.employees.queries.people import unit_label
from careerpath.employees.views.room import attempt, status_of
from careerpath.policy.training import Tier
from careerpath.skills.queries.lines import line_choices
from careerpath.training.forms.courses import CourseForm, NewCourseForm
from careerpath.training.operations import courses as operations
from careerpath.training.queries import courses as queries
from careerpath.training.views.room import blueprint
from careerpath.words import NotFound, msg

COURSE = "/courses/<int:course_id>"


@blueprint.get("/courses")
@needs(Permission.TRAINING_VIEW)
def courses() -> ResponseReturnValue:
    """The courses within reach, by holder."""
    actor = current_actor()
    filters = queries.course_filters_of(request.args, whole_number(request.args.get("unit_id", "")))
    page = queries.course_lines(actor, filters, after=request.args.get("after"), before=request.args.get("before"))
    return render_template(
        "training/courses.html",
        page=page,
        filters=filters,
        unit=filters.unit or unit_label(actor, filters.unit_id),
        categories=[(one, one) for one in queries.course_categories(actor)],
        tiers=[(one.value, code_name(Tier, one.value)) for one in Tier],
        Tier=Tier,
    )


@blueprint.route("/courses/new", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def new_course() -> ResponseReturnValue:
    """Enter a course."""
    actor, form = current_actor(), NewCourseForm()
    holders = queries.holders(actor)
    if not holders:
        raise NotFound
    form.offer_units([(unit.id, unit.name) for unit in holders])
    form.offer_lines(line_choices(holders[0]))
    if attempt(form, lambda: operations.keep_course(actor, int(form.unit_id.data), form.given())):
        flash(say(msg("课程已登记。")), "success")
        return redirect(url_for("training.courses"))
    if request.method == "GET":
        form.tier.data = operations.TIERS[holders[0].kind][0].value
    return render_template(
        "training/course-form.html", form=form, course=None, categories=queries.course_categories(actor)
    ), status_of(form)


@blueprint.route(f"{COURSE}/edit", methods=["GET", "POST"])
@needs(Permission.TRAINING_HOLD)
def edit_course(course_id: int) -> ResponseReturnValue:
    """Change a course."""
    actor, form = current_actor(), CourseForm()
    course, unit = queries.held_course(actor, course_id)
    form.offer_lines(line_choices(unit))
    if attempt(form, lambda: operations.change_course(actor, course_id, form.given(), form.seen())):
        flash(say(msg("课程已保存，已拟定的班次不受影响。")), "success")
        return redirect(url_for("training.courses"))
    if request.method == "GET":
        form.show(course)
    return render_template(
        "training/course-form.html", form=form, course=course, categories=queries.course_categories(actor)
    ), status_of(form)


@blueprint.post(f"{COURSE}/<any(retire,restore):act>")
@needs(Permission.TRAINING_HOLD)
def settle_course(course_id: int, act: str) -> ResponseReturnValue:
    """No longer offer a course, or offer it again."""
    deed = operations.retire_course if act == "retire" else operations.restore_course
    deed(current_actor(), course_id)
    flash(say(msg("课程已停用，可在“已停用”中恢复。") if act == "retire" else msg("课程已恢复。")), "success")
    return redirect(url_for("training.courses"))
