"""What people showed: entered, set right, taken away, and the results of a contest."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.models import Employee
from careerpath.employees.views.room import attempt, status_of
from careerpath.skills.forms.skills import ContestForm, SkillForm
from careerpath.skills.operations import skills as operations
from careerpath.skills.queries.contest import read_results
from careerpath.skills.queries.lines import line_groups, lines_of
from careerpath.skills.queries.people import person_page, skill_of
from careerpath.skills.views.room import blueprint
from careerpath.words import Message, msg

SKILL = "/skills/<int:skill_id>"


@blueprint.route("/employees/<int:employee_id>/skills/new", methods=["GET", "POST"])
@needs(Permission.SKILL_KEEP)
def new_skill(employee_id: int) -> ResponseReturnValue:
    """Keep what somebody showed."""
    actor, form = current_actor(), SkillForm()
    employee = fetch(actor, Employee, employee_id, Permission.SKILL_KEEP)
    page = person_page(actor, employee_id, clock.today())
    form.offer(page.lines)
    if not form.is_submitted():
        form.line_id.data, form.shown_on.data = whole_number(request.args.get("line", "")), clock.today()
    name = employee.name
    if attempt(form, lambda: operations.record_skill(actor, employee_id, form.given())):
        return _back(employee_id, msg("业务技能已登记。"))
    title = msg("登记业务技能")
    back = url_for("skills.person_skills", employee_id=employee_id)
    return render_template("skills/form.html", form=form, title=title, about=name, back=back), status_of(form)


@blueprint.route(f"{SKILL}/edit", methods=["GET", "POST"])
@needs(Permission.SKILL_KEEP)
def edit_skill(skill_id: int) -> ResponseReturnValue:
    """Set a record right."""
    actor, form = current_actor(), SkillForm()
    skill, employee, path = skill_of(actor, skill_id)
    form.offer(lines_of(path, retired=True))
    if not form.is_submitted():
        form.show(skill)
    employee_id, name = employee.id, employee.name
    if attempt(form, lambda: operations.change_skill(actor, skill_id, form.given(), form.seen())):
        return _back(employee_id, msg("业务技能已更正。"))
    title = msg("更正业务技能")
    back = url_for("skills.person_skills", employee_id=employee_id)
    return render_template("skills/form.html", form=form, title=title, about=name, back=back), status_of(form)


@blueprint.post(f"{SKILL}/drop")
@needs(Permission.SKILL_KEEP)
def drop_skill(skill_id: int) -> ResponseReturnValue:
    """Remove a record entered by mistake."""
    actor = current_actor()
    _, employee, _ = skill_of(actor, skill_id)
    employee_id = employee.id
    operations.drop_skill(actor, skill_id)
    return _back(employee_id, msg("技能记录已删除。"))


@blueprint.route("/contests/new", methods=["GET", "POST"])
@needs(Permission.SKILL_KEEP)
def new_contest() -> ResponseReturnValue:
    """Keep the results of a contest, a person a line."""
    actor, form = current_actor(), ContestForm()
    groups = line_groups(actor)
    form.offer([line for group in groups for line in group.lines if line.active])
    if not form.is_submitted():
        form.on.data = clock.today()
    made: list[int] = []

    def record() -> None:
        results = read_results(actor, form.results.data)
        made.append(
            operations.record_contest(
                actor, form.line_id.data, form.on.data, form.name.data, results, valid_until=form.valid_until.data
            )
        )

    if attempt(form, record):
        flash(say(msg("已登记 %(count)s 人的比武成绩。", count=made[0])), "success")
        return redirect(url_for("skills.people"))
    title = msg("登记比武成绩")
    back = url_for("skills.people")
    return render_template("skills/form.html", form=form, title=title, about="", back=back), status_of(form)


def _back(employee_id: int, told: Message) -> ResponseReturnValue:
    flash(say(told), "success")
    return redirect(url_for("skills.person_skills", employee_id=employee_id))
