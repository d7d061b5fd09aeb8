"""The file's tab with what somebody grew by, for the office and for the person."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from careerpath.access.permissions import Permission
from careerpath.access.session import current_actor, needs
from careerpath.career_file.queries.growth import growth_of
from careerpath.career_file.views.room import blueprint
from careerpath.core.web.as_of import knows_day
from careerpath.employees.queries.person import PersonHead, has_own_file, own_head, person_head
from careerpath.employees.views.record import tabs_of
from careerpath.employees.views.room import crumbs, day_asked

BY_DAY = "timeline"


@blueprint.get("/employees/<int:employee_id>/growth")
@needs(Permission.EMPLOYEE_VIEW)
@knows_day()
def growth(employee_id: int) -> ResponseReturnValue:
    """What one person grew by, a tab of the file."""
    return _shown(person_head(current_actor(), employee_id), own=False)


@blueprint.get("/own/growth")
@needs(Permission.OWN_GROWTH)
@knows_day()
def own_growth() -> ResponseReturnValue:
    """What one grew by oneself; an account without a file is told what to do."""
    actor = current_actor()
    if not has_own_file(actor):
        return render_template("employees/no-file.html")
    return _shown(own_head(actor), own=True)


def _shown(head: PersonHead, *, own: bool) -> str:
    return render_template(
        "career_file/growth.html",
        page=growth_of(current_actor(), head, day_asked().on, own=own),
        head=head,
        own=own,
        by_day=request.args.get("view") == BY_DAY,
        tab_items=tabs_of(head, "", own),
        crumbs=crumbs(head),
    )
