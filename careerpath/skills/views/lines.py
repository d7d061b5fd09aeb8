"""The lines of work of the districts."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.scope import fetch
from careerpath.access.session import current_actor, needs
from careerpath.core.web.language import say
from careerpath.core.web.paths import whole_number
from careerpath.employees.views.room import attempt, status_of
from careerpath.skills.forms.lines import LineForm
from careerpath.skills.models import WorkLine
from careerpath.skills.operations import lines as operations
from careerpath.skills.queries.lines import line_groups
from careerpath.skills.views.room import blueprint
from careerpath.words import Message, Unmet, msg

LINE = "/lines/<int:work_line_id>"


@blueprint.get("/lines")
@needs(Permission.SKILL_VIEW)
def lines() -> ResponseReturnValue:
    """The lines of each district that the actor meets."""
    return render_template("skills/lines.html", groups=line_groups(current_actor()))


@blueprint.route("/lines/new", methods=["GET", "POST"])
@needs(Permission.SKILL_KEEP)
def new_line() -> ResponseReturnValue:
    """Add a line to a district."""
    actor, form = current_actor(), LineForm()
    groups = [group for group in line_groups(actor) if group.may_keep]
    wanted = whole_number(request.args.get("district", ""))
    group = next((one for one in groups if wanted in (None, one.unit_id)), None)
    if group is None:
        flash(say(msg("业务条线由区级主管部门设置。")), "warning")
        return redirect(url_for("skills.lines"))
    if attempt(form, lambda: operations.keep_work_line(actor, group.unit_id, form.given())):
        return _back(msg("业务条线已添加。"))
    title = msg("添加业务条线")
    return render_template("skills/form.html", form=form, title=title, about=group.unit_name), status_of(form)


@blueprint.route(f"{LINE}/edit", methods=["GET", "POST"])
@needs(Permission.SKILL_KEEP)
def edit_line(work_line_id: int) -> ResponseReturnValue:
    """Change a line."""
    actor, form = current_actor(), LineForm()
    line = fetch(actor, WorkLine, work_line_id, Permission.SKILL_KEEP)
    name = line.name
    if not form.is_submitted():
        form.show(line)
    if attempt(form, lambda: operations.change_work_line(actor, work_line_id, form.given(), form.seen())):
        return _back(msg("业务条线已修改。"))
    return render_template("skills/form.html", form=form, title=msg("修改业务条线"), about=name), status_of(form)


@blueprint.post(f"{LINE}/retire")
@needs(Permission.SKILL_KEEP)
def retire_line(work_line_id: int) -> ResponseReturnValue:
    """Take a line out of use."""
    operations.retire_work_line(current_actor(), work_line_id)
    return _back(msg("业务条线已停用，已登记的技能仍然保留。"))


@blueprint.post(f"{LINE}/restore")
@needs(Permission.SKILL_KEEP)
def restore_line(work_line_id: int) -> ResponseReturnValue:
    """Take a line into use again."""
    operations.restore_work_line(current_actor(), work_line_id)
    return _back(msg("业务条线已恢复使用。"))


@blueprint.post("/lines/usual")
@needs(Permission.SKILL_KEEP)
def usual_lines() -> ResponseReturnValue:
    """Add the usual lines to a district."""
    actor = current_actor()
    try:
        count = operations.take_usual_lines(actor, whole_number(request.form.get("district", "")) or 0)
    except Unmet as unmet:
        flash(say(unmet.message), "danger")
        return redirect(url_for("skills.lines"))
    return _back(msg("已添加 %(count)s 条常用业务条线。", count=count))


def _back(told: Message) -> ResponseReturnValue:
    flash(say(told), "success")
    return redirect(url_for("skills.lines"))
