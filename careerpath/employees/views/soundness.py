"""The pages that say what files lack and where they contradict themselves."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careerpath.access.actor import Actor
from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.core import clock
from careerpath.core.web.paths import whole_number
from careerpath.employees.queries.file_checks import FileCheck, Weight, check_named
from careerpath.employees.queries.people import unit_label, unit_named
from careerpath.employees.queries.soundness import soundness, unsound_files
from careerpath.employees.views.room import blueprint


@blueprint.get("/employees/checks")
@needs(Permission.EMPLOYEE_VIEW)
def file_checks() -> ResponseReturnValue:
    """Every check with the number of files that fail it."""
    actor, unit_id = current_actor(), _unit_id()
    found = soundness(actor, clock.today(), unit_id)
    groups = [(weight, [line for line in found.lines if line.check.weight is weight]) for weight in Weight]
    return render_template("employees/checks.html", found=found, groups=groups, unit=_unit(actor, unit_id))


@blueprint.get("/employees/checks/people")
@needs(Permission.EMPLOYEE_VIEW)
def file_check() -> ResponseReturnValue:
    """The people whose files fail one check, each with the page on which it is mended."""
    actor, unit_id = current_actor(), _unit_id()
    code = request.args.get("check", "")
    if not code:
        return redirect(url_for("employees.file_checks"))
    check = check_named(actor, code)
    page = unsound_files(
        actor,
        check,
        clock.today(),
        unit_id,
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    return render_template(
        "employees/check.html",
        check=check,
        page=page,
        unit=_unit(actor, unit_id),
        mend=lambda employee_id: _mend(check, employee_id),
    )


def _mend(check: FileCheck, employee_id: int) -> str:
    if check.tab:
        return url_for("employees.person_tab", employee_id=employee_id, tab=check.tab)
    return url_for(check.endpoint, employee_id=employee_id)


def _unit_id() -> int | None:
    """The unit of the address, by its id or by its name; 0, below which there is nobody, for a name of none."""
    text = request.args.get("unit", "").strip()
    if not text:
        return whole_number(request.args.get("unit_id", ""))
    return unit_named(current_actor(), text, Permission.EMPLOYEE_VIEW) or 0


def _unit(actor: Actor, unit_id: int | None) -> str:
    return request.args.get("unit", "").strip() or unit_label(actor, unit_id)
